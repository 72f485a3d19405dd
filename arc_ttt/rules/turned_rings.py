"""The colours of concentric rings move along them, round and round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.along_border import border_of
from arc_ttt.rules.language import Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import things
from arc_ttt.types import Cells

WHICH = Kind("rings that turn", ("outer", "all", "by_turns"))
SENSE = Kind("sense of a turn", ("clockwise", "backwards"))
# By so many cells, or as far as the first cell of the next side.
BY = Kind("cells of a turn", ("one", "two", "three", "side"))


def _ring(rows: int, columns: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """The cells (rows, columns) of the nth ring from outside, clockwise from its upper left corner."""
    down, right = border_of((rows - 2 * n, columns - 2 * n))
    return down + n, right + n


@operation("small", "pattern", which=WHICH, sense=SENSE, by=BY, weight=0)
def turn_rings(cells: Cells, which: str, sense: str, by: str) -> Cells | None:
    """The colours of the outermost ring of cells (or of all rings, perhaps by turns in both senses) move along it by
    some cells, or by the length of a side."""
    rows, columns = cells.shape
    if min(rows, columns) < 2:
        return None
    out = cells.copy()
    for n in range(1 if which == "outer" else (min(rows, columns) + 1) // 2):
        at = _ring(rows, columns, n)
        side = max(rows - 2 * n, columns - 2 * n) - 1
        steps = {"one": 1, "two": 2, "three": 3, "side": side}[by]
        sign = 1 if (sense == "clockwise") == (which != "by_turns" or n % 2 == 0) else -1
        if len(at[0]) > 1:
            out[at] = np.roll(cells[at], sign * steps)
    return None if (out == cells).all() else out


# By so many cells, by as many as lie within it, or as it has of its rarest colour.
_FRAME_BY = ("held", "one", "two", "three", "rare")
FRAME_BY = Kind("cells that a frame turns", _FRAME_BY, lambda word: word in _FRAME_BY)
_SMALLEST, _MOST_FRAMES = 3, 12


@operation("frames", "pattern", sense=SENSE, by=FRAME_BY, weight=0)
def turn_frames(cells: Cells, sense: str, by: str) -> Cells | None:
    """The colours of each frame of several colours move along it, by some cells or by as many as lie within it."""
    out, turned = cells.copy(), 0
    for t in things(cells, "clump"):
        if min(t.cells.shape) < _SMALLEST or not all(
            line.all() for line in (t.cells[0], t.cells[-1], *t.cells.T[[0, -1]])
        ):
            continue
        down, right = border_of(t.cells.shape)
        at = down + t.top, right + t.left
        if (cells[at] == cells[at][0]).all() or len(at[0]) == t.cells.size:
            continue
        if by == "held":
            steps = int(np.count_nonzero(cells[t.top + 1 : t.bottom, t.left + 1 : t.right]))
        elif by == "rare":
            steps = int(np.unique(cells[at], return_counts=True)[1].min())
        else:
            steps = {"one": 1, "two": 2, "three": 3}[by]
        out[at] = np.roll(cells[at], steps if sense == "clockwise" else -steps)
        turned += 1
    return None if not 0 < turned <= _MOST_FRAMES or (out == cells).all() else out


@fits("turn_frames")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The first sense and number that make all, where colours change places and nothing else."""
    pairs = list(zip(shown, wanted, strict=True))
    if any(s.shape != w.shape or (s == w).all() or ((s == 0) != (w == 0)).any() for s, w in pairs):
        return
    if any((np.bincount(s.ravel(), minlength=10) != np.bincount(w.ravel(), minlength=10)).any() for s, w in pairs):
        return
    for arguments in product(map(str, SENSE.values), _FRAME_BY):
        if makes(turn_frames, arguments, shown, wanted):
            yield arguments
            return
