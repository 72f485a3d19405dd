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
        ("sum_up_parts(s2x2, oddcolour, copied)", "121.122./.13.2113", ".3.3"),
        ("sum_up_parts(panels, patch, copied)", "121533/212533/121512", ".3"),
        ("sum_up_parts(s2x2, onlycolour, copied_2to5)", "11.2/1.22", "15"),
        ("sum_up_parts(b1x2, onlycolour, copied)", "11.2/1.22", "12"),
        ("sum_up_parts(s2x2, onlycolour, copied)", "11.", "None"),
        ("cells_to_blocks(0to00_1tox3)", "1.", "13.."),
        ("cells_to_blocks(0to00_2to22)", "1.", "None"),
        ("enlarge_by(scale, colours)", "12", "1122/1122"),
        ("enlarge_by(tile, colours)", "12", "1212/1212"),
        ("enlarge_by(tile, colours)", "1.", "None"),
        ("enlarge_both(upper_left, double)", "12", "12../...."),
        ("enlarge_both(middle, triple)", "1", ".../.1./..."),
        ("enlarge_both(lower_left, count_square)", "1.2", "....../....../....../....../....../1.2..."),
        ("corner_cells", "1.2/.../3.4", "12/34"),
        ("corner_cells", "12/34", "None"),
        ("every_nth(2, 1)", "1.2./..../3.4./....", "12/34"),
        ("shear(down, round)", "1../1../1..", "1../.1./..1"),
        ("shear(down, off)", "..1/..1", "..1/..."),
        ("overlay_parts(b1x2, o01)", "1.22", "12"),
        ("overlay_parts(b1x2, o10)", "1.22", "22"),
        ("overlay_parts(b1x2, o012)", "1.22", "None"),
        ("join_parts(b1x2, count, 0to0_1totop_2to7)", "11..2.2.", "712."),
        ("join_parts(b1x2, count, 0to0_1to3_2to4)", "11.2.2", "433"),
        ("join_parts(b1x2, count, 0to0_1to3)", "1.22", "None"),
        ("join_parts(b1x2, which, 0to0_1to3_2to4_3to5)", "1.2.1.", "343"),
        ("grow_where(1, 2, sides, enclosed, c1)", "333../3.13./.333.", "333../3213./.333."),
        ("grow_where(1, own, right, ink, c0)", ".1../...3/1..3", ".111/...3/1113"),
        ("grow_where(1, own, right, ink, c1)", ".1..", "None"),
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


def test_the_order_of_layers_is_read_off() -> None:
    assert fitted("overlay_parts", ("1.22", "22"), ("3344", "44")) == [("b1x2", "o10")]
    assert fitted("overlay_parts", ("1.22", "22"), ("3344", "33")) == []


def test_a_table_of_layers_is_read_off() -> None:
    pairs = ("11..2.2.", "71.."), ("1.1.1.1.", "7.7.")
    assert fitted("join_parts", *pairs) == []
    pairs = ("11..2.2.", "712."), ("1.1.1.1.", "7.7."), ("3.......", "3...")
    assert ("b1x2", "count", "0to0_1totop_2to7") in fitted("join_parts", *pairs)


def test_where_it_grows_is_read_off_what_lies_beside() -> None:
    pairs = ("333../3.13./.333.", "333../3213./.333."), ("33333/3.1.3/33333/..1..", "33333/32123/33333/..1..")
    assert (1, 2, "sides", "enclosed", "c1") not in fitted("grow_where", *pairs)  # too few cells
    pairs = ("33333/3.1.3/33333/..1..", "33333/32123/33333/..1.."), ("333333/3.1..3/333333", "333333/321223/333333")
    assert (1, 2, "sides", "enclosed", "c1") in fitted("grow_where", *pairs)
