"""Grid → what its panels, slices or boxes, all of one size, show together at each place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from arc_ttt.rules.chosen import parts_of
from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.types import COLOURS, Cells

AGREEING = Kind("parts that agree", ("panels", "slices", "insides", "side_boxes", "lumps"))
SHOWN = Kind("what is shown of parts that agree", ("most", "all", "lone"))
_FEWEST, _MOST, _LEAST_SIDE = 3, 20, 2


@operation("panels", "copies", members=AGREEING, shown=SHOWN, result=OTHER, weight=0)
def show_agreed(cells: Cells, members: str, shown: str) -> Cells | None:
    """Parts of one size laid upon each other: each cell takes the colour that most of them have there, or that all of
    them have, or that a single one has where all others have another."""
    stack = _stacked([t.cells for t in parts_of(cells, members)])
    if stack is None:
        return None
    counts = np.stack([(stack == c).sum(axis=0) for c in range(COLOURS)])
    most = counts.max(axis=0)
    ruling = counts.argmax(axis=0).astype(np.uint8)
    if shown == "most":
        return ruling if (2 * most > len(stack)).all() and (most < len(stack)).any() else None
    if shown == "all":
        out = np.where(most == len(stack), ruling, np.uint8(0))
        return out if out.any() and (most < len(stack)).any() else None
    if (most < len(stack) - 1).any() or (most == len(stack)).all():
        return None
    odd = (stack != ruling) & (most == len(stack) - 1)
    made: Cells = np.where(odd, stack, np.uint8(0)).max(axis=0)
    return made


def _stacked(parts: Sequence[Cells]) -> np.ndarray | None:
    """(parts, rows, columns) where there are several of one size."""
    if not _FEWEST <= len(parts) <= _MOST or min(parts[0].shape) < _LEAST_SIDE:
        return None
    return np.stack(parts) if len({p.shape for p in parts}) == 1 else None
