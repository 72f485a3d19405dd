"""Panels in rows and columns: they agree, or what is true of the others tells what the empty ones show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.blocks import IMAGES
from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.rules.panels import Panels, panels
from arc_ttt.types import Cells

GROUP = Kind("panels that agree", ("rows", "columns", "all"))
_MOST_PANELS = 36
_TURNS = tuple(IMAGES.values())


def _both(a: Cells, b: Cells, word: str) -> Cells:
    """Two panels laid upon each other, or what only one of them, or each, has."""
    on = {"over": (a != 0) | (b != 0), "one": (a != 0) ^ (b != 0), "and": (a != 0) & (b != 0)}[word]
    out: Cells = np.where(on, np.where(a != 0, a, b), np.uint8(0))
    return out


def _table(cells: Cells) -> tuple[Panels, list[list[Cells]]] | None:
    """The panels and what they show, where they are of one size."""
    found = panels(cells)
    if found is None or not 3 < len(found.flat) <= _MOST_PANELS or len({cells[b].shape for b in found.flat}) > 1:
        return None
    return found, [[cells[box] for box in row] for row in found.boxes]


@operation("panels", group=GROUP, weight=0)
def agree_panels(cells: Cells, group: str) -> Cells | None:
    """All panels (of a row, of a column) show the same: each cell takes the colour that most of them have there."""
    table = _table(cells)
    if table is None:
        return None
    boxes = table[0].boxes
    groups = boxes if group == "rows" else list(map(list, zip(*boxes, strict=True)))
    out = cells.copy()
    for members in [table[0].flat] if group == "all" else groups:
        stack = np.stack([cells[b] for b in members])
        if len(stack) < 3:
            return None
        counts = np.stack([(stack == c).sum(axis=0) for c in range(10)])
        if (2 * counts.max(axis=0) <= len(stack)).any():
            return None
        for box in members:
            out[box] = counts.argmax(axis=0)
    return None if (out == cells).all() else out


def _recoloured(pairs: Sequence[tuple[Cells, Cells]], last: Cells) -> Cells | None:
    """The last panel, its colours changed as from the first to the second panel of each pair; None where that is no
    rule."""
    table: dict[int, int] = {0: 0}
    for a, b in pairs:
        if a.shape != b.shape:
            return None
        for old, new in set(zip(a.ravel().tolist(), b.ravel().tolist(), strict=True)):
            if table.setdefault(old, new) != new:
                return None
    changed = any(old != new for old, new in table.items())
    if changed and not all(c in table for c in np.unique(last).tolist()):
        return None
    # Where nothing changes but the pose, colours that are seen nowhere else stay as well.
    out: Cells = np.array([table.get(c, c) for c in range(10)], np.uint8)[last]
    return out


def _told(rows: Sequence[Sequence[Cells]], i: int, j: int) -> Iterator[Cells]:
    """What the panel in row `i` and column `j` may show: the columns change each into the other, or two of them are
    laid upon each other, in all other rows alike."""
    full = [r for k, r in enumerate(rows) if k != i and r[j].any()]
    others = [k for k in range(len(rows[0])) if k != j and rows[i][k].any() and all(r[k].any() for r in full)]
    if not full:
        return
    for turn in _TURNS:
        for k in others:
            made = _recoloured([(turn(r[k]), r[j]) for r in full], turn(rows[i][k]))
            if made is not None and made.shape == rows[i][j].shape:
                yield made
    for a in others:
        for b in others:
            for word in ("over", "one", "and") if a != b else ():
                if all((_both(r[a], r[b], word) == r[j]).all() for r in full):
                    yield _both(rows[i][a], rows[i][b], word)


def _completed(cells: Cells) -> tuple[Cells, list[tuple[slice, slice]]] | None:
    """The grid with all empty panels (or those under one colour) filled, and these."""
    table = _table(cells)
    if table is None:
        return None
    found, rows = table
    empty = [(i, j) for i, row in enumerate(rows) for j, p in enumerate(row) if not p.any()]
    if not empty:
        empty = [(i, j) for i, row in enumerate(rows) for j, p in enumerate(row) if (p == p[0, 0]).all()]
        inks = {int(rows[i][j][0, 0]) for i, j in empty}
        # Several are covered where their colour is nowhere else.
        if len(inks) != 1 or (len(empty) > 1 and np.count_nonzero(cells == inks.pop()) > len(empty) * rows[0][0].size):
            return None
        for i, j in empty:
            rows[i][j] = np.zeros_like(rows[0][0])
    if not 0 < len(empty) <= len(found.flat) // 2:
        return None
    columns = [list(c) for c in zip(*rows, strict=True)]
    out = cells.copy()
    for i, j in empty:
        made = next(_told(rows, i, j), None)
        if made is None:
            made = next(_told(columns, j, i), None)
        if made is None:
            return None
        out[found.boxes[i][j]] = made
    return out, [found.boxes[i][j] for i, j in empty]


@operation("panels", weight=0)
def fill_table_gap(cells: Cells) -> Cells | None:
    """Panels in rows and columns: an empty one becomes what the others tell, since in all rows (columns) one panel
    becomes another in the same way, by other colours, turned or mirrored, or two of them make a third."""
    found = _completed(cells)
    return found[0] if found else None


@operation("panels", result=OTHER, weight=0)
def show_table_gap(cells: Cells) -> Cells | None:
    """Of panels in rows and columns only what the one empty one becomes, since in all rows (columns) one panel becomes
    another in the same way, by other colours, turned or mirrored, or two of them make a third."""
    found = _completed(cells)
    return found[0][found[1][0]].copy() if found and len(found[1]) == 1 else None


CROSSED = Kind("how panels are crossed", ("row", "column", "over", "and", "one"))


@operation("panels", how=CROSSED, weight=0)
def cross_panels(cells: Cells, how: str) -> Cells | None:
    """Of panels in rows and columns the first ones are given: each other one, which is empty, becomes what begins its
    row in the colour of what begins its column, or the other way round, or what both, either or one of them have."""
    table = _table(cells)
    if table is None:
        return None
    boxes, rows = table[0].boxes, table[1]
    if len(rows) < 2 or len(rows[0]) < 2 or any(p.any() for row in rows[1:] for p in row[1:]):
        return None
    out = cells.copy()
    for i, row in enumerate(rows[1:], 1):
        for j, top in enumerate(rows[0][1:], 1):
            shape, other = (row[0], top) if how != "column" else (top, row[0])
            if how in ("row", "column"):
                inks = np.bincount(other[other != 0], minlength=10)
                if np.count_nonzero(inks) != 1:
                    return None
                out[boxes[i][j]] = (shape != 0) * np.uint8(inks.argmax())
            else:
                out[boxes[i][j]] = _both(shape, other, how)
    return None if (out == cells).all() else out


WAY = Kind("interleaved", ("along", "across"))


@operation("panels", "halves", way=WAY, result=OTHER, weight=0)
def interleave(cells: Cells, way: str) -> Cells | None:
    """The panels (or halves) of a row or column become one, their lines in turn: those across the row (along), or those
    that run with it."""
    found = panels(cells)
    if found is not None:
        parts = [cells[b] for b in found.flat]
        beside = len(found.boxes) == 1
        if len({p.shape for p in parts}) > 1 or (not beside and len(found.boxes[0]) > 1):
            return None
    else:
        rows, columns = cells.shape
        beside = columns >= rows
        if (columns if beside else rows) % 2:
            return None
        parts = np.split(cells, 2, axis=int(beside))
    # Stacked as a new axis behind that of the lines.
    axis = 1 if beside == (way == "along") else 0
    stack = np.stack(parts, axis=axis + 1)
    height, width = parts[0].shape
    return stack.reshape((height, -1) if axis else (-1, width))
