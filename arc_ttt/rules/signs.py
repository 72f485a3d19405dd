"""What keys tell of the things of a colour: on which side of it a sign lies, and how long its bar is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.places import Places, free, none
from arc_ttt.rules.regions_pointed import AIMS
from arc_ttt.rules.things import colours, things
from arc_ttt.types import Cells

Way = tuple[int, int]
# Cells of a pair of a colour and its sign at most; signs that there are at most.
_MOST_CELLS, _MOST_SIGNS = 8, 9


@lru_cache(maxsize=256)
def _signs(raw: bytes, width: int) -> tuple[dict[int, Way], np.ndarray]:
    """The way to its sign for each colour that has one, and which cells are such pairs. Signs have one colour; each
    lies beside another one."""
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width) % 10
    taken = np.zeros(cells.shape, bool)
    pairs = [t for t in things(cells, "mixed") if 2 <= t.size <= _MOST_CELLS and len(colours(t.cells)) == 2]
    shared = set.intersection(*(set(colours(t.cells)) for t in pairs)) if 1 < len(pairs) <= _MOST_SIGNS else set()
    if len(shared) != 1:
        return {}, taken
    sign = shared.pop()
    ways: dict[int, Way] = {}
    for t in pairs:
        at, own = np.argwhere(t.cells == sign), np.argwhere((t.cells != 0) & (t.cells != sign))
        ink = int(t.cells[tuple(own[0])])
        low, high = at.min(axis=0), at.max(axis=0)
        way = [int(a > d) - int(b < c) for a, b, c, d in zip(low, high, own.min(axis=0), own.max(axis=0), strict=True)]
        if way == [0, 0] or ways.get(ink, tuple(way)) != tuple(way):
            return {}, taken
        ways[ink] = (way[0], way[1])
        taken[t.box] |= t.cells != 0
    return ways, taken


def sign_way(c: Crowd, i: int) -> Way | None:
    """The way that the sign of its colour says of a thing; (0, 0) for a thing of which none speaks, None where there
    are no signs."""
    ways, taken = _signs(c.cells.tobytes(), c.cells.shape[1])
    if not ways:
        return None
    t = c.things[i]
    return (
        (0, 0) if taken[t.top : t.bottom + 1, t.left : t.right + 1][t.cells != 0].any() else ways.get(ink_of(t), (0, 0))
    )


def sign_ways(c: Crowd) -> list[int]:
    """The number of that way, 0 for none."""
    ways = [sign_way(c, i) for i in range(len(c.things))]
    return [1 + AIMS.index(w) if w and w != (0, 0) else 0 for w in ways]


def _beam(c: Crowd, i: int) -> Places:
    """The empty cells from a thing on, the way that its sign says, up to the border or what is in the way."""
    way = sign_way(c, i)
    if way is None or way == (0, 0):
        return none()
    t, (rows, columns) = c.things[i], c.cells.shape
    found = []
    own = {(t.top + r, t.left + k) for r, k in np.argwhere(t.cells).tolist()}
    for first in own:
        for k in range(1, max(rows, columns)):
            place = first[0] + k * way[0], first[1] + k * way[1]
            inside = 0 <= place[0] < rows and 0 <= place[1] < columns
            if not inside or place in own or c.cells[place]:
                break
            found.append(place)
    return (np.array([p[0] for p in found]), np.array([p[1] for p in found])) if found else none()


@lru_cache(maxsize=256)
def _bars(raw: bytes, width: int) -> dict[int, int]:
    """How long the straight bars of each colour are that has such of one length alone."""
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width) % 10
    lengths: dict[int, set[int]] = {}
    for t in things(cells, "corner"):
        if min(t.cells.shape) == 1 and t.size > 1:
            lengths.setdefault(t.colour, set()).add(t.size)
    return {ink: next(iter(found)) for ink, found in lengths.items() if len(found) == 1}


def _as_bar(down: int, right: int) -> Callable[[Crowd, int], Places]:
    """The empty cells in a direction that make a single cell as long as the bar of its colour."""

    def as_bar(c: Crowd, i: int) -> Places:
        t = c.things[i]
        if t.size != 1:
            return none()
        n = np.arange(1, _bars(c.cells.tobytes(), c.cells.shape[1]).get(ink_of(t), 1))
        return free(c.cells, t.top + n * down, t.left + n * right)

    return as_bar


# By the beginning of regions and acts: whether a grid has a key for them.
KEYS_TELL: dict[str, Callable[[Cells], bool]] = {
    "sign": lambda cells: bool(_signs(cells.tobytes(), cells.shape[1])[0]),
    "asbar": lambda cells: bool(_bars(cells.tobytes(), cells.shape[1])),
}
AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    "signbeam": _beam,
    "asbarup": _as_bar(-1, 0),
    "asbardown": _as_bar(1, 0),
    "asbarleft": _as_bar(0, -1),
    "asbarright": _as_bar(0, 1),
}
SIGNED: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {"signway": (sign_ways, 4.5)}
