"""Operations that only change colours, or count them: replace, swap, keep, stripe, measure."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import (
    AXIS,
    INK,
    MARK,
    OTHER,
    operation,
)
from arc_ttt.rules.things import (
    colours,
)
from arc_ttt.rules.whole import ABUNDANCE, along, by_abundance
from arc_ttt.types import MAX_SIDE, Cells


@operation("any", "noise", "pattern", "blocks", mark=MARK, ink=INK)
def replace(cells: Cells, mark: int, ink: int) -> Cells:
    """One colour becomes another."""
    return np.where(cells == mark, np.uint8(ink), cells)


@operation("noise", "pattern", "objects", "stripes", mark=MARK, other=MARK, weight=1.5)
def swap(cells: Cells, mark: int, other: int) -> Cells:
    """Two colours change places."""
    table = np.arange(10, dtype=np.uint8)
    table[[mark, other]] = other, mark
    return table[cells]


@operation("any", mark=MARK, weight=0.7)
def keep_colour(cells: Cells, mark: int) -> Cells:
    """Only cells of one colour stay."""
    return np.where(cells == mark, cells, np.uint8(0))


@operation("any", "markers", mark=MARK, weight=0.7)
def erase_colour(cells: Cells, mark: int) -> Cells:
    """Cells of one colour become background."""
    return np.where(cells == mark, np.uint8(0), cells)


@operation("small", "two", weight=1.0)
def negative(cells: Cells) -> Cells | None:
    """In a grid of one colour, it and the background change places."""
    present = colours(cells)
    return np.where(cells == 0, np.uint8(present[0]), np.uint8(0)) if len(present) == 1 else None


@operation("noise", "blocks", "objects", abundance=ABUNDANCE, weight=2)
def keep_by_abundance(cells: Cells, abundance: str) -> Cells | None:
    """Only cells of the most (least) common colour stay."""
    which = by_abundance(cells, abundance)
    return None if which is None else np.where(cells == which, cells, np.uint8(0))


@operation("noise", "blocks", "objects", abundance=ABUNDANCE, weight=0)
def clear_by_abundance(cells: Cells, abundance: str) -> Cells | None:
    """Cells of the most (least) common of several colours vanish."""
    which = by_abundance(cells, abundance)
    return None if which is None else np.where(cells == which, np.uint8(0), cells)


@operation("blocks", "objects", "shapes", ink=INK, weight=0)
def paint_coloured(cells: Cells, ink: int) -> Cells | None:
    """All coloured cells take one colour."""
    return np.where(cells != 0, np.uint8(ink), cells) if cells.any() else None


@operation("noise", "blocks", "objects", abundance=ABUNDANCE, ink=INK, weight=2)
def paint_by_abundance(cells: Cells, abundance: str, ink: int) -> Cells | None:
    """Cells of the most (least) common colour take another one."""
    which = by_abundance(cells, abundance)
    return None if which is None else np.where(cells == which, np.uint8(ink), cells)


@operation("noise", "blocks", "objects", "spotted", abundance=ABUNDANCE, weight=1.5)
def paint_all_by_abundance(cells: Cells, abundance: str) -> Cells | None:
    """All coloured cells take the most (least) common colour."""
    which = by_abundance(cells, abundance)
    return None if which is None else np.where(cells != 0, np.uint8(which), np.uint8(0))


@operation("blocks", "single", "objects", ink=INK, axis=AXIS, weight=1.5)
def stripe(cells: Cells, ink: int, axis: str) -> Cells:
    """Coloured cells in every second row (horizontal) or column, from the second on, take one colour."""
    out = along(cells, axis).copy()
    out[1::2][out[1::2] != 0] = ink
    return along(out, axis)


@operation("blocks", "single", "objects", ink=INK, weight=1.5)
def checker(cells: Cells, ink: int) -> Cells:
    """Coloured cells whose row and column add up to an odd number take one colour."""
    odd = (np.add.outer(np.arange(cells.shape[0]), np.arange(cells.shape[1])) % 2).astype(bool)
    return np.where(odd & (cells != 0), np.uint8(ink), cells)


@operation("bars", "stripes", ink=INK, axis=AXIS)
def paint_full_lines(cells: Cells, ink: int, axis: str) -> Cells | None:
    """Rows (horizontal) or columns of a single colour take one colour; all others become empty."""
    lines = along(cells, axis)
    uniform = (lines == lines[:, :1]).all(axis=1)
    return along(np.where(uniform[:, None], np.uint8(ink), np.uint8(0)) * np.ones_like(lines), axis)


@operation("noise", "noisy", "stripes", axis=AXIS, weight=2)
def paint_by_majority(cells: Cells, axis: str) -> Cells | None:
    """Every row (horizontal) or column takes the one colour that it has most of, the background included."""
    lines = along(cells, axis)
    counts = np.stack([(lines == c).sum(axis=1) for c in range(10)], axis=1)
    if ((counts == counts.max(axis=1, keepdims=True)).sum(axis=1) > 1).any():
        return None
    return along(np.repeat(counts.argmax(axis=1).astype(np.uint8)[:, None], lines.shape[1], axis=1), axis)


@operation("noise", "blocks", axis=AXIS, result=OTHER, weight=2)
def histogram(cells: Cells, axis: str) -> Cells | None:
    """One bar for each colour, as long as it has cells, the longest first; rows (horizontal) or columns."""
    counts = sorted(((n, -c) for c, n in enumerate(np.bincount(cells.ravel(), minlength=10)) if c and n), reverse=True)
    if len(counts) < 2 or counts[0][0] > MAX_SIDE or len({n for n, _ in counts}) != len(counts):
        return None
    out = np.zeros((len(counts), int(counts[0][0])), np.uint8)
    for row, (n, c) in zip(out, counts, strict=True):
        row[:n] = -c
    return along(out, axis)


@operation("noise", "blocks", "spotted", abundance=ABUNDANCE, result=OTHER)
def name_colour(cells: Cells, abundance: str) -> Cells | None:
    """One cell of the most (least) common colour."""
    which = by_abundance(cells, abundance)
    return None if which is None else np.array([[which]], np.uint8)
