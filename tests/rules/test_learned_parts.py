"""Coarse tables: parts of the grid become cells, cells become blocks."""

import pytest
from rules.grids import fitted, made

from arc_ttt.errors import DataError
from arc_ttt.rules.language import parse_program


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("sum_up_parts(panels, coloured, 0to3_1to4)", "..5.1/..5../55555/..5../..5..", "34/33"),
        ("sum_up_parts(panels, coloured, 0to3)", "..5.1/..5../55555/..5../..5..", "None"),
        ("sum_up_parts(s2x2, onlycolour, copied)", "11.2/1.22", "12"),
        ("sum_up_parts(s2x2, onlycolour, copied_2to5)", "11.2/1.22", "15"),
        ("sum_up_parts(b1x2, onlycolour, copied)", "11.2/1.22", "12"),
        ("sum_up_parts(s2x2, onlycolour, copied)", "11.", "None"),
        ("cells_to_blocks(0to00_1tox3)", "1.", "13.."),
        ("cells_to_blocks(0to00_2to22)", "1.", "None"),
        ("enlarge_by(scale, colours)", "12", "1122/1122"),
        ("enlarge_by(tile, colours)", "12", "1212/1212"),
        ("enlarge_by(tile, colours)", "1.", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


@pytest.mark.parametrize("text", ["cells_to_blocks(0to00_1to3)", "sum_up_parts(x2, coloured, 0to3)"])
def test_words_with_another_form_are_no_data(text: str) -> None:
    with pytest.raises(DataError):
        parse_program(text)


def test_parts_are_told_apart_by_a_feature() -> None:
    pairs = ("1.5../..5../55555/..5../..511", "1./.2"), ("115../..5../55555/1.5../..5..", "2./1.")
    assert ("panels", "coloured", "0to0_1to1_2to2") in fitted("sum_up_parts", *pairs)


def test_a_value_with_two_colours_is_no_table() -> None:
    pairs = ("1.5../..5../55555/..5../..511", "1./.1"), ("115../..5../55555/1.5../..5..", "2./1.")
    assert all(arguments[1] != "coloured" for arguments in fitted("sum_up_parts", *pairs))


def test_blocks_are_read_off() -> None:
    assert ("0to00_1tox3",) in fitted("cells_to_blocks", ("1.", "13.."), (".1", "..13"))
    assert fitted("cells_to_blocks", ("11", "1312")) == []
