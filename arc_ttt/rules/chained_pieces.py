"""Pieces with a colour at either end make a chain: each goes on with the colour with which the one before it ends."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from arc_ttt.rules.language import AXIS, OTHER, Kind, operation, tried_at_once
from arc_ttt.rules.things import colours, things
from arc_ttt.types import MAX_SIDE, Cells

CHAIN_LINK = Kind("how pieces follow each other", ("upon", "beside", "apart"))
_FEWEST, _MOST = 2, 12
_MOST_COLOURS = 10


def _without_marks(cells: Cells) -> Iterator[Cells]:
    """The grid, and the grid without one of the colours of a single cell: a mark."""
    yield cells
    counts = np.bincount(cells.ravel(), minlength=_MOST_COLOURS)
    for ink in np.flatnonzero(counts[1:] == 1).tolist():
        yield np.where(cells == ink + 1, np.uint8(0), cells)


def _chain(cells: Cells) -> list[Cells] | None:
    """Pieces that lie from left to right, in the one order in which ends agree."""
    pieces = [t.cells for t in things(cells, "mixed")]
    if not _FEWEST <= len(pieces) <= _MOST or len({p.shape[0] for p in pieces}) > 1:
        return None
    if any(p.shape[1] < 2 or len(colours(p[:, 0])) != 1 or len(colours(p[:, -1])) != 1 for p in pieces):
        return None
    first = {colours(p[:, 0])[0]: p for p in pieces}
    last = {colours(p[:, -1])[0] for p in pieces}
    begins = [ink for ink in first if ink not in last]
    if len(first) < len(pieces) or len(last) < len(pieces) or len(begins) != 1:
        return None
    order, ink = [], begins[0]
    while ink in first:
        order.append(first[ink])
        ink = colours(first[ink][:, -1])[0]
    return order if len(order) == len(pieces) else None


@operation("objects", "spotted", axis=AXIS, link=CHAIN_LINK, result=OTHER, weight=0)
def chain_pieces(cells: Cells, axis: str, link: str) -> Cells | None:
    """Pieces of two and more colours follow each other from left to right (horizontal) or from above, so that each
    begins with the colour with which the one before it ends: upon that end, beside it or a cell apart."""
    if not 2 * _FEWEST <= np.count_nonzero(cells) <= cells.size // 2:
        return None
    laid = cells if axis == "horizontal" else np.ascontiguousarray(cells.T)
    orders = [order for c in _without_marks(laid) if (order := _chain(c)) is not None]
    if not orders:
        return None
    parts = [orders[0][0]]
    for piece in orders[0][1:]:
        if link == "upon":
            if (parts[-1][:, -1] != piece[:, 0]).any():
                return None
            parts.append(piece[:, 1:])
        else:
            parts += [np.zeros((len(piece), 1), np.uint8), piece] if link == "apart" else [piece]
    out = np.concatenate(parts, axis=1)
    if out.shape[1] > MAX_SIDE:
        return None
    return np.ascontiguousarray(out if axis == "horizontal" else out.T)


tried_at_once("chain_pieces")
