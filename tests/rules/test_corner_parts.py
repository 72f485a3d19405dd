"""Stairs of things, lines that hold a colour, panels put into corners."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("lay_stairs(corner, smallest, falling)", "22..1/22.../...33", "1..../.33../...22/...22"),
        ("lay_stairs(corner, left, rising)", "22..1/22.../.....", "..1/22./22."),
        ("lay_stairs(corner, largest, falling)", "22.../22.11/...11", "None"),
        ("lay_stairs(corner, top, falling)", "22.../22...", "None"),
        ("lines_that_hold(rows, rarest, kept)", "11.2/1.1./1112", "11.2/1112"),
        ("lines_that_hold(columns, rarest, dropped)", "11.2/1.1./1112", "11./1.1/111"),
        ("lines_that_hold(both, any, kept)", "1..2/..../1.3.", "1.2/13."),
        ("lines_that_hold(rows, any, kept)", "1..2/1.3.", "None"),
        ("panels_to_corners(stay)", "8151.511511/1.5185815.8", "None"),
        ("panels_to_corners(stay)", "815.8521523/1.51.528583", "81.8/1.1./2321/8328"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
