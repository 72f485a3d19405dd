"""Marks at the border are drawn out to lines that lie over each other."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("lines_over(first)", "...2./...../1..../...../12...", "...2./...2./11111/...2./12.2."),
        ("lines_over(last)", "...2./...../1..../...../12...", "...2./...2./11121/...2./12.2."),
        ("lines_over(nearer)", "..2../...../...../1..../.....", "..2../..2../..2../11111/..2.."),
        ("lines_over(farther)", "..2../...../...../1..../.....", "..2../..2../..2../11211/..2.."),
        ("lines_over(neither)", ".2../..../1.../....", ".2../.2../1.11/.2.."),
        ("lines_over(more)", ".2../..../1.../..../1.../....", ".2../.2../1111/.2../1111/.2.."),
        ("lines_over(fewer)", ".2../..../1.../..../1.../....", ".2../.2../1211/.2../1211/.2.."),
        # no strip; no line down
        ("lines_over(first)", ".2../..../1.../....", "None"),
        ("lines_over(more)", "..../1.../....", "None"),
    ],
)
def test_lines_over(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_fit_finds_what_tells() -> None:
    pairs = [
        ("...2./...../1..../...../12...", "...2./...2./11111/...2./12.2."),
        ("...2./...../1..../...../21...", "...2./...2./11121/...2./21.2."),
    ]
    assert fitted("lines_over", *pairs) == [("first",)]
