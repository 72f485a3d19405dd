"""Lines without repeats, squares of the common colour, copies in the corners, things that are free on one side."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("drop_repeats(horizontal, first)", "12/34/12/56/34", "12/34/56"),
        ("drop_repeats(horizontal, once)", "12/34/12/56/34", "56"),
        ("drop_repeats(horizontal, repeated)", "12/34/12/56/34", "12/34"),
        ("drop_repeats(vertical, first)", "121/343", "12/34"),
        ("drop_repeats(vertical, first)", "12/34", "None"),
        ("paint_largest_clear(full_square, 3)", "55.5/5555/.555/..5.", "33.5/3333/.333/..5."),
        ("paint_largest_clear(full_rectangle, 3)", "5.5./5555/5555/.5..", "5.5./3333/3333/.5.."),
        ("act_by(corner, any, 0toatcorners)", "...../..1../..11./.....", "1..1./11111/1.11./11.11"),
        ("act_by(corner, any, 0tomirrorlr)", "1.../11../..../....", "1.../11../..11/...1"),
        ("act_by(corner, freeleft, 0tosame_1toall5)", "11.2/...2", "55.2/...2"),
        ("act_by(corner, freeright, 0tosame_1toall5)", "11.2/...2", "11.5/...5"),
        ("act_by(corner, freeup, 0tosame_1toall5)", "1.3/11./...", "5.5/55./..."),
        ("act_by(corner, freedown, 0toall4_1toall5)", "1.../..../1..3", "4.../..../5..5"),
        ("count_by(corner, held, is1cells, row, own)", "1111.3/1331../1..1../11113.", "33"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_cells_are_counted() -> None:
    pairs = [("1111.3/1331.3/1..1../11113.", "33"), ("3...../3.1111/3.13.1/..1..1/..1111", "3")]
    assert ("corner", "outer", "is1cells", "row", "own") in fitted("count_by", *pairs)
