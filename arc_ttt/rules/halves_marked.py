"""Marks along a border of the grid say which half, or which quarter, of it is shown."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation, tried_at_once
from arc_ttt.rules.things import rarest_ink
from arc_ttt.types import Cells

# The half on the side of the border along which the marks lie, or on that of the end of this border at which they lie;
# the quarter in which they lie.
SAYS = Kind("what marks at a border say", ("border", "end", "quarter"))
_MOST_MARKS, _LEAST_SIDE = 8, 4


def _in_half(places: np.ndarray, side: int) -> int | None:
    """0 for places in the first half of a side, 1 for the second one; None where some are in neither."""
    if (places < side // 2).all():
        return 0
    return 1 if (places >= side - side // 2).all() else None


def _halves(cells: Cells, ink: int, says: str) -> tuple[int | None, int | None] | None:
    """Which half is meant, of the rows and of the columns, 0 for the first and 1 for the second one."""
    rows, columns = np.nonzero(cells == ink)
    height, width = cells.shape
    edges = (rows == 0).all(), (rows == height - 1).all(), (columns == 0).all(), (columns == width - 1).all()
    if len(rows) > _MOST_MARKS or sum(edges) > 1 or (says != "quarter" and not any(edges)):
        return None
    upper, lower, _, _ = edges
    down, across = _in_half(rows, height), _in_half(columns, width)
    if says == "quarter":
        rim = (rows % (height - 1) == 0) | (columns % (width - 1) == 0)
        return (down, across) if rim.all() and down is not None and across is not None else None
    found = (down, None) if (upper or lower) == (says == "border") else (None, across)
    return found if found != (None, None) else None


@operation("markers", "border", says=SAYS, result=OTHER, weight=0)
def crop_half_marked(cells: Cells, says: str) -> Cells | None:
    """The half of the grid is shown, without the marks of the rarest colour, that these say: that of the border along
    which they lie, or of the end of the border at which they lie; or the quarter in which they lie."""
    if min(cells.shape) < _LEAST_SIDE:
        return None
    ink = rarest_ink(cells)
    found = _halves(cells, ink, says) if ink else None
    if found is None:
        return None
    out = cells
    for half, side, axis in zip(found, cells.shape, (0, 1), strict=True):
        if half is not None:
            out = np.take(out, np.arange(side // 2) + half * (side - side // 2), axis)
    return np.where(out == ink, np.uint8(0), out)


tried_at_once("crop_half_marked")
