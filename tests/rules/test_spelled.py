"""Colours that a table says for the properties of things, in order: by hand, and read off demonstrations."""

import pytest
from rules.grids import fitted, made

from arc_ttt.errors import DataError
from arc_ttt.rules.language import parse_program


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("spell_by(corner, size, 1to3_2to4, least_left, row1)", "1.22.5", "343"),
        ("spell_by(corner, size, 1to3_2to4, most_left, column2)", "1.22.22", "44/44/33"),
        ("spell_by(corner, size, 1to3, least_left, row1)", "1.22", "None"),
        ("spell_by(corner, size, 1to3_2to4, least_top, row1)", "1.22", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_property_that_spells_is_inferred() -> None:
    found = fitted("spell_by", ("1.22.5", "343"), ("33.4.44", "434"))
    assert ("corner", "smallest", "0to4_1to3", "least_left", "row1") in found
    assert all(name != "colour" for _, name, *_ in found)


def test_letters_of_one_demonstration_alone_spell_nothing() -> None:
    assert fitted("spell_by", ("1.22", "34"), ("333.4444", "56")) == []


def test_a_letter_that_is_there_twice_is_refused() -> None:
    with pytest.raises(DataError):
        parse_program("spell_by(corner, size, 1to3_1to4, least_left, row1)")
