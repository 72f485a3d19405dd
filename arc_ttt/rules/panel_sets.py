"""Panels in rows and columns: each row (column) of them is a series of its own, or all have the same set of panels."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np

from arc_ttt.rules.language import Kind, operation, same, tried_at_once
from arc_ttt.rules.panel_series import FEWEST, following
from arc_ttt.rules.panels import panels
from arc_ttt.types import Cells

LINES = Kind("which lines of panels", ("rows", "columns"))
SETS = Kind("what has all panels of a set", ("rows", "columns", "both"))
_MOST_PANELS = 64
_Box = tuple[slice, slice]
# The share of panels that may be empty.
_MOST_EMPTY = 0.5


def _rows(cells: Cells) -> list[list[_Box]] | None:
    found = panels(cells)
    if found is None or min(len(found.boxes), len(found.boxes[0])) < 2 or len(found.flat) > _MOST_PANELS:
        return None
    return found.boxes if len({cells[b].shape for b in found.flat}) == 1 else None


@operation("panels", lines=LINES, weight=0)
def continue_panel_lines(cells: Cells, lines: str) -> Cells | None:
    """Each row (or column) of panels is a series of its own (each panel the one before turned, shifted, recoloured, or
    with more or less of the same): the empty ones at its end are filled."""
    rows = _rows(cells)
    if rows is None:
        return None
    out = cells.copy()
    for line in rows if lines == "rows" else list(map(list, zip(*rows, strict=True))):
        parts = [cells[b] for b in line]
        count = max((k for k, p in enumerate(parts, 1) if p.any()), default=0)
        if count < FEWEST and count < len(parts):
            return None
        parts = parts[:count]
        for box in line[count:]:
            plain = all(same(a, b) for a, b in pairwise(parts))
            made = parts[-1] if plain else following(parts)
            if made is None:
                return None
            out[box] = made
            parts.append(made)
    return None if (out == cells).all() else out


_Table = list[list[bytes]]


def _line(parts: _Table, i: int, j: int, down: bool) -> list[bytes]:
    return [row[j] for row in parts] if down else parts[i]


def _set(parts: _Table, down: bool, blank: bytes) -> Counter[bytes] | None:
    """The panels that each row (column) has, some of them hidden; None where they differ."""
    lines = [list(x) for x in zip(*parts, strict=True)] if down else parts
    seen: Counter[bytes] = Counter()
    for line in lines:
        seen |= Counter(p for p in line if p != blank)
    return seen if seen.total() == len(lines[0]) and len(seen) > 1 else None


def _completed(parts: _Table, full: dict[bool, Counter[bytes]], blank: bytes) -> bool:
    """Fill empty panels with the only one that their lines lack, one after the other; whether that fills all."""
    empty = [(i, j) for i, row in enumerate(parts) for j, p in enumerate(row) if p == blank]
    while empty:
        before = len(empty)
        for i, j in list(empty):
            lacking = [set(members - Counter(_line(parts, i, j, down))) for down, members in full.items()]
            options = set.intersection(*lacking)
            if len(options) == 1:
                parts[i][j] = options.pop()
                empty.remove((i, j))
        if len(empty) == before:
            return False
    return True


@operation("panels", sets=SETS, weight=0)
def fill_sets(cells: Cells, sets: str) -> Cells | None:
    """All rows (or columns, or both) of panels have the same set of panels: empty ones become what their row lacks."""
    boxes = _rows(cells)
    if boxes is None:
        return None
    parts = [[cells[b].tobytes() for b in row] for row in boxes]
    blank = np.zeros_like(cells[boxes[0][0]]).tobytes()
    count = sum(p == blank for row in parts for p in row)
    if not 0 < count <= _MOST_EMPTY * len(parts) * len(parts[0]):
        return None
    full = {}
    for down in (False, True):
        if sets in ("both", "columns" if down else "rows"):
            members = _set(parts, down, blank)
            if members is None:
                return None
            full[down] = members
    if not _completed(parts, full, blank):
        return None
    out = cells.copy()
    for box, raw in zip((b for row in boxes for b in row), (p for row in parts for p in row), strict=True):
        out[box] = np.frombuffer(raw, np.uint8).reshape(out[box].shape)
    return out


tried_at_once("continue_panel_lines", "fill_sets")
