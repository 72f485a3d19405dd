"""Panels that are a series, or a table with one that is missing."""

import pytest
from rules.grids import made

LINE = "55555555"


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # a quarter to the left each time
        ("continue_panels(next)", "12523534/34514512", "None"),
        ("continue_panels(next)", "12524543/34513521", "31/42"),
        # a dot goes to the right and comes back where it would be gone
        ("continue_panels(next)", "1..5.1.5..1", "1.."),
        ("continue_panels(framed)", "5555555555/51.5.15..5/5..5..51.5/5555555555", "None"),
        ("continue_panels(framed)", "5555555555555/51..5.1.5..15/5555555555555", "55555/51..5/55555"),
        ("continue_panels(framed)", "1..5.1.5..1", "None"),
        ("continue_panels(filled)", "1..5.1.5..15...", "1..5.1.5..151.."),
        # colours in turn
        ("continue_panels(next)", "11522511/1.52.51.", "22/2."),
        # what was added last is added again further on
        ("continue_panels(next)", "1...511..5111./....5....5....", "1111/...."),
        # in each row the third is what only one of the others has
        ("complete_table(alone)", f"1.5.1511/{LINE}/1151.5.1/{LINE}/.15115..", "1."),
        (
            "complete_table(filled)",
            f"1.5.1511/{LINE}/1151.5.1/{LINE}/.15115..",
            f"1.5.1511/{LINE}/1151.5.1/{LINE}/.151151.",
        ),
        # every row has the same panels
        ("complete_table(alone)", f"1152.53./{LINE}/2.53.511/{LINE}/3.5115..", "2."),
    ],
)
def test_panels(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_form_and_colour() -> None:
    grid = ["11522533", "1.52.53.", LINE, "115225..", ".15.25.."]
    assert made("complete_table(alone)", "/".join(grid)) == "33/.3"
