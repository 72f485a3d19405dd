"""Regions that another thing leads: elbows to a hub, lines between things that have something in common, a trunk as
long as others reach, and a spiral that winds inwards between walls."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.places import Places, none, places_of
from arc_ttt.rules.things import Thing, holes
from arc_ttt.rules.work import uncounted

_MOST_THINGS, _MOST_STEPS = 30, 300
_AHEAD = ((0, 1), (1, 0), (0, -1), (-1, 0))


def _empty(c: Crowd, mask: np.ndarray) -> Places:
    return places_of(mask & (c.cells == 0))


@lru_cache(maxsize=64)
def _middles(c: Crowd) -> list[tuple[int, int]]:
    return [t.middle for t in c.things]


@lru_cache(maxsize=128)
def _keys(c: Crowd, key: Callable[[Thing], object]) -> list[object]:
    return [key(t) for t in c.things]


def _only(found: list[int]) -> int | None:
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=64)
def _largest(c: Crowd) -> int | None:
    most = max(t.size for t in c.things)
    return _only([i for i, t in enumerate(c.things) if t.size == most])


@lru_cache(maxsize=64)
def _rare(c: Crowd) -> int | None:
    with uncounted():  # it is cached: what it tells must not hang on that
        ink = c.inks("rare")[0]
    return _only([i for i, t in enumerate(c.things) if ink and (t.cells == ink).any()])


@lru_cache(maxsize=64)
def at_border(c: Crowd) -> int | None:
    """The only thing at a border of the grid."""
    rows, columns = c.cells.shape
    return _only(
        [
            i
            for i, t in enumerate(c.things)
            if t.top == 0 or t.left == 0 or t.bottom == rows - 1 or t.right == columns - 1
        ]
    )


_HUBS: dict[str, Callable[[Crowd], int | None]] = {"large": _largest, "rare": _rare, "border": at_border}


def _elbow(hub: str, row_first: bool, legs: int, crossing: bool = True) -> Callable[[Crowd, int], Places]:
    """From a thing along its middle row up to the middle column of the hub (or also along that to the hub), or along
    its column first."""

    def elbow(c: Crowd, i: int) -> Places:
        if not 2 <= len(c.things) <= _MOST_THINGS:
            return none()
        k = _HUBS[hub](c)
        if k is None or k == i:
            return none()
        (r, q), (row, column) = c.things[i].middle, c.things[k].middle
        mask = np.zeros(c.cells.shape, bool)
        if row_first or legs > 1:
            mask[r if row_first else row, min(q, column) : max(q, column) + 1] = True
        if not row_first or legs > 1:
            mask[min(r, row) : max(r, row) + 1, column if row_first else q] = True
        if not crossing:  # what runs there is not its own
            mask[slice(None) if row_first else row, column if row_first else slice(None)] = False
        return _empty(c, mask)

    return elbow


def _link(key: Callable[[Thing], object], alike: bool, ways: str = "both") -> Callable[[Crowd, int], Places]:
    """The empty cells of the middle line between a thing and the next one level with it that is like it (or is not), in
    its row, its column, or both."""

    def link(c: Crowd, i: int) -> Places:
        if not 2 <= len(c.things) <= _MOST_THINGS:
            return none()
        t, middles = c.things[i], _middles(c)
        r, q = middles[i]
        level = [
            k
            for k, (row, column) in enumerate(middles)
            if k != i and ((row == r and ways != "column") or (column == q and ways != "row"))
        ]
        if not level:
            return none()
        keys = _keys(c, key)
        chosen = [k for k in level if keys[k] == keys[i]] if alike else level
        if not chosen:
            return none()
        ends, mask = [t], np.zeros(c.cells.shape, bool)
        for k in _nearest(middles, i, chosen):
            if alike or keys[k] != keys[i]:
                row, column = middles[k]
                ends.append(c.things[k])
                mask[min(r, row) : max(r, row) + 1, min(q, column) : max(q, column) + 1] = True
        for o in ends:
            mask[o.box] = False
        return _empty(c, mask)

    return link


def _nearest(middles: list[tuple[int, int]], i: int, group: list[int]) -> list[int]:
    """The nearest of a group that are level with a thing, on each of its four sides."""
    r, q = middles[i]
    best: dict[tuple[int, int], int] = {}
    for k in sorted(group, key=lambda k: abs(middles[k][0] - r) + abs(middles[k][1] - q)):
        row, column = middles[k]
        best.setdefault((int(np.sign(row - r)), int(np.sign(column - q))), k)
    return list(best.values())


def _trunk(c: Crowd, i: int) -> Places:
    """From the only thing at a border inwards, as broad as it, as far as the middle of the others that is farthest."""
    if not 2 <= len(c.things) <= _MOST_THINGS or at_border(c) != i:
        return none()
    t, (rows, columns) = c.things[i], c.cells.shape
    sides = [t.top == 0, t.left == 0, t.bottom == rows - 1, t.right == columns - 1]
    if sum(sides) != 1:
        return none()
    middles = [m for k, m in enumerate(_middles(c)) if k != i]
    mask = np.zeros(c.cells.shape, bool)
    if sides[0] or sides[2]:
        lines = slice(0, max(m[0] for m in middles) + 1) if sides[0] else slice(min(m[0] for m in middles), rows)
        mask[lines, t.left : t.right + 1] = True
    else:
        lines = slice(0, max(m[1] for m in middles) + 1) if sides[1] else slice(min(m[1] for m in middles), columns)
        mask[t.top : t.bottom + 1, lines] = True
    return _empty(c, mask)


def _bus(across: bool) -> Callable[[Crowd, int], Places]:
    """Along the middle row (column) of a thing, on both sides, as far as the middle of the others that is farthest."""

    def bus(c: Crowd, i: int) -> Places:
        if not 2 <= len(c.things) <= _MOST_THINGS:
            return none()
        middles = [m[across] for m in _middles(c)]
        mask = np.zeros(c.cells.shape, bool)
        line = slice(min(middles), max(middles) + 1)
        row, column = c.things[i].middle
        mask[(row, line) if across else (line, column)] = True
        return _empty(c, mask)

    return bus


@lru_cache(maxsize=64)
def _at_rim(c: Crowd) -> int:
    rows, columns = c.cells.shape
    return sum(t.top == 0 or t.left == 0 or t.bottom == rows - 1 or t.right == columns - 1 for t in c.things)


def specks(t: Thing) -> int:
    """How many cells have another colour than most."""
    return int(((t.cells != 0) & (t.cells != ink_of(t))).sum())


# How many rings go around a thing.
_COUNTS: dict[str, Callable[[Crowd, Thing], int]] = {
    "size": lambda c, t: t.size,
    "specks": lambda c, t: specks(t),
    "border": lambda c, t: _at_rim(c),
}


def _echo(count: str, gap: int) -> Callable[[Crowd, int], Places]:
    """The empty cells of as many rings around a thing's box as something counts, each a cell or so away from the one
    within."""

    def echo(c: Crowd, i: int) -> Places:
        t, (rows, columns) = c.things[i], c.cells.shape
        n = _COUNTS[count](c, t)
        if not 0 < n <= _MOST_RINGS or len(c.things) > _MOST_THINGS:
            return none()
        top, left = max(0, t.top - n * gap), max(0, t.left - n * gap)
        down, right = (
            np.arange(top, min(rows, t.bottom + 1 + n * gap)),
            np.arange(left, min(columns, t.right + 1 + n * gap)),
        )
        down = np.maximum(np.maximum(t.top - down, down - t.bottom), 0)
        right = np.maximum(np.maximum(t.left - right, right - t.right), 0)
        away = np.maximum(down[:, None], right[None])
        part = c.cells[top : top + len(down), left : left + len(right)]
        row, column = np.nonzero((away > 0) & (away % gap == 0) & (part == 0))
        return row + top, column + left

    return echo


_MOST_RINGS = 6


def _wound(right: bool) -> Callable[[Crowd, int], Places]:
    """From a single cell a line winds inwards along what is there (or the border), one cell from its last turn: it
    keeps to the wall at its left and turns right, or the other way round."""

    def wound(c: Crowd, i: int) -> Places:
        t = c.things[i]
        if t.size != 1:
            return none()
        rows, columns = c.cells.shape
        sides = ((t.top + y, t.left + x) for y, x in _AHEAD)
        if sum(0 <= y < rows and 0 <= x < columns and c.cells[y, x] == 0 for y, x in sides) not in (1, 2):
            return none()
        free = np.pad(c.cells == 0, 2)
        line = np.zeros(free.shape, bool)
        r, q, turn = t.top + 2, t.left + 2, 1 if right else 3
        line[r, q] = True
        starts = [
            d
            for d in range(4)
            if free[r + _AHEAD[d][0], q + _AHEAD[d][1]]
            and not any(free[r + y, q + x] for y, x in (_AHEAD[(d - turn) % 4], _AHEAD[(d + 2) % 4]))
        ]
        if len(starts) != 1:
            return none()
        way, turned, path = starts[0], 0, []
        for _ in range(_MOST_STEPS):
            y, x = r + _AHEAD[way][0], q + _AHEAD[way][1]
            if free[y, x] and sum(bool(line[y + a, x + b]) for a, b in _AHEAD) == 1:
                r, q, turned = y, x, 0
                line[r, q] = True
                path.append((r - 2, q - 2))
            elif turned:
                break
            else:
                way, turned = (way + turn) % 4, 1
        if len(path) < _FEWEST_WOUND:
            return none()
        return np.array([p[0] for p in path]), np.array([p[1] for p in path])

    return wound


_FEWEST_WOUND = 4
_KEYS: dict[str, Callable[[Thing], object]] = {
    "twin": lambda t: t.form,
    "size": lambda t: t.size,
    "holes": lru_cache(maxsize=1024)(holes),
    "kin": ink_of,
}
AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    **{f"link{name}": _link(key, True) for name, key in _KEYS.items()},
    "linkother": _link(ink_of, False),
    **{
        f"{way}link{name}": _link(_KEYS[name], True, way)
        for name in ("twin", "size", "kin")
        for way in ("row", "column")
    },
    **{f"rowleg{hub}": _elbow(hub, True, 1, False) for hub in _HUBS},
    **{f"columnleg{hub}": _elbow(hub, False, 1, False) for hub in _HUBS},
    **{f"rowreach{hub}": _elbow(hub, True, 1) for hub in _HUBS},
    **{f"columnreach{hub}": _elbow(hub, False, 1) for hub in _HUBS},
    **{f"rowelbow{hub}": _elbow(hub, True, 2) for hub in _HUBS},
    **{f"columnelbow{hub}": _elbow(hub, False, 2) for hub in _HUBS},
    "trunk": _trunk,
    "busrow": _bus(True),
    "buscolumn": _bus(False),
    **{f"echo{count}": _echo(count, 2) for count in _COUNTS},
    **{f"pad{count}": _echo(count, 1) for count in _COUNTS},
    "windright": _wound(True),
    "windleft": _wound(False),
}
