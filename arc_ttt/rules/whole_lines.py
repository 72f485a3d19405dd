"""Operations on the rows or columns of a grid as wholes: those at one side are kept or go, or those unlike others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import AXIS, DIRECTION, OTHER, Argument, Kind, fits, operation
from arc_ttt.types import Cells

# The share of cells that must be right of lines that are kept.
LEAST_RIGHT = 0.6
LINES = Kind("number of lines", ("n1", "n3"), lambda word: re.fullmatch(r"n[1-9]\d?", word) is not None)


@operation("pattern", "small", side=DIRECTION, lines=LINES, result=OTHER, weight=0)
def keep_lines(cells: Cells, side: str, lines: str) -> Cells | None:
    """Only so many rows or columns at one side of the grid."""
    n = int(lines[1:])
    if n > cells.shape[0 if side in ("up", "down") else 1]:
        return None
    return {"up": cells[:n], "down": cells[-n:], "left": cells[:, :n], "right": cells[:, -n:]}[side].copy()


@fits("keep_lines")
def _fit_kept(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """What has the outputs' sizes, where these have one number of lines, and most cells right."""
    pairs = list(zip(shown, wanted, strict=True))
    for axis, sides in ((0, ("up", "down")), (1, ("left", "right"))):
        lines = {w.shape[axis] for w in wanted}
        if len(lines) > 1 or any(s.shape[1 - axis] != w.shape[1 - axis] for s, w in pairs):
            continue
        if all(s.shape == w.shape for s, w in pairs):
            return
        word = f"n{lines.pop()}"
        for side in sides:
            made = [keep_lines(s, side, word) for s in shown]
            right = [0.0 if m is None else float((m == w).mean()) for m, w in zip(made, wanted, strict=True)]
            if min(right) > LEAST_RIGHT:
                yield side, word


@operation("pattern", "edge", side=DIRECTION, result=OTHER, weight=0)
def shed_line(cells: Cells, side: str) -> Cells | None:
    """The grid without its outermost row or column on one side."""
    if min(cells.shape) < 2:
        return None
    return {"up": cells[1:], "down": cells[:-1], "left": cells[:, 1:], "right": cells[:, :-1]}[side].copy()


@operation("pattern", "edge", result=OTHER, weight=0)
def shed_walls(cells: Cells) -> Cells | None:
    """The grid without those of its borders that are full lines of one colour."""
    if min(cells.shape) < 3:
        return None
    up, down, left, right = (
        int(line[0] != 0 and bool((line == line[0]).all())) for line in (cells[0], cells[-1], cells[:, 0], cells[:, -1])
    )
    height, width = cells.shape
    return cells[up : height - down, left : width - right].copy() if up or down or left or right else None


LINES_KEPT = Kind("lines that stay", ("first", "once", "repeated"))


@operation("pattern", "stripes", axis=AXIS, kept=LINES_KEPT, result=OTHER, weight=0)
def drop_repeats(cells: Cells, axis: str, kept: str) -> Cells | None:
    """Of equal rows (horizontal) or columns, wherever they are, only the first one stays; or only those stay that there
    are once, or one of each that there are several times."""
    lines = cells if axis == "horizontal" else cells.T
    marks = [line.tobytes() for line in lines]
    counts = Counter(marks)
    first = [marks.index(m) == i for i, m in enumerate(marks)]
    stay = [f and (kept == "first" or (counts[m] == 1) == (kept == "once")) for f, m in zip(first, marks, strict=True)]
    if all(stay) or not any(stay):
        return None
    out = lines[np.flatnonzero(stay)]
    return np.ascontiguousarray(out if axis == "horizontal" else out.T)
