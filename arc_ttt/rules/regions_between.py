"""Regions between a thing and others of its colour that lie aslant, and all around a thing's box."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.places import Places, free, places_of
from arc_ttt.rules.things import Thing, enclosed


def _aslant(c: Crowd, i: int) -> Places:
    """The diagonals from a corner of a thing's box to the facing corner of another one's of its colour, where all of
    them is empty."""
    t = c.things[i]
    rows: list[int] = []
    columns: list[int] = []
    for k, o in enumerate(c.things):
        if k == i or ink_of(o) != ink_of(t):
            continue
        down, right = (1 if o.top > t.bottom else -1), (1 if o.left > t.right else -1)
        row, column = (t.bottom if down > 0 else t.top), (t.right if right > 0 else t.left)
        steps = (o.top - row) if down > 0 else (row - o.bottom)
        if steps < 2 or steps != ((o.left - column) if right > 0 else (column - o.right)):
            continue
        path = [(row + n * down, column + n * right) for n in range(1, steps)]
        if not any(c.cells[p] for p in path):
            rows += [p[0] for p in path]
            columns += [p[1] for p in path]
    return np.array(rows, np.intp), np.array(columns, np.intp)


def _outside(c: Crowd, i: int) -> Places:
    """The empty cells of a thing's box and of a frame around it, but for those that the thing encloses."""
    t = c.things[i]
    mask = np.pad((t.cells == 0) & ~enclosed(t.cells), 1, constant_values=True)
    rows, columns = np.nonzero(mask)
    return free(c.cells, rows + t.top - 1, columns + t.left - 1)


def _hull(t: Thing) -> np.ndarray:
    """The empty cells of a thing's box that lie between two of its own, in a row or a column, or between such cells."""
    own: np.ndarray = t.cells != 0
    filled = own
    while True:
        across, down = (
            np.logical_or.accumulate(filled, axis=k) & np.logical_or.accumulate(filled[::-1, ::-1], axis=k)[::-1, ::-1]
            for k in (1, 0)
        )
        if (filled == across | down).all():
            hull: np.ndarray = filled & ~own
            return hull
        filled = across | down


def _hulled(leaks: bool) -> Callable[[Crowd, int], Places]:
    """The hull of a thing, perhaps with all that lies straight beyond where it opens to a side of the box."""

    def hulled(c: Crowd, i: int) -> Places:
        t = c.things[i]
        hull = _hull(t)
        mask = np.zeros(c.cells.shape, bool)
        mask[t.box] = hull
        if leaks:
            own = mask.copy()
            for turns in range(4):
                side = np.rot90(mask, turns)  # a view: what is written to it is written to the mask
                line = (t.top, c.cells.shape[1] - 1 - t.right, c.cells.shape[0] - 1 - t.bottom, t.left)[turns]
                free = np.rot90(c.cells, turns)[:line] == 0
                way = np.logical_and.accumulate(free[::-1], axis=0)[::-1] & np.rot90(own, turns)[line]
                side[:line] |= way
        return places_of(mask & (c.cells == 0))

    return hulled


def _far_frame(c: Crowd, i: int) -> Places:
    """The empty cells of the frame around a thing's box that leaves one cell between."""
    t = c.things[i]
    mask = np.zeros((c.cells.shape[0] + 4, c.cells.shape[1] + 4), bool)
    mask[t.top : t.bottom + 5, t.left : t.right + 5] = True
    mask[t.top + 1 : t.bottom + 4, t.left + 1 : t.right + 4] = False
    return places_of(mask[2:-2, 2:-2] & (c.cells == 0))


AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    "slantlike": _aslant,
    "outside": _outside,
    "farframe": _far_frame,
    "hull": _hulled(False),
    "hullleaks": _hulled(True),
}
