"""Rectangles that are joined to a line across the grid, and to their images beyond it."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import Kind, operation, tried_at_once
from arc_ttt.rules.things import things
from arc_ttt.types import Cells

REACH = Kind("how far a band goes", ("image", "line", "border"))
BAND = Kind("ink of a band", ("line", "own"))
_MOST_RECTANGLES = 20


def _line(cells: Cells) -> int | None:
    """The number of the only column that is full of one colour."""
    full = np.flatnonzero((cells == cells[:1]).all(axis=0) & (cells[0] != 0))
    return int(full[0]) if len(full) == 1 else None


@operation("lines", "shapes", reach=REACH, band=BAND, weight=0)
def join_across(cells: Cells, reach: str, band: str) -> Cells | None:
    """Each full rectangle of more than one row and column is joined, by a band as broad as it, to the one full line, or
    beyond that to the border, or to its mirror image on the other side of the line; the band covers what lies there."""
    for turned in (False, True):
        grid = np.ascontiguousarray(cells.T) if turned else cells
        column = _line(grid)
        if column is not None:
            out = _joined(grid, column, reach, band)
            return None if out is None else np.ascontiguousarray(out.T if turned else out)
    return None


def _joined(grid: Cells, column: int, reach: str, band: str) -> Cells | None:
    rest = grid.copy()
    rest[:, column] = 0
    group = [t for t in things(rest, "side") if min(t.cells.shape) > 1 and t.size == t.height * t.width]
    if not 0 < len(group) <= _MOST_RECTANGLES:
        return None
    ink, out = int(grid[0, column]), grid.copy()
    width = grid.shape[1]
    for t in group:
        rows = slice(t.top, t.bottom + 1)
        left = t.left < column
        if reach == "image":
            first, last = (t.right + 1, 2 * column - t.right) if left else (2 * column - t.left + 1, t.left)
        else:
            end = column if reach == "line" else (width if left else -1)
            first, last = (t.right + 1, end) if left else (end + 1, t.left)
        out[rows, max(0, first) : max(0, last)] = t.colour if band == "own" else ink
        out[rows, column] = ink
        if reach == "image":
            start, stop = 2 * column - t.right, 2 * column - t.left + 1
            out[rows, max(0, start) : max(0, stop)] = t.colour
    return None if (out == grid).all() else out


tried_at_once("join_across")
