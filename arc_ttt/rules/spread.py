"""Operations that spread from cells: growth, flooding, cleaning, rings."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import (
    INK,
    MARK,
    operation,
)
from arc_ttt.rules.things import (
    enclosed,
    grown,
    reached,
    things,
)
from arc_ttt.types import Cells

# --- growing and flooding ---


@operation("cells", "few", "objects")
def grow(cells: Cells) -> Cells:
    """Empty cells beside a coloured one take its colour; of several the one above, left, right, below wins."""
    around = np.pad(cells, 1)
    out = cells
    for part in (around[:-2, 1:-1], around[1:-1, :-2], around[1:-1, 2:], around[2:, 1:-1]):
        out = np.where(out == 0, part, out)
    return out


@operation("noisy", weight=6)
def drop_lonely(cells: Cells) -> Cells:
    """Coloured cells without a neighbour of their colour, also by a corner, vanish."""
    return np.where(_alike(cells) == 0, np.uint8(0), cells)


@operation("noisy", weight=6)
def mend_lonely(cells: Cells) -> Cells:
    """Cells without a neighbour of their colour take the colour that most of their eight neighbours have."""
    around = np.pad(cells, 1, constant_values=10)
    out = cells.copy()
    for r, c in np.argwhere(_alike(cells) == 0):
        seen = np.bincount(around[r : r + 3, c : c + 3].ravel(), minlength=11)[:10]
        seen[cells[r, c]] = 0
        out[r, c] = seen.argmax()
    return out


def _alike(cells: Cells) -> np.ndarray:
    """(rows, columns): how many of the eight neighbours have the same colour."""
    around = np.pad(cells, 1, constant_values=10)
    count = np.full(cells.shape, -1)
    for r in range(3):
        for c in range(3):
            count += around[r : r + cells.shape[0], c : c + cells.shape[1]] == cells
    return count


@operation("enclosed", "walls", weight=4)
def flood(cells: Cells) -> Cells | None:
    """Every single cell floods the empty region around it with its colour; no region has two."""
    spots = [t for t in things(cells, "side") if t.size == 1]
    if not 1 <= len(spots) <= 40:
        return None
    out = cells.copy()
    for t in spots:
        start = np.zeros(cells.shape, bool)
        start[t.top, t.left] = True
        region = reached((cells == 0) | start, start)
        if (out[region] != cells[region]).any():
            return None
        out[region] = t.colour
    return out


@operation("enclosed", "walls", mark=MARK, weight=4)
def flood_from(cells: Cells, mark: int) -> Cells | None:
    """Cells of colour `mark` flood the empty regions that they touch."""
    start = cells == mark
    if not start.any():
        return None
    out = cells.copy()
    out[reached((cells == 0) | start, start)] = mark
    return out


@operation("clearings", ink=INK, weight=8)
def paint_clearings(cells: Cells, ink: int) -> Cells:
    """Empty squares of three by three cells, and whatever they add up to, take one colour."""
    rows, columns = cells.shape
    out = cells.copy()
    for r in range(rows - 2):
        for c in range(columns - 2):
            if not cells[r : r + 3, c : c + 3].any():
                out[r : r + 3, c : c + 3] = ink
    return out


# --- rings ---


def _rings(shape: tuple[int, ...]) -> np.ndarray:
    """(rows, columns): how far each cell is from the border of its rectangle."""
    r, c = np.arange(shape[0]), np.arange(shape[1])
    rings: np.ndarray = np.minimum.outer(np.minimum(r, r[::-1]), np.minimum(c, c[::-1]))
    return rings


@operation("rings", "nested", weight=6)
def reverse_rings(cells: Cells) -> Cells | None:
    """In a grid of concentric rings, each of one colour, the order of the distinct colours is reversed."""
    rings = _rings(cells.shape)
    line = [int(cells[i, i]) for i in range(int(rings.max()) + 1)]
    if (np.array(line, np.uint8)[rings] != cells).any():
        return None
    order = list(dict.fromkeys(line))
    image = dict(zip(order, reversed(order), strict=True))
    out: Cells = np.array([image[c] for c in line], np.uint8)[rings]
    return out


@operation("blocks", ink=INK, weight=4)
def ring_things(cells: Cells, ink: int) -> Cells | None:
    """In each full rectangle every second ring, from the second on, takes one colour."""
    out = cells.copy()
    for t in things(cells, "side"):
        if t.size == t.height * t.width:
            out[t.box][_rings(t.cells.shape) % 2 == 1] = ink
    return out


@operation("few", mark=MARK, ink=INK, weight=6)
def ring_around(cells: Cells, mark: int, ink: int) -> Cells | None:
    """Around the one cell of colour `mark` concentric square rings, alternating between it and another colour."""
    where = np.argwhere(cells == mark)
    if len(where) != 1:
        return None
    (r, c) = where[0]
    away = np.maximum.outer(abs(np.arange(cells.shape[0]) - r), abs(np.arange(cells.shape[1]) - c))
    out = np.where(away % 2 == 0, np.uint8(mark), np.uint8(ink))
    return np.where((cells == 0) | (cells == mark), out, cells)


@operation("few", weight=4)
def halo(cells: Cells) -> Cells | None:
    """The one single cell is surrounded by square rings of its colour, every second one left empty."""
    spots = np.argwhere(cells)
    if len(spots) != 1:
        return None
    (r, c) = spots[0]
    away = np.maximum.outer(abs(np.arange(cells.shape[0]) - r), abs(np.arange(cells.shape[1]) - c))
    return np.where(away % 2 == 0, cells.max(), np.uint8(0))


@operation("enclosed", "nested", ink=INK, other=INK, weight=4)
def paint_enclosed_layers(cells: Cells, ink: int, other: int) -> Cells | None:
    """Enclosed cells take one colour next to their wall, sides and corners, another further in."""
    region = enclosed(cells)
    if ink == other or not region.any():
        return None
    outer = grown(~region)
    if (region & ~outer).sum() == 0:
        return None
    return np.where(region, np.where(outer, np.uint8(ink), np.uint8(other)), cells)
