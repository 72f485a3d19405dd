"""Rays that split before what is in their way, or flow round it."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import MARK, Kind, operation
from arc_ttt.rules.places import DIRECTIONS
from arc_ttt.rules.things import things
from arc_ttt.types import Cells

Way = tuple[int, int]
FROM = Kind("where rays start", ("line", "down", "left", "up", "right"))
BLOCKED = Kind("what a ray does that is blocked", ("split", "flow", "left", "right"))
_MOST_STATES = 2000


def _starts(cells: Cells, mark: int, start: str) -> list[tuple[int, int, Way]]:
    """Cells of the colour with the direction of their rays: the given one, or that in which a line of them ends."""
    if start != "line":
        return [(int(r), int(c), DIRECTIONS[start]) for r, c in np.argwhere(cells == mark)]
    found = []
    for t in things(np.where(cells == mark, cells, np.uint8(0)), "side"):
        if t.size == t.height * t.width > 1 == min(t.height, t.width):
            down, right = int(t.height > 1), int(t.width > 1)
            found += [(t.top, t.left, (-down, -right)), (t.bottom, t.right, (down, right))]
    return found


@operation("lines", "markers", mark=MARK, start=FROM, blocked=BLOCKED, weight=0)
def shoot_splitting(cells: Cells, mark: int, start: str, blocked: str) -> Cells | None:
    """Each cell of colour `mark` (or line of them, at its ends) shoots a ray of it; before a cell of another colour it
    splits to both sides, again and again, or flows to both sides until the way is free, or turns to one side."""
    out = cells.copy()
    free = np.pad((cells == 0) | (cells == mark), 1)
    inside = np.pad(np.ones(cells.shape, bool), 1)
    rays = [(r + 1, c + 1, way, way) for r, c, way in _starts(cells, mark, start)]
    seen = set(rays)
    while rays and len(seen) < _MOST_STATES:
        row, column, way, main = rays.pop()
        ways = [way]
        if blocked == "flow" and way != main and free[row + main[0], column + main[1]]:
            ways = [main]
        elif inside[row + way[0], column + way[1]] and not free[row + way[0], column + way[1]]:
            sides = [(-way[1], way[0]), (way[1], -way[0])]
            ways = {"left": sides[:1], "right": sides[1:]}.get(blocked, sides if way == main else [])
        for down, right in ways:
            ray = row + down, column + right, (down, right), main if blocked == "flow" else (down, right)
            if free[ray[:2]] and ray not in seen:
                seen.add(ray)
                rays.append(ray)
                out[row + down - 1, column + right - 1] = mark
    return None if (out == cells).all() else out
