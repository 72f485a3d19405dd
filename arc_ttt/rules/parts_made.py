"""A program makes a piece of each part of a grid, and the pieces are put together as the parts lie: rows or columns of
panels, single panels, or things from one side to the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from arc_ttt.rules.language import OTHER, PROGRAM, Kind, Program, operation, run
from arc_ttt.rules.panels import panels
from arc_ttt.rules.things import things
from arc_ttt.types import MAX_SIDE, Cells

# Parts of a grid, at most.
MOST_PARTS = 12
EACH = Kind("what becomes a piece", ("rows", "columns", "panels", "across", "down"))
BETWEEN = Kind("what lies between pieces", ("nothing", "lines", "empty"))


def parts_for(cells: Cells, each: str) -> list[list[Cells]] | None:
    """The parts in rows, as their pieces shall lie; None where the grid has not two parts at least, or too many."""
    if each in ("across", "down"):
        group = things(cells, "mixed")
        places = [t.left if each == "across" else t.top for t in group]
        if not 2 <= len(group) <= MOST_PARTS or len(set(places)) < len(places):
            return None
        line = [t.cells for _, t in sorted(zip(places, group, strict=True), key=lambda p: p[0])]
        return [line] if each == "across" else [[p] for p in line]
    found = panels(cells)
    if found is None:
        return None
    rows, columns = len(found.boxes), len(found.boxes[0])
    if each == "panels":
        return [[cells[b] for b in row] for row in found.boxes] if 2 <= rows * columns <= MOST_PARTS else None
    if each == "rows":
        return [[cells[row[0][0]]] for row in found.boxes] if 2 <= rows <= MOST_PARTS and columns > 1 else None
    return [[cells[:, b[1]] for b in found.boxes[0]]] if 2 <= columns <= MOST_PARTS and rows > 1 else None


def line_ink(cells: Cells, between: str) -> int:
    """The colour of the lines between pieces; 0 where they are empty."""
    found = panels(cells) if between == "lines" else None
    return found.ink if found else 0


@operation("panels", each=EACH, between=BETWEEN, program=PROGRAM, result=OTHER, weight=0)
def make_of_each(cells: Cells, each: str, between: str, program: Program) -> Cells | None:
    """A program makes a piece of each row (column) of panels, each panel, or each thing from left to right (across) or
    top to bottom (down); the pieces are put together, perhaps with lines between."""
    parts = parts_for(cells, each)
    if parts is None:
        return None
    made = [[run(program, np.ascontiguousarray(p)) for p in row] for row in parts]
    if any(m is None for row in made for m in row):
        return None
    pieces = [[m for m in row if m is not None] for row in made]
    if len({p.shape for row in pieces for p in row}) > 1:
        return None
    return _together(pieces, between != "nothing", line_ink(cells, between))


def _together(pieces: Sequence[Sequence[Cells]], lines: bool, ink: int) -> Cells | None:
    (h, w), gap = pieces[0][0].shape, int(lines)
    high, wide = len(pieces) * (h + gap) - gap, len(pieces[0]) * (w + gap) - gap
    if max(high, wide) > MAX_SIDE:
        return None
    out = np.full((high, wide), ink, np.uint8)
    for r, row in enumerate(pieces):
        for c, piece in enumerate(row):
            out[r * (h + gap) : r * (h + gap) + h, c * (w + gap) : c * (w + gap) + w] = piece
    return out


def pieces_of(goal: Cells, shape: tuple[int, int], between: str, ink: int) -> list[list[Cells]] | None:
    """The pieces, in so many rows and columns, of which a grid is put together; None where it is not."""
    rows, columns = shape
    gap = int(between != "nothing")
    high, wide = goal.shape[0] + gap, goal.shape[1] + gap
    if high % rows or wide % columns or min(high // rows, wide // columns) <= gap:
        return None
    h, w = high // rows - gap, wide // columns - gap
    found = [
        [
            np.ascontiguousarray(goal[r * (h + gap) : r * (h + gap) + h, c * (w + gap) : c * (w + gap) + w])
            for c in range(columns)
        ]
        for r in range(rows)
    ]
    made = _together(found, bool(gap), ink) if gap else goal
    return found if made is not None and np.array_equal(made, goal) else None
