"""Full rectangles of any colours to which single cells or lines are attached: the rectangles without these tags, and on
which side the tag is."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.things import Thing, things
from arc_ttt.types import Cells

# The share of an outermost row or column that is coloured, at most, where that is no part of the rectangle.
_LEAST_SIDE, _MOST_SPARSE = 2, 0.5


def _plate(t: Thing) -> Thing | None:
    """The full rectangle that is left without sparse outermost rows and columns; None where it is none."""
    mask = t.cells != 0
    top, left = 0, 0
    bottom, right = mask.shape
    while bottom - top >= _LEAST_SIDE and right - left >= _LEAST_SIDE:
        part = mask[top:bottom, left:right]
        if part.all():
            cells = np.ascontiguousarray(t.cells[top:bottom, left:right])
            return Thing(t.top + top, t.left + left, cells)
        sides = (part[0], part[-1], part[:, 0], part[:, -1])
        share = [float(s.mean()) for s in sides]
        side = share.index(min(share))
        if share[side] > _MOST_SPARSE:
            return None
        top, bottom = top + (side == 0), bottom - (side == 1)
        left, right = left + (side == 2), right - (side == 3)
    return None


def plates(cells: Cells) -> tuple[Thing, ...]:
    """The full rectangles, with or without tags; none where no tag is."""
    found, tagged = [], False
    for t in things(cells, "clump"):
        plate = _plate(t) if min(t.cells.shape) >= _LEAST_SIDE else None
        if plate is not None:
            found.append(plate)
            tagged |= plate.size < t.size
    return tuple(found) if tagged else ()


_MOST_SINGLES = 10


def tag_side(cells: Cells, t: Thing) -> int | None:
    """0 for a tag above a thing's box, 1 for one to its right, 2 below, 3 to its left: what touches it there, or else
    the one single cell straight beside; None where there are none or several."""
    high, wide = cells.shape
    sides = (
        t.top > 0 and bool(cells[t.top - 1, t.left : t.right + 1].any()),
        t.right + 1 < wide and bool(cells[t.top : t.bottom + 1, t.right + 1].any()),
        t.bottom + 1 < high and bool(cells[t.bottom + 1, t.left : t.right + 1].any()),
        t.left > 0 and bool(cells[t.top : t.bottom + 1, t.left - 1].any()),
    )
    if any(sides):
        return sides.index(True) if sum(sides) == 1 else None
    singles = [o for o in things(cells, "mixed") if o.size == 1]
    if len(singles) > _MOST_SINGLES:
        return None
    found = set()
    for o in singles:
        if t.left <= o.left <= t.right and not t.top <= o.top <= t.bottom:
            found.add(0 if o.top < t.top else 2)
        elif t.top <= o.top <= t.bottom and not t.left <= o.left <= t.right:
            found.add(3 if o.left < t.left else 1)
    return found.pop() if len(found) == 1 else None
