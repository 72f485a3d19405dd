"""Panels in rows and columns, each of which becomes the next one in the same way everywhere: hidden ones come back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np

from arc_ttt.rules.language import Kind, operation, tried_at_once
from arc_ttt.rules.panel_series import steps
from arc_ttt.rules.panels import panels
from arc_ttt.types import Cells

LINES = Kind("which lines of panels", ("rows", "columns"))
# Pairs of neighbours that must show the way at least, panels at most, and the share that may be hidden.
_FEWEST_PAIRS, _MOST_PANELS, _MOST_HIDDEN = 2, 64, 0.6

_Line = list[Cells | None]


@operation("panels", lines=LINES, weight=0)
def restore_panel_lines(cells: Cells, lines: str) -> Cells | None:
    """In all rows (or columns) of panels each panel becomes the next one in the same way (it is turned, shifted,
    recoloured): those that are empty, or under one colour, are restored from their neighbours."""
    found = panels(cells)
    if found is None or not _FEWEST_PAIRS < len(found.flat) <= _MOST_PANELS:
        return None
    if len({cells[b].shape for b in found.flat}) > 1:
        return None
    boxes = found.boxes if lines == "rows" else [list(g) for g in zip(*found.boxes, strict=True)]
    rows = _hidden([[np.ascontiguousarray(cells[b]) for b in row] for row in boxes])
    if rows is None:
        return None
    known = [(a, b) for row in rows for a, b in pairwise(row) if a is not None and b is not None]
    if len(known) < _FEWEST_PAIRS or all((a == b).all() for a, b in known):
        return None
    on = next(steps(known), None)
    back = next(steps([(b, a) for a, b in known]), None)
    for row in rows:
        _go_on(row, range(1, len(row)), -1, on)
        _go_on(row, range(len(row) - 2, -1, -1), 1, back)
    out = cells.copy()
    for box, part in zip((b for row in boxes for b in row), (p for row in rows for p in row), strict=True):
        if part is None or part.shape != cells[box].shape:
            return None
        out[box] = part
    return None if (out == cells).all() else out


def _go_on(row: _Line, places: Iterable[int], beside: int, step: Callable[[Cells], Cells | None] | None) -> None:
    """Fill the panels that are missing, each with what a step makes of the one beside it."""
    for i in places if step else ():
        known = row[i + beside]
        if row[i] is None and known is not None and step:
            row[i] = step(known)


def _hidden(rows: Sequence[Sequence[Cells]]) -> list[_Line] | None:
    """The panels without those that are hidden: all that are empty, or else of one colour that no other panel has."""
    parts = [p for row in rows for p in row]
    hidden = [not p.any() for p in parts]
    if not any(hidden):
        hidden = [bool((p == p[0, 0]).all()) for p in parts]
        inks = {int(p[0, 0]) for p, h in zip(parts, hidden, strict=True) if h}
        if len(inks) != 1 or any((p == max(inks)).any() for p, h in zip(parts, hidden, strict=True) if not h):
            return None
    if not 0 < sum(hidden) <= _MOST_HIDDEN * len(parts):
        return None
    at = iter(hidden)
    return [[None if next(at) else p for p in row] for row in rows]


tried_at_once("restore_panel_lines")
