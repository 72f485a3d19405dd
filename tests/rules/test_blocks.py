"""Blocks of a larger grid, cuts, coarse grids and centres."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("tile_by_layout(ih_vr)", "12/3.", "1221/3..3/3..3/1221"),
        ("tile_by_layout(iz)", "12", "12.."),
        ("tile_by_layout(il)", "12", "None"),
        ("tile_by_layout(in)", "1.", "1..1"),
        ("fractal_by(empty, i)", "1./11", "..1./..11/..../...."),
        ("fractal_by(colour_2, n)", "1.", "None"),
        ("fractal_by(colour_1, n)", "1./.1", ".1../1.../...1/..1."),
        ("cut(upper_left, 1x2)", "123/456", "12"),
        ("cut(lower_right, 1x2)", "123/456", "56"),
        ("cut(middle, 2x1)", "123/456", "2/5"),
        ("cut(middle, 1x1)", "12", "None"),
        ("in_coarse([flip(horizontal)])", "115..", "..511"),
        ("in_coarse([flip(horizontal)])", "1251.", "None"),
        ("complete_around(across, 3)", "1.3..", "1.3.1"),
        ("complete_around(both, 3)", "1..../..3../.....", "1...1/..3../1...1"),
        ("complete_around(turning, 3)", ".1./.3./...", ".1./131/.1."),
        ("complete_around(down, 3)", "1/3/3/.", "1/3/3/1"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_a_layout_is_read_off() -> None:
    assert fitted("tile_by_layout", ("12", "1221"), ("3.", "3..3")) == [("ih",)]
    assert fitted("tile_by_layout", ("12", "1221"), ("3.", "3.3.")) == []


def test_a_cut_is_read_off() -> None:
    assert fitted("cut", ("123", "12"), ("4567", "45")) == [("upper_left", "1x2"), ("lower_left", "1x2")]
