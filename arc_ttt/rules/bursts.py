"""Things that burst: the cells at their sides and corners shoot rays of their own colours outwards."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import Cells

_MOST_THINGS = 12
BURST = Kind("cells that shoot", ("star", "slant", "straight", "cross"))


def _rays(t: Thing, burst: str) -> Iterator[tuple[int, int, int, int]]:
    """(row, column, down, right) of the rays: corners shoot aslant, other cells at the sides straight, or all that are
    straight, or those alone that are no corners."""
    for r, c in np.argwhere(t.cells).tolist():
        down, right = (r == t.height - 1) - (r == 0), (c == t.width - 1) - (c == 0)
        if down and right:
            if burst in ("star", "slant"):
                yield r, c, down, right
            elif burst == "straight":
                yield r, c, down, 0
                yield r, c, 0, right
        elif (down or right) and burst != "slant":
            yield r, c, down, right


@operation("objects", "edge", burst=BURST, weight=0)
def burst_things(cells: Cells, burst: str) -> Cells | None:
    """From the sides of each thing of many cells rays of its cells' own colours run outwards over empty cells, from its
    corners aslant."""
    group = [t for t in things(cells, "mixed") if min(t.cells.shape) > 1]
    if not 1 <= len(group) <= _MOST_THINGS:
        return None
    out = cells.copy()
    for t in group:
        for r, c, down, right in _rays(t, burst):
            row, column = t.top + r + down, t.left + c + right
            while 0 <= row < cells.shape[0] and 0 <= column < cells.shape[1] and cells[row, column] == 0:
                out[row, column] = t.cells[r, c]
                row, column = row + down, column + right
    return None if (out == cells).all() else out
