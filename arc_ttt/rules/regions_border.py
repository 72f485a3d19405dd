"""Regions that lead from a thing straight to a border of the grid and on along it, as a line that turns there."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.places import Places, none

_MOST_THINGS = 10
_AWAY = {
    "up": ("left", "right"),
    "down": ("left", "right"),
    "left": ("up", "down"),
    "right": ("up", "down"),
}


def _hook(way: str, turn: str) -> Callable[[Crowd, int], Places]:
    """The empty cells of the line from the middle of a thing to a border, and of that border from there on to a corner:
    on one side or on both."""

    def hook(c: Crowd, i: int) -> Places:
        if len(c.things) > _MOST_THINGS:
            return none()
        t, (rows, columns) = c.things[i], c.cells.shape
        upright = way in ("up", "down")
        middle = (t.left + t.right) // 2 if upright else (t.top + t.bottom) // 2
        mask = np.zeros((rows, columns), bool)
        if upright:
            mask[slice(0, t.top) if way == "up" else slice(t.bottom + 1, rows), middle] = True
        else:
            mask[middle, slice(0, t.left) if way == "left" else slice(t.right + 1, columns)] = True
        border = mask[0 if way == "up" else -1] if upright else mask[:, 0 if way == "left" else -1]
        border[middle if turn == _AWAY[way][1] else 0 : middle + 1 if turn == _AWAY[way][0] else len(border)] = True
        mask &= c.cells == 0
        r, k = np.nonzero(mask)
        return r, k

    return hook


def _crank(first: tuple[str, str], second: tuple[str, str]) -> Callable[[Crowd, int], Places]:
    """What two of these lines cover, which run to opposite borders and turn there to opposite sides."""
    begin, end = _hook(*first), _hook(*second)

    def crank(c: Crowd, i: int) -> Places:
        (r, k), (rows, columns) = begin(c, i), end(c, i)
        return np.concatenate([r, rows]), np.concatenate([k, columns])

    return crank


AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    "crankleft": _crank(("up", "left"), ("down", "right")),
    "crankright": _crank(("up", "right"), ("down", "left")),
    "crankup": _crank(("left", "up"), ("right", "down")),
    "crankdown": _crank(("left", "down"), ("right", "up")),
    **{f"hook{way}{turn}": _hook(way, turn) for way, sides in _AWAY.items() for turn in (*sides, "both")},
}
