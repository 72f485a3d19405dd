"""Two parts of a grid of one size: what one of them shows where the other lets it through."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation, tried_at_once
from arc_ttt.rules.learned_layers import layers
from arc_ttt.rules.things import things
from arc_ttt.rules.whole import bounding_box
from arc_ttt.types import Cells

PARTED = Kind("two parts", ("panels", "across2", "down2", "things"))
MASK = Kind("part that is a mask", ("first", "last"))
LETS = Kind("where it lets through", ("coloured", "empty"))
EXTENT = Kind("what is kept", ("whole", "cut"))
# Things that are looked at for two of one size, at most.
_MOST_THINGS = 6


def _two(cells: Cells, parted: str) -> tuple[Cells, Cells] | None:
    """The two parts in reading order; of things those that alone are of one size, the one with fewer colours first."""
    if parted != "things":
        parts = layers(cells, parted)
        return (parts[0], parts[1]) if parts is not None and len(parts) == 2 else None
    group = things(cells, "mixed")
    if not 2 <= len(group) <= _MOST_THINGS:
        return None
    pairs = [
        (a.cells, b.cells)
        for i, a in enumerate(group)
        for b in group[i + 1 :]
        if a.cells.shape == b.cells.shape and min(a.cells.shape) > 1
    ]
    if len(pairs) != 1:
        return None
    (one, other) = pairs[0]
    counts = [len(np.unique(p[p != 0])) for p in (one, other)]
    return None if counts[0] == counts[1] else (one, other) if counts[0] < counts[1] else (other, one)


@operation("panels", "small", parted=PARTED, mask=MASK, lets=LETS, extent=EXTENT, result=OTHER, weight=0)
def show_through(cells: Cells, parted: str, mask: str, lets: str, extent: str) -> Cells | None:
    """Of one of two parts (panels, halves, things of one size) only the cells stay where the other one is coloured (or
    empty); perhaps cut to the box of what lets through."""
    found = _two(cells, parted)
    if found is None:
        return None
    cover, picture = found if mask == "first" else found[::-1]
    through = (cover != 0) == (lets == "coloured")
    box = bounding_box(through.astype(np.uint8))
    if box is None or through.all():
        return None
    out = np.where(through, picture, np.uint8(0))
    return out if extent == "whole" else np.ascontiguousarray(out[box])


tried_at_once("show_through")
