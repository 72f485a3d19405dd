"""One line is given, and each further one is that before it moved along, mirrored, or in the next of its colours."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation, tried_at_once
from arc_ttt.types import MAX_SIDE, Cells

_FARTHEST = 3
_FEWEST_INKS = 2


def _rolled(step: int) -> Callable[[Cells, int], Cells]:
    return lambda line, n: np.roll(line, step * n)


def _growing(step: int) -> Callable[[Cells, int], Cells]:
    return lambda line, n: np.roll(line, step * n * (abs(n) + 1) // 2)


def _in_turn(step: int) -> Callable[[Cells, int], Cells]:
    """Each colour becomes the next one in the order in which the line shows them first."""

    def turned(line: Cells, n: int) -> Cells:
        inks = [int(ink) for ink in dict.fromkeys(line.tolist()) if ink]
        names = np.arange(10, dtype=np.uint8)
        names[inks] = np.roll(inks, -step * n)
        return names[line]

    return turned


CHANGES: dict[str, Callable[[Cells, int], Cells]] = {
    **{f"on{k}": _rolled(k) for k in range(1, _FARTHEST + 1)},
    **{f"back{k}": _rolled(-k) for k in range(1, _FARTHEST + 1)},
    "ongrowing": _growing(1),
    "backgrowing": _growing(-1),
    "mirrored": lambda line, n: line[::-1] if n % 2 else line,
    "halves": lambda line, n: np.roll(line, (len(line) // 2) * (n % 2)),
    "turn": _in_turn(1),
    "turnback": _in_turn(-1),
}
CHANGE = Kind("change from one line to the next", tuple(CHANGES))


@operation("lines", "beginning", change=CHANGE, weight=0)
def lines_from_one(cells: Cells, change: str) -> Cells | None:
    """One row (or column) alone is coloured: all others are made of it, each that before it moved along and round the
    border, mirrored, or in the next of its colours."""
    for turned in (False, True):
        grid = cells.T if turned else cells
        at = np.flatnonzero(grid.any(axis=1))
        line = grid[at[0]] if len(at) == 1 else None
        # A line that is not full, in the middle of the grid, is a thing of its own.
        if line is None or len(grid) < 3 or (at[0] not in (0, len(grid) - 1) and not line.all()):
            continue
        if len(np.unique(line)) < _FEWEST_INKS:
            return None
        out = np.array([CHANGES[change](line, n - int(at[0])) for n in range(len(grid))])
        return np.ascontiguousarray(out.T if turned else out)
    return None


@operation("lines", "beginning", change=CHANGE, result=OTHER, weight=0)
def square_from_line(cells: Cells, change: str) -> Cells | None:
    """A single row (or column) becomes a square, each further line that before it moved along and round, mirrored, or
    in the next of its colours."""
    if min(cells.shape) > 1 or not 1 < max(cells.shape) <= MAX_SIDE:
        return None
    line = cells.ravel()
    out = np.array([CHANGES[change](line, n) for n in range(len(line))])
    return np.ascontiguousarray(out if len(cells) == 1 else out.T)


tried_at_once("lines_from_one", "square_from_line")
