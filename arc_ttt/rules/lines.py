"""Operations that draw lines from cells: rays, crosses, bounces, connections."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from arc_ttt.rules.language import (
    AXIS,
    DIRECTION,
    INK,
    MARK,
    Kind,
    operation,
)
from arc_ttt.rules.things import (
    colours,
    things,
)
from arc_ttt.rules.whole import along, facing, facing_back
from arc_ttt.types import Cells

_MOST_SPOTS = 20
STAR = Kind("star", ("cross", "saltire", "horizontal", "vertical", "falling", "rising"))
_STARS: dict[str, tuple[tuple[int, int], ...]] = {
    "horizontal": ((0, 1), (0, -1)),
    "vertical": ((1, 0), (-1, 0)),
    "falling": ((1, 1), (-1, -1)),
    "rising": ((1, -1), (-1, 1)),
}
_STARS["cross"] = _STARS["horizontal"] + _STARS["vertical"]
_STARS["saltire"] = _STARS["falling"] + _STARS["rising"]


def _walk(cells: Cells, out: Cells, at: tuple[int, int], move: tuple[int, int], ink: int) -> tuple[int, int]:
    """Paint the empty cells from `at` on until a coloured cell or the border; where the walk ended."""
    r, c = at[0] + move[0], at[1] + move[1]
    while 0 <= r < cells.shape[0] and 0 <= c < cells.shape[1] and cells[r, c] == 0:
        out[r, c] = ink
        r, c = r + move[0], c + move[1]
    return r, c


# --- rays ---


@operation("cells", "edge", "barrier", direction=DIRECTION, weight=3)
def rays(cells: Cells, direction: str) -> Cells:
    """Every coloured cell shoots a ray of its colour that ends at the border or before a coloured cell."""
    turned = facing(cells, direction)
    out = turned.copy()
    for r in range(1, len(out)):
        out[r] = np.where(turned[r] == 0, out[r - 1], turned[r])
    return facing_back(out, direction)


@operation("cells", "markers", "spotted", mark=MARK, direction=DIRECTION, ink=INK, weight=3)
def rays_of(cells: Cells, mark: int, direction: str, ink: int) -> Cells:
    """Cells of colour `mark` shoot a ray of another colour that ends at the border or before a coloured cell."""
    turned = facing(cells, direction)
    out = turned.copy()
    for r, c in np.argwhere(turned == mark):
        _walk(turned, out, (int(r), int(c)), (1, 0), ink)
    return facing_back(out, direction)


@operation("cells", "few", star=STAR, weight=5)
def star(cells: Cells, star: str) -> Cells | None:
    """From every single cell lines of its colour run to the border or a coloured cell; crossings must agree."""
    out = cells.copy()
    spots = [t for t in things(cells, "side") if t.size == 1]
    if not 1 <= len(spots) <= _MOST_SPOTS:
        return None
    for t in spots:
        for move in _STARS[star]:
            _walk(cells, out, (t.top, t.left), move, t.colour)
    return out


@operation("cells", "markers", "few", mark=MARK, star=STAR, ink=INK, weight=3)
def star_of(cells: Cells, mark: int, star: str, ink: int) -> Cells:
    """From every cell of colour `mark` lines of another colour run to the border or a coloured cell."""
    out = cells.copy()
    for r, c in np.argwhere(cells == mark):
        for move in _STARS[star]:
            _walk(cells, out, (int(r), int(c)), move, ink)
    return out


@operation("edge", "few", direction=DIRECTION, ink=INK, weight=3)
def bounce(cells: Cells, direction: str, ink: int) -> Cells | None:
    """From every single cell a diagonal runs in a direction, to the right at first, thrown back by the side walls."""
    turned = facing(cells, direction)
    spots = [t for t in things(turned, "side") if t.size == 1]
    if turned.shape[1] < 2 or not 1 <= len(spots) <= _MOST_SPOTS:
        return None
    out = turned.copy()
    for t in spots:
        c, move = t.left, 1
        for r in range(t.top + 1, turned.shape[0]):
            if not 0 <= c + move < turned.shape[1]:
                move = -move
            c += move
            if out[r, c] == 0:
                out[r, c] = ink
    return facing_back(out, direction)


@operation("few", "edge", ink=INK, weight=1.5)
def spiral_in(cells: Cells, ink: int) -> Cells | None:
    """Behind the coloured cells a line winds from the upper left corner inwards, one cell from its last turn."""
    rows, columns = cells.shape
    if min(rows, columns) < 5:
        return None
    line = np.zeros((rows, columns), bool)

    def is_free(r: int, c: int) -> bool:
        return not (0 <= r < rows and 0 <= c < columns and line[r, c])

    r, c, dr, dc = 0, 0, 0, 1
    line[r, c] = True
    for _ in range(rows + columns):
        moved = 0
        while (
            0 <= r + dr < rows and 0 <= c + dc < columns and is_free(r + dr, c + dc) and is_free(r + 2 * dr, c + 2 * dc)
        ):
            r, c, moved = r + dr, c + dc, moved + 1
            line[r, c] = True
        if not moved:
            break
        dr, dc = dc, -dr
    return np.where(line & (cells == 0), np.uint8(ink), cells)


@operation("few", "cells", ink=INK, weight=2)
def mark_crossings(cells: Cells, ink: int) -> Cells | None:
    """Every single cell draws its row and its column; where lines of two cells cross, another colour."""
    spots = [t for t in things(cells, "side") if t.size == 1]
    if not 2 <= len(spots) <= _MOST_SPOTS:
        return None
    out = np.zeros_like(cells)
    for t in spots:
        out[t.top] = t.colour
        out[:, t.left] = t.colour
    for t in spots:
        for u in spots:
            if t.top != u.top and t.left != u.left:
                out[t.top, u.left] = ink
    return np.where(cells != 0, cells, out)


@operation("edge", "few", axis=AXIS, weight=3)
def full_lines(cells: Cells, axis: str) -> Cells | None:
    """Rows (horizontal) or columns with exactly one coloured cell take its colour throughout."""
    lines = along(cells, axis)
    out = lines.copy()
    for row in out:
        if np.count_nonzero(row) == 1:
            row[:] = row.max()
    return along(out, axis)


# --- connecting ---


@operation("ends", "cells", "edge", axis=AXIS, weight=3)
def connect(cells: Cells, axis: str) -> Cells:
    """Neighbouring cells of one colour in a row (horizontal) or column are joined by a line of that colour."""
    return _connected(cells, axis, 0)


@operation("ends", "cells", "edge", axis=AXIS, ink=INK, weight=2)
def connect_in(cells: Cells, axis: str, ink: int) -> Cells:
    """Neighbouring cells of one colour in a row (horizontal) or column are joined by a line of another."""
    return _connected(cells, axis, ink)


@operation("ends", "cells", ink=INK, weight=3)
def connect_both(cells: Cells, ink: int) -> Cells:
    """Neighbouring cells of one colour in a row or a column are joined by a line of another."""
    out = _connected(cells, "horizontal", ink)
    down = _connected(cells, "vertical", ink)
    return np.where(out == 0, down, out)


@operation("ends", "cells", "edge", weight=1)
def connect_alike(cells: Cells) -> Cells:
    """Neighbouring cells of one colour in a row or a column are joined by a line of that colour."""
    across, down = _connected(cells, "horizontal", 0), _connected(cells, "vertical", 0)
    return np.where(across == 0, down, across)


@operation("ends", "edge", weight=1)
def join_edges(cells: Cells) -> Cells | None:
    """Rows and columns that begin and end with one colour take it throughout."""
    out = cells.copy()
    for lines, made in ((cells, out), (cells.T, out.T)):
        for line, new in zip(lines, made, strict=True):
            if line[0] and line[0] == line[-1]:
                new[:] = line[0]
    return None if (out == cells).all() else out


def _connected(cells: Cells, axis: str, ink: int) -> Cells:
    out = along(cells, axis).copy()
    for row in out:
        at = np.flatnonzero(row)
        for left, right in pairwise(at):
            if row[left] == row[right]:
                row[left + 1 : right] = ink or row[left]
    return along(out, axis)


@operation("ends", "few", ink=INK, weight=5)
def elbow(cells: Cells, ink: int) -> Cells | None:
    """The two single cells are joined by an angled line: along the row of the upper one, then down the column of
    the lower one."""
    spots = np.argwhere(cells)
    if len(spots) != 2:
        return None
    (top, start), (bottom, end) = (map(int, spot) for spot in spots)
    out = cells.copy()
    out[top, min(start, end) : max(start, end) + 1] = ink
    out[top : bottom + 1, end] = ink
    return np.where(cells == 0, out, cells)


@operation("sticks", weight=6)
def lengthen(cells: Cells) -> Cells | None:
    """Straight lines of two cells and more go on at both ends, to the border or a coloured cell."""
    out = cells.copy()
    for t in things(cells, "side"):
        if min(t.cells.shape) == 1 and t.size > 1:
            move = (0, 1) if t.width > 1 else (1, 0)
            _walk(cells, out, (t.bottom, t.right), move, t.colour)
            _walk(cells, out, (t.top, t.left), (-move[0], -move[1]), t.colour)
    return out


@operation("cells", "markers", "few", mark=MARK, axis=AXIS, weight=2)
def paint_lines_of(cells: Cells, mark: int, axis: str) -> Cells:
    """Empty cells in rows (horizontal) or columns with a cell of colour `mark` take it too."""
    lines = along(cells, axis)
    has = (lines == mark).any(axis=1)[:, None]
    return along(np.where(has & (lines == 0), np.uint8(mark), lines), axis)


@operation("cells", "markers", mark=MARK, axis=AXIS)
def clear_lines_of(cells: Cells, mark: int, axis: str) -> Cells:
    """Rows (horizontal) or columns with a cell of colour `mark` become empty."""
    lines = along(cells, axis)
    return along(np.where((lines == mark).any(axis=1)[:, None], np.uint8(0), lines), axis)


@operation("ends", "edge", axis=AXIS, weight=5)
def meet_halfway(cells: Cells, axis: str) -> Cells | None:
    """Rows (columns) with one coloured cell at either end are filled, each half with the colour of its end."""
    out = along(cells, axis).copy()
    width = out.shape[1]
    for row in out:
        if row[0] and row[-1] and np.count_nonzero(row) == 2:
            row[: width // 2], row[(width + 1) // 2 :] = row[0], row[-1]
    return along(out, axis)


@operation("ends", "cells", "few", ink=INK, weight=2)
def span_boxes(cells: Cells, ink: int) -> Cells:
    """Empty cells in the rectangle that all cells of one colour span take another colour."""
    out = cells.copy()
    for colour in colours(cells):
        rows, columns = np.nonzero(cells == colour)
        part = out[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        part[part == 0] = ink
    return out
