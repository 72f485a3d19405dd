"""Moves of a thing whose length is measured on it: as many cells as it has, or its own size towards the middle."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.regions import DIRECTIONS


def _by_size(way: str) -> Callable[[Crowd, int], tuple[int, int]]:
    def by_size(c: Crowd, i: int) -> tuple[int, int]:
        n = c.things[i].size
        return n * DIRECTIONS[way][0], n * DIRECTIONS[way][1]

    return by_size


def _inwards(c: Crowd, i: int) -> tuple[int, int]:
    """Its own height and width towards the middle of the grid."""
    t, (rows, columns) = c.things[i], c.cells.shape
    down = int(np.sign(rows - 1 - t.top - t.bottom)) * t.height
    return down, int(np.sign(columns - 1 - t.left - t.right)) * t.width


# How far down and right a thing moves.
MOVES: dict[str, Callable[[Crowd, int], tuple[int, int]]] = {
    **{f"bysize{w}": _by_size(w) for w in DIRECTIONS},
    "inwards": _inwards,
}
