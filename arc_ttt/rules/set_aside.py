"""A program that does not see one of the colours: its cells are set aside and come back where nothing was painted."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import MARK, PROGRAM, Program, operation, run
from arc_ttt.types import Cells


@operation("any", mark=MARK, program=PROGRAM, weight=0)
def without_colour(cells: Cells, mark: int, program: Program) -> Cells | None:
    """A program of the same size runs on the grid without the cells of a colour; where it leaves them empty, they
    come back."""
    hidden = cells == mark
    if not hidden.any() or hidden.all():
        return None
    made = run(program, np.where(hidden, np.uint8(0), cells))
    if made is None or made.shape != cells.shape:
        return None
    return np.where(hidden & (made == 0), np.uint8(mark), made)
