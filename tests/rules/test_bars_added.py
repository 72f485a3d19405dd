"""Bars on one line get a further one, as long as they say together."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("add_bar(sum, turn)", "......./......./2....../2.2..../2.2....", "....2../....2../2...2../2.2.2../2.2.2.."),
        ("add_bar(difference, ink5)", "2...../2.3.../2.3...", "2...../2.3.../2.3.5."),
        ("add_bar(difference, ink5)", "2...../2...../2.2...", "2...../2...5./2.2.5."),
        ("add_bar(difference, ink5)", "2.2.../2.2...", "None"),
        ("add_bar(balance, ink5)", "......./2....../2.2.3../2.2.3..", "......./2.....5/2.2.3.5/2.2.3.5"),
        ("add_bar(balance, ink5)", "...../...../2..../2.2..", "...../....5/2...5/2.2.5"),
        # colours take turns; from the upper border; the steps between lengths are equal, or their ratios
        ("add_bar(series, turn)", "2.3.2../..3.2../....2../......./.......", "2.3.2.3/..3.2.3/....2.3/......3/......."),
        (
            "add_bar(series, turn)",
            "4......./......../44....../......../4444..../......../........",
            "4......./......../44....../......../4444..../......../44444444",
        ),
        ("add_bar(series, ink2)", "...3/.3.3/.3.3", "None"),
        # no room behind the last one: before the first, in this order
        ("add_bar(series, turn)", "......./..1..../..1.1../..1.1.1", "1....../1.1..../1.1.1../1.1.1.1"),
        # in the place that is left out, the length that none has
        ("add_bar(lacking, turn)", "......1/......1/....1.1/1...1.1", "......1/..1...1/..1.1.1/1.1.1.1"),
        ("add_bar(lacking, turn)", "1....../1.1..../1.1..../1.1...1", "1....../1.1..../1.1.1../1.1.1.1"),
        ("add_bar(count, ink7)", "......../2......./2..2..../2..2....", "......../2......./2..2..7./2..2..7."),
        ("add_bar(longest, turn)", "3..3/3333", "None"),
        (
            "add_bar(mean, turn)",
            "11..../....../111111/....../......",
            "11..../....../111111/....../1111..",
        ),
        ("add_bar(mean, ink2)", "....11/....../......", "None"),
        ("add_bar(mean, turn)", "....11/....../111111/....../......", "....11/....../111111/....../..1111"),
    ],
)
def test_a_further_bar(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_lengths_are_read_off() -> None:
    pairs = [("2...../2.3.../2.3...", "2...../2.3.../2.3.5."), ("3....../3....../3.2....", "3....../3...5../3.2.5..")]
    assert fitted("add_bar", *pairs) == [("difference", "ink5"), ("balance", "ink5")]
    assert fitted("add_bar", ("2../2..", "2../2.5")) == []
