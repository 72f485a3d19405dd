"""Things in a row or column change places so that they are in the order of a measure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from arc_ttt.rules.language import AXIS, LINK, Kind, operation
from arc_ttt.rules.things import MEASURE, MEASURES, Thing, paste, things
from arc_ttt.types import Cells

ORDER = Kind("order of things", ("rising", "falling"))
_MOST_THINGS = 15


def _across(cells: Cells, group: Sequence[Thing], order: Sequence[Thing]) -> Cells:
    """The things of `group`, which lie side by side from left to right, in the places of each other in a new order:
    their gaps stay, and so does what their boxes have in line (bottom, top or middle)."""
    out = cells.copy()
    for t in group:
        out[t.box][t.cells != 0] = 0
    bottoms, tops = {t.bottom for t in group}, {t.top for t in group}
    middles = {t.top + t.bottom for t in group}
    left = group[0].left
    gaps = [b.left - a.right - 1 for a, b in pairwise(group)]
    for t, gap in zip(order, [*gaps, 0], strict=True):
        top = t.top
        if len(bottoms) == 1:
            top = group[0].bottom - t.height + 1
        elif len(tops) == 1:
            top = group[0].top
        elif len(middles) == 1:
            top = (group[0].top + group[0].bottom - t.height + 1) // 2
        paste(out, t.cells, top, left)
        left += t.width + gap
    return out


def _ground(cells: Cells) -> Cells:
    """The first and the last row, where they are of one colour, which other rows do not have: nothing to be sorted."""
    out = np.zeros_like(cells)
    for k in (0, -1) if len(cells) > 2 else ():
        ink = cells[k, 0]
        if ink and (cells[k] == ink).all() and not (cells[1:-1] == ink).any():
            out[k] = ink
    return out


@operation("objects", "bars", "shapes", measure=MEASURE, order=ORDER, axis=AXIS, link=LINK, weight=0)
def sort_things(cells: Cells, measure: str, order: str, axis: str, link: str) -> Cells | None:
    """Things side by side (horizontal) or one below the other change places so that a measure of them rises or falls
    from the left (the top) on."""
    turned = cells if axis == "horizontal" else np.ascontiguousarray(cells.T)
    ground = _ground(turned)
    turned = np.where(ground != 0, np.uint8(0), turned)
    group = sorted(things(turned, link), key=lambda t: t.left)
    if not 2 <= len(group) <= _MOST_THINGS or any(b.left <= a.right for a, b in pairwise(group)):
        return None
    name = {"height": "width", "width": "height"}.get(measure, measure) if axis == "vertical" else measure
    sign = 1 if order == "rising" else -1
    wanted = sorted(group, key=lambda t: sign * MEASURES[name](t))
    if wanted == group:
        return None
    out = np.maximum(_across(turned, group, wanted), ground)
    return out if axis == "horizontal" else np.ascontiguousarray(out.T)
