"""Regions of arms that are all as long as the shortest of them may be, and rings drawn inwards by number; and which
things are the largest or the smallest of those in their rows or columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.places import Places, none
from arc_ttt.rules.regions_led import specks
from arc_ttt.rules.things import Thing, holes

_STRAIGHT = ((-1, 0), (1, 0), (0, -1), (0, 1))
_ASLANT = ((-1, -1), (-1, 1), (1, -1), (1, 1))
_MOST_THINGS, _MOST_RINGS = 40, 9


def _arms(ways: Sequence[tuple[int, int]]) -> Callable[[Crowd, int], Places]:
    """From a square thing's sides or corners: arms one cell broad that end together, before anything is in the way of
    one of them."""

    def arms(c: Crowd, i: int) -> Places:
        t = c.things[i]
        if t.height != t.width or (t.height > 1 and not t.height % 2) or len(c.things) > _MOST_THINGS:
            return none()
        half, (rows, columns) = t.height // 2, c.cells.shape
        row, column = t.top + half, t.left + half
        made: list[tuple[int, int]] = []
        for n in range(half + 1, max(rows, columns)):
            ends = [(row + n * down, column + n * right) for down, right in ways]
            if any(not (0 <= r < rows and 0 <= k < columns) or c.cells[r, k] for r, k in ends):
                break
            made += ends
        return (np.array([r for r, _ in made]), np.array([k for _, k in made])) if made else none()

    return arms


def _layers(count: Callable[[Thing], int], apart: int) -> Callable[[Crowd, int], Places]:
    """As many rings of a thing's box, from its rim inwards, as are counted, touching (`apart` 1) or every second."""

    def layers(c: Crowd, i: int) -> Places:
        t = c.things[i]
        n = count(t)
        if not 0 < n <= _MOST_RINGS:
            return none()
        mask = np.zeros(t.cells.shape, bool)
        for k in range(0, apart * n, apart):
            if t.height <= 2 * k or t.width <= 2 * k:
                return none()
            mask[k : t.height - k, k : t.width - k] = True
            mask[k + 1 : t.height - k - 1, k + 1 : t.width - k - 1] = False
        rows, columns = np.nonzero(mask)
        return rows + t.top, columns + t.left

    return layers


def _best_among(across: bool, most: bool) -> Callable[[Crowd], Sequence[int]]:
    """Whether a thing alone has the most (fewest) cells of those whose rows (columns) meet its own; 0 where none do."""

    def best(c: Crowd) -> Sequence[int]:
        n = len(c.things)
        if n > 4 * _MOST_THINGS:
            return [0] * n
        low = np.array([t.top if across else t.left for t in c.things])
        high = np.array([t.bottom if across else t.right for t in c.things])
        sizes = np.array([t.size for t in c.things]) * (1 if most else -1)
        meets = (low[:, None] <= high[None]) & (low[None] <= high[:, None])
        np.fill_diagonal(meets, False)
        beaten = (meets & (sizes[None] >= sizes[:, None])).any(axis=1)
        return [int(v) for v in np.logical_and(meets.any(axis=1), np.logical_not(beaten))]

    return best


AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    "armsplus": _arms(_STRAIGHT),
    "armsslant": _arms(_ASLANT),
    "armsstar": _arms((*_STRAIGHT, *_ASLANT)),
}
ON: dict[str, Callable[[Crowd, int], Places]] = {
    "layersspecks": _layers(specks, 1),
    "layersholes": _layers(holes, 1),
    "everyspecks": _layers(specks, 2),
}
AMONG: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "largestinrow": (_best_among(True, True), 4.0),
    "largestincolumn": (_best_among(False, True), 4.0),
    "smallestinrow": (_best_among(True, False), 4.5),
    "smallestincolumn": (_best_among(False, False), 4.5),
}
