"""Operations that change the size by a rule: more room on two sides, every second line, a part of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import COUNT, DIRECTION, OTHER, Argument, Kind, fits, operation
from arc_ttt.rules.whole import facing, facing_back
from arc_ttt.types import MAX_SIDE, Cells

ROOM = Kind("room", ("double", "triple", "count_square"))
KEPT_AT = Kind("corner kept", ("upper_left", "lower_left", "upper_right", "lower_right", "middle"))
FIRST = Kind("first line", (1, 2, 3))


@operation("small", corner=KEPT_AT, room=ROOM, result=OTHER, weight=0)
def enlarge_both(cells: Cells, corner: str, room: str) -> Cells | None:
    """The grid in one corner (or the middle) of an empty one that is twice or three times as high and wide, or a square
    as wide as the grid times its number of coloured cells."""
    rows, columns = cells.shape
    if room == "count_square":
        height = width = columns * int(np.count_nonzero(cells))
    else:
        times = 2 if room == "double" else 3
        height, width = rows * times, columns * times
    if not rows <= height <= MAX_SIDE or not columns <= width <= MAX_SIDE:
        return None
    down, right = height - rows, width - columns
    if corner == "middle":
        if down % 2 or right % 2:
            return None
        top, left = down // 2, right // 2
    else:
        top, left = down * corner.startswith("lower"), right * corner.endswith("right")
    return np.pad(cells, ((top, down - top), (left, right - left)))


@fits("enlarge_both")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The enlargements to the outputs' sizes that keep what is there."""
    pairs = list(zip(shown, wanted, strict=True))
    if any(w.shape[0] < s.shape[0] or w.shape[1] < s.shape[1] or w.size == s.size for s, w in pairs):
        return
    for room in ROOM.values:
        for corner in KEPT_AT.values:
            made = [enlarge_both(s, str(corner), str(room)) for s in shown]
            if all(
                m is not None and m.shape == w.shape and bool((m == w)[m != 0].all())
                for m, w in zip(made, wanted, strict=True)
            ):
                yield corner, room


@operation("pattern", "cells", every=COUNT, first=FIRST, result=OTHER, weight=0)
def every_nth(cells: Cells, every: int, first: int) -> Cells | None:
    """Every second (third) row and column, from one of the first on."""
    if first > every or min(cells.shape) < 2 * every:
        return None
    return cells[first - 1 :: every, first - 1 :: every].copy()


@operation("cornered", "small", result=OTHER, weight=0)
def corner_cells(cells: Cells) -> Cells | None:
    """The four cells in the corners of the grid, as a square of two by two."""
    return cells[[0, 0, -1, -1], [0, -1, 0, -1]].reshape(2, 2) if min(cells.shape) > 2 else None


SLIDE = Kind("slide", ("round", "off", "coloured"))


@operation("lines", "pattern", direction=DIRECTION, slide=SLIDE, weight=0)
def shear(cells: Cells, direction: str, slide: str) -> Cells | None:
    """Each line moves sideways by one cell more than the one before, the first coloured one not at all if it is said;
    what leaves the grid comes back or is lost."""
    turned = facing(cells, direction)
    first = int(turned.any(axis=1).argmax()) if slide == "coloured" else 0
    if slide == "coloured" and not first:
        return None
    out = np.zeros_like(turned)
    width = turned.shape[1]
    for r, row in enumerate(turned):
        if slide == "round":
            out[r] = np.roll(row, r % width)
        elif first <= r < first + width:
            out[r, r - first :] = row[: width - r + first]
    return None if (out == turned).all() else facing_back(out, direction)


LEAN = Kind("lean", ("rows_down", "rows_up", "columns_right", "columns_left"))


@operation("lines", "pattern", lean=LEAN, result=OTHER, weight=0)
def slant(cells: Cells, lean: str) -> Cells | None:
    """From the first row (or column) on, in the order that `lean` says, each one moves to the right (or down) by one
    cell more than the one before, in a grid that is so much larger."""
    along, _, way = lean.partition("_")
    lines = cells if along == "rows" else cells.T
    height, width = lines.shape
    if height < 2 or width + height - 1 > MAX_SIDE:
        return None
    out = np.zeros((height, width + height - 1), np.uint8)
    for r, line in enumerate(lines):
        start = r if way in ("down", "right") else height - 1 - r
        out[r, start : start + width] = line
    return out if along == "rows" else np.ascontiguousarray(out.T)
