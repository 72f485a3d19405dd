"""Grid → its inner part moved round, as far as a mark in a line at its border tells."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.types import Cells

SCALES = Kind(
    "lines with a mark", ("left", "right", "up", "down", "left_up", "left_down", "right_up", "right_down")
)  # fmt: skip
SENSE = Kind("sense", ("first_to_mark", "mark_to_first"))


def _marked(line: Cells) -> int | None:
    """Where a line of one colour has its one cell of another; None of other lines."""
    inks, counts = np.unique(line, return_counts=True)
    if len(inks) != 2 or min(counts) != 1 or len(line) < 3:
        return None
    return int(np.flatnonzero(line == inks[counts.argmin()])[0])


@operation("any", scales=SCALES, sense=SENSE, result=OTHER, weight=0)
def roll_by_marks(cells: Cells, scales: str, sense: str) -> Cells | None:
    """Border lines of one colour with one cell of another are taken away, and the rest moves along them, coming back on
    the other side, so that its first line comes to lie where that cell was, or the line that was there comes first."""
    ways = scales.split("_")
    rows = slice("up" in ways, -1 if "down" in ways else None)
    columns = slice("left" in ways, -1 if "right" in ways else None)
    out = cells[rows, columns]
    if min(out.shape) < 2:
        return None
    for way in ways:
        line = {"left": cells[rows, 0], "right": cells[rows, -1], "up": cells[0, columns], "down": cells[-1, columns]}
        at = _marked(line[way])
        if at is None:
            return None
        axis = 0 if way in ("left", "right") else 1
        out = np.roll(out, at if sense == "first_to_mark" else -at, axis=axis)
    return np.ascontiguousarray(out)
