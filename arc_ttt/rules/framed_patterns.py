"""Frames of one colour have one pattern inside: the empty ones take it from those that have it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from arc_ttt.rules.language import operation, tried_at_once
from arc_ttt.rules.things import things
from arc_ttt.types import Cells

_MOST_FRAMES, _MOST_PERIOD = 30, 6
Box = tuple[slice, slice]


def _frames(cells: Cells) -> Iterator[tuple[int, Box]]:
    """The colours of rectangular frames one cell wide, and their insides."""
    for t in things(cells, "side"):
        edges = (t.cells[0], t.cells[-1], t.cells[:, 0], t.cells[:, -1])
        if min(t.cells.shape) > 2 and all(e.all() for e in edges):
            yield t.colour, (slice(t.top + 1, t.bottom), slice(t.left + 1, t.right))


def _tile(inside: Cells) -> Cells:
    """The smallest tile that repeats from the upper left corner on; the whole where none does."""
    height, width = inside.shape
    sides = product(range(1, min(height, _MOST_PERIOD) + 1), range(1, min(width, _MOST_PERIOD) + 1))
    for p, q in sorted(sides, key=lambda s: (s[0] * s[1], s)):
        if (inside[p:] == inside[:-p]).all() and (inside[:, q:] == inside[:, :-q]).all():
            return inside[:p, :q]
    return inside


@operation("frames", "panels", weight=0)
def fill_frames_alike(cells: Cells) -> Cells | None:
    """The empty insides of frames are filled with the pattern inside another frame of the same colour: with all of it
    where it fits, else with the tile that repeats there, from the upper left corner on."""
    frames = list(_frames(cells))
    if not 2 <= len(frames) <= _MOST_FRAMES:
        return None
    out = cells.copy()
    changed = False
    for ink, box in frames:
        if cells[box].any():
            continue
        shape = cells[box].shape
        full = [cells[b] for k, b in frames if k == ink and cells[b].any()]
        like = [f for f in full if f.shape == shape]
        if like and any((f != like[0]).any() for f in like):
            return None
        if not like and not full:
            continue
        tile = like[0] if like else _tile(max(full, key=lambda f: f.size))
        times = -(-shape[0] // tile.shape[0]), -(-shape[1] // tile.shape[1])
        out[box] = np.tile(tile, times)[: shape[0], : shape[1]]
        changed = True
    return out if changed else None


tried_at_once("fill_frames_alike")
