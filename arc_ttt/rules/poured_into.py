"""Loose cells that are poured into what has room for them."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import COLOURS, Cells

INTO = Kind("what is poured into", ("exact", "roomiest", "each"))
_MOST_THINGS = 20


def _room(t: Thing) -> np.ndarray:
    """The empty cells between two of a thing's cells in their row that lie on its cells or on each other."""
    own = t.cells != 0
    between = np.logical_or.accumulate(own, axis=1) & np.logical_or.accumulate(own[:, ::-1], axis=1)[:, ::-1] & ~own
    room = np.zeros(own.shape, bool)
    for row in range(t.height - 2, -1, -1):
        room[row] = between[row] & (own[row + 1] | room[row + 1])
    # A cell beside one that has nothing below it would run out.
    for row in range(t.height):
        open_cells = np.flatnonzero(between[row] & ~room[row])
        for k in open_cells.tolist():
            for way in (-1, 1):
                at = k + way
                while 0 <= at < t.width and room[row, at]:
                    room[row, at] = False
                    at += way
    return room


@operation("shapes", "objects", into=INTO, weight=0)
def pour_into(cells: Cells, into: str) -> Cells | None:
    """All cells of the rarest colour vanish and lie in the thing that has room for just as many, or in that with the
    most room, from its bottom up; or each thing whose room is straight below some of them takes these."""
    counts = np.bincount(cells.ravel(), minlength=COLOURS)[1:]
    if np.count_nonzero(counts) < 2:
        return None
    mark = int(np.where(counts > 0, counts, cells.size).argmin()) + 1
    loose = cells == mark
    count = int(loose.sum())
    rest = np.where(loose, np.uint8(0), cells)
    group = things(rest, "corner")
    if not 0 < len(group) <= _MOST_THINGS:
        return None
    rooms = [(t, _room(t)) for t in group]
    rooms = [(t, room) for t, room in rooms if room.any()]
    if into == "exact":
        rooms = [(t, room) for t, room in rooms if int(room.sum()) == count]
    elif into == "roomiest":
        most = max((int(room.sum()) for _, room in rooms), default=0)
        rooms = [(t, room) for t, room in rooms if int(room.sum()) == most]
    if not rooms or (into != "each" and len(rooms) > 1):
        return None
    left = loose.copy()
    for t, room in rooms:
        columns = np.flatnonzero(room.any(axis=0)) + t.left
        above = np.zeros(cells.shape, bool)
        above[: t.bottom, columns] = left[: t.bottom, columns]
        n = int(above.sum()) if into == "each" else count
        left &= ~above if into == "each" else False
        # From the bottom up, each row from the left.
        rows, at = np.nonzero(room)
        order = np.lexsort((at, -rows))[:n]
        rest[rows[order] + t.top, at[order] + t.left] = mark
    return None if left.any() or (rest == cells).all() else rest
