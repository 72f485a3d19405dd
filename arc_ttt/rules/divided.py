"""What a grid without lines divides into: sections of one ground colour each, halves, thirds, quarters, and cells that
one colour rings."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from arc_ttt.rules.things import Thing
from arc_ttt.types import COLOURS, Cells

MOST_SECTIONS, _LEAST_SECTION, _LEAST_SIDE = 9, 2, 4


def sections(cells: Cells) -> tuple[Thing, ...]:
    """What the grid is divided into, side by side or one below the other, so that each has one colour for most of its
    cells, unlike its neighbours; none where it is not."""
    if min(cells.shape) < _LEAST_SECTION:
        return ()
    for below in (False, True):
        lines = cells if below else cells.T
        counts = np.stack([(lines == c).sum(axis=1) for c in range(COLOURS)])
        if (2 * counts.max(axis=0) <= lines.shape[1]).any():
            continue
        inks = counts.argmax(axis=0)
        edges = [0, *(np.flatnonzero(inks[1:] != inks[:-1]) + 1).tolist(), len(lines)]
        if not 3 <= len(edges) <= MOST_SECTIONS + 1 or min(b - a for a, b in pairwise(edges)) < _LEAST_SECTION:
            continue
        parts = [(a, 0, cells[a:b]) if below else (0, a, cells[:, a:b]) for a, b in pairwise(edges)]
        return tuple(Thing(top, left, np.ascontiguousarray(part)) for top, left, part in parts)
    return ()


def quarters(cells: Cells) -> tuple[Thing, ...]:
    """The four quarters of a grid with even sides."""
    rows, columns = cells.shape
    if rows % 2 or columns % 2 or min(rows, columns) < _LEAST_SIDE:
        return ()
    high, wide = rows // 2, columns // 2
    return tuple(
        Thing(r, c, np.ascontiguousarray(cells[r : r + high, c : c + wide])) for r in (0, high) for c in (0, wide)
    )


def _bands(cells: Cells, n: int, below: bool) -> tuple[Thing, ...]:
    """`n` equal parts of the grid, one below the other or side by side; of halves a middle line is in none."""
    lines = cells if below else cells.T
    side = len(lines)
    if side < 2 * n or (side % n and n > 2):
        return ()
    first, step = side // n, side - (n - 1) * (side // n)
    found = []
    for k in range(n):
        at = k * step
        part = np.ascontiguousarray(lines[at : at + first] if below else lines[at : at + first].T)
        found.append(Thing(at if below else 0, 0 if below else at, part))
    return tuple(found)


def tiers(cells: Cells) -> tuple[Thing, ...]:
    """The upper and the lower half of the grid."""
    return _bands(cells, 2, True)


def flanks(cells: Cells) -> tuple[Thing, ...]:
    """The left and the right half of the grid."""
    return _bands(cells, 2, False)


def thirds(cells: Cells) -> tuple[Thing, ...]:
    """The thirds of the grid along its longer side."""
    rows, columns = cells.shape
    return () if rows == columns else _bands(cells, 3, rows > columns)


def _ringed(cells: Cells) -> list[tuple[int, int]]:
    """The upper left corners of squares of three by three cells of which all but the middle one have one colour."""
    if min(cells.shape) < 3:
        return []
    inner = cells[1:-1, 1:-1]
    first = cells[:-2, :-2]
    found: np.ndarray = (inner != 0) & (first != 0) & (inner != first)
    rows, columns = inner.shape
    for r in range(3):
        for c in range(3):
            if (r, c) != (1, 1):
                found &= cells[r : r + rows, c : c + columns] == first
    return [(int(r), int(c)) for r, c in np.argwhere(found)]


def ringed(cells: Cells) -> tuple[Thing, ...]:
    """The squares of three by three cells of which all but the middle one have one colour."""
    return tuple(Thing(r, c, np.ascontiguousarray(cells[r : r + 3, c : c + 3])) for r, c in _ringed(cells))


def centres(cells: Cells) -> tuple[Thing, ...]:
    """The middle cells of these squares."""
    return tuple(Thing(r + 1, c + 1, cells[r + 1 : r + 2, c + 1 : c + 2].copy()) for r, c in _ringed(cells))


DIVIDED = {
    "sections": sections,
    "tiers": tiers,
    "flanks": flanks,
    "thirds": thirds,
    "quarters": quarters,
    "ringed": ringed,
    "centres": centres,
}
