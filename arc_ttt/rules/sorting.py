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
# Things in one line that are sorted where there are others that are not.
_FEWEST_STANDING = 3


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


def _beside(group: Sequence[Thing]) -> bool:
    """Whether things, from left to right, lie side by side."""
    return all(b.left > a.right for a, b in pairwise(group))


def _standing(group: Sequence[Thing]) -> list[Thing]:
    """Of things that do not all lie side by side the most that do so and stand on one line, or hang from one."""
    rows: dict[tuple[bool, int], list[Thing]] = {}
    for t in group:
        rows.setdefault((True, t.bottom), []).append(t)
        rows.setdefault((False, t.top), []).append(t)
    found = [row for row in rows.values() if len(row) >= _FEWEST_STANDING and _beside(row)]
    most = max(map(len, found), default=0)
    longest = [row for row in found if len(row) == most]
    return longest[0] if len(longest) == 1 else []


@operation("objects", "bars", "shapes", measure=MEASURE, order=ORDER, axis=AXIS, link=LINK, weight=0)
def sort_things(cells: Cells, measure: str, order: str, axis: str, link: str) -> Cells | None:
    """Things side by side (horizontal) or one below the other change places so that a measure of them rises or falls
    from the left (the top) on; ground as broad as the grid stays. Where there are others besides, those that stand in
    one line do so."""
    turned = cells if axis == "horizontal" else np.ascontiguousarray(cells.T)
    # What is as broad as the grid is the ground that the others stand on.
    group = sorted((t for t in things(turned, link) if t.width < turned.shape[1]), key=lambda t: t.left)
    if not 2 <= len(group) <= _MOST_THINGS:
        return None
    if not _beside(group):
        group = _standing(group)
        if not group:
            return None
    name = {"height": "width", "width": "height"}.get(measure, measure) if axis == "vertical" else measure
    sign = 1 if order == "rising" else -1
    wanted = sorted(group, key=lambda t: sign * MEASURES[name](t))
    if wanted == group:
        return None
    out = _across(turned, group, wanted)
    return out if axis == "horizontal" else np.ascontiguousarray(out.T)
