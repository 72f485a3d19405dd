"""What is shown once is done wherever it belongs: rooms like those of other frames, marks like those of a legend, and
pieces that make a ring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import LINK, OTHER, Kind, operation
from arc_ttt.rules.things import Thing, border, paste, things
from arc_ttt.types import MAX_SIDE, Cells

_MOST_THINGS, _MOST_PIECES, _MOST_GAP = 60, 8, 2

# The numbers of rows and columns of rooms, and the row and column of one.
_Place = tuple[int, int, int, int]


def _rooms(cells: Cells) -> Iterator[tuple[_Place, Thing, int]]:
    """The rooms of things whose box has a frame of one colour: where each lies in its thing, where in the grid, and its
    colour, 0 if it is empty; those of several colours are not told."""
    for t in things(cells, "mixed"):
        edges = np.concatenate([t.cells[0], t.cells[-1], t.cells[:, 0], t.cells[:, -1]])
        if min(t.cells.shape) < 3 or not edges[0] or (edges != edges[0]).any():
            continue
        rooms = things((t.cells != edges[0]).astype(np.uint8), "side")
        tops, lefts = sorted({r.top for r in rooms}), sorted({r.left for r in rooms})
        for r in rooms if len(rooms) == len(tops) * len(lefts) > 1 else ():
            inks = np.unique(t.cells[r.box][r.cells != 0])
            if len(inks) == 1:
                place = len(tops), len(lefts), tops.index(r.top), lefts.index(r.left)
                yield place, Thing(t.top + r.top, t.left + r.left, r.cells), int(inks[0])


@operation("frames", "panels", weight=0)
def fill_rooms_alike(cells: Cells) -> Cells | None:
    """The empty rooms of frames take the colour of the rooms that lie at the same place in other frames, large or
    small."""
    known: dict[_Place, int] = {}
    rooms = list(_rooms(cells))
    for place, _, ink in rooms:
        if ink and known.setdefault(place, ink) != ink:
            return None
    out = cells.copy()
    for place, room, ink in rooms:
        if not ink and place in known:
            out[room.box][room.cells != 0] = known[place]
    return None if (out == cells).all() else out


def _key(single: Thing, blocks: Sequence[Thing]) -> tuple[int, Thing] | None:
    """The one nearest block straight beside a single cell, close to it, and how far away it is."""
    near = []
    for b in blocks:
        down = max(b.top - single.bottom, single.top - b.bottom) - 1
        right = max(b.left - single.right, single.left - b.right) - 1
        if min(down, right) < 0 <= max(down, right) <= _MOST_GAP:
            near.append((max(down, right), b))
    gaps = [n for n, _ in near]
    return near[gaps.index(min(gaps))] if gaps and gaps.count(min(gaps)) == 1 else None


LOOK = Kind("look of a copy", ("whole", "marked"))


@operation("legend", "objects", link=LINK, look=LOOK, weight=0)
def stamp_by_legend(cells: Cells, link: str, look: str) -> Cells | None:
    """Single cells become the thing that lies close beside another single cell of their colour, middle upon middle; as
    it is, or in the single cell's colour (marked)."""
    group = things(cells, link)
    singles = [t for t in group if t.size == 1]
    lines = {(1, cells.shape[1]), (cells.shape[0], 1)}
    blocks = [t for t in group if t.size > 1 and t.cells.shape not in lines]
    if not blocks or len(singles) < 2 or len(group) > _MOST_THINGS:
        return None
    out, changed = cells.copy(), False
    for colour in {t.colour for t in singles}:
        mine = [t for t in singles if t.colour == colour]
        keys = [(i, *found) for i, t in enumerate(mine) if (found := _key(t, blocks)) is not None]
        gaps = [gap for _, gap, _ in keys]
        if len(mine) < 2 or not keys or gaps.count(min(gaps)) > 1:
            continue
        key, _, block = keys[gaps.index(min(gaps))]
        for i, t in enumerate(mine):
            if i != key:
                out[t.box] = 0
                shown = np.where(block.cells != 0, np.uint8(colour), block.cells) if look == "marked" else block.cells
                paste(out, shown, t.top - (block.height - 1) // 2, t.left - (block.width - 1) // 2)
                changed = True
    return out if changed else None


@operation("shapes", "objects", link=LINK, result=OTHER, weight=0)
def assemble_ring(cells: Cells, link: str) -> Cells | None:
    """The things put together, as they are turned, to the frame of a square, or else of a rectangle."""
    pieces = things(cells, link)
    around = sum(t.size for t in pieces)
    if not 3 <= len(pieces) <= _MOST_PIECES or around % 2 or around < 8:
        return None
    both = around // 2 + 2
    high, wide = max(t.height for t in pieces), max(t.width for t in pieces)
    for rows in sorted(range(max(3, high), both - max(3, wide) + 1), key=lambda n: abs(2 * n - both)):
        if max(rows, both - rows) > MAX_SIDE:
            continue
        ring = border((rows, both - rows))
        out = np.zeros(ring.shape, np.uint8)
        if _cover(out, ring, list(pieces)):
            return out
    return None


def _cover(out: Cells, left: np.ndarray, pieces: list[Thing]) -> bool:
    """Lay the pieces into `out` so that they cover the cells `left`, each once."""
    if not pieces:
        return not left.any()
    row, column = np.argwhere(left)[0].tolist()
    tried = set()
    for i, t in enumerate(pieces):
        if t.form in tried:
            continue
        tried.add(t.form)
        first = column - int(np.flatnonzero(t.cells[0])[0])
        box = slice(row, row + t.height), slice(first, first + t.width)
        mask = t.cells != 0
        if first < 0 or left[box].shape != t.cells.shape or not left[box][mask].all():
            continue
        left[box][mask] = False
        if _cover(out, left, pieces[:i] + pieces[i + 1 :]):
            out[box][mask] = t.cells[mask]
            return True
        left[box][mask] = True
    return False
