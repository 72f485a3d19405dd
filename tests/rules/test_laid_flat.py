"""Things laid into lines."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("lay_flat(corner, grid, horizontal)", "22..../2...../......", "....../.222../......"),
        ("lay_flat(corner, grid, vertical)", "22../2.../....", ".2../.2../.2.."),
        ("lay_flat(side, middle, horizontal)", "...2../...2../...2../......", "....../..222./....../......"),
        ("lay_flat(corner, start, horizontal)", "2..5../2..55./......", "....../22.555/......"),
        ("lay_flat(corner, start, horizontal)", "22.../2..5./...5.", "...../222../...55"),
        ("lay_flat(colours, edge, horizontal)", "..2../2...5/....5", "...../22.../55..."),
        # two lines in one place
        ("lay_flat(colours, edge, horizontal)", "..2.5/2...5", "None"),
        ("lay_flat(corner, edge, vertical)", "...../.2.../22...", ".2.../.2.../.2..."),
        ("lay_flat(corner, grid, horizontal)", "2.5/...", "None"),
        ("lay_flat(corner, grid, horizontal)", "222/222", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
