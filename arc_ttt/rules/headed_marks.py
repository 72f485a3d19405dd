"""Single cells in a table whose borders say what each becomes: shapes along one border, colours along the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from arc_ttt.rules.language import operation, tried_at_once
from arc_ttt.rules.things import Thing, paste, things
from arc_ttt.types import Cells

_MOST_THINGS = 60


def _marks(group: Sequence[Thing]) -> list[Thing]:
    """The single cells of the colour that most of them have, two at least."""
    singles = [t for t in group if t.size == 1]
    inks = [t.colour for t in singles]
    if len(inks) < 2:
        return []
    ink = max(set(inks), key=lambda c: (inks.count(c), -c))
    return [t for t in singles if t.colour == ink]


def _made(cells: Cells) -> Cells | None:
    group = things(cells, "corner")
    if not 5 <= len(group) <= _MOST_THINGS:
        return None
    marks = _marks(group)
    if len(marks) < 2:
        return None
    top, left = min(t.top for t in marks), min(t.left for t in marks)
    shapes = [t for t in group if t.bottom < top and t.right >= left and t.size > 1]
    heads = [t for t in group if t.right < left and t.bottom >= top]
    if len(shapes) < 2 or len(heads) < 2 or len(shapes) + len(heads) + len(marks) < len(group):
        return None
    if len({t.form for t in shapes}) < 2 or len({t.colour for t in heads}) < 2:
        return None
    out = cells.copy()
    for mark in marks:
        above = [t for t in shapes if t.left <= mark.left <= t.right]
        beside = [t for t in heads if t.top <= mark.top <= t.bottom]
        if len(above) != 1 or len(beside) != 1:
            return None
        shape = above[0]
        out[mark.box] = 0
        made = np.where(shape.cells != 0, np.uint8(beside[0].colour), np.uint8(0))
        paste(out, made, mark.top - (shape.height - 1) // 2, mark.left - (shape.width - 1) // 2)
    return out


@operation("legend", "shapes", weight=0)
def marks_by_headers(cells: Cells) -> Cells | None:
    """Each of the single cells of one colour becomes the shape that lies at the upper border in its column, in the
    colour at the left border in its row; or the other way round."""
    out = _made(cells)
    if out is None:
        turned = _made(np.ascontiguousarray(cells.T))
        out = None if turned is None else np.ascontiguousarray(turned.T)
    return out


tried_at_once("marks_by_headers")
