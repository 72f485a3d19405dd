"""Things that cross the grid over all that lies in their way."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import MARK, Kind, operation
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import Cells

COURSE = Kind("course", ("across", "up", "down", "left", "right"))
SWEPT = Kind("what lies in the way", ("emptied", "kept", "painted"))
_MOST_THINGS = 12


def _course(cells: Cells, t: Thing) -> str | None:
    """The way from the one border that a thing touches to the opposite one."""
    rows, columns = cells.shape
    ways = [
        ("down", t.top == 0),
        ("up", t.bottom == rows - 1),
        ("right", t.left == 0),
        ("left", t.right == columns - 1),
    ]
    found = [way for way, touches in ways if touches]
    return found[0] if len(found) == 1 else None


def _swept(cells: Cells, t: Thing, way: str) -> tuple[np.ndarray, np.ndarray]:
    """Masks: all cells over which a thing passes on its way to a border, and those where it ends."""
    turns = {"down": 0, "left": 1, "up": 2, "right": 3}[way]
    mask = t.mask(cells.shape)
    turned = np.rot90(mask, turns)
    passed = np.logical_or.accumulate(turned, axis=0)
    low = int(np.flatnonzero(turned.any(axis=1))[-1])
    end = np.roll(turned, len(turned) - 1 - low, axis=0)
    # Not below where its cells end.
    passed &= np.logical_or.accumulate(end[::-1], axis=0)[::-1]
    return np.rot90(passed, -turns), np.rot90(end, -turns)


@operation("edge", "shapes", "cells", mark=MARK, course=COURSE, swept=SWEPT, weight=0)
def sweep(cells: Cells, mark: int, course: str, swept: str) -> Cells | None:
    """Each thing of one colour moves straight on to a border, that opposite to the one it touches or one for all, over
    all that lies in its way: this becomes empty, stays or takes its colour."""
    moving = things(np.where(cells == mark, cells, np.uint8(0)), "side")
    if not 0 < len(moving) <= _MOST_THINGS or (cells == mark).all():
        return None
    out = cells.copy()
    out[cells == mark] = 0
    ends = np.zeros(cells.shape, bool)
    for t in moving:
        way = _course(cells, t) if course == "across" else course
        if way is None:
            return None
        passed, end = _swept(cells, t, way)
        if swept != "kept":
            out[passed] = 0 if swept == "emptied" else mark
        ends |= end
    out[ends] = mark
    return None if (out == cells).all() else out
