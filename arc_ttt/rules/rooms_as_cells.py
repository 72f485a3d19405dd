"""A program that takes each room of a lattice for one cell: of the colour in it, or of one that stands for all that is
in it."""

from __future__ import annotations

from collections import Counter

import numpy as np

from arc_ttt.rules.language import PROGRAM, Program, operation, run
from arc_ttt.rules.panels import Panels, panels
from arc_ttt.types import COLOURS, Cells

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


def _tiles(cells: Cells) -> tuple[Panels, Cells, dict[int, Cells]] | None:
    """The panels, the coarse grid of the colours that stand for what is in them, and what each colour stands for.

    Panels of one colour are that colour; of the others, what is seen most often has the first colour that is free.
    """
    found = panels(cells)
    if found is None or not 2 < len(found.flat) <= _MOST_ROOMS:
        return None
    parts = [np.ascontiguousarray(cells[box]) for box in found.flat]
    if len({p.shape for p in parts}) > 1 or parts[0].size == 1:
        return None
    plain = [int(p[0, 0]) if (p == p[0, 0]).all() else -1 for p in parts]
    free = [c for c in range(1, COLOURS) if c not in plain]
    counts = Counter(p.tobytes() for p, ink in zip(parts, plain, strict=True) if ink < 0)
    if not 0 < len(counts) <= len(free):
        return None
    names = {raw: free[k] for k, (raw, _) in enumerate(counts.most_common())}
    inks = [ink if ink >= 0 else names[p.tobytes()] for p, ink in zip(parts, plain, strict=True)]
    stands = dict(zip(inks, parts, strict=True)) | {0: np.zeros_like(parts[0])}
    return found, np.array(inks, np.uint8).reshape(_shape(found)), stands


def room_tiles(cells: Cells) -> Cells | None:
    """One cell for each room, of a colour that stands for what is in it."""
    found = _tiles(cells)
    return found[1] if found else None


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
