"""What lies aslant of things, and how far the largest one or the rarest colour is from them."""

import pytest
from rules.grids import cells

from arc_ttt.rules.crowds import crowd


@pytest.mark.parametrize(
    ("name", "grid", "values"),
    [
        ("nearlarge", "22.1./22.../....1", [2, 1, 0]),
        ("nearlarge", "1...1", [0, 0]),
        ("farlarge", "22..1/22.../....1", [0, 1, 1]),
        ("farlarge", "22.1..1/22.....", [0, 0, 1]),
        ("farrare", "3.1..1", [0, 0, 1]),
        ("farrare", "1.1..1", [0, 0, 0]),
        ("slantrare", "3..1/..../..1./1...", [2, 0, 1, 0]),
        ("slantkin", "1.2/.../2.1", [1, 1, 1, 1]),
        ("slantkin", "1.1/.../2..", [0, 0, 0]),
    ],
)
def test_properties(name: str, grid: str, values: list[int]) -> None:
    assert list(crowd(cells(grid), "corner").values(name)) == values
