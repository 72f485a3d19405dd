"""A large thing of one colour and a small picture: the thing, scaled down, is a stencil for the picture, or takes its
colours block by block."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.rules.things import Thing, colours, things
from arc_ttt.types import Cells

SEEN = Kind("what is seen of a picture", ("covered", "open"))
_PAIR, _MANY = 2, 3


def _pair(cells: Cells) -> tuple[np.ndarray, Cells, Thing, int] | None:
    """The stencil (rows, columns) bool and the picture, as large; the thing that is the stencil, and its scale."""
    group = things(cells, "mixed")
    many = [t for t in group if len(colours(t.cells)) >= _MANY and t.size == t.cells.size]
    if len(many) != 1 or min(many[0].cells.shape) < _PAIR:
        return None
    picture = many[0].cells
    rest = cells.copy()
    rest[many[0].box] = 0
    rows, columns = np.flatnonzero(rest.any(axis=1)), np.flatnonzero(rest.any(axis=0))
    if not len(rows) or len(colours(rest)) != 1:
        return None
    box = rest[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = box.shape[0] // picture.shape[0]
    if not scale or box.shape != (scale * picture.shape[0], scale * picture.shape[1]):
        return None
    small = box[::scale, ::scale]
    if not np.array_equal(np.kron(small, np.ones((scale, scale), np.uint8)), box):
        return None
    return small != 0, picture, Thing(int(rows[0]), int(columns[0]), box), scale


@operation("scaled", "objects", seen=SEEN, result=OTHER, weight=0)
def look_through(cells: Cells, seen: str) -> Cells | None:
    """The small picture where the large thing of one colour, scaled down to its size, is coloured, or is not."""
    found = _pair(cells)
    if found is None:
        return None
    stencil, picture, _, _ = found
    return np.where(stencil == (seen == "covered"), picture, np.uint8(0))


@operation("scaled", "objects", weight=0)
def colour_blocks(cells: Cells) -> Cells | None:
    """The large thing of one colour takes, block by block, the colours of the small picture, which vanishes."""
    found = _pair(cells)
    if found is None:
        return None
    stencil, picture, t, scale = found
    out = np.zeros_like(cells)
    large = np.kron(np.where(stencil, picture, 0).astype(np.uint8), np.ones((scale, scale), np.uint8))
    out[t.box] = large
    return out
