"""Paths one cell broad that lead from a thing to somewhere: their cells in order, things that go along them, and the
openings of walls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.things import Thing
from arc_ttt.types import Cells

_SIDES = ((0, 1), (1, 0), (0, -1), (-1, 0))
_MOST_THINGS = 40
# Cells of a path that leads somewhere, at most.
LONGEST = 200

Place = tuple[int, int]


def path_of(mask: np.ndarray) -> list[Place] | None:
    """The cells of a path in order, from the end that comes first in reading; None of what branches, is broader than a
    cell, or closed."""
    return _path(mask.tobytes(), mask.shape[1])


@lru_cache(maxsize=1024)
def _path(raw: bytes, width: int) -> list[Place] | None:
    cells = {divmod(k, width) for k, v in enumerate(raw) if v}
    near = {(r, c): [(r + y, c + x) for y, x in _SIDES if (r + y, c + x) in cells] for r, c in cells}
    ends = sorted(p for p, n in near.items() if len(n) == 1)
    if len(ends) != 2 or any(len(n) > 2 for n in near.values()):
        return None
    path: list[Place] = [ends[0]]
    while True:
        more = [p for p in near[path[-1]] if len(path) < 2 or p != path[-2]]
        if not more:
            break
        path.append(more[0])
    return path if len(path) == len(cells) else None


def _rail(c: Crowd, i: int) -> list[Place] | None:
    """The cells of the one path that touches a thing with one end, from that end on."""
    t, found = c.things[i], []
    if len(c.things) > _MOST_THINGS:
        return None
    mask = np.zeros((c.cells.shape[0] + 2, c.cells.shape[1] + 2), bool)
    mask[t.top + 1 : t.bottom + 2, t.left + 1 : t.right + 2] = t.cells != 0
    for k, o in enumerate(c.things):
        apart = o.top > t.bottom + 1 or o.bottom < t.top - 1 or o.left > t.right + 1 or o.right < t.left - 1
        if k == i or apart or o.size > LONGEST:
            continue
        if o.size == 1:
            # From beyond the thing to the one cell, so that there is a direction.
            beside = [(o.top - y, o.left - x) for y, x in _SIDES if mask[o.top + 1 - y, o.left + 1 - x]]
            found += [[beside[0], (o.top, o.left)]] if len(beside) == 1 and t.size == 1 else []
            continue
        path = path_of(o.cells != 0)
        if path is None:
            continue
        path = [(r + o.top, q + o.left) for r, q in path]
        touching = [any(mask[r + 1 + y, q + 1 + x] for y, x in _SIDES) for r, q in (path[0], path[-1])]
        if touching[0] != touching[1]:
            found.append(path if touching[0] else path[::-1])
    return found[0] if len(found) == 1 else None


def _ride(beyond: bool) -> Callable[[Crowd, int], tuple[Cells, int, int] | None]:
    """To the other end of the path that touches it: beyond that end (its middle in line with it), or onto it."""

    def ride(c: Crowd, i: int) -> tuple[Cells, int, int] | None:
        path, t = _rail(c, i), c.things[i]
        if path is None:
            return None
        (r, q), (y, x) = path[-1], path[-2]
        down, right = r - y, q - x
        if not beyond:
            return t.cells, r - t.height // 2, q - t.width // 2
        top = r + 1 if down > 0 else r - t.height if down else r - (t.height - 1) // 2
        left = q + 1 if right > 0 else q - t.width if right else q - (t.width - 1) // 2
        return t.cells, top, left

    return ride


def _doors(t: Thing) -> int:
    """How often the sides of its box open, from corner to corner around it."""
    if min(t.cells.shape) < 3:
        return 0
    cells = t.cells != 0
    ring = np.concatenate([cells[0], cells[1:, -1], cells[-1, -2::-1], cells[-2:0:-1, 0]])
    return int((ring & ~np.roll(ring, -1)).sum())


PLACED: dict[str, Callable[[Crowd, int], tuple[Cells, int, int] | None]] = {
    "ridebeyond": _ride(True),
    "rideonto": _ride(False),
}
OPEN: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "doors": (lambda c: [_doors(t) for t in c.things], 4.0),
}
