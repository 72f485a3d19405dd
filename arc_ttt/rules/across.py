"""Cells that face each other across a wall come to it, or change sides."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.things import things
from arc_ttt.types import Cells

PASSED = Kind("sides of a wall", ("kept", "changed"))
LONELY = Kind("what faces nothing", ("stays", "goes"))


@operation("walls", "lines", sides=PASSED, lonely=LONELY, weight=0)
def meet_across(cells: Cells, sides: str, lonely: str) -> Cells | None:
    """A thing, straight or not, reaches from one border to the opposite one, or nearly; where one cell lies on either
    side of it in a line across, both come close to it, or change sides there; what faces nothing stays or vanishes."""
    rows, columns = cells.shape
    walls = [t for t in things(cells, "corner") if (t.width >= columns - 1) != (t.height >= rows - 1)]
    if len(walls) != 1 or min(cells.shape) < 3:
        return None
    wall = np.zeros(cells.shape, np.uint8)
    wall[walls[0].box] = walls[0].cells
    down = walls[0].width >= columns - 1
    grid, wall = (cells.T, wall.T) if down else (cells, wall)
    out = wall.copy()
    met = False
    for row, mine, made in zip(grid, wall, out, strict=True):
        own = np.flatnonzero(mine)
        if not len(own):
            made[:] = row
            continue
        first, last = int(own[0]), int(own[-1])
        before = np.flatnonzero(row[:first])
        after = np.flatnonzero(row[last + 1 :]) + last + 1
        between = slice(first, last + 1)
        made[between] = row[between]
        if len(before) == len(after) == 1:
            inks = row[before[0]], row[after[0]]
            made[first - 1], made[last + 1] = inks if sides == "kept" else inks[::-1]
            met = True
        elif lonely == "stays":
            made[:first], made[last + 1 :] = row[:first], row[last + 1 :]
    result = np.ascontiguousarray(out.T if down else out)
    return result if met and (result != cells).any() else None
