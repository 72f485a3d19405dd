"""The largest thing has images in the other quarters of the grid, where single cells give their colours."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import Cells

# How the images come about, and whether the cells that give the colours stay or are painted over.
IMAGED = Kind("images in the quarters", ("mirrored", "turned", "moved"))
_MOST_MARKS = 4


def _marks(cells: Cells) -> tuple[Thing, Cells] | None:
    """The largest thing, and the grid without it; None where other things have several cells of a colour."""
    group = sorted(things(cells, "side"), key=lambda t: -t.size)
    if not 2 <= len(group) <= 60:
        return None
    colour = group[0].colour
    marks = [t for t in group if t.colour != colour]
    if not 1 <= len(marks) <= _MOST_MARKS or any(t.size > 1 for t in marks):
        return None
    rest = np.where(cells == colour, np.uint8(0), cells)
    return Thing(0, 0, np.where(cells == colour, cells, np.uint8(0))), rest


def _quarters(shape: tuple[int, ...]) -> list[tuple[slice, slice]]:
    """The quarters of the grid in the order of the clock; a middle row or column belongs to both sides."""
    rows, columns = shape
    up, down = slice(0, (rows + 1) // 2), slice(rows // 2, rows)
    left, right = slice(0, (columns + 1) // 2), slice(columns // 2, columns)
    return [(up, left), (up, right), (down, right), (down, left)]


_IMAGES: dict[str, Callable[[Cells, int, int], Cells]] = {
    "mirrored": lambda c, a, b: c[:: 1 if (a < 2) == (b < 2) else -1, :: 1 if (a in (0, 3)) == (b in (0, 3)) else -1],
    "turned": lambda c, a, b: np.rot90(c, a - b),
    "moved": lambda c, a, b: c,
}


@operation("few", "symmetric", "markers", imaged=IMAGED, weight=0)
def image_at_marks(cells: Cells, imaged: str) -> Cells | None:
    """What lies in one quarter of the grid appears in the others, mirrored, turned or as it is, where a single cell of
    another colour lies, and takes that colour."""
    split = _marks(cells)
    if split is None:
        return None
    figure, rest = split[0].cells, split[1]
    boxes = _quarters(cells.shape)
    full = [k for k, box in enumerate(boxes) if figure[box].any()]
    size = [int(np.count_nonzero(figure[box])) for box in boxes]
    own = size.index(max(size))
    if size[own] < np.count_nonzero(figure) or len(full) > 2:
        return None
    shown, out = figure[boxes[own]] != 0, cells.copy()
    for k, box in enumerate(boxes):
        inks = np.unique(rest[box][rest[box] != 0])
        if len(inks) > 1:
            return None
        image = _IMAGES[imaged](shown, own, k)
        if image.shape != out[box].shape:
            return None
        if len(inks) == 1:
            np.copyto(out[box], inks[0], where=image)
    return None if (out == cells).all() else out
