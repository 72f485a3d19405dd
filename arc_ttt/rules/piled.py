"""Panels that are put together: what is in them is piled up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.rules.panels import panels
from arc_ttt.rules.whole import bounding_box
from arc_ttt.types import Cells

_MOST_PANELS = 9


def _in_line(cells: Cells) -> list[Cells] | None:
    """The panels of one size, if they lie in one row or column."""
    found = panels(cells)
    if found is None or min(len(found.boxes), len(found.boxes[0])) != 1 or len(found.flat) > _MOST_PANELS:
        return None
    parts = [cells[box] for box in found.flat]
    return parts if len({p.shape for p in parts}) == 1 else None


PILE = Kind("where the first lies", ("down", "up", "left", "right"))


@operation("panels", ground=PILE, result=OTHER, weight=0)
def pile_panels(cells: Cells, ground: str) -> Cells | None:
    """What is in the panels lies upon each other in one panel, the first one's on the ground."""
    parts = _in_line(cells)
    turns = {"down": 0, "left": 1, "up": 2, "right": 3}[ground]
    return None if parts is None else _piled([np.rot90(p, turns) for p in parts], turns)


def _piled(parts: Sequence[Cells], turns: int) -> Cells | None:
    out = np.zeros_like(parts[0])
    floor = len(out)
    for part in parts:
        box = bounding_box(part)
        if box is None:
            continue
        height = box[0].stop - box[0].start
        if height > floor:
            return None
        out[floor - height : floor] = part[box[0]]
        floor -= height
    return np.ascontiguousarray(np.rot90(out, -turns))
