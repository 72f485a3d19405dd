"""Lines from one edge of the grid to the other over all that lies there."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.legends import EDGE
from arc_ttt.types import Cells

OWN = Kind("cells of the line's colour", ("emptied", "kept", "passed"))
_TURNS = {"left": 0, "top": 1, "right": 2, "bottom": 3}


@operation("edge", "lines", edge=EDGE, own=OWN, weight=0)
def strike_through(cells: Cells, edge: str, own: str) -> Cells | None:
    """Each cell at one edge draws a line of its colour to the opposite edge, over all that lies there; cells that have
    its colour already stay or become empty, or the line is seen only where something lies."""
    turned = np.rot90(cells, _TURNS[edge])
    key = turned[:, :1]
    # A line in every row is no line; nor is one where nothing is crossed.
    if not key.any() or key.all() or turned.shape[1] < 3 or not turned[:, 1:].any():
        return None
    body = turned[:, 1:]
    out = turned.copy()
    line = np.broadcast_to(key, body.shape)
    struck = np.where((body == key) & (own == "emptied"), np.uint8(0), line)
    out[:, 1:] = np.where((key == 0) | ((body == 0) & (own == "passed")), body, struck)
    if (out == turned).all():
        return None
    return np.ascontiguousarray(np.rot90(out, -_TURNS[edge]))
