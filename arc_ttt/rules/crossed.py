"""Shapes along one edge, colours along another: where their lines cross, both come together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.language import operation
from arc_ttt.rules.things import Thing, paste, things
from arc_ttt.types import Cells

_FEWEST_THINGS, _MOST_THINGS = 3, 20


def _split(group: Sequence[Thing]) -> tuple[list[Thing], list[Thing]]:
    """The heads that give colours, and the shapes: single cells, or else the full rectangles, all of one size, that are
    in the first or the last row of all."""
    spots = [t for t in group if t.size == 1]
    if spots or len(group) < _FEWEST_THINGS:
        return spots, [t for t in group if t.size > 1]
    for side in (min(t.top for t in group), max(t.bottom for t in group)):
        heads = [t for t in group if side in (t.top, t.bottom)]
        full = all(t.size == t.height * t.width and t.cells.shape == heads[0].cells.shape for t in heads)
        if len(heads) > 1 and full and len({t.colour for t in heads}) > 1:
            return heads, [t for t in group if side not in (t.top, t.bottom)]
    return [], []


def _are_edges(shapes: Sequence[Thing], spots: Sequence[Thing]) -> bool:
    """Whether the heads lie in one row that no shape reaches, all on one side of the shapes, which share no row."""
    rows = [r for t in shapes for r in range(t.top, t.bottom + 1)]
    line = {(t.top, t.bottom) for t in spots}
    heads = {r for t in spots for r in range(t.top, t.bottom + 1)}
    beyond = max(t.right for t in shapes) < min(t.left for t in spots)
    before = min(t.left for t in shapes) > max(t.right for t in spots)
    return len(line) == 1 and len(rows) == len(set(rows)) and not heads & set(rows) and (beyond or before)


@operation("legend", "shapes", weight=0)
def cross_table(cells: Cells) -> Cells | None:
    """Single cells (or rectangles of one size) in one row and shapes below each other (or the other way round) make a
    table: where the rows of a shape meet the column of a cell, the shape appears in the cell's colour."""
    for turned in (False, True):
        grid = np.ascontiguousarray(cells.T) if turned else cells
        group = things(grid, "corner")
        spots, shapes = _split(group) if len(group) <= _MOST_THINGS else ([], [])
        if not spots or not shapes or max(len(spots), len(shapes)) < 2:
            continue
        if not _are_edges(shapes, spots):
            continue
        out, first = grid.copy(), min(t.left for t in shapes)
        for shape, spot in product(shapes, spots):
            left = spot.left - (shape.width - 1) // 2 if spot.size == 1 else spot.left + shape.left - first
            place = out[shape.top : shape.bottom + 1, max(0, left) : left + shape.width]
            if place.shape != shape.cells.shape or place.any():
                return None
            paste(out, np.where(shape.cells != 0, np.uint8(spot.colour), shape.cells), shape.top, left)
        return np.ascontiguousarray(out.T) if turned else out
    return None
