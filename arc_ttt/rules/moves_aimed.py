"""Moves of a thing that depend on what it is near: away from another, to the nearest border, into a gap it fits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.places import DIRECTIONS
from arc_ttt.rules.regions_aimed import OPPOSITE, nearest_border

# How far down and right a thing goes; None where it goes nowhere.
Way = tuple[int, int]
# The share of the sides of a thing's cells that must touch others where it fits.
_LEAST_TOUCHED = 0.6
_MOST_CELLS = 40


def contacts(c: Crowd) -> np.ndarray:
    """(things, things) whether two things touch by the sides of cells."""
    found = np.zeros((len(c.things) + 1, len(c.things) + 1), bool)
    owner = np.zeros(c.cells.shape, np.intp)
    for i, t in enumerate(c.things):
        owner[t.box][t.cells != 0] = i + 1
    for a, b in ((owner[1:], owner[:-1]), (owner[:, 1:], owner[:, :-1])):
        found[a, b] = found[b, a] = True
    np.fill_diagonal(found, False)
    touching: np.ndarray = found[1:, 1:]
    return touching


def _touched(c: Crowd, i: int) -> str | None:
    """The one side on which a thing touches other things by the sides of cells, of several things that which itself
    touches the most; None where it is several sides or none."""
    t, touching = c.things[i], contacts(c)
    near = np.flatnonzero(touching[i])
    counts = touching.sum(axis=1)
    beside = np.zeros((c.cells.shape[0] + 2, c.cells.shape[1] + 2), bool)
    for k in near[counts[near] == counts[near].max()] if len(near) else ():
        o = c.things[k]
        beside[o.top + 1 : o.bottom + 2, o.left + 1 : o.right + 2] |= o.cells != 0
    own = t.mask(c.cells.shape)
    sides = {
        "up": beside[:-2, 1:-1],
        "down": beside[2:, 1:-1],
        "left": beside[1:-1, :-2],
        "right": beside[1:-1, 2:],
    }
    ways = [way for way, mask in sides.items() if (mask & own).any()]
    return ways[0] if len(ways) == 1 else None


def _towards_nearest(c: Crowd, i: int) -> str | None:
    """The direction in which the one nearest thing of another colour lies straight beside."""
    colour = np.array([ink_of(t) for t in c.things])
    gaps = np.where(colour == colour[i], 999, c.gaps[i])
    found = np.flatnonzero(gaps == gaps.min())
    if len(found) != 1 or gaps.min() == 999:
        return None
    t, o = c.things[i], c.things[int(found[0])]
    if o.top <= t.bottom and o.bottom >= t.top:
        return "right" if o.left > t.right else "left" if o.right < t.left else None
    if o.left <= t.right and o.right >= t.left:
        return "down" if o.top > t.bottom else "up"
    return None


def _to_border(c: Crowd, i: int, way: str | None) -> Way | None:
    if way is None:
        return None
    t, (rows, columns) = c.things[i], c.cells.shape
    return {
        "up": (-t.top, 0),
        "down": (rows - 1 - t.bottom, 0),
        "left": (0, -t.left),
        "right": (0, columns - 1 - t.right),
    }[way]


def _flee(c: Crowd, i: int) -> Way | None:
    """To the border, away from what it touches or, if nothing, from the nearest thing of another colour."""
    way = _touched(c, i) or _towards_nearest(c, i)
    return _to_border(c, i, None if way is None else OPPOSITE[way])


def _one(way: str | None) -> Way | None:
    """One cell in a direction."""
    return DIRECTIONS[way] if way else None


def _most_touched(c: Crowd, i: int) -> str | None:
    """The one side on which most of a thing's cells have one of another colour beside them."""
    t = c.things[i]
    around = np.zeros((t.height + 2, t.width + 2), c.cells.dtype)
    top, left, own = max(t.top - 1, 0), max(t.left - 1, 0), np.pad(t.cells, 1)
    part = c.cells[top : t.bottom + 2, left : t.right + 2]
    row, column = top - t.top + 1, left - t.left + 1
    around[row : row + part.shape[0], column : column + part.shape[1]] = part
    other = (around != 0) & (around != ink_of(t))
    mine = own != 0
    counts = {
        "up": int((other[:-1] & mine[1:]).sum()),
        "down": int((other[1:] & mine[:-1]).sum()),
        "left": int((other[:, :-1] & mine[:, 1:]).sum()),
        "right": int((other[:, 1:] & mine[:, :-1]).sum()),
    }
    most = max(counts.values())
    ways = [way for way, n in counts.items() if n == most]
    return ways[0] if most and len(ways) == 1 else None


def _recoil(c: Crowd, i: int) -> Way | None:
    """One cell away from where it touches other colours most; nowhere where it touches none."""
    way = _most_touched(c, i)
    return _one(None if way is None else OPPOSITE[way])


def _approach(c: Crowd, i: int) -> Way | None:
    """One cell towards the nearest thing of another colour."""
    return _one(_towards_nearest(c, i))


def _near_border(c: Crowd, i: int) -> Way | None:
    """To the nearest border; nowhere where two are as near."""
    return _to_border(c, i, nearest_border(c, c.things[i]))


def _swap(c: Crowd, i: int) -> Way | None:
    """Onto the middle of the one other thing whose box is as large, or of the only other thing."""
    t = c.things[i]
    others = [o for o in c.things if o is not t]
    found = [o for o in others if o.cells.shape == t.cells.shape] if len(others) > 1 else others
    if len(found) != 1:
        return None
    o = found[0]
    return (o.top + o.bottom - t.top - t.bottom) // 2, (o.left + o.right - t.left - t.right) // 2


def plug(c: Crowd, i: int) -> Way | None:
    """To the one place where all its cells are empty and most of their sides touch others: into a hole or gap."""
    t = c.things[i]
    if t.size > _MOST_CELLS:
        return None
    rest = c.cells.copy()
    rest[t.box][t.cells != 0] = 0
    rows, columns = rest.shape[0] - t.height + 1, rest.shape[1] - t.width + 1
    wall = np.pad(rest != 0, 1)
    free = np.ones((rows, columns), bool)
    touched = np.zeros((rows, columns), np.int16)
    own = np.pad(t.cells != 0, 1)
    sides = 0
    for r, k in np.argwhere(t.cells).tolist():
        free &= ~wall[r + 1 : r + 1 + rows, k + 1 : k + 1 + columns]
        for down, right in ((0, 1), (0, -1), (1, 0), (-1, 0)):
            if not own[r + 1 + down, k + 1 + right]:
                sides += 1
                touched += wall[r + 1 + down : r + 1 + down + rows, k + 1 + right : k + 1 + right + columns]
    touched[~free] = 0
    most = int(touched.max())
    found = np.argwhere(touched == most)
    if most < _LEAST_TOUCHED * sides or len(found) != 1:
        return None
    down, right = int(found[0, 0]) - t.top, int(found[0, 1]) - t.left
    return (down, right) if down or right else None


WAYS: dict[str, Callable[[Crowd, int], Way | None]] = {
    "flee": _flee,
    "bordernear": _near_border,
    "swapplaces": _swap,
    "plug": plug,
    "recoil": _recoil,
    "approach": _approach,
}
