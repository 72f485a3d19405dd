"""Operations on a grid with one wall, a band of full lines of one colour: what lies on either side falls to it."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.rules.moves import drop_things
from arc_ttt.rules.whole import gravity
from arc_ttt.types import Cells

FALLING = Kind("what falls", ("cells", "things"))
WAY = Kind("towards or away", ("towards", "away"))
FALLEN = Kind("ink of what has fallen", ("own", "wall"))


def band(cells: Cells) -> tuple[slice, int] | None:
    """The rows of the one wall across a grid, and its colour; None where there is none, or more."""
    full = (cells == cells[:, :1]).all(axis=1) & (cells[:, 0] != 0)
    at = np.flatnonzero(full)
    if not len(at) or at[-1] - at[0] != len(at) - 1 or len(at) == len(cells) or len(set(cells[at, 0].tolist())) > 1:
        return None
    return slice(int(at[0]), int(at[-1]) + 1), int(cells[at[0], 0])


@operation("barrier", "walls", "cells", falling=FALLING, way=WAY, ink=FALLEN, weight=0)
def fall_to_wall(cells: Cells, falling: str, way: str, ink: str) -> Cells | None:
    """What lies on either side of the one full line (or band of lines) of a colour falls to it, or away from it to the
    border; it may take the line's colour."""
    across, down = band(cells), band(np.ascontiguousarray(cells.T))
    if (across is None) == (down is None):
        return None
    turned = cells if across else np.ascontiguousarray(cells.T)
    wall, colour = across or down or (slice(0), 0)
    out = turned.copy()
    for side, below in ((slice(0, wall.start), False), (slice(wall.stop, None), True)):
        part = np.ascontiguousarray(turned[side])
        if part.size:
            direction = "up" if below == (way == "towards") else "down"
            fallen = gravity(part, direction) if falling == "cells" else drop_things(part, direction, "corner")
            if fallen is None:
                return None
            out[side] = np.where(fallen != 0, np.uint8(colour), fallen) if ink == "wall" else fallen
    out = out if across else np.ascontiguousarray(out.T)
    return None if (out == cells).all() else out


_PAIR = 2
KEPT_WALLS = Kind("walls afterwards", ("kept", "dropped"))


def _mostly_one(cells: Cells) -> np.ndarray:
    """The rows of which more than half is one colour."""
    counts = np.stack([(cells == c).sum(axis=1) for c in range(1, 10)])
    return np.flatnonzero(2 * counts.max(axis=0) > cells.shape[1])


@operation("walls", "frames", kept=KEPT_WALLS, result=OTHER, weight=0)
def crop_to_walls(cells: Cells, kept: str) -> Cells | None:
    """What lies between the only two rows and the two columns of which most is one colour, with these or without."""
    rows, columns = _mostly_one(cells), _mostly_one(np.ascontiguousarray(cells.T))
    if len(rows) != _PAIR or len(columns) != _PAIR:
        return None
    inset = int(kept == "dropped")
    out = cells[rows[0] + inset : rows[1] + 1 - inset, columns[0] + inset : columns[1] + 1 - inset]
    return out.copy() if out.size and out.shape != cells.shape else None
