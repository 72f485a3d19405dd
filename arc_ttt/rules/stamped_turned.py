"""The one large thing is copied onto single cells, each time turned the way that lies to the nearest border, or away
from the thing itself."""

from __future__ import annotations

from itertools import product

import numpy as np

from arc_ttt.rules.language import DIRECTION, OTHER, Kind, operation
from arc_ttt.rules.things import Thing, paste, things
from arc_ttt.types import Cells

# Whereto a copy turns what it has on the side that faces.
WHERETO = Kind("way that copies are turned", ("border", "away"))
# Which cell of the copy lies on the single cell: the middle of its front line, its middle, that of its back line.
ANCHOR = Kind("cell of a copy that lies on the mark", ("front", "middle", "back"))
COPY_INK = Kind("ink of a copy", ("mark", "own"))
_ORDER = ("up", "left", "down", "right")  # a quarter turn to the left from each to the next
_MOST_MARKS = 12


def _split(cells: Cells) -> tuple[Thing, list[Thing]] | None:
    """The one thing of several cells, and the single cells."""
    group = things(cells, "mixed")
    large, marks = [t for t in group if t.size > 1], [t for t in group if t.size == 1]
    return (large[0], marks) if len(large) == 1 and 1 <= len(marks) <= _MOST_MARKS else None


def _way(cells: Cells, figure: Thing, mark: Thing, whereto: str) -> str | None:
    """The direction of a copy; None where two are as good."""
    r, c = mark.top, mark.left
    if whereto == "border":
        away = {"up": r, "left": c, "down": cells.shape[0] - 1 - r, "right": cells.shape[1] - 1 - c}
    else:
        away = {
            "up": r - figure.top, "left": c - figure.left, "down": figure.bottom - r, "right": figure.right - c,
        }  # fmt: skip
        if min(away.values()) >= 0:
            return None
    best = min(away.values())
    found = [way for way, n in away.items() if n == best]
    return found[0] if len(found) == 1 else None


@operation("markers", "single", facing=DIRECTION, whereto=WHERETO, anchor=ANCHOR, ink=COPY_INK, weight=0)
def stamp_turned(cells: Cells, facing: str, whereto: str, anchor: str, ink: str) -> Cells | None:
    """The one large thing is copied onto each single cell, turned so that one side of it faces the nearest border (or
    away from the thing), perhaps in the colour of that cell."""
    split = _split(cells)
    if split is None:
        return None
    figure, marks = split
    # As it would look facing upwards.
    upright = np.rot90(figure.cells, -_ORDER.index(facing))
    height, width = upright.shape
    out = cells.copy()
    for mark in marks:
        way = _way(cells, figure, mark, whereto)
        if way is None or not width % 2 or (anchor == "middle" and not height % 2):
            return None
        at = np.zeros(upright.shape, np.uint8)
        at[{"front": 0, "middle": height // 2, "back": height - 1}[anchor], width // 2] = 1
        turns = _ORDER.index(way)
        image, ((row, column),) = np.rot90(upright, turns), np.argwhere(np.rot90(at, turns)).tolist()
        if ink == "mark":
            image = np.where(image != 0, mark.cells[0, 0], np.uint8(0))
        paste(out, image, mark.top - row, mark.left - column)
    return None if (out == cells).all() else out


PLACED_AT = Kind("where the marks of pieces meet", ("in", "out"))


@operation("objects", "shapes", meet=PLACED_AT, result=OTHER, weight=0)
def assemble_marked(cells: Cells, meet: str) -> Cells | None:
    """Four things of one size, each with one cell of the rarest colour in a corner, become one, so that these cells
    meet in its middle (or come to lie in its corners)."""
    group = things(cells, "mixed")
    if len(group) != 4 or len({t.cells.shape for t in group}) > 1 or max(group[0].cells.shape) > 15:
        return None
    height, width = group[0].cells.shape
    out = np.zeros((2 * height, 2 * width), np.uint8)
    for colour in np.flatnonzero(np.bincount(cells.ravel(), minlength=10) == 4).tolist():
        found = {}
        for t, (r, c) in product(group, ((0, 0), (0, -1), (-1, 0), (-1, -1))):
            if t.cells[r, c] == colour:
                found[(r == 0) == (meet == "in"), (c == 0) == (meet == "in")] = t
        if colour and len(found) == 4 and len({id(t) for t in found.values()}) == 4:
            for (low, right), t in found.items():
                paste(out, t.cells, height * low, width * right)
            return out
    return None
