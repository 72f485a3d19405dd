"""Frames of one colour have one pattern inside: the empty ones take it from those that have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.language import Kind, operation, same, tried_at_once
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


LIKE = Kind("whose pattern it is", ("colour", "any"))
FILLED = Kind("how it fills a frame", ("tiled", "scaled"))


def _scaled(inside: Cells, shape: tuple[int, int]) -> Cells | None:
    """A pattern as many times as high as wide, or its smaller image; None where the shape is no such one."""
    (h, w), (height, width) = inside.shape, shape
    if height % h == 0 and width % w == 0 and height // h == width // w:
        return np.kron(inside, np.ones((height // h, height // h), np.uint8))
    if h % height == 0 and w % width == 0 and h // height == w // width:
        small = inside[:: h // height, :: h // height]
        return small if same(np.kron(small, np.ones((h // height, h // height), np.uint8)), inside) else None
    return None


def _filling(full: Sequence[Cells], shape: tuple[int, int], filled: str) -> Cells | None:
    """What an empty frame gets: a pattern that fits it, or one that is tiled or scaled."""
    like = [f for f in full if f.shape == shape]
    if like:
        return like[0] if all(same(f, like[0]) for f in like) else None
    if filled == "scaled":
        made = [s for f in full if (s := _scaled(f, shape)) is not None]
        return made[0] if made and all(same(s, made[0]) for s in made) else None
    tile = _tile(max(full, key=lambda f: f.size))
    times = -(-shape[0] // tile.shape[0]), -(-shape[1] // tile.shape[1])
    return np.tile(tile, times)[: shape[0], : shape[1]]


@operation("frames", "panels", like=LIKE, filled=FILLED, weight=0)
def fill_frames_alike(cells: Cells, like: str, filled: str) -> Cells | None:
    """The empty insides of frames are filled with the pattern inside another frame, perhaps of the same colour: with
    all of it where it fits, else scaled, or with the tile that repeats there, from the upper left corner on."""
    frames = list(_frames(cells))
    if not 2 <= len(frames) <= _MOST_FRAMES:
        return None
    out = cells.copy()
    changed = False
    for ink, box in frames:
        if cells[box].any():
            continue
        full = [
            np.where(cells[b] == k, np.uint8(ink), cells[b])
            for k, b in frames
            if (k == ink or like == "any") and cells[b].any()
        ]
        made = _filling(full, cells[box].shape, filled) if full else None
        if made is None:
            if full:
                return None
            continue
        out[box] = made
        changed = True
    return out if changed else None


tried_at_once("fill_frames_alike")
