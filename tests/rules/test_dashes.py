"""Dotted lines go on at their own steps."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # each at its own step, up to what is in the way; behind it
        ("dashes_go_on(rows, towards, blocked)", "1.1....5/......../.2..2..5", "1.1.1.15/......../.2..2..5"),
        ("dashes_go_on(rows, forth, border)", "1.1..5...", "1.1.151.1"),
        # with its colours in turn, to both sides
        ("dashes_go_on(rows, both, blocked)", "....1.2.1....", "1.2.1.2.1.2.1"),
        ("dashes_go_on(columns, back, blocked)", "././1/./1", "1/./1/./1"),
        ("dashes_go_on(slants, away, blocked)", "1..../...../..1../...../.....", "1..../...../..1../...../....1"),
        # two cells of two colours are no beginning, and cells right beside each other neither
        ("dashes_go_on(rows, both, blocked)", "1.2....", "None"),
        ("dashes_go_on(rows, both, blocked)", "11.....", "None"),
        # a cell belongs to the line with the smaller steps
        (
            "dashes_go_on(straight, forth, blocked)",
            "1.1..../......./......./1......",
            "1.1.1.1/......./......./1......",
        ),
    ],
)
def test_dashes_go_on(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_fit_finds_the_side() -> None:
    first = "1.1...5/......./2..2..5", "1.1.1.5/......./2..2..5"
    second = "5......./5...1.1./5.......", "5......./5.1.1.1./5......."
    found = fitted("dashes_go_on", first, second)
    assert ("rows", "towards", "blocked") in found
    assert ("rows", "forth", "blocked") not in found
