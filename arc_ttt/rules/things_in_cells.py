"""Two things of a grid: each cell of the one becomes the other."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation, tried_at_once
from arc_ttt.rules.things import Thing, colours, things
from arc_ttt.types import MAX_SIDE, Cells

OUTER = Kind("thing whose cells become the other", ("colourful", "plain", "large", "small", "first", "second"))
CELL_INK = Kind("colour of what a cell becomes", ("cell", "thing"))
CELLS_MEANT = Kind("which cells", ("coloured", "empty"))
_PAIR = 2


def _pair(cells: Cells, outer: str) -> tuple[Thing, Thing] | None:
    """The thing whose cells become the other, and this."""
    for link in ("mixed", "corner"):
        group = [t for t in things(cells, link) if t.size > 1]
        if len(group) == _PAIR:
            break
    else:
        return None
    a, b = group
    if outer in ("first", "second"):
        return (a, b) if outer == "first" else (b, a)
    many = [len(colours(t.cells)) if outer in ("colourful", "plain") else t.cells.size for t in group]
    if many[0] == many[1]:
        return None
    return (a, b) if (many[0] > many[1]) == (outer in ("colourful", "large")) else (b, a)


@operation("objects", "shapes", outer=OUTER, ink=CELL_INK, meant=CELLS_MEANT, result=OTHER, weight=0)
def thing_in_cells(cells: Cells, outer: str, ink: str, meant: str) -> Cells | None:
    """Of two things of the grid each coloured (or empty) cell of one becomes the other, in its own colours or in that
    of the cell."""
    found = _pair(cells, outer)
    if found is None:
        return None
    plan, image = found[0].cells, found[1].cells
    if max(plan.shape[0] * image.shape[0], plan.shape[1] * image.shape[1]) > MAX_SIDE or image.size == 1:
        return None
    if ink == "cell":
        if meant == "empty":
            return None
        return np.kron(plan, (image != 0).astype(np.uint8))
    return np.kron(((plan != 0) == (meant == "coloured")).astype(np.uint8), image)


tried_at_once("thing_in_cells")
