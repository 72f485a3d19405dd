"""Copies of a picture that are turned as the colour of their one cell says: by hand, and read off demonstrations."""

import pytest
from rules.grids import fitted, made

from arc_ttt.errors import DataError
from arc_ttt.rules.language import parse_program


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("copy_turned(2toh, keep)", "12..../...../....2.", "12..../...../....21"),
        ("copy_turned(xtoi, remove)", "12...../......./...2...", "......./......./..12..."),
        ("copy_turned(3toi, keep)", "12...../......./...2...", "None"),
        ("copy_turned(xtoi, keep)", "12...../......./...12..", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before.replace("12..../.....", "12..../......")) == after.replace("/...../", "/....../")


def test_the_turn_of_each_colour_is_inferred() -> None:
    first = ("12...../......./....2..", "12...../......./....21.")
    second = ("13...../......./...3...", "13...../......./..13...")
    assert ("2toh_3toi", "keep") in fitted("copy_turned", first, second)
    assert ("xtoh", "keep") in fitted("copy_turned", first, ("14...../......./.4.....", "14...../......./.41...."))


def test_a_turn_that_paints_something_wrong_is_none() -> None:
    assert fitted("copy_turned", ("12...../......./....2..", "12...../......./...22..")) == []


def test_words_that_are_no_turns_are_refused() -> None:
    with pytest.raises(DataError):
        parse_program("copy_turned(2toq, keep)")
