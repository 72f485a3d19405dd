"""A program that sees one background where the grid is divided into sections that have each a ground of its own."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.divided import sections
from arc_ttt.rules.language import PROGRAM, Program, operation, run
from arc_ttt.types import COLOURS, Cells

# Lines of a section, at least, the part of its cells that its ground must have, and colours of a grid.
_LEAST_LINES, _LEAST_GROUND, _MOST_INKS = 2, 0.55, 9
# The part of all cells that two grounds must have beyond what one has.
_LEAST_GAIN = 0.12


def grounds(cells: Cells) -> Cells | None:
    """(rows, columns) the colour of the ground at each cell; None where there is one ground alone."""
    if min(cells.shape) < 2 * _LEAST_LINES or len(np.unique(cells)) > _MOST_INKS:
        return None
    parts = sections(cells)
    if parts:
        out = np.zeros_like(cells)
        for t in parts:
            out[t.box] = np.bincount(t.cells.ravel(), minlength=COLOURS).argmax()
        return out
    below, beside = _split(cells), _split(cells.T)
    if below is None and beside is None:
        return None
    if beside is None or (below is not None and below[0] >= beside[0]):
        return below[1] if below else None
    return np.ascontiguousarray(beside[1].T)


def _split(cells: Cells) -> tuple[int, Cells] | None:
    """The ground at each cell if a grid is cut in two below the one row where that is best, so that each part has a
    ground of its own, and how many cells these have."""
    rows, columns = cells.shape
    if rows < 2 * _LEAST_LINES:
        return None
    above = np.stack([(cells == c).sum(axis=1).cumsum() for c in range(COLOURS)])
    below = above[:, -1:] - above
    cut = slice(_LEAST_LINES - 1, rows - _LEAST_LINES)
    worth = (above.max(axis=0) + below.max(axis=0))[cut]
    best = np.flatnonzero(worth == worth.max())
    at = int(best[0]) + _LEAST_LINES
    first, second = int(above[:, at - 1].argmax()), int(below[:, at - 1].argmax())
    if len(best) != 1 or first == second or worth.max() - above[:, -1].max() < _LEAST_GAIN * cells.size:
        return None
    if above[first, at - 1] < _LEAST_GROUND * at * columns:
        return None
    if below[second, at - 1] < _LEAST_GROUND * (rows - at) * columns:
        return None
    out = np.full_like(cells, first)
    out[at:] = second
    return int(worth.max()), out


def levelled(cells: Cells, ground: Cells) -> Cells:
    """The grid with black and the ground's colour exchanged in each section: done twice, it is as before."""
    out: Cells = np.where(cells == ground, np.uint8(0), np.where(cells == 0, ground, cells)).astype(np.uint8)
    return out


@operation("any", program=PROGRAM, weight=0)
def on_grounds(cells: Cells, program: Program) -> Cells | None:
    """A program runs on the grid with one background instead of the grounds that its sections have, each its own, and
    what it makes has these again."""
    ground = grounds(cells)
    if ground is None:
        return None
    out = run(program, levelled(cells, ground))
    return levelled(out, ground) if out is not None and out.shape == cells.shape else None
