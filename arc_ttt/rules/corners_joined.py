"""Cells that are the corners of a rectangle become it: its frame, all of it, or rings, the smaller ones on top."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from arc_ttt.rules.crowds import crowd
from arc_ttt.rules.language import Kind, operation
from arc_ttt.types import Cells

FORM = Kind("form between corners", ("frame", "full", "rings", "inside", "diagonals"))
# Two opposite corners, or all four.
GIVEN = Kind("corners that are given", ("two", "four"))
LAYING = Kind("what lies on top", ("smaller", "larger"))
_MOST = 12
_Box = tuple[int, int, int, int, int]  # top, left, bottom, right, colour


def _pairs(cells: Cells) -> Iterator[_Box]:
    """The boxes that the only two cells of a colour span."""
    counts = np.bincount(cells.ravel(), minlength=10)
    for colour in np.flatnonzero(counts == 2).tolist():
        (a, b), (c, d) = np.argwhere(cells == colour).tolist()
        if colour and abs(c - a) > 1 and abs(d - b) > 1:
            yield a, min(b, d), c, max(b, d), colour


def _painted(form: str, height: int, width: int) -> np.ndarray:
    """Which cells of a rectangle are painted."""
    rows, columns = np.indices((height, width))
    away = np.minimum(np.minimum(rows, height - 1 - rows), np.minimum(columns, width - 1 - columns))
    if form == "diagonals":
        corner = np.minimum(rows, height - 1 - rows) == np.minimum(columns, width - 1 - columns)
        return np.asarray(corner)
    masks: dict[str, np.ndarray] = {"frame": away == 0, "full": away >= 0, "rings": away % 2 == 0, "inside": away > 0}
    return masks[form]


@operation("markers", "few", given=GIVEN, form=FORM, top=LAYING, weight=0)
def join_corners(cells: Cells, given: str, form: str, top: str) -> Cells | None:
    """Two opposite corners, or all four, of a rectangle become its frame, all of it, its inside, its diagonals or rings
    in their colour; where rectangles overlap, the smaller (or the larger) lies on top."""
    if np.count_nonzero(cells) > 4 * _MOST:
        return None
    if given == "two":
        boxes = list(_pairs(cells))
    else:
        boxes = [(t.top, t.left, t.bottom, t.right, t.colour) for t in crowd(cells, "quads").things]
    if not 1 <= len(boxes) <= _MOST:
        return None
    sign = -1 if top == "smaller" else 1
    out = cells.copy()
    for r, c, bottom, right, colour in sorted(boxes, key=lambda b: sign * (b[2] - b[0] + 1) * (b[3] - b[1] + 1)):
        box = out[r : bottom + 1, c : right + 1]
        box[_painted(form, *box.shape)] = colour
    return None if (out == cells).all() else out
