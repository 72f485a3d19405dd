"""Grid → a small picture of which each cell becomes a letter: a thing that a single cell beside it gives its colour."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.rules.things import Thing, colours, things
from arc_ttt.types import MAX_SIDE, Cells

LETTERS = Kind("colour of letters", ("label", "own"))
_MOST_THINGS, _FEWEST_LETTERS, _MOST_APART = 12, 2, 2


def _apart(a: Thing, b: Thing) -> int:
    """The rows and the columns between two things."""
    down = max(b.top - a.bottom, a.top - b.bottom) - 1
    return max(down, 0) + max(max(b.left - a.right, a.left - b.right) - 1, 0)


def _labelled(rest: list[Thing], ink: str) -> dict[int, Thing] | None:
    """The letters, all of one size, by the colours of their labels; those that take these have one colour."""
    labels = [t for t in rest if t.size == 1]
    letters = [t for t in rest if t.size > 1]
    if len(labels) != len(letters) or len({t.cells.shape for t in letters}) > 1:
        return None
    if ink == "label" and len({tuple(colours(t.cells)) for t in letters}) > 1:
        return None
    if len({t.colour for t in labels}) < len(labels):
        return None
    found = {}
    for label in labels:
        gaps = [_apart(label, t) for t in letters]
        if min(gaps) > _MOST_APART or gaps.count(min(gaps)) > 1:
            return None
        found[label.colour] = letters[gaps.index(min(gaps))]
    return found if len({id(t) for t in found.values()}) == len(letters) else None


@operation("objects", "legend", ink=LETTERS, result=OTHER, weight=0)
def spell_labelled(cells: Cells, ink: str) -> Cells | None:
    """Each cell of a small picture becomes the thing beside which a single cell has the same colour, in this colour or
    as it is; these things have one size."""
    lumps = list(things(cells, "mixed"))
    if not 2 * _FEWEST_LETTERS < len(lumps) <= _MOST_THINGS:
        return None
    for picture in lumps:
        if picture.size < _FEWEST_LETTERS:
            continue
        table = _labelled([t for t in lumps if t is not picture], ink)
        if table is None or len(table) < _FEWEST_LETTERS or not set(colours(picture.cells)) <= set(table):
            continue
        h, w = next(iter(table.values())).cells.shape
        if max(picture.height * h, picture.width * w) > MAX_SIDE:
            continue
        out = np.zeros((picture.height * h, picture.width * w), np.uint8)
        for (r, c), colour in np.ndenumerate(picture.cells):
            if colour:
                letter = table[int(colour)].cells
                made = np.where(letter != 0, colour, np.uint8(0)) if ink == "label" else letter
                out[r * h : (r + 1) * h, c * w : (c + 1) * w] = made
        return out
    return None
