"""Regions that lead from a thing to something: to the corner or border it is nearest to, or to the next other thing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.places import Places, none, places_of
from arc_ttt.rules.things import Thing

OPPOSITE = {"up": "down", "down": "up", "left": "right", "right": "left"}


def _empty(c: Crowd, box: tuple[slice, slice]) -> Places:
    mask = np.zeros(c.cells.shape, bool)
    mask[box] = c.cells[box] == 0
    return places_of(mask)


def margins(c: Crowd, t: Thing) -> dict[str, int]:
    """How many rows or columns lie between a thing and each border."""
    rows, columns = c.cells.shape
    return {"up": t.top, "down": rows - 1 - t.bottom, "left": t.left, "right": columns - 1 - t.right}


def way_to(c: Crowd, i: int, goals: list[int]) -> tuple[str, int] | None:
    """The direction in which the nearest of the goals lies that is straight beside a thing, and that goal."""
    t = c.things[i]
    best: tuple[int, str, int] | None = None
    for k in goals:
        o = c.things[k]
        if k == i:
            continue
        if o.left <= t.right and o.right >= t.left:
            way = "down" if o.top > t.bottom else "up"
        elif o.top <= t.bottom and o.bottom >= t.top:
            way = "right" if o.left > t.right else "left"
        else:
            continue
        if best is None or c.gaps[i, k] < best[0]:
            best = int(c.gaps[i, k]), way, k
    return best[1:] if best else None


def _to_corner(c: Crowd, i: int) -> Places:
    """The empty cells of the rectangle between a thing and the corner of the grid that it is nearest to."""
    t = c.things[i]
    away = margins(c, t)
    if away["up"] == away["down"] or away["left"] == away["right"]:
        return none()
    rows = slice(0, t.bottom + 1) if away["up"] < away["down"] else slice(t.top, None)
    columns = slice(0, t.right + 1) if away["left"] < away["right"] else slice(t.left, None)
    return _empty(c, (rows, columns))


def nearest_border(c: Crowd, t: Thing) -> str | None:
    """The direction in which the border is nearest; None where two borders are as near."""
    away = margins(c, t)
    ways = [way for way, n in away.items() if n == min(away.values())]
    return ways[0] if len(ways) == 1 else None


def _outward(c: Crowd, t: Thing, way: str | None) -> Places:
    """The empty cells beyond a thing in a direction, as broad as it, up to the border."""
    if way is None:
        return none()
    down, right = slice(t.top, t.bottom + 1), slice(t.left, t.right + 1)
    return _empty(
        c,
        {
            "up": (slice(0, t.top), right),
            "down": (slice(t.bottom + 1, None), right),
            "left": (down, slice(0, t.left)),
            "right": (down, slice(t.right + 1, None)),
        }[way],
    )


def _to_border(c: Crowd, i: int) -> Places:
    """The empty cells between a thing and the nearest border, as broad as it; none where two are as near."""
    return _outward(c, c.things[i], nearest_border(c, c.things[i]))


def _inward(c: Crowd, i: int) -> Places:
    """The empty cells beyond a thing away from the border it is nearest to, up to the other border or the first line in
    which something lies."""
    t = c.things[i]
    way = nearest_border(c, t)
    rows, columns = _outward(c, t, None if way is None else OPPOSITE[way])
    if way is None or not len(rows):
        return rows, columns
    at = rows if way in ("up", "down") else columns
    broad = t.width if way in ("up", "down") else t.height
    step, first = (
        (1, t.bottom + 1 if way == "up" else t.right + 1)
        if way in ("up", "left")
        else (-1, t.top - 1 if way == "down" else t.left - 1)
    )
    counts = np.bincount(at, minlength=max(c.cells.shape) + 1)
    last = first
    while 0 <= last < len(counts) and counts[last] == broad:
        last += step
    kept = at < last if step > 0 else at > last
    return rows[kept], columns[kept]


def _to_next(c: Crowd, i: int) -> Places:
    """The cells between a thing and the nearest one of another colour straight beside it, as broad as both are, where
    nothing lies between."""
    t = c.things[i]
    best: tuple[int, tuple[slice, slice]] | None = None
    for k, o in enumerate(c.things):
        if k == i or ink_of(o) == ink_of(t):
            continue
        top, bottom = max(t.top, o.top), min(t.bottom, o.bottom)
        left, right = max(t.left, o.left), min(t.right, o.right)
        if top <= bottom and left > right + 1:
            box = slice(top, bottom + 1), slice(right + 1, left)
        elif left <= right and top > bottom + 1:
            box = slice(bottom + 1, top), slice(left, right + 1)
        else:
            continue
        if not c.cells[box].any() and (best is None or c.gaps[i, k] < best[0]):
            best = int(c.gaps[i, k]), box
    return none() if best is None else _empty(c, best[1])


AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    "tocorner": _to_corner,
    "toborder": _to_border,
    "inward": _inward,
    "tonext": _to_next,
}
