"""Things that fall onto a line across the grid: what is thin goes through it, what is broad lies on it."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import DIRECTION, Kind, operation, tried_at_once
from arc_ttt.rules.things import Thing, things
from arc_ttt.rules.whole import facing, facing_back
from arc_ttt.types import Cells

HOLE = Kind("the line where something went through", ("torn", "mended"))
_MOST_THINGS = 30


def _thin(mask: np.ndarray) -> np.ndarray:
    """For each row of a thing whether all its cells are single ones."""
    thin: np.ndarray = ~(mask[:, 1:] & mask[:, :-1]).any(axis=1)
    return thin


def _fallen(cells: Cells, t: Thing, line: int) -> int:
    """How far a thing falls over empty cells and, with thin rows alone, through a line; the grid is without it."""
    mask = t.cells != 0
    thin, rows = _thin(mask), len(cells)
    far = 0
    while t.bottom + far + 1 < rows:
        top = t.top + far + 1
        below = cells[top : top + t.height, t.left : t.right + 1] != 0
        at = line - top
        if 0 <= at < t.height:
            if mask[at].any() and not thin[at]:
                break
            below[at] = False
        if (below & mask).any():
            break
        far += 1
    return far


@operation("objects", "barrier", direction=DIRECTION, hole=HOLE, weight=0)
def drop_through(cells: Cells, direction: str, hole: str) -> Cells | None:
    """Things fall in a direction to the border or onto each other; through the one full line across only those parts of
    them go that are one cell broad: it is torn there, or closes behind them."""
    turned = facing(cells, direction)
    full = np.flatnonzero((turned[:, 0] != 0) & (turned == turned[:, :1]).all(axis=1))
    if len(full) != 1 or not 0 < full[0] < len(turned) - 1:
        return None
    line = int(full[0])
    rest = turned.copy()
    rest[line] = 0
    group = [t for t in things(rest, "corner") if t.bottom < line or t.top > line]
    if not 0 < len(group) <= _MOST_THINGS or sum(t.size for t in group) != np.count_nonzero(rest):
        return None
    out = turned.copy()
    passed = False
    for t in sorted(group, key=lambda t: -t.bottom):
        mask = t.cells != 0
        out[t.box][mask] = 0
        far = _fallen(out, t, line)
        for step in range(1, far + 1) if t.bottom < line else ():
            at = line - t.top - step
            if 0 <= at < t.height and mask[at].any():
                passed = True
                if hole == "torn":
                    out[line, t.left : t.right + 1][mask[at]] = 0
        np.copyto(out[t.top + far : t.bottom + far + 1, t.left : t.right + 1], t.cells, where=mask)
    return facing_back(out, direction) if passed else None


tried_at_once("drop_through")
