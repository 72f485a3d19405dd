"""A program that sees one background where the grid is divided into sections that have each a ground of its own, or
each of these sections by itself."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.divided import sections
from arc_ttt.rules.language import PROGRAM, Program, operation, run
from arc_ttt.types import COLOURS, Cells

# Lines of a section, at least, the part of its cells that its ground must have, and colours of a grid.
_LEAST_LINES, _LEAST_GROUND, _MOST_INKS = 2, 0.55, 9
# The part of all cells that two grounds must have beyond what one has.
_LEAST_GAIN = 0.12

Box = tuple[slice, slice]


def grounded(cells: Cells) -> list[tuple[Box, int]]:
    """The sections, each with the colour of its ground; none where there is one ground alone."""
    if min(cells.shape) < 2 * _LEAST_LINES or len(np.unique(cells)) > _MOST_INKS:
        return []
    parts = sections(cells)
    if parts:
        return [(t.box, int(np.bincount(t.cells.ravel(), minlength=COLOURS).argmax())) for t in parts]
    below, beside = _split(cells), _split(cells.T)
    every = slice(None)
    if below is not None and (beside is None or below[0] >= beside[0]):
        _, at, first, second = below
        return [((slice(0, at), every), first), ((slice(at, None), every), second)]
    if beside is not None:
        _, at, first, second = beside
        return [((every, slice(0, at)), first), ((every, slice(at, None)), second)]
    return []


def _split(cells: Cells) -> tuple[int, int, int, int] | None:
    """How many cells the two grounds have if a grid is cut above the one row where that is best, that row, and both
    grounds."""
    rows, columns = cells.shape
    above = np.stack([(cells == c).sum(axis=1).cumsum() for c in range(COLOURS)])
    below = above[:, -1:] - above
    worth = (above.max(axis=0) + below.max(axis=0))[_LEAST_LINES - 1 : rows - _LEAST_LINES]
    best = np.flatnonzero(worth == worth.max())
    at = int(best[0]) + _LEAST_LINES
    first, second = int(above[:, at - 1].argmax()), int(below[:, at - 1].argmax())
    if len(best) != 1 or first == second or worth.max() - above[:, -1].max() < _LEAST_GAIN * cells.size:
        return None
    enough = above[first, at - 1] >= _LEAST_GROUND * at * columns
    enough &= below[second, at - 1] >= _LEAST_GROUND * (rows - at) * columns
    return (int(worth.max()), at, first, second) if enough else None


def levelled(cells: Cells, ground: int) -> Cells:
    """The grid with black and the ground's colour exchanged: done twice, it is as before."""
    table = np.arange(COLOURS, dtype=np.uint8)
    table[[0, ground]] = ground, 0
    return table[cells]


def all_levelled(cells: Cells, parts: list[tuple[Box, int]]) -> Cells:
    """The same in each section."""
    out = cells.copy()
    for box, ground in parts:
        out[box] = levelled(cells[box], ground)
    return out


@operation("any", program=PROGRAM, weight=0)
def on_grounds(cells: Cells, program: Program) -> Cells | None:
    """A program runs on the grid with one background instead of the grounds that its sections have, each its own, and
    what it makes has these again."""
    parts = grounded(cells)
    if not parts:
        return None
    out = run(program, all_levelled(cells, parts))
    return all_levelled(out, parts) if out is not None and out.shape == cells.shape else None


@operation("any", program=PROGRAM, weight=0)
def change_sections(cells: Cells, program: Program) -> Cells | None:
    """A program changes each section that has a ground of its own, which is the background there."""
    parts = grounded(cells)
    if not parts:
        return None
    out = cells.copy()
    for box, ground in parts:
        part = levelled(cells[box], ground)
        made = run(program, part)
        if made is None or made.shape != part.shape:
            return None
        out[box] = levelled(made, ground)
    return out
