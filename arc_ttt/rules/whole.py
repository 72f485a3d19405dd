"""Operations on the whole grid: turn, mirror, repeat, scale, cut, shift and sort it."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import (
    AXIS,
    COUNT,
    DIRECTION,
    INK,
    MARK,
    OTHER,
    SHIFT,
    Kind,
    operation,
)
from arc_ttt.rules.things import (
    colours,
)
from arc_ttt.types import MAX_SIDE, Cells

_TURNS = {"down": 0, "left": 1, "up": 2, "right": 3}
TURN = Kind("turn", (1, 2, 3))
CORNER = Kind("corner", ("upper_left", "upper_right", "lower_left", "lower_right"))
ABUNDANCE = Kind("abundance", ("most", "least"))


def facing(cells: Cells, direction: str) -> Cells:
    """`cells` turned so that `direction` points down."""
    return np.ascontiguousarray(np.rot90(cells, _TURNS[direction]))


def facing_back(cells: Cells, direction: str) -> Cells:
    """The inverse of `facing`."""
    return np.ascontiguousarray(np.rot90(cells, -_TURNS[direction]))


def along(cells: Cells, axis: str) -> Cells:
    """`cells` for a horizontal axis, else transposed: what is done to rows is then done to columns. Self-inverse."""
    return cells if axis == "horizontal" else np.ascontiguousarray(cells.T)


# --- turning and mirroring ---


@operation("any", "single", "small", "turn", axis=AXIS)
def flip(cells: Cells, axis: str) -> Cells:
    """Mirror left and right (horizontal) or up and down."""
    return np.ascontiguousarray(cells[:, ::-1] if axis == "horizontal" else cells[::-1])


@operation("any", "small", "turn", turn=TURN, result=OTHER)
def rotate(cells: Cells, turn: int) -> Cells:
    """Quarter turns, against the clock."""
    return np.ascontiguousarray(np.rot90(cells, turn))


@operation("any", "small", "turn", result=OTHER, weight=0.7)
def transpose(cells: Cells) -> Cells:
    """Rows become columns."""
    return np.ascontiguousarray(cells.T)


@operation("small", direction=DIRECTION, result=OTHER, weight=2)
def mirror_beside(cells: Cells, direction: str) -> Cells:
    """The grid, and beside it in a direction its mirror image."""
    turned = facing(cells, direction)
    return facing_back(np.concatenate([turned, turned[::-1]]), direction)


@operation("small", corner=CORNER, result=OTHER, weight=2)
def mirror_four(cells: Cells, corner: str) -> Cells:
    """Two by two mirror images; the grid itself is in the named corner."""
    rows = [cells, cells[::-1]] if corner.startswith("upper") else [cells[::-1], cells]
    tall = np.concatenate(rows)
    columns = [tall, tall[:, ::-1]] if corner.endswith("left") else [tall[:, ::-1], tall]
    return np.concatenate(columns, axis=1)


@operation("small", result=OTHER)
def rotate_four(cells: Cells) -> Cells | None:
    """Two by two of a square grid, each a quarter turn from the one before, around the middle."""
    if cells.shape[0] != cells.shape[1]:
        return None
    one, two, three = np.rot90(cells, -1), np.rot90(cells, 2), np.rot90(cells, 1)
    return np.concatenate([np.concatenate([cells, one], axis=1), np.concatenate([three, two], axis=1)])


@operation("single", "symmetric", "lopsided", axis=AXIS, weight=2)
def symmetrise(cells: Cells, axis: str) -> Cells | None:
    """Within the bounding box of all colours, empty cells take the colour of their mirror image."""
    box = bounding_box(cells)
    if box is None:
        return None
    part = cells[box]
    image = part[:, ::-1] if axis == "horizontal" else part[::-1]
    out = cells.copy()
    out[box] = np.where(part == 0, image, part)
    return out


@operation("cells", "symmetric", "lopsided", "quarter", axis=AXIS, weight=1.2)
def symmetrise_grid(cells: Cells, axis: str) -> Cells:
    """Empty cells of the grid take the colour of their mirror image."""
    image = cells[:, ::-1] if axis == "horizontal" else cells[::-1]
    return np.where(cells == 0, image, cells)


@operation("quarter", "lopsided", weight=1.5)
def symmetrise_turning(cells: Cells) -> Cells | None:
    """Empty cells of a square grid take the colour of one of the three cells that a quarter turn leads to."""
    if cells.shape[0] != cells.shape[1]:
        return None
    out = cells.copy()
    for turn in (1, 2, 3):
        out = np.where(out == 0, np.rot90(cells, turn), out)
    return out


# --- repeating and scaling ---


@operation("small", rows=SHIFT, columns=SHIFT, result=OTHER, weight=2)
def tile(cells: Cells, rows: int, columns: int) -> Cells:
    """The grid again and again: `rows` by `columns` times."""
    return np.tile(cells, (rows, columns))


@operation("small", columns=COUNT, result=OTHER, weight=1.5)
def tile_mirrored(cells: Cells, columns: int) -> Cells:
    """A square of the grid again and again, every second row of it mirrored."""
    odd = [np.tile(cells if r % 2 == 0 else cells[:, ::-1], (1, columns)) for r in range(columns)]
    return np.concatenate(odd)


@operation("small", factor=COUNT, result=OTHER, weight=1.0)
def scale_up(cells: Cells, factor: int) -> Cells:
    """Every cell becomes a square block."""
    return np.kron(cells, np.ones((factor, factor), np.uint8))


@operation("small", result=OTHER)
def scale_by_colours(cells: Cells) -> Cells | None:
    """Every cell becomes a square block whose side is the number of colours."""
    factor = len(colours(cells))
    return scale_up(cells, factor) if factor >= 2 and factor * max(cells.shape) <= MAX_SIDE else None


@operation("small", result=OTHER)
def tile_by_colours(cells: Cells) -> Cells | None:
    """The grid n by n times, where n is the number of its colours."""
    factor = len(colours(cells))
    return tile(cells, factor, factor) if factor >= 2 and factor * max(cells.shape) <= MAX_SIDE else None


@operation("scaled", result=OTHER, weight=6)
def scale_down(cells: Cells) -> Cells | None:
    """The smallest grid of which this is a scaling by a whole number greater than 1."""
    rows, columns = cells.shape
    for factor in range(min(rows, columns), 1, -1):
        if rows % factor == 0 and columns % factor == 0:
            small = cells[::factor, ::factor]
            if (np.kron(small, np.ones((factor, factor), np.uint8)) == cells).all():
                return small.copy()
    return None


@operation("scaled", "stripes", "squeezed", result=OTHER, weight=4)
def squeeze(cells: Cells) -> Cells:
    """Equal neighbouring rows become one, and so do columns."""
    rows = [True, *(cells[1:] != cells[:-1]).any(axis=1)]
    kept = cells[rows]
    columns = [True, *(kept[:, 1:] != kept[:, :-1]).any(axis=0)]
    return np.ascontiguousarray(kept[:, columns])


@operation("small", result=OTHER, weight=2.5)
def fractal(cells: Cells) -> Cells | None:
    """Every coloured cell becomes the grid itself, every other an empty one."""
    if max(cells.shape) > 5:
        return None
    return np.kron((cells != 0).astype(np.uint8), cells)


@operation("small", result=OTHER, weight=1.5)
def fractal_inverse(cells: Cells) -> Cells | None:
    """Every empty cell becomes the grid itself, every other an empty one."""
    if max(cells.shape) > 5 or cells.all():
        return None
    return np.kron((cells == 0).astype(np.uint8), cells)


@operation("small", abundance=ABUNDANCE, result=OTHER, weight=2)
def fractal_where(cells: Cells, abundance: str) -> Cells | None:
    """Every cell of the most (least) common colour becomes the grid itself, every other an empty one."""
    which = by_abundance(cells, abundance)
    if max(cells.shape) > 5 or which is None:
        return None
    return np.kron((cells == which).astype(np.uint8), cells)


def by_abundance(cells: Cells, abundance: str) -> int | None:
    """The most or least common colour but the background; None if there is a tie or one colour only."""
    counts = np.bincount(cells.ravel(), minlength=10)[1:]
    present = counts[counts > 0]
    if len(present) < 2:
        return None
    best = present.max() if abundance == "most" else present.min()
    return int(np.flatnonzero(counts == best)[0]) + 1 if (counts == best).sum() == 1 else None


# --- cutting ---


def bounding_box(cells: Cells) -> tuple[slice, slice] | None:
    """The smallest rectangle with all colours but the background; None if there are none."""
    rows, columns = np.flatnonzero(cells.any(axis=1)), np.flatnonzero(cells.any(axis=0))
    if not len(rows):
        return None
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


@operation("single", "copies", result=OTHER, weight=1.5)
def trim(cells: Cells) -> Cells | None:
    """The bounding box of all colours."""
    box = bounding_box(cells)
    return cells[box].copy() if box else None


@operation("cells", "quarter", "symmetric", direction=DIRECTION, result=OTHER)
def half(cells: Cells, direction: str) -> Cells | None:
    """The half on one side; the middle row or column, if there is one, belongs to none."""
    turned = facing(cells, direction)
    if len(turned) < 2:
        return None
    return facing_back(turned[-(len(turned) // 2) :], direction)


@operation("quarter", "symmetric", corner=CORNER, result=OTHER)
def quarter(cells: Cells, corner: str) -> Cells | None:
    """The quarter in one corner of a grid with even sides."""
    rows, columns = cells.shape
    if rows % 2 or columns % 2:
        return None
    part = cells[: rows // 2] if corner.startswith("upper") else cells[rows // 2 :]
    return (part[:, : columns // 2] if corner.endswith("left") else part[:, columns // 2 :]).copy()


@operation("framed", result=OTHER, weight=1.5)
def peel(cells: Cells) -> Cells | None:
    """Without the outermost rows and columns."""
    return cells[1:-1, 1:-1].copy() if min(cells.shape) > 2 else None


@operation("small", "any", ink=INK, result=OTHER, weight=0.7)
def wrap(cells: Cells, ink: int) -> Cells:
    """With a frame of one colour around."""
    return np.pad(cells, 1, constant_values=ink)


@operation("any", ink=INK)
def frame(cells: Cells, ink: int) -> Cells | None:
    """The outermost rows and columns take one colour."""
    if min(cells.shape) < 3:
        return None
    out = np.full_like(cells, ink)
    out[1:-1, 1:-1] = cells[1:-1, 1:-1]
    return out


@operation("small", result=OTHER, weight=0.6)
def wrap_in_own(cells: Cells) -> Cells:
    """With the outermost rows and columns doubled, the new corners empty."""
    out = np.pad(cells, 1, mode="edge")
    out[[0, 0, -1, -1], [0, -1, 0, -1]] = 0
    return out


@operation("cells", "stripes", "gappy", axis=AXIS, result=OTHER, weight=1.5)
def drop_empty(cells: Cells, axis: str) -> Cells | None:
    """Without empty rows (horizontal) or columns."""
    kept = along(cells, axis)
    kept = kept[kept.any(axis=1)]
    return along(kept, axis) if len(kept) else None


# --- shifting, falling and sorting ---


@operation("cells", "single", "objects", direction=DIRECTION, by=SHIFT)
def shift(cells: Cells, direction: str, by: int) -> Cells:
    """Everything moves; what leaves the grid is lost."""
    turned = facing(cells, direction)
    return facing_back(np.pad(turned, ((by, 0), (0, 0)))[: len(turned)], direction)


@operation("small", "stripes", "pattern", direction=DIRECTION, by=SHIFT)
def roll(cells: Cells, direction: str, by: int) -> Cells:
    """Everything moves; what leaves the grid comes back on the other side."""
    return facing_back(np.roll(facing(cells, direction), by, axis=0), direction)


@operation("cells", "noise", "bars", direction=DIRECTION, weight=3)
def gravity(cells: Cells, direction: str) -> Cells:
    """Every coloured cell falls until it meets the border or another one."""
    turned = facing(cells, direction)
    order = np.argsort(turned != 0, axis=0, kind="stable")
    return facing_back(np.take_along_axis(turned, order, axis=0), direction)


@operation("cells", "barrier", "objects", mark=MARK, direction=DIRECTION, weight=2)
def drop_colour(cells: Cells, mark: int, direction: str) -> Cells:
    """Cells of colour `mark` fall until they meet the border or a coloured cell; all others stay."""
    out = facing(cells, direction).copy()
    for r, c in np.argwhere(out == mark)[::-1]:
        below = np.flatnonzero(out[r + 1 :, c])
        out[r, c] = 0
        out[r + int(below[0]) if len(below) else len(out) - 1, c] = mark
    return facing_back(out, direction)


@operation("bars", "stripes", "cells", direction=DIRECTION, weight=3)
def sort_lines(cells: Cells, direction: str) -> Cells | None:
    """The lines across a direction are sorted by their number of coloured cells, the fullest last; where each second
    or third line alone has some, the empty ones between them stay."""
    turned = facing(cells, direction)
    counts = np.count_nonzero(turned, axis=1)
    full = np.flatnonzero(counts)
    steps = np.diff(full)
    if len(steps) > 1 and steps[0] > 1 and (steps == steps[0]).all():
        out = turned.copy()
        out[full] = turned[full[np.argsort(counts[full], kind="stable")]]
        return facing_back(out, direction)
    return facing_back(turned[np.argsort(counts, kind="stable")], direction)


@operation("gappy", axis=AXIS, weight=1)
def close_gaps(cells: Cells, axis: str) -> Cells | None:
    """Empty rows (horizontal) or columns move to the end; the others close up."""
    lines = along(cells, axis)
    full = lines.any(axis=1)
    return along(np.concatenate([lines[full], lines[~full]]), axis)
