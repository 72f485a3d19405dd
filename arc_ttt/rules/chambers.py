"""Chambers: the areas into which walls of one colour part a grid, whatever their shape, with what lies in them."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.things import Thing, things
from arc_ttt.types import COLOURS, Cells

# The number that marks empty cells of an area: it is no colour.
_EMPTY = 10
_LEAST_WALL, _LONGEST_LOOSE, _MOST_AREAS, _LEAST_AREA = 8, 2, 30, 3
_MOST_FULL = 0.7


def chambers(cells: Cells) -> tuple[Thing, ...]:
    """The areas between walls of the one colour that parts the grid into most of them; empty cells have a number of
    their own. None where nothing lies in an area, or most of one is coloured."""
    full = np.count_nonzero(cells)
    if not _LEAST_WALL < full < _MOST_FULL * cells.size:
        return ()
    counts = np.bincount(cells.ravel(), minlength=COLOURS)
    marked = np.where(cells == 0, np.uint8(_EMPTY), cells)
    best: tuple[Thing, ...] = ()
    # The two commonest colours, of which a wall is likely to be made.
    for ink in sorted(range(1, COLOURS), key=lambda k: -counts[k])[:2]:
        if counts[ink] < _LEAST_WALL or counts[ink] == full:
            continue
        wall = cells == ink
        if any(t.size <= _LONGEST_LOOSE for t in things(wall.astype(np.uint8), "side")):
            continue
        areas = things(np.where(wall, np.uint8(0), marked), "clump")
        right = all(2 * int((t.cells == _EMPTY).sum()) >= t.size for t in areas if t.size >= _LEAST_AREA)
        if right and max(1, len(best)) < len(areas) <= _MOST_AREAS:
            best = areas
    return best
