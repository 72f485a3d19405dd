"""Operations that put things together: upon each other, into each other, into gaps, or one grid into each cell of
another."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.crowds import MOST_THINGS, crowd
from arc_ttt.rules.language import MARK, OTHER, Kind, operation
from arc_ttt.rules.things import Thing, enclosed, paste, things
from arc_ttt.types import MAX_SIDE, Cells

STACKED = Kind("what is stacked", ("colours", "corner", "side", "mixed", "boxes", "panels"))
ON_TOP = Kind("on top", ("smallest", "largest"))


@operation("objects", "rings", members=STACKED, on_top=ON_TOP, result=OTHER, weight=0)
def stack_centred(cells: Cells, members: str, on_top: str) -> Cells | None:
    """The things of the grid laid upon each other, middle upon middle, in a box as large as the largest."""
    group = [t for t in crowd(cells, members).things if t.size]
    if not 2 <= len(group) <= 9:
        return None
    height, width = max(t.height for t in group), max(t.width for t in group)
    if any((height - t.height) % 2 or (width - t.width) % 2 for t in group):
        return None
    out = np.zeros((height, width), np.uint8)
    sign = 1 if on_top == "largest" else -1
    for t in sorted(group, key=lambda t: sign * t.height * t.width):
        paste(out, t.cells, (height - t.height) // 2, (width - t.width) // 2)
    return out


HALF = Kind("half", ("colourful", "first", "second"))


@operation("panels", "small", outer=HALF, result=OTHER, weight=0)
def half_in_half(cells: Cells, outer: str) -> Cells | None:
    """Each coloured cell of one half of the grid (the first, the second, or the one with more colours) becomes the
    shape of the other half, in that cell's colour."""
    rows, columns = cells.shape
    if columns % 2 == 0 and columns > rows:
        a, b = cells[:, : columns // 2], cells[:, columns // 2 :]
    elif rows % 2 == 0 and rows > columns:
        a, b = cells[: rows // 2], cells[rows // 2 :]
    else:
        return None
    first, second = len(np.unique(a)), len(np.unique(b))
    if outer == "colourful" and first == second:
        return None
    if outer == "second" or (outer == "colourful" and second > first):
        a, b = b, a
    if max(a.shape[0] * b.shape[0], a.shape[1] * b.shape[1]) > MAX_SIDE:
        return None
    out: Cells = np.kron(a, (b != 0).astype(np.uint8))
    return out


def _frames(cells: Cells) -> list[Thing]:
    """The rectangular frames of one colour."""
    return [
        t
        for t in things(cells, "side")
        if min(t.cells.shape) > 2 and bool((t.cells[[0, -1]] != 0).all() and (t.cells[:, [0, -1]] != 0).all())
    ]


@operation("frames", "shapes", "blocks", result=OTHER, weight=0)
def fit_into_frame(cells: Cells) -> Cells | None:
    """The one frame, filled with the other thing, which is scaled up so that it fits."""
    frames = _frames(cells)
    if len(frames) != 1:
        return None
    frame = frames[0]
    rest = cells.copy()
    rest[frame.box] = 0
    rows, columns = np.flatnonzero(rest.any(axis=1)), np.flatnonzero(rest.any(axis=0))
    if not len(rows):
        return None
    other = rest[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    room = frame.height - 2, frame.width - 2
    scale = min(room[0] // other.shape[0], room[1] // other.shape[1])
    if scale < 1:
        return None
    large = np.kron(other, np.ones((scale, scale), np.uint8))
    out = cells[frame.box].copy()
    paste(out, large, 1 + (room[0] - len(large)) // 2, 1 + (room[1] - large.shape[1]) // 2)
    return out


FITTING = Kind("what fits", ("hole", "shape", "turned_shape"))


@operation("gappy", "noise", mark=MARK, fitting=FITTING, weight=0)
def put_where_it_fits(cells: Cells, mark: int, fitting: str) -> Cells | None:
    """The thing of colour `mark` is painted wherever the empty cells have room for it (or for its hole, as a frame)."""
    group = [t for t in things(cells, "corner") if t.colour == mark and t.size > 1]
    if not 0 < len(group) <= 4:
        return None
    empty = cells == 0
    out = cells.copy()
    for t in group:
        views = [t.cells]
        if fitting == "turned_shape":
            views = [np.rot90(v, k) for v in (t.cells, t.cells.T) for k in range(4)]
        for view in views:
            need = enclosed(view) if fitting == "hole" else view != 0
            if not need.any() or view.shape[0] > cells.shape[0] or view.shape[1] > cells.shape[1]:
                continue
            windows = np.lib.stride_tricks.sliding_window_view(empty, view.shape)
            for r, c in np.argwhere(windows[:, :, need].all(axis=2)).tolist():
                if (r, c) != (t.top, t.left):
                    paste(out, np.ascontiguousarray(view), r, c)
    return None if (out == cells).all() else out


@operation("objects", "markers", mark=MARK, weight=0)
def stretch_to(cells: Cells, mark: int) -> Cells | None:
    """The one thing besides a single cell of colour `mark` becomes longer, its middle line again and again, until it
    reaches as far as that cell, which vanishes."""
    group = [t for t in things(cells, "mixed") if t.size <= cells.size]
    marks = [t for t in group if t.size == 1 and t.colour == mark]
    others = [t for t in group if t.size > 1]
    if len(marks) != 1 or len(others) != 1 or len(group) > MOST_THINGS:
        return None
    t, m = others[0], marks[0]
    down = m.top < t.top or m.top > t.bottom
    if down == (m.left < t.left or m.left > t.right):
        return None
    body = t.cells if down else t.cells.T
    at, low, high = (m.top, t.top, t.bottom) if down else (m.left, t.left, t.right)
    more = low - at if at < low else at - high
    middle = len(body) // 2
    long = np.concatenate([body[:middle], np.repeat(body[middle : middle + 1], more, axis=0), body[middle:]])
    out = cells.copy()
    out[m.top, m.left] = 0
    out[t.box] = 0
    start = min(low, at)
    paste(out, np.ascontiguousarray(long if down else long.T), start if down else t.top, t.left if down else start)
    return out


@operation("bars", "edge", "small", result=OTHER, weight=0)
def staircase(cells: Cells) -> Cells | None:
    """A row with a bar at its left end, and below it, again and again, the row with a bar longer by one; half as many
    rows as it has columns."""
    if len(cells) != 1 or cells.shape[1] < 4:
        return None
    row = cells[0]
    n = int(np.count_nonzero(row))
    rows = len(row) // 2
    if not 0 < n < len(row) or not row[:n].all() or (row[:n] != row[0]).any() or n + rows - 1 > len(row):
        return None
    return np.where(np.arange(len(row))[None] < n + np.arange(rows)[:, None], row[0], 0).astype(np.uint8)
