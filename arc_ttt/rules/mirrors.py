"""Operations that find the axes of a picture's symmetry, wherever they lie, and restore what is hidden."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from arc_ttt.rules.language import MARK, OTHER, operation
from arc_ttt.rules.places import within
from arc_ttt.types import Cells

# The share of cells that must have an image for an axis to be one.
LEAST_OVERLAP = 0.4


def _axis(cells: Cells, known: np.ndarray) -> int | None:
    """The sum of the numbers of two columns that mirror each other, of the axis with the most known images; None where
    no axis agrees with all known cells."""
    columns = np.arange(cells.shape[1])
    best, most = None, LEAST_OVERLAP * cells.size
    for total in range(cells.shape[1] // 2, cells.shape[1] * 3 // 2):
        here = columns[(total - columns >= 0) & (total - columns < len(columns)) & (total != 2 * columns)]
        seen = known[:, here] & known[:, total - here]
        overlap = int(seen.sum())
        if overlap > most and (cells[:, here] == cells[:, total - here])[seen].all():
            best, most = total, overlap
    return best


def _images(
    shape: tuple[int, ...], across: int | None, down: int | None, turned: bool
) -> Iterator[tuple[np.ndarray, ...]]:
    """(rows, columns) of the images of all cells."""
    rows, columns = np.indices(shape)
    if across is not None:
        yield rows, across - columns
    if down is not None:
        yield down - rows, columns
    if across is not None and down is not None:
        yield down - rows, across - columns
    if turned:
        yield columns, rows


def _restored(cells: Cells, known: np.ndarray) -> tuple[Cells, np.ndarray] | None:
    """The cells with those not known taken from their images, and which are known then; None without a symmetry."""
    across, down = _axis(cells, known), _axis(np.ascontiguousarray(cells.T), np.ascontiguousarray(known.T))
    square = cells.shape[0] == cells.shape[1]
    turned = square and bool((cells == cells.T)[known & known.T].all())
    images = list(_images(cells.shape, across, down, turned))
    out, seen = cells.copy(), known.copy()
    for _ in range(2):  # what one image has restored another may show
        for rows, columns in images:
            inside = within(cells, rows, columns)
            at = np.where(inside, rows, 0), np.where(inside, columns, 0)
            new = ~seen & inside & seen[at]
            out = np.where(new, out[at], out)
            seen = seen | new
    return (out, seen) if images else None


@operation("masked", mark=MARK, weight=4)
def mend_mirrored(cells: Cells, mark: int) -> Cells | None:
    """Cells of colour `mark` are restored from their mirror images about the axes that all other cells agree with,
    which need not lie in the middle; what has no image stays."""
    known = cells != mark
    if known.all() or known.sum() * 2 < cells.size:
        return None
    found = _restored(cells, known)
    return None if found is None or (found[0] == cells).all() else found[0]


@operation("masked", mark=MARK, result=OTHER, weight=4)
def show_mirrored(cells: Cells, mark: int) -> Cells | None:
    """What a rectangle of colour `mark` hides in a picture with such axes."""
    rows, columns = np.nonzero(cells == mark)
    if not len(rows) or 2 * len(rows) > cells.size:
        return None
    box = np.s_[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    if not (cells[box] == mark).all():
        return None
    found = _restored(cells, cells != mark)
    return found[0][box].copy() if found and found[1][box].all() else None


@operation("symmetric", "lopsided", weight=1)
def complete_mirrored(cells: Cells) -> Cells | None:
    """Empty cells take the colour of their mirror images about the axes that all coloured cells agree with."""
    known = cells != 0
    if known.sum() * 2 < cells.size or known.all():
        return None
    found = _restored(cells, known)
    return None if found is None or (found[0] == cells).all() else found[0]
