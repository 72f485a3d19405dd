"""A program that takes each room of a lattice for one cell: of the colour in it, or of one that stands for all that is
in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from arc_ttt.rules.language import OTHER, PROGRAM, Kind, Program, operation, run
from arc_ttt.rules.panels import Panels, panels
from arc_ttt.types import COLOURS, MAX_SIDE, Cells

# More rooms than this are a texture.
_MOST_ROOMS = 225


def room_colours(cells: Cells) -> Cells | None:
    """One cell for each room, of the one colour in it, black of an empty one; None where a room has several."""
    found = panels(cells)
    if found is None or len(found.flat) > _MOST_ROOMS:
        return None
    inks = []
    for box in found.flat:
        part = cells[box]
        high = int(part.max())
        if ((part != 0) & (part != high)).any():
            return None
        inks.append(high)
    return np.array(inks, np.uint8).reshape(_shape(found))


def _shape(found: Panels) -> tuple[int, int]:
    return len(found.boxes), len(found.boxes[0])


@operation("panels", program=PROGRAM, weight=0)
def in_room_colours(cells: Cells, program: Program) -> Cells | None:
    """A program runs on the coarse grid that has one cell for each panel, of the one colour in it; the panels whose
    cells have changed are filled with the new colour, the others stay as they are."""
    seen, found = room_colours(cells), panels(cells)
    if seen is None or found is None:
        return None
    made = run(program, seen)
    if made is None or made.shape != seen.shape:
        return None
    out = cells.copy()
    for box, before, after in zip(found.flat, seen.ravel(), made.ravel(), strict=True):
        if before != after:
            out[box] = after
    return out


def rooms_recoloured(cells: Cells, made: Cells) -> Cells | None:
    """The coarse grid of which `in_room_colours` makes `made` of `cells`; None where there is none."""
    seen, found = room_colours(cells), panels(cells)
    if seen is None or found is None or cells.shape != made.shape:
        return None
    out, rest = seen.copy(), cells.copy()
    for i, box in enumerate(found.flat):
        part = made[box]
        if (part != cells[box]).any():
            ink = int(part[0, 0])
            if (part != ink).any() or ink == seen.flat[i]:
                return None
            out.flat[i] = rest[box] = ink
    return out if (rest == made).all() else None


# --- rooms as tiles ---


def _named(parts: Sequence[Cells]) -> tuple[list[int], dict[int, Cells]] | None:
    """Colours that stand for parts of one size, each for one that looks so, and what they stand for.

    A part of one colour is that colour; of the others, what is seen most often is named first, if it can be, by the
    colour that is most of it. None where colours do not suffice.
    """
    plain = [int(p[0, 0]) if (p == p[0, 0]).all() else -1 for p in parts]
    counts = Counter(p.tobytes() for p, ink in zip(parts, plain, strict=True) if ink < 0)
    free = [c for c in range(1, COLOURS) if c not in plain]
    if not 0 < len(counts) <= len(free):
        return None
    names = {}
    for raw, _ in counts.most_common():
        most = int(np.bincount(np.frombuffer(raw, np.uint8), minlength=COLOURS)[1:].argmax()) + 1
        names[raw] = most if most in free else free[0]
        free.remove(names[raw])
    inks = [ink if ink >= 0 else names[p.tobytes()] for p, ink in zip(parts, plain, strict=True)]
    return inks, dict(zip(inks, parts, strict=True)) | {0: np.zeros_like(parts[0])}


def _tiles(cells: Cells) -> tuple[Panels, Cells, dict[int, Cells]] | None:
    """The panels, the coarse grid of the colours that stand for what is in them, and what each colour stands for."""
    found = panels(cells)
    if found is None or not 2 < len(found.flat) <= _MOST_ROOMS:
        return None
    parts = [np.ascontiguousarray(cells[box]) for box in found.flat]
    if len({p.shape for p in parts}) > 1 or parts[0].size == 1:
        return None
    named = _named(parts)
    return (found, np.array(named[0], np.uint8).reshape(_shape(found)), named[1]) if named else None


def room_tiles(cells: Cells) -> Cells | None:
    """One cell for each room, of a colour that stands for what is in it."""
    found = _tiles(cells)
    return found[1] if found else None


@operation("panels", result=OTHER, weight=0)
def rooms_to_tiles(cells: Cells) -> Cells | None:
    """One cell for each panel: of its one colour, or of one that stands for all that is in it, as far as can be the
    colour that is most of it."""
    return room_tiles(cells)


@operation("panels", result=OTHER, weight=0)
def rooms_to_colours(cells: Cells) -> Cells | None:
    """One cell for each panel, of the one colour besides black in it."""
    return room_colours(cells)


@operation("panels", program=PROGRAM, weight=0)
def in_room_tiles(cells: Cells, program: Program) -> Cells | None:
    """A program runs on the coarse grid that has one cell for each panel, of a colour that stands for all that is in
    it; what it makes is filled with what the colours stand for."""
    found = _tiles(cells)
    made = run(program, found[1]) if found else None
    if found is None or made is None or made.shape != found[1].shape:
        return None
    boxes, _, stands = found
    out = cells.copy()
    for box, ink in zip(boxes.flat, made.ravel().tolist(), strict=True):
        if ink not in stands:
            return None
        out[box] = stands[ink]
    return out


def rooms_retiled(cells: Cells, made: Cells) -> Cells | None:
    """The coarse grid of which `in_room_tiles` makes `made` of `cells`; None where there is none."""
    found = _tiles(cells)
    if found is None or cells.shape != made.shape:
        return None
    boxes, seen, stands = found
    names = {tile.tobytes(): ink for ink, tile in stands.items()}
    rest = cells.copy()
    inks = []
    for box in boxes.flat:
        ink = names.get(np.ascontiguousarray(made[box]).tobytes())
        if ink is None:
            return None
        rest[box] = made[box]
        inks.append(ink)
    return np.array(inks, np.uint8).reshape(seen.shape) if (rest == made).all() else None


# --- blocks as tiles ---

SIDES = Kind("sides of tiles", ("2x2", "3x3"), lambda word: re.fullmatch(r"[2-9]x[2-9]", word) is not None)


def _blocks(cells: Cells, sides: str) -> list[list[Cells]] | None:
    high, wide = map(int, sides.split("x"))
    rows, columns = cells.shape
    if rows % high or columns % wide or not 3 < rows // high * (columns // wide) <= _MOST_ROOMS:
        return None
    return [
        [np.ascontiguousarray(cells[r : r + high, c : c + wide]) for c in range(0, columns, wide)]
        for r in range(0, rows, high)
    ]


def block_tiles(cells: Cells, sides: str) -> tuple[Cells, dict[int, Cells]] | None:
    """The coarse grid of the colours that stand for blocks of this size, and what each stands for. There are at least
    twice as many blocks as kinds of them, and no lines between them."""
    blocks = _blocks(cells, sides)
    named = _named([b for row in blocks for b in row]) if blocks else None
    if blocks is None or named is None:
        return None
    inks, stands = named
    if 2 * len(set(inks)) > len(inks) or panels(cells) is not None:
        return None
    return np.array(inks, np.uint8).reshape(len(blocks), len(blocks[0])), stands


@operation("blocks", sides=SIDES, program=PROGRAM, result=OTHER, weight=0)
def in_block_tiles(cells: Cells, sides: str, program: Program) -> Cells | None:
    """The grid is made of blocks of one size: a program runs on the coarse grid of colours that stand for these, and
    what it makes is made of them."""
    found = block_tiles(cells, sides)
    made = run(program, found[0]) if found else None
    if found is None or made is None or not all(ink in found[1] for ink in made.ravel().tolist()):
        return None
    high, wide = map(int, sides.split("x"))
    if made.shape[0] * high > MAX_SIDE or made.shape[1] * wide > MAX_SIDE:
        return None
    return np.concatenate([np.concatenate([found[1][ink] for ink in row], axis=1) for row in made.tolist()])


def blocks_retiled(cells: Cells, made: Cells, sides: str) -> Cells | None:
    """The coarse grid of which `in_block_tiles` makes `made` of `cells`; None where there is none."""
    found = block_tiles(cells, sides)
    high, wide = map(int, sides.split("x"))
    if found is None or made.shape[0] % high or made.shape[1] % wide:
        return None
    names = {tile.tobytes(): ink for ink, tile in found[1].items()}
    rows, columns = made.shape
    inks = [
        [
            names.get(np.ascontiguousarray(made[r : r + high, c : c + wide]).tobytes(), -1)
            for c in range(0, columns, wide)
        ]
        for r in range(0, rows, high)
    ]
    return None if any(-1 in row for row in inks) else np.array(inks, np.uint8)
