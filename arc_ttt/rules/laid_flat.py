"""Things whose cells are laid into one straight line, so that their number is its length."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.crowds import crowd
from arc_ttt.rules.language import AXIS, Kind, operation
from arc_ttt.rules.things import Thing
from arc_ttt.types import Cells

LAID = Kind("things that are laid flat", ("corner", "side", "colours"))
PLACE = Kind("where they are laid", ("grid", "middle", "start", "edge"))
_MOST_THINGS = 12


def _start(cells: Cells, t: Thing, place: str) -> tuple[int, int]:
    """The row of a line across, and its first column."""
    rows, columns = cells.shape
    if place == "grid":
        return (rows - 1) // 2, (columns - t.size) // 2
    if place == "middle":
        return (t.top + t.bottom) // 2, (t.left + t.right + 1 - t.size) // 2
    return t.bottom, t.left if place == "start" else 0


@operation("shapes", "few", "single", members=LAID, place=PLACE, axis=AXIS, weight=0)
def lay_flat(cells: Cells, members: str, place: str, axis: str) -> Cells | None:
    """Each thing becomes a straight line of as many cells as it has: through the middle of the grid or its own, from
    the side of its box, or from the border of the grid."""
    turned = np.ascontiguousarray(cells if axis == "horizontal" else cells.T)
    group = crowd(turned, members).things
    if not 0 < len(group) <= _MOST_THINGS or (place == "grid" and len(group) > 1):
        return None
    out = np.zeros_like(turned)
    for t in group:
        row, column = _start(turned, t, place)
        line = out[row, max(0, column) : column + t.size]
        if column < 0 or len(line) < t.size or line.any():
            return None
        line[:] = t.colour
    out = np.ascontiguousarray(out if axis == "horizontal" else out.T)
    return None if (out == cells).all() else out
