"""Regions that lead from a thing straight to a border of the grid and on along it, as a line that turns there; and the
whole line of cells at one border: the nearest, or that to which a thing points."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.places import Places, none
from arc_ttt.rules.regions_aimed import nearest_border
from arc_ttt.rules.regions_pointed import aim
from arc_ttt.rules.things import Thing, rarest_ink

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


_SIDES = {(-1, 0): "up", (1, 0): "down", (0, -1): "left", (0, 1): "right"}


def _rare_side(t: Thing) -> str | None:
    """The side of a thing's middle on which its rarest colour lies straight."""
    ink = rarest_ink(t.cells)
    if not ink:
        return None
    rows, columns = np.nonzero(t.cells == ink)
    down, right = (np.sign(round(2 * float(at.mean()) - n + 1, 6)) for at, n in ((rows, t.height), (columns, t.width)))
    return _SIDES.get((int(down), int(right)))


def _coast(way: Callable[[Crowd, Thing], str | None]) -> Callable[[Crowd, int], Places]:
    """All empty cells at one border of the grid."""

    def coast(c: Crowd, i: int) -> Places:
        side = way(c, c.things[i])
        if side is None or min(c.cells.shape) < 2:
            return none()
        rows, columns = c.cells.shape
        upright = side in ("up", "down")
        at = 0 if side in ("up", "left") else (rows if upright else columns) - 1
        k = np.flatnonzero((c.cells[at] if upright else c.cells[:, at]) == 0)
        return (np.full(len(k), at), k) if upright else (k, np.full(len(k), at))

    return coast


AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    "crankleft": _crank(("up", "left"), ("down", "right")),
    "crankright": _crank(("up", "right"), ("down", "left")),
    "crankup": _crank(("left", "up"), ("right", "down")),
    "crankdown": _crank(("left", "down"), ("right", "up")),
    **{f"hook{way}{turn}": _hook(way, turn) for way, sides in _AWAY.items() for turn in (*sides, "both")},
    "coast": _coast(nearest_border),
    "coastaim": _coast(lambda _, t: _SIDES.get(aim(t) or (0, 0))),
    "coastrare": _coast(lambda _, t: _rare_side(t)),
}
