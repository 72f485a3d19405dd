"""Noisy rectangles of any heights and widths that fill a grid become one cell each."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.types import Cells

NOISE = Kind("noise", ("one", "any"))
_HIDDEN, _SMALLEST = 255, 4
# Lines whose cells must change for a border where noise has any colour.
_FEWEST_CHANGED = 2


def _starts_hidden(grid: Cells) -> list[int]:
    """The first row of each band: rows belong together where they agree in all that is not hidden."""
    starts, known = [0], grid[0].copy()
    for r, row in enumerate(grid[1:], 1):
        if ((known != row) & (known != _HIDDEN) & (row != _HIDDEN)).any():
            starts.append(r)
            known = row.copy()
        else:
            known = np.where(known == _HIDDEN, row, known)
    return starts


def _starts_noisy(grid: Cells) -> list[int]:
    """The same where noise may have any colour: a band begins where several cells change at once and for good."""
    starts = [0]
    for r in range(2, len(grid) - 1):
        changed = (grid[r - 2] == grid[r - 1]) & (grid[r] == grid[r + 1]) & (grid[r] != grid[r - 1])
        if int(changed.sum()) >= _FEWEST_CHANGED:
            starts.append(r)
    return starts


def _plan(grid: Cells, rows: list[int], columns: list[int]) -> Cells | None:
    """What most of each rectangle is; None where that is nothing, or rectangles are hardly larger than cells."""
    if len(rows) * len(columns) < 2 or 2 * len(rows) > len(grid) or 2 * len(columns) > grid.shape[1]:
        return None
    out = np.zeros((len(rows), len(columns)), np.uint8)
    for i, (top, bottom) in enumerate(pairwise([*rows, len(grid)])):
        for j, (left, right) in enumerate(pairwise([*columns, grid.shape[1]])):
            counts = np.bincount(grid[top:bottom, left:right].ravel(), minlength=_HIDDEN + 1)[:10]
            if 2 * counts.max() <= (bottom - top) * (right - left):
                return None
            out[i, j] = counts.argmax()
    return out


@operation("any", noise=NOISE, result=OTHER, weight=0)
def plan_of_bands(cells: Cells, noise: str) -> Cells | None:
    """One cell for each of the rectangles of one colour that fill the grid in bands of any height and width, with noise
    of the one colour that leaves the fewest of them, or of any colour."""
    if min(cells.shape) < _SMALLEST:
        return None
    if noise == "any":
        return _plan(cells, _starts_noisy(cells), _starts_noisy(cells.T))
    plans = []
    for ink in np.unique(cells).tolist():
        grid = np.where(cells == ink, np.uint8(_HIDDEN), cells)
        if 2 * np.count_nonzero(cells == ink) < cells.size:
            plan = _plan(grid, _starts_hidden(grid), _starts_hidden(grid.T))
            plans += [] if plan is None else [plan]
    fewest = min((p.size for p in plans), default=0)
    best = [p for p in plans if p.size == fewest]
    return best[0] if len(best) == 1 else None
