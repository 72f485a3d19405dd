"""Operations on panels: split by lines, combine, choose, fill, copy."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from arc_ttt.rules.language import (
    AXIS,
    INK,
    LOGIC,
    OTHER,
    PROGRAM,
    Kind,
    Program,
    operation,
    run,
)
from arc_ttt.rules.things import (
    colours,
)
from arc_ttt.types import Cells

PICK = Kind("pick", ("most_cells", "fewest_cells", "most_colours", "odd_one", "common_one", "mirrored"))


# More rectangles between empty lines than this are no panels.
_MOST_APART = 16


class Panels(NamedTuple):
    """What separator lines divide a grid into: boxes by rows and columns, and the colour of the lines."""

    boxes: list[list[tuple[slice, slice]]]
    ink: int

    @property
    def flat(self) -> list[tuple[slice, slice]]:
        return [box for row in self.boxes for box in row]


def panels(cells: Cells) -> Panels | None:
    """The panels between full lines of one colour, else between empty ones; None without such lines.

    Where lines of several colours are full, perhaps by chance, those count that give panels of one size, then those
    off the border, then those that come first.
    """
    return _panels(cells.tobytes(), cells.shape[1]) if cells.size else None


@lru_cache(maxsize=512)
def _panels(raw: bytes, width: int) -> Panels | None:
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width)
    rows = cells[(cells == cells[:, :1]).all(axis=1), 0]
    columns = cells[0, (cells == cells[:1]).all(axis=0)]
    best, rank = None, (-1, -1)
    for ink in dict.fromkeys((*rows.tolist(), *columns.tolist())):
        full_rows, full_columns = (cells == ink).all(axis=1), (cells == ink).all(axis=0)
        boxes = [[(r, c) for c in _between(full_columns)] for r in _between(full_rows)]
        if ink and sum(map(len, boxes)) > 1:
            sizes = {cells[box].shape for row in boxes for box in row}
            inner = not any((full_rows[0], full_rows[-1], full_columns[0], full_columns[-1]))
            if (len(sizes) == 1, inner) > rank:
                best, rank = Panels(boxes, int(ink)), (len(sizes) == 1, inner)
    if best is not None and rank[0]:
        return best
    # Of lines some of which are marked the others give panels of several sizes.
    return _marked(cells) or best or _apart(cells)


# No lines are shorter than this where some of their cells are marked, and so many cells are.
_LEAST_MARKED, _MOST_MARKS = 5, 2


def _marked(cells: Cells) -> Panels | None:
    """The panels of one size between lines of which a cell or two have another colour than all others."""
    if min(cells.shape) < _LEAST_MARKED:
        return None
    for ink in np.flatnonzero(np.bincount(cells.ravel(), minlength=10)[1:] >= _LEAST_MARKED) + 1:
        has = cells == ink
        full_rows = has.sum(axis=1) >= cells.shape[1] - 1
        full_columns = has.sum(axis=0) >= cells.shape[0] - 1
        if not (full_rows.any() or full_columns.any()):
            continue
        odd = ~has & (full_rows[:, None] | full_columns[None])
        if not 0 < np.count_nonzero(odd) <= _MOST_MARKS or not cells[odd].all():
            continue
        boxes = [[(r, c) for c in _between(full_columns)] for r in _between(full_rows)]
        sizes = {cells[box].shape for row in boxes for box in row}
        if sum(map(len, boxes)) > 1 and len(sizes) == 1 and min(next(iter(sizes))) > 1:
            return Panels(boxes, int(ink))
    return None


def marks_in_lines(cells: Cells) -> list[int]:
    """The colours of the cells of lines between panels that have not the lines' colour."""
    found = panels(cells)
    if found is None or not found.ink:
        return []
    rest = cells.copy()
    for box in found.flat:
        rest[box] = found.ink
    return [int(c) for c in rest[rest != found.ink]]


def _apart(cells: Cells) -> Panels | None:
    """The coloured rectangles between empty lines, where all are of one size and none is empty."""
    empty_rows: np.ndarray = (cells == 0).all(axis=1)
    empty_columns: np.ndarray = (cells == 0).all(axis=0)
    boxes = [[(r, c) for c in _between(empty_columns)] for r in _between(empty_rows)]
    parts = [cells[box] for row in boxes for box in row]
    if not 2 <= len(parts) <= _MOST_APART or len({p.shape for p in parts}) > 1 or min(parts[0].shape) < 2:
        return None
    return Panels(boxes, 0) if all(p.any() for p in parts) else None


def _between(full: np.ndarray) -> list[slice]:
    edges = np.flatnonzero(np.concatenate([[True], full, [True]]))
    return [slice(int(a), int(b) - 1) for a, b in pairwise(edges) if b - a > 1]


def _alike(cells: Cells) -> tuple[Panels, list[Cells]] | None:
    """The panels and their cells, if all are of one size."""
    found = panels(cells)
    if found is None:
        return None
    parts = [cells[box] for box in found.flat]
    return (found, parts) if len({p.shape for p in parts}) == 1 else None


def halves(cells: Cells) -> tuple[Cells, Cells] | None:
    """The two panels of a grid with one separator line, or the two squares of a rectangle twice as long as wide."""
    found = _alike(cells)
    if found:
        return (found[1][0], found[1][1]) if len(found[1]) == 2 else None
    rows, columns = cells.shape
    if columns == 2 * rows:
        return cells[:, :rows], cells[:, rows:]
    return (cells[:columns], cells[columns:]) if rows == 2 * columns else None


def logic(word: str, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Two masks (rows, columns) combined."""
    table: dict[str, np.ndarray] = {"and": a & b, "or": a | b, "xor": a ^ b, "nor": ~(a | b), "minus": a & ~b}
    return table[word]


@operation("halves", word=LOGIC, ink=INK, result=OTHER, weight=10)
def combine_halves(cells: Cells, word: str, ink: int) -> Cells | None:
    """Where the two halves are coloured as `word` says, one colour; else empty."""
    found = halves(cells)
    if not found:
        return None
    return logic(word, found[0] != 0, found[1] != 0).astype(np.uint8) * np.uint8(ink)


@operation("halves", result=OTHER, weight=4)
def overlay_halves(cells: Cells) -> Cells | None:
    """The first half laid upon the second."""
    found = halves(cells)
    return np.where(found[0] != 0, found[0], found[1]) if found else None


@operation("panels", result=OTHER, weight=3)
def overlay_panels(cells: Cells) -> Cells | None:
    """All panels laid upon each other, the first on top."""
    found = _alike(cells)
    if not found:
        return None
    out = np.zeros_like(found[1][0])
    for part in found[1]:
        out = np.where(out == 0, part, out)
    return out


def _picked(parts: list[Cells], pick: str) -> int | None:
    """The index of the one panel that fits; None where none or several do."""
    if pick in ("odd_one", "common_one"):
        counts = Counter(p.tobytes() for p in parts).most_common()
        if len(counts) < 2 or counts[0][1] == counts[1][1] or (pick == "odd_one" and len(counts) != 2):
            return None
        wanted = counts[-1 if pick == "odd_one" else 0][0]
        return next(i for i, p in enumerate(parts) if p.tobytes() == wanted)
    if pick == "mirrored":
        fits = [i for i, p in enumerate(parts) if (p == p[:, ::-1]).all()]
    else:
        values = [len(colours(p)) if pick == "most_colours" else int(np.count_nonzero(p)) for p in parts]
        best = min(values) if pick == "fewest_cells" else max(values)
        fits = [i for i, v in enumerate(values) if v == best]
    return fits[0] if len(fits) == 1 else None


@operation("panels", pick=PICK, result=OTHER, weight=8)
def pick_panel(cells: Cells, pick: str) -> Cells | None:
    """The one panel that fits."""
    found = _alike(cells)
    which = _picked(found[1], pick) if found else None
    return None if found is None or which is None else found[1][which].copy()


@operation("panels", pick=PICK, ink=INK, weight=4)
def fill_panel(cells: Cells, pick: str, ink: int) -> Cells | None:
    """The empty cells of the one panel that fits take one colour."""
    found = _alike(cells)
    which = _picked(found[1], pick) if found else None
    if found is None or which is None:
        return None
    out = cells.copy()
    part = out[found[0].flat[which]]
    part[part == 0] = ink
    return out


@operation("panels", pick=PICK, weight=3)
def keep_panel(cells: Cells, pick: str) -> Cells | None:
    """All panels but the one that fits become empty; the lines stay."""
    found = _alike(cells)
    which = _picked(found[1], pick) if found else None
    if found is None or which is None:
        return None
    out = cells.copy()
    for i, box in enumerate(found[0].flat):
        if i != which:
            out[box] = 0
    return out


@operation("panels", ink=INK, result=OTHER, weight=4)
def map_panels(cells: Cells, ink: int) -> Cells | None:
    """One cell for each panel, coloured where the panel is not empty."""
    found = panels(cells)
    if found is None:
        return None
    return np.array([[ink if cells[box].any() else 0 for box in row] for row in found.boxes], np.uint8)


@operation("panels", result=OTHER, weight=3)
def summarise_panels(cells: Cells) -> Cells | None:
    """One cell for each panel, of the panel's most common colour (0 if empty); no ties."""
    found = panels(cells)
    if found is None:
        return None
    out = np.zeros((len(found.boxes), len(found.boxes[0])), np.uint8)
    for r, row in enumerate(found.boxes):
        for c, box in enumerate(row):
            counts = np.bincount(cells[box].ravel(), minlength=10)[1:]
            if counts.max() and (counts == counts.max()).sum() > 1:
                return None
            out[r, c] = counts.argmax() + 1 if counts.max() else 0
    return out


@operation("panels", weight=3)
def fill_panels(cells: Cells) -> Cells | None:
    """Every panel is filled with its one colour; empty ones stay empty."""
    found = panels(cells)
    if found is None:
        return None
    out = cells.copy()
    for box in found.flat:
        present = colours(cells[box])
        if len(present) > 1:
            return None
        out[box] = present[0] if present else 0
    return out


@operation("panels", ink=INK, other=INK, weight=1.5)
def checker_panels(cells: Cells, ink: int, other: int) -> Cells | None:
    """Empty panels take one of two colours, like a chessboard's fields."""
    found = panels(cells)
    if found is None or ink == other:
        return None
    out = cells.copy()
    for r, row in enumerate(found.boxes):
        for c, box in enumerate(row):
            if not cells[box].any():
                out[box] = other if (r + c) % 2 else ink
    return out


@operation("panels", weight=8)
def spread_panel(cells: Cells) -> Cells | None:
    """What is in the one panel that is not empty is copied into all others."""
    found = _alike(cells)
    full = [p for p in found[1] if p.any()] if found else []
    if found is None or len(full) != 1:
        return None
    out = cells.copy()
    for box in found[0].flat:
        out[box] = full[0]
    return out


@operation("panels", axis=AXIS, weight=4)
def spread_along(cells: Cells, axis: str) -> Cells | None:
    """In each row (horizontal) or column of panels the one that is not empty is copied into the empty ones."""
    found = _alike(cells)
    if found is None:
        return None
    out = cells.copy()
    groups = found[0].boxes if axis == "horizontal" else [list(g) for g in zip(*found[0].boxes, strict=True)]
    for group in groups:
        full = [b for b in group if cells[b].any()]
        if len(full) == 1:
            for box in group:
                out[box] = cells[full[0]]
    return out


@operation("panels", result=OTHER)
def drop_lines(cells: Cells) -> Cells | None:
    """The panels without the lines between them."""
    found = panels(cells)
    if found is None:
        return None
    return np.concatenate([np.concatenate([cells[b] for b in row], axis=1) for row in found.boxes])


@operation("panels", program=PROGRAM, weight=4)
def change_panels(cells: Cells, program: Program) -> Cells | None:
    """Run a program that keeps the size in every panel."""
    found = panels(cells)
    if found is None:
        return None
    out = cells.copy()
    for box in found.flat:
        new = run(program, np.ascontiguousarray(cells[box]))
        if new is None or new.shape != cells[box].shape:
            return None
        out[box] = new
    return out
