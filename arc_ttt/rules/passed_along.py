"""Things side by side that pass on their colours or shapes, the last one to the first."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from arc_ttt.rules.language import AXIS, LINK, Kind, operation, tried_at_once
from arc_ttt.rules.things import Thing, things
from arc_ttt.rules.whole import along
from arc_ttt.types import Cells

PASSED = Kind("what is passed on", ("colours", "shapes", "crosswise"))
ONWARDS = Kind("to whom it is passed", ("next", "previous"))
_FEWEST, _MOST = 3, 12


@operation("objects", axis=AXIS, link=LINK, passed=PASSED, to=ONWARDS, weight=0)
def pass_along(cells: Cells, axis: str, link: str, passed: str, to: str) -> Cells | None:
    """Things side by side (or one below the other) each pass their colour, or their shape, to the next (or previous)
    one, the last one to the first; crosswise, colours go one way and shapes the other."""
    turned = along(cells, axis)
    group = sorted(things(turned, link), key=lambda t: t.left)
    if not _FEWEST <= len(group) <= _MOST:
        return None
    if any(a.right >= b.left for a, b in pairwise(group)):
        return None
    shift = 1 if to == "next" else -1
    colours = np.roll([t.colour for t in group], 0 if passed == "shapes" else shift).tolist()
    whose = np.roll(np.arange(len(group)), {"colours": 0, "shapes": shift, "crosswise": -shift}[passed]).tolist()
    out = turned.copy()
    for t in group:
        out[t.box][t.cells != 0] = 0
    stand = [len({_foot(t, line) for t in group}) == 1 for line in ("bottom", "top")]
    for t, colour, k in zip(group, colours, whose, strict=True):
        mask = group[k].cells != 0
        rows, columns = np.nonzero(mask)
        # Shapes keep the foot on which all stand, or else their middles.
        middle = (t.top + t.bottom + 1 - mask.shape[0]) // 2
        top = t.bottom + 1 - mask.shape[0] if stand[0] else t.top if stand[1] else middle
        rows, columns = rows + top, columns + t.left + (t.width - mask.shape[1]) // 2
        if rows.min() < 0 or columns.min() < 0 or rows.max() >= out.shape[0] or columns.max() >= out.shape[1]:
            return None
        if out[rows, columns].any():
            return None
        out[rows, columns] = colour
    return None if (out == turned).all() else along(out, axis)


def _foot(t: Thing, line: str) -> int:
    return t.bottom if line == "bottom" else t.top


tried_at_once("pass_along")
