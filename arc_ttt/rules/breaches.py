"""A small thing and the wall that is nearest to it: the way to it, and the gap that it makes there."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.places import Places, none

_WAYS = ((-1, 0), (1, 0), (0, -1), (0, 1))


def _ahead(c: Crowd, i: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]] | None:
    """The cells from a single cell to the nearest coloured one straight beside it, and those of that one's colour from
    there on; None where two are as near, or nothing is in between."""
    t = c.things[i]
    rows, columns = c.cells.shape
    best: list[tuple[int, tuple[int, int]]] = []
    for down, right in _WAYS:
        r, k, n = t.top + down, t.left + right, 0
        while 0 <= r < rows and 0 <= k < columns and not c.cells[r, k]:
            r, k, n = r + down, k + right, n + 1
        if 0 <= r < rows and 0 <= k < columns:
            best.append((n, (down, right)))
    best.sort()
    if not best or not best[0][0] or (len(best) > 1 and best[0][0] == best[1][0]):
        return None
    n, (down, right) = best[0]
    between = [(t.top + down * s, t.left + right * s) for s in range(1, n + 1)]
    r, k = t.top + down * (n + 1), t.left + right * (n + 1)
    ink, wall = c.cells[r, k], []
    while 0 <= r < rows and 0 <= k < columns and c.cells[r, k] == ink:
        wall.append((r, k))
        r, k = r + down, k + right
    return between, wall


def _places(cells: list[tuple[int, int]]) -> Places:
    return np.array([r for r, _ in cells], np.intp), np.array([k for _, k in cells], np.intp)


def _to_wall(c: Crowd, i: int) -> Places:
    """The cells from a single cell to the nearest coloured one straight beside it."""
    found = _ahead(c, i) if c.things[i].size == 1 else None
    return _places(found[0]) if found else none()


def _breached(own: bool) -> Callable[[Crowd, int], tuple[bool, Places, np.ndarray] | None]:
    """What a single cell comes upon first, going to the nearest thing straight beside it, is empty in its line, or
    takes its colour there."""

    def breached(c: Crowd, i: int) -> tuple[bool, Places, np.ndarray] | None:
        found = _ahead(c, i) if c.things[i].size == 1 else None
        if found is None:
            return None
        return False, _places(found[1]), np.full(len(found[1]), ink_of(c.things[i]) * own, np.uint8)

    return breached


AROUND: dict[str, Callable[[Crowd, int], Places]] = {"towall": _to_wall}
BREACHED: dict[str, Callable[[Crowd, int], tuple[bool, Places, np.ndarray] | None]] = {
    "breach": _breached(False),
    "pierce": _breached(True),
}
