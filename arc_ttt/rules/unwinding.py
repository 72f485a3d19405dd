"""The beginning of a spiral that winds outwards goes on to the border, its colours in turn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from arc_ttt.rules.fronts import cycle
from arc_ttt.rules.language import Kind, operation, tried_at_once
from arc_ttt.rules.whole import bounding_box
from arc_ttt.types import Cells

# Where the spiral ends: at the first cell outside of the grid, or when no cell of it can be within again.
END = Kind("end of a spiral", ("stops", "cut"))
_FEWEST, _MOST, _LEAST_FULL, _FULL = 5, 80, 0.3, 0.75
_STEPS = (1, 2, 3)
_Place = tuple[int, int]


def _spiral(start: _Place, way: _Place, left: bool, step: int) -> Iterator[_Place]:
    """Cells of a spiral; its turns are `step` cells from each other."""
    (r, c), (down, right) = start, way
    yield start
    length = step
    while True:
        for _ in range(2):
            for _ in range(length):
                r, c = r + down, c + right
                yield r, c
            down, right = (-right, down) if left else (right, -down)
        length += step


def _begins(cells: Cells, count: int, path: Iterator[_Place]) -> list[int] | None:
    """The colours along a path that begins with all coloured cells."""
    inks = []
    for (r, c), _ in zip(path, range(count), strict=False):
        if not (0 <= r < cells.shape[0] and 0 <= c < cells.shape[1] and cells[r, c]):
            return None
        inks.append(int(cells[r, c]))
    return inks


@operation("beginning", "few", end=END, weight=0)
def unwind(cells: Cells, end: str) -> Cells | None:
    """The beginning of a spiral that winds outwards goes on, its colours in turn, as far as the border."""
    count = int(np.count_nonzero(cells))
    box = bounding_box(cells)
    if box is None or not _FEWEST <= count <= _MOST or count < _LEAST_FULL * cells[box].size:
        return None
    height, width = cells[box].shape
    if abs(height - width) > max(_STEPS) or min(height, width) < 2:
        return None
    found: dict[bytes, Cells] = {}
    for start, steps in _starts(cells, box):
        for way, left, step in product(((0, 1), (1, 0), (0, -1), (-1, 0)), (True, False), steps):
            inks = _begins(cells, count, _spiral(start, way, left, step))
            if inks is not None and count > 2 * step + 1:  # the third arm has begun
                made = _drawn(cells, _spiral(start, way, left, step), inks, end)
                if made is not None:
                    found[made.tobytes()] = made
    # Where both ends may be the first one, nothing says which is.
    return next(iter(found.values())) if len(found) == 1 else None


def _starts(cells: Cells, box: tuple[slice, slice]) -> Iterator[tuple[_Place, tuple[int, ...]]]:
    """Where a spiral may begin, and how far its turns may be from each other: at an end of a line, or in the middle of
    what is full but for a corner."""
    padded = np.pad(cells != 0, 1).astype(np.uint8)
    near = (padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]) * padded[1:-1, 1:-1]
    ends = np.argwhere(near == 1)
    if len(ends) == 2 and near.max() == 2:
        for r, c in ends.tolist():
            yield (r, c), _STEPS[1:]
    rows, columns = box
    if np.count_nonzero(cells) >= _FULL * cells[box].size:
        for r in {(rows.start + rows.stop - k) // 2 for k in (1, 2)}:
            for c in {(columns.start + columns.stop - k) // 2 for k in (1, 2)}:
                yield (r, c), _STEPS[:1]


def _drawn(cells: Cells, path: Iterator[_Place], inks: list[int], end: str) -> Cells | None:
    out, turn = cells.copy(), cycle(inks)
    rows, columns = cells.shape
    for k, (r, c) in enumerate(path):
        if 0 <= r < rows and 0 <= c < columns:
            out[r, c] = inks[k % turn]
        elif end == "stops" or k > 9 * rows * columns:
            break
    return None if (out == cells).all() else out


tried_at_once("unwind")
