"""Things of one shape of which some have lost cells: each takes those that others have."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from arc_ttt.rules.crowds import crowd
from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.things import Thing
from arc_ttt.types import Cells

SHARERS = Kind("things of one shape", ("colours", "corner", "side", "loose"))
_MOST_THINGS, _LEAST_CELLS = 12, 4
# The share of a thing's cells that others have, too, and of the shape's cells that it has.
_LEAST_SHARED, _LEAST_LEFT = 0.75, 0.5


def _place(mask: np.ndarray, base: np.ndarray) -> tuple[int, int] | None:
    """Where (down, right) a mask has most cells in common with another one that is not smaller; None where that is not
    one place, or has little in common."""
    down, right = base.shape[0] - mask.shape[0] + 1, base.shape[1] - mask.shape[1] + 1
    if min(down, right) < 1:
        return None
    shared = {
        (r, c): int((base[r : r + mask.shape[0], c : c + mask.shape[1]] & mask).sum())
        for r in range(down)
        for c in range(right)
    }
    most = max(shared.values())
    found = [at for at, n in shared.items() if n == most]
    return found[0] if len(found) == 1 and most >= _LEAST_SHARED * mask.sum() else None


def _whole(group: Sequence[Thing]) -> tuple[np.ndarray, list[tuple[int, int]]] | None:
    """The shape that all things have parts of, and where in it each one's box lies."""
    masks = [t.cells != 0 for t in group]
    base = max(masks, key=lambda m: (m.size, int(m.sum())))
    places = [_place(m, base) for m in masks]
    whole = base.copy()
    for m, at in zip(masks, places, strict=True):
        if at is not None:
            whole[at[0] : at[0] + m.shape[0], at[1] : at[1] + m.shape[1]] |= m
    known = [at for at in places if at is not None]
    if len(known) < len(group) or min(int(m.sum()) for m in masks) < _LEAST_LEFT * whole.sum():
        return None
    return whole, known


@operation("noise", "shapes", "copies", members=SHARERS, weight=0)
def share_shape(cells: Cells, members: str) -> Cells | None:
    """All things (or all cells of each colour) have one shape, but some have lost cells: each takes those that others
    have."""
    group = crowd(cells, members).things
    if not 2 <= len(group) <= _MOST_THINGS or min(t.size for t in group) < _LEAST_CELLS:
        return None
    found = _whole(group)
    if found is None:
        return None
    whole, places = found
    out = cells.copy()
    for t, (down, right) in zip(group, places, strict=True):
        rows, columns = np.nonzero(whole)
        rows, columns = rows + t.top - down, columns + t.left - right
        if min(rows.min(), columns.min()) < 0 or rows.max() >= cells.shape[0] or columns.max() >= cells.shape[1]:
            return None
        lost = cells[rows, columns] != t.colour
        if cells[rows[lost], columns[lost]].any():
            return None
        out[rows, columns] = t.colour
    return None if (out == cells).all() else out
