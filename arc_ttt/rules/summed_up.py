"""Grid → a small one that sums it up: lines that agree become one, things of one size are laid upon each other."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.crowds import crowd
from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.rules.whole import bounding_box
from arc_ttt.types import COLOURS, Cells

MOST_ALIKE = 12


def _merged(cells: Cells) -> Cells:
    """The rows from the top on, those that follow each other as one where they agree but for empty cells."""
    kept = [cells[0]]
    for row in cells[1:]:
        last = kept[-1]
        if ((row != last) & (row != 0) & (last != 0)).any():
            kept.append(row)
        else:
            kept[-1] = np.maximum(row, last)
    return np.array(kept, np.uint8)


@operation("objects", "blocks", "scaled", result=OTHER, weight=0)
def squeeze_gappy(cells: Cells) -> Cells | None:
    """In the box of what is coloured, rows that follow each other and agree but for empty cells become one, then
    columns."""
    box = bounding_box(cells)
    if box is None:
        return None
    rows = _merged(cells[box])
    out = np.ascontiguousarray(_merged(np.ascontiguousarray(rows.T)).T)
    return None if out.shape == cells[box].shape or out.size < 2 else out


LAID = Kind("what is laid upon each other", ("mixed", "corner", "panels"))


@operation("objects", "copies", "panels", members=LAID, result=OTHER, weight=0)
def overlay_marked(cells: Cells, members: str) -> Cells | None:
    """Things of one size laid upon each other: where one of them has another colour than most of their cells have,
    that colour is seen."""
    c = crowd(cells, members)
    parts = [cells[t.box] for t in c.things if t.size > 1 or members == "panels"]
    if not 2 <= len(parts) <= MOST_ALIKE or len({p.shape for p in parts}) > 1 or min(parts[0].shape) < 2:
        return None
    stack = np.array(parts)
    most = np.bincount(stack.ravel(), minlength=COLOURS).argmax()
    marked = stack != most
    if not marked.any(axis=(1, 2)).all():
        return None
    first = marked.argmax(axis=0)
    out: Cells = np.take_along_axis(stack, first[None], axis=0)[0]
    return out
