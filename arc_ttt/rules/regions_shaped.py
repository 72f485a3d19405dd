"""Regions with a shape of their own: wedges upon the sides of a thing, and what would stand in it like water."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.places import Places, places_of
from arc_ttt.rules.things import Thing

_MOST_SIDE = 30


def _wedge(way: str) -> Callable[[Crowd, int], Places]:
    """The empty cells upon a side of a thing's box, in each line one less at both ends."""
    ahead = -1 if way in ("up", "left") else 1

    def wedge(c: Crowd, i: int) -> Places:
        t = c.things[i]
        upright = way in ("up", "down")
        # Seen so that lines are rows.
        cells = c.cells if upright else c.cells.T
        top, bottom, left, right = t.top, t.bottom, t.left, t.right
        if not upright:
            top, bottom, left, right = left, right, top, bottom
        mask = np.zeros(cells.shape, bool)
        for k in range(1, (right - left) // 2 + 1):
            row = (top if ahead < 0 else bottom) + ahead * k
            if 0 <= row < len(mask):
                mask[row, left + k : right + 1 - k] = True
        mask &= cells == 0
        return places_of(mask if upright else mask.T)

    return wedge


def _pool(mask: np.ndarray) -> np.ndarray:
    """The empty cells in which water would stay: between walls, upon walls or other such cells."""
    full = mask.copy()
    below = np.zeros(mask.shape[1], bool)
    for r in range(len(mask) - 1, -1, -1):
        for a, b in pairwise(np.flatnonzero(mask[r]).tolist()):
            if b > a + 1 and below[a + 1 : b].all():
                full[r, a + 1 : b] = True
        below = full[r]
    pool: np.ndarray = full & ~mask
    return pool


def _turned_pools(t: Thing, turns: range) -> np.ndarray:
    mask = t.cells != 0
    found = np.zeros(mask.shape, bool)
    if min(mask.shape) > 1 and max(mask.shape) <= _MOST_SIDE:
        for n in turns:
            found |= np.rot90(_pool(np.rot90(mask, n)), -n)
    return found


def _pools(turns: range) -> Callable[[Crowd, int], Places]:
    def pools(c: Crowd, i: int) -> Places:
        t = c.things[i]
        rows, columns = np.nonzero(_turned_pools(t, turns) & (c.cells[t.box] == 0))
        return rows + t.top, columns + t.left

    return pools


def _beyond_axes(c: Crowd, i: int) -> Places:
    """The empty cells of the rows and columns of a thing's middle outside of its box, whatever lies between."""
    t = c.things[i]
    mask = np.zeros(c.cells.shape, bool)
    mask[t.top + (t.height - 1) // 2 : t.top + t.height // 2 + 1] = True
    mask[:, t.left + (t.width - 1) // 2 : t.left + t.width // 2 + 1] = True
    mask[t.box] = False
    return places_of(mask & (c.cells == 0))


AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    **{f"wedge{way}": _wedge(way) for way in ("up", "down", "left", "right")},
    "beyondaxes": _beyond_axes,
    "pool": _pools(range(1)),
    "cavities": _pools(range(4)),
}
