"""What is poured: it falls, runs along what it meets and over its ends, and fills the basins where it comes to rest."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import DIRECTION, MARK, Kind, operation
from arc_ttt.rules.whole import facing, facing_back
from arc_ttt.types import Cells

TRACE = Kind("trace", ("pools", "stream", "both"))
_MOST_SOURCES = 20
Place = tuple[int, int]


def _side(wall: np.ndarray, row: int, column: int, step: int) -> tuple[int, bool, bool]:
    """From a cell with ground below it along that: the last column, whether there is a wall behind it, and whether it
    runs over there."""
    low = row + 1 == len(wall)
    while True:
        column += step
        if not 0 <= column < wall.shape[1]:
            return column - step, False, False
        if wall[row, column]:
            return column - step, True, False
        if not low and not wall[row + 1, column]:
            return column, False, True


def _pool(wall: np.ndarray, row: int, column: int) -> list[Place]:
    """The cells of a basin to its brim, from a cell of its ground; of the ground alone where it is not walled in."""
    cells: list[Place] = []
    while row >= 0 and not wall[row, column]:
        left = right = column
        while left > 0 and not wall[row, left - 1]:
            left -= 1
        while right + 1 < wall.shape[1] and not wall[row, right + 1]:
            right += 1
        walled = left > 0 and right + 1 < wall.shape[1]
        # Above its ground only as far as there are walls on both sides.
        if cells and (
            not walled or any((row + 1, k) not in cells and not wall[row + 1, k] for k in range(left, right))
        ):
            break
        cells += [(row, k) for k in range(left, right + 1)]
        if not walled:
            break
        row -= 1
    return cells


def _run(wall: np.ndarray, sources: list[Place]) -> tuple[set[Place], set[Place]]:
    """The cells that a stream from these cells passes, and those of the basins that it fills."""
    stream: set[Place] = set()
    pools: set[Place] = set()
    begun, todo = set(sources), list(sources)
    while todo:
        row, column = todo.pop()
        stream.add((row, column))
        while row + 1 < len(wall) and not wall[row + 1, column]:
            row += 1
            stream.add((row, column))
        ends = [_side(wall, row, column, step) for step in (-1, 1)]
        stream.update((row, k) for k in range(ends[0][0], ends[1][0] + 1))
        over = [(row, end) for end, _, leaks in ends if leaks]
        if not over:
            pools.update(_pool(wall, row, column))
        for place in over:
            if place not in begun:
                begun.add(place)
                todo.append(place)
    return stream, pools


@operation("markers", "shapes", "few", mark=MARK, direction=DIRECTION, trace=TRACE, weight=0)
def pour(cells: Cells, mark: int, direction: str, trace: str) -> Cells | None:
    """Cells of one colour are poured out in a direction: they fall, run along what they meet and over its ends, and
    fill the basin (or cover the ground) in which they come to rest; what is seen is where they end, where they have
    been, or both."""
    turned = facing(cells, direction)
    sources = [(int(r), int(k)) for r, k in np.argwhere(turned == mark)]
    wall = (turned != 0) & (turned != mark)
    if not 0 < len(sources) <= _MOST_SOURCES or not wall.any():
        return None
    stream, pools = _run(wall, sources)
    out = np.where(turned == mark, np.uint8(0), turned)
    for row, column in (stream if trace != "pools" else set()) | (pools if trace != "stream" else set()):
        out[row, column] = mark
    out = facing_back(out, direction)
    return None if (out == cells).all() else out
