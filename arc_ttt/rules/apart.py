"""Programs that run on parts of a grid, each by itself: its rows or columns, or what lies within its frames."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.chosen import parts_of
from arc_ttt.rules.language import AXIS, PROGRAM, Program, operation, run
from arc_ttt.types import Cells


@operation("lines", "walls", axis=AXIS, program=PROGRAM, weight=0)
def change_lines(cells: Cells, axis: str, program: Program) -> Cells | None:
    """A program runs on each row (column, laid down as a row) by itself."""
    lines = cells if axis == "horizontal" else cells.T
    made: dict[bytes, Cells] = {}
    rows = []
    for line in lines:
        row = np.ascontiguousarray(line[None])
        mark = row.tobytes()
        if mark not in made:
            new = run(program, row)
            if new is None or new.shape != row.shape:
                return None
            made[mark] = new
        rows.append(made[mark])
    out = np.concatenate(rows)
    return np.ascontiguousarray(out if axis == "horizontal" else out.T)


@operation("frames", "walls", program=PROGRAM, weight=0)
def change_insides(cells: Cells, program: Program) -> Cells | None:
    """A program runs on what lies within each frame of one colour, by itself."""
    parts = parts_of(cells, "insides")
    out = cells.copy()
    for t in parts:
        new = run(program, t.cells)
        if new is None or new.shape != t.cells.shape:
            return None
        out[t.box] = new
    return out if parts else None


@operation("any", weight=0)
def sort_cells(cells: Cells) -> Cells | None:
    """All cells in reading order by how common their colours are, the most common first; of those that are as common
    the one that is seen first."""
    flat = cells.ravel()
    inks, first, counts = np.unique(flat, return_index=True, return_counts=True)
    order = sorted(range(len(inks)), key=lambda k: (-int(counts[k]), int(first[k])))
    out: Cells = np.repeat(inks[order], counts[order]).reshape(cells.shape)
    return None if len(inks) < 2 or (out == cells).all() else out
