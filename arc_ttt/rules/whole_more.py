"""Further operations on the whole grid: more room on one side or between all lines, lines repeated, one half for the
other, a second copy beyond an empty line, a margin that goes on with what is at the border."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import AXIS, DIRECTION, OTHER, Kind, operation
from arc_ttt.rules.whole import facing, facing_back
from arc_ttt.types import MAX_SIDE, Cells

ROOM = Kind("where there is more room", ("up", "down", "left", "right", "around"))
SPACED = Kind("lines", ("rows", "columns", "both"))
TIMES = Kind("times", (2, 3))
IMAGE = Kind("as it is or mirrored", ("mirrored", "same"))
MARGIN = Kind("margin", ("edge", "sides", "wrapped", "mirrored"))


@operation("any", side=ROOM, result=OTHER, weight=0)
def add_line(cells: Cells, side: str) -> Cells | None:
    """An empty row or column more on one side of the grid, or on all four."""
    if max(cells.shape) + 2 > MAX_SIDE:
        return None
    around = side == "around"
    return np.pad(
        cells,
        (
            (int(around or side == "up"), int(around or side == "down")),
            (int(around or side == "left"), int(around or side == "right")),
        ),
    )


@operation("small", "pattern", axis=AXIS, times=TIMES, result=OTHER, weight=0)
def repeat_lines(cells: Cells, axis: str, times: int) -> Cells | None:
    """Each row (horizontal) or each column of the grid becomes two or three equal ones."""
    down = axis == "horizontal"
    if times * len(cells if down else cells.T) > MAX_SIDE:
        return None
    return np.repeat(cells, times, axis=0 if down else 1)


@operation("small", "pattern", lines=SPACED, result=OTHER, weight=0)
def space_out(cells: Cells, lines: str) -> Cells | None:
    """There is an empty row between each two rows of the grid, or a column between each two columns, or both."""
    down, across = 1 + (lines != "columns"), 1 + (lines != "rows")
    shape = tuple(by * (n - 1) + 1 for by, n in zip((down, across), cells.shape, strict=True))
    if max(shape) > MAX_SIDE or shape == cells.shape:
        return None
    out = np.zeros(shape, np.uint8)
    out[::down, ::across] = cells
    return out


@operation("pattern", "any", side=DIRECTION, image=IMAGE, weight=0)
def copy_half(cells: Cells, side: str, image: str) -> Cells | None:
    """What the half of the grid on one side shows is shown on the other side, too, as it is or mirrored; a middle line
    stays."""
    turned = facing(cells, side).copy()
    half = len(turned) // 2
    if not half:
        return None
    shown = turned[len(turned) - half :]
    turned[:half] = shown[::-1] if image == "mirrored" else shown
    out = np.ascontiguousarray(facing_back(turned, side))
    return None if (out == cells).all() else out


@operation("small", "pattern", side=DIRECTION, image=IMAGE, result=OTHER, weight=0)
def append_apart(cells: Cells, side: str, image: str) -> Cells | None:
    """Beyond an empty line on one side of the grid it is shown a second time, as it is or mirrored."""
    turned = facing(cells, side)
    if 2 * len(turned) + 1 > MAX_SIDE:
        return None
    copied = turned[::-1] if image == "mirrored" else turned
    out = np.concatenate([turned, np.zeros((1, turned.shape[1]), np.uint8), copied])
    return np.ascontiguousarray(facing_back(out, side))


@operation("small", "pattern", margin=MARGIN, result=OTHER, weight=0)
def add_margin(cells: Cells, margin: str) -> Cells | None:
    """A margin one cell broad around the grid: it repeats the cells at the border (also without its corners), or shows
    what follows if the grid were repeated, or mirrored at its border lines."""
    if max(cells.shape) + 2 > MAX_SIDE or min(cells.shape) < 2:
        return None
    if margin == "wrapped":
        return np.pad(cells, 1, mode="wrap")
    if margin == "mirrored":
        return np.pad(cells, 1, mode="reflect")
    out = np.pad(cells, 1, mode="edge")
    if margin == "sides":
        out[[0, 0, -1, -1], [0, -1, 0, -1]] = 0
    return out
