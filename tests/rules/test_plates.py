"""Full rectangles to which something is attached, and on which side it is."""

import pytest
from rules.grids import cells, text

from arc_ttt.rules.plates import plates, tag_side
from arc_ttt.rules.things import Thing


@pytest.mark.parametrize(
    ("grid", "found"),
    [
        (".5../12../34../....", ["12/34"]),
        ("125../34.../...../...66/...66", ["12/34", "66/66"]),
        ("12.../34.../...../...66/...66", []),
        ("1.1/.1./1.1", []),
    ],
)
def test_rectangles(grid: str, found: list[str]) -> None:
    assert [text(t.cells) for t in plates(cells(grid))] == found


@pytest.mark.parametrize(
    ("grid", "side"),
    [(".5../12../34../....", 0), ("1255./34...", 1), ("...../12.../34.../...../.7...", 2), ("7.12./..34.", 3)],
)
def test_side_of_a_tag(grid: str, side: int) -> None:
    c = cells(grid)
    rows, columns = (c == 1).nonzero()
    rectangle = Thing(int(rows[0]), int(columns[0]), cells("12/34"))
    assert tag_side(c, rectangle) == side
