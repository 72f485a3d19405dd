"""Lines of a grid are moved along until their marks lie in line."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import AXIS, MARK, Kind, operation
from arc_ttt.types import Cells

# Where the marks come to lie, and what becomes of cells that leave the grid.
GOAL = Kind("where marks come to lie", ("first", "last", "common", "start", "end", "middle"))
LOST = Kind("cells that leave the grid", ("come_back", "are_lost"))


@operation("any", mark=MARK, goal=GOAL, axis=AXIS, lost=LOST, weight=0)
def align_lines(cells: Cells, mark: int, goal: str, axis: str, lost: str) -> Cells | None:
    """Each row (horizontal) or column with one cell of colour `mark` moves along so that all these lie in line: as in
    the first or last of them, as in most, at one side or in the middle."""
    lines = cells if axis == "horizontal" else cells.T
    marked = lines == mark
    counts = marked.sum(axis=1)
    if counts.max() != 1 or (counts == 1).sum() < 2:
        return None
    at = marked.argmax(axis=1)
    known, width = at[counts == 1].tolist(), lines.shape[1]
    common = max(set(known), key=lambda k: (known.count(k), -k))
    ends = {"start": 0, "end": width - 1, "middle": (width - 1) // 2}
    to = {"first": known[0], "last": known[-1], "common": common, **ends}[goal]
    if goal == "common" and known.count(common) < 2:
        return None
    out = lines.copy()
    for k in np.flatnonzero(counts == 1).tolist():
        by = to - int(at[k])
        out[k] = np.roll(lines[k], by)
        if lost == "are_lost" and by:
            out[k, slice(0, by) if by > 0 else slice(by, None)] = 0
    out = out if axis == "horizontal" else np.ascontiguousarray(out.T)
    return None if (out == cells).all() else out
