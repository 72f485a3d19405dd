"""Dead ends that wear away."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("wear_away(any, alike, two, 0)", "3...../33333./3.3.../333333", "....../333.../3.3.../333..."),
        ("wear_away(ink3, alike, two, 8)", "333./3.33/3331", "333./3.38/3331"),
        ("wear_away(empty, marks, two, 5)", "555555/5....5/5.5255/515555", "555555/5...55/5.5255/515555"),
        ("wear_away(any, alike, three, 0)", ".3.../33333/.3...", "None"),
        ("wear_away(ink4, alike, two, 0)", "333/3.3/333", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_what_wears_away_is_read_off() -> None:
    pairs = ("33333./3.3.../333333", "333.../3.3.../333..."), ("4444/4.4./444.", "444./4.4./444.")
    assert fitted("wear_away", *pairs) == [("any", "alike", "two", 0)]
