"""What is in the one panel that is not empty goes into all others, turned or mirrored from panel to panel."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.panels import panels
from arc_ttt.types import Cells

_MOST_PANELS = 30


def _mirrored(cells: Cells, down: int, right: int) -> Cells:
    return cells[:: -1 if down % 2 else 1, :: -1 if right % 2 else 1]


# What a panel shows that is so many panels further down and to the right.
_TURNS: dict[str, Callable[[Cells, int, int], Cells]] = {
    "left": lambda c, down, right: np.rot90(c, down + right),
    "right": lambda c, down, right: np.rot90(c, -down - right),
    "mirrored": _mirrored,
    "across": lambda c, down, right: _mirrored(c, 0, down + right),
    "down": lambda c, down, right: _mirrored(c, down + right, 0),
}
TURNED = Kind("turned from panel to panel", tuple(_TURNS))


@operation("panels", turned=TURNED, weight=0)
def spread_turned(cells: Cells, turned: str) -> Cells | None:
    """What is in the one panel that is not empty is copied into all others, turned by a quarter (or mirrored) with each
    step to the next panel."""
    found = panels(cells)
    if found is None or not 1 < len(found.flat) <= _MOST_PANELS:
        return None
    full = [(r, k) for r, row in enumerate(found.boxes) for k, box in enumerate(row) if cells[box].any()]
    if len(full) != 1:
        return None
    (down, right), out = full[0], cells.copy()
    first = cells[found.boxes[down][right]]
    for r, row in enumerate(found.boxes):
        for k, box in enumerate(row):
            image = _TURNS[turned](first, r - down, k - right)
            if image.shape != out[box].shape:
                return None
            out[box] = image
    return None if (out == cells).all() else out
