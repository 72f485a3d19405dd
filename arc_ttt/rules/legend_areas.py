"""Areas that a legend gives a ground: where the cells of a colour lie, the colour beside it in the legend."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.legends import REST, legend
from arc_ttt.types import Cells

AREA = Kind("area of a colour", ("around", "box", "frame"))
PAIRED = Kind("which of a pair is the ground", ("second", "first"))


@operation("markers", "shapes", area=AREA, ground=PAIRED, rest=REST, weight=0)
def ground_by_legend(cells: Cells, area: str, ground: str, rest: str) -> Cells | None:
    """Blocks of two rows or columns are a legend: the box of all cells of one colour of a pair, perhaps with a cell
    around it or only the frame around it, gets the other colour as its ground; what comes first in the legend lies on
    top."""
    found = legend(cells, False) or legend(cells, True)
    if found is None:
        return None
    legends, pairs = found
    body = cells.copy()
    for t in legends:
        body[t.box] = 0
    out = body.copy()
    wide = int(area != "box")
    some = False
    for a, b in reversed(pairs):
        own, ink = (a, b) if ground == "second" else (b, a)
        rows, columns = np.nonzero(body == own)
        if not len(rows):
            continue
        top, left = max(0, rows.min() - wide), max(0, columns.min() - wide)
        part = np.s_[top : rows.max() + 1 + wide, left : columns.max() + 1 + wide]
        if area == "frame":
            inner = np.zeros(cells.shape, bool)
            inner[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1] = True
            out[part][~inner[part]] = ink
        else:
            out[part] = np.where(body[part] == own, np.uint8(own), np.uint8(ink))
        some = True
    if rest == "stays":
        for t in legends:
            out[t.box] = t.cells
    return out if some else None
