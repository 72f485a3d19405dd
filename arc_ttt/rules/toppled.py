"""Bars that fall over, and knock over the next ones."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import MARK, Kind, operation
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import Cells

SIDE = Kind("side to which bars fall", ("right", "left"))
KNOCK = Kind("what a falling bar does to others", ("knocks", "passes"))
_MOST_BARS = 30


def _bars(cells: Cells) -> list[Thing]:
    """The bars that stand upright on the lower border, from the left on; nothing where something else lies there."""
    group = things(cells, "side")
    if any(t.width != 1 or t.bottom != cells.shape[0] - 1 or t.height < 2 for t in group):
        return []
    return sorted(group, key=lambda t: t.left)


@operation("lines", "objects", mark=MARK, side=SIDE, knock=KNOCK, weight=0)
def topple(cells: Cells, mark: int, side: str, knock: str) -> Cells | None:
    """Bars of colour `mark` that stand on the lower border fall over to one side; a bar that a falling one reaches, or
    beside which it comes to lie, falls, too, or stays as it is."""
    grid = cells[:, ::-1] if side == "left" else cells
    bars = _bars(np.ascontiguousarray(grid))
    if not bars or len(bars) > _MOST_BARS or all(t.colour != mark for t in bars):
        return None
    out = grid.copy()
    reach = -1  # the last cell on the ground that a falling bar covers
    for t in bars:
        knocked = knock == "knocks" and t.left <= reach + 1 and reach >= 0
        if t.colour == mark or knocked:
            out[t.box] = 0
            reach = max(reach, t.left + t.height - 1)
            out[-1, t.left : t.left + t.height] = t.colour
    made: Cells = out[:, ::-1] if side == "left" else out
    return np.ascontiguousarray(made)
