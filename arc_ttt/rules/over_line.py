"""The other side of the one straight line from border to border, which may lie aslant."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.places import within
from arc_ttt.types import COLOURS, Cells

MIRRORED = Kind("what is mirrored", ("all", "rarest", "commonest"))
# From rows and columns to those of the mirror images.
_Mirror = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
_LEAST = 3


def _over(cells: Cells, colour: int) -> _Mirror | None:
    """How places are mirrored over the line of a colour, where all its cells are one line from border to border."""
    r, c = np.nonzero(cells == colour)
    (rows, columns), many = cells.shape, len(r)
    if many < _LEAST:
        return None
    top, left, rising, falling = int(r[0]), int(c[0]), int(r[0] + c[0]), int(r[0] - c[0])
    if (r == top).all() and many == columns:
        return lambda y, x: (2 * top - y, x)
    if (c == left).all() and many == rows:
        return lambda y, x: (y, 2 * left - x)
    at, below = np.indices(cells.shape)
    if (r - c == falling).all() and many == (at - below == falling).sum():
        return lambda y, x: (x + falling, y - falling)
    if (r + c == rising).all() and many == (at + below == rising).sum():
        return lambda y, x: (rising - x, rising - y)
    return None


@operation("symmetric", "barrier", "walls", mirrored=MIRRORED, weight=0)
def mirror_over_line(cells: Cells, mirrored: str) -> Cells | None:
    """What lies on either side of the one straight line from border to border, also aslant, is mirrored onto the other
    side: all of it, or only the rarest or the commonest colour besides the line's."""
    inks = [c for c in range(1, COLOURS) if (cells == c).any()]
    lines = [(c, mirror) for c in inks if (mirror := _over(cells, c)) is not None]
    if len(lines) != 1:
        return None
    colour, mirror = lines[0]
    moved = np.where(cells == colour, np.uint8(0), cells)
    if mirrored != "all":
        counts = {c: int((cells == c).sum()) for c in inks if c != colour}
        ends = sorted(counts.values(), reverse=mirrored == "commonest")
        if len(ends) < 2 or ends[0] == ends[1]:
            return None
        moved = np.where(moved == next(c for c, n in counts.items() if n == ends[0]), moved, np.uint8(0))
    y, x = np.nonzero(moved)
    inks_there = moved[y, x]
    r, c = mirror(y, x)
    inside = within(cells, r, c)
    r, c, inks_there = r[inside], c[inside], inks_there[inside]
    free = cells[r, c] == 0
    out = cells.copy()
    out[r[free], c[free]] = inks_there[free]
    return None if (out == cells).all() else out
