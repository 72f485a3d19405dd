"""Paths through a whole grid (around its border, winding inwards, to and fro): what is coloured on one goes on."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.types import Cells

PATH = Kind("path", ("border", "spiral", "spiral_gap", "snake", "snake_gap"))
# What changes along a path: the colour of each cell, or that of each straight stretch.
CHANGE = Kind("what changes along a path", ("cells", "stretches"))
_Place = tuple[int, int]


def _winding(rows: int, columns: int, gap: int) -> list[_Place]:
    """From the upper left corner along the border inwards, so many cells from the last turn."""
    path, seen = [(0, 0)], {(0, 0)}
    r = c = turns = 0
    down, right = 0, 1

    def free(n: int) -> bool:
        y, x = r + n * down, c + n * right
        inside = 0 <= y < rows and 0 <= x < columns
        return (y, x) not in seen if inside else n > 1

    while turns < 2:
        if all(free(n) for n in range(1, gap + 2)):
            r, c, turns = r + down, c + right, 0
            path.append((r, c))
            seen.add((r, c))
        else:
            down, right, turns = right, -down, turns + 1
    return path


def _snaking(rows: int, columns: int, step: int) -> list[_Place]:
    """Row by row, every second one backwards; rows between them are crossed at the end."""
    path: list[_Place] = []
    for n, r in enumerate(range(0, rows, step)):
        across = range(columns) if n % 2 == 0 else range(columns - 1, -1, -1)
        path += [(r, c) for c in across]
        path += [(k, across[-1]) for k in range(r + 1, min(r + step, rows))]
    return path


@lru_cache(maxsize=256)
def _path(rows: int, columns: int, name: str) -> tuple[np.ndarray, np.ndarray]:
    """The cells of a path in order (rows, columns)."""
    if name == "border":
        path = _winding(rows, columns, 0)[: 2 * (rows + columns) - 4]
    elif name.startswith("spiral"):
        path = _winding(rows, columns, int(name == "spiral_gap"))
    else:
        path = _snaking(rows, columns, 1 + (name == "snake_gap"))
    at = np.array(path)
    return at[:, 0], at[:, 1]


def _repeated(line: np.ndarray) -> tuple[int, np.ndarray] | None:
    """The smallest period that agrees with all coloured cells of a line and knows all others, and the line filled."""
    known = np.flatnonzero(line)
    for period in range(1, len(known) + 1):
        inks = np.zeros(period, np.uint8)
        inks[known % period] = line[known]
        if inks.all() and (inks[known % period] == line[known]).all():
            return period, np.resize(inks, len(line))
    return None


def _stretched(line: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> tuple[int, np.ndarray] | None:
    """Each straight stretch takes the next of the colours at the beginning of the line, again and again."""
    n = int(np.count_nonzero(line))
    if not 2 <= n <= 9 or not line[:n].all() or len(set(line[:n].tolist())) < n:
        return None
    steps = list(pairwise(zip(rows.tolist(), columns.tolist(), strict=True)))
    ways = [(b[0] - a[0], b[1] - a[1]) for a, b in steps]
    turns = np.cumsum([0, 0, *(v != w for v, w in pairwise(ways))])
    return n, line[turns % n]


@operation("few", "beginning", path=PATH, change=CHANGE, weight=0)
def continue_along(cells: Cells, path: str, change: str) -> Cells | None:
    """What is coloured at the beginning of a path (around the border, winding inwards, to and fro) goes on along it:
    its colours repeat, cell by cell or stretch by stretch."""
    if min(cells.shape) < 3:
        return None
    best, out = (99, 0), None
    for turn in range(8):
        # The path begins in the corner and the direction in which its first cells are coloured.
        image = np.rot90(cells.T if turn > 3 else cells, turn % 4)
        if not image[0, 0] or not image[0, 1]:
            continue
        rows, columns = _path(*image.shape, path)
        line = image[rows, columns]
        if line.all():
            # What is of one colour from some cell on to the end of the path is free as well.
            begun = len(line) - int((line[::-1] != line[-1]).argmax())
            line = np.where(np.arange(len(line)) < begun, line, np.uint8(0))
        if line.all():
            continue
        found = _repeated(line) if change == "cells" else _stretched(line, rows, columns)
        leading = int((line == 0).argmax())
        if found is not None and (found[0], -leading) < best:
            best = found[0], -leading
            made = image.copy()
            made[rows, columns] = found[1]
            out = np.rot90(made, -(turn % 4))
            out = out.T if turn > 3 else out
    return None if out is None else np.ascontiguousarray(out)
