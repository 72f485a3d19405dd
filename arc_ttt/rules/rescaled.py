"""A program that sees a grid of square blocks with each block as one cell."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import OTHER, PROGRAM, Program, operation, run
from arc_ttt.types import MAX_SIDE, Cells


def block_side(cells: Cells) -> int:
    """The side of the largest square blocks of one colour that make up the grid; 1 where there are none."""
    rows, columns = cells.shape
    for n in range(min(rows, columns), 1, -1):
        if rows % n == columns % n == 0 and (np.kron(cells[::n, ::n], np.ones((n, n), np.uint8)) == cells).all():
            return n
    return 1


@operation("scaled", program=PROGRAM, result=OTHER, weight=0)
def in_scaled(cells: Cells, program: Program) -> Cells | None:
    """A program runs on the grid scaled down as far as its blocks allow, and what it makes is scaled up again."""
    n = block_side(cells)
    if n == 1 or cells.size == n * n:
        return None
    made = run(program, cells[::n, ::n].copy())
    if made is None or max(made.shape) * n > MAX_SIDE:
        return None
    return np.kron(made, np.ones((n, n), np.uint8))
