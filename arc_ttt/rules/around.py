"""Operations around and inside things: outline, fill, frame, mark, decorate, stamp."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import (
    INK,
    LINK,
    MARK,
    Kind,
    operation,
)
from arc_ttt.rules.objects import painted
from arc_ttt.rules.things import (
    enclosed,
    grown,
    holes,
    paste,
    things,
)
from arc_ttt.types import Cells

STENCIL = Kind("stencil", ("plus", "saltire", "ring", "beside", "above"))
STENCILS = {
    "plus": ((-1, 0), (1, 0), (0, -1), (0, 1)),
    "saltire": ((-1, -1), (-1, 1), (1, -1), (1, 1)),
    "ring": ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)),
    "beside": ((0, -1), (0, 1)),
    "above": ((-1, 0),),
}


@operation("objects", "shapes", "cells", ink=INK, weight=2)
def surround(cells: Cells, ink: int) -> Cells:
    """Background cells that touch a thing, also by a corner, take one colour."""
    out = cells.copy()
    out[grown(cells != 0) & (cells == 0)] = ink
    return out


def inner(cells: Cells) -> np.ndarray:
    """(rows, columns) bool: coloured cells whose eight neighbours have the same colour."""
    around = np.pad(cells, 1)
    same: np.ndarray = cells != 0
    for r in range(3):
        for c in range(3):
            same &= around[r : r + cells.shape[0], c : c + cells.shape[1]] == cells
    return same


@operation("objects", "blocks", "spotted", ink=INK, weight=3)
def paint_cores(cells: Cells, ink: int) -> Cells:
    """The inner cells of things take one colour."""
    out = cells.copy()
    out[inner(cells)] = ink
    return out


@operation("objects", "blocks", weight=2)
def hollow(cells: Cells) -> Cells:
    """Only the rims of things stay."""
    out = cells.copy()
    out[inner(cells)] = 0
    return out


@operation("blocks", ink=INK, weight=3)
def paint_rims(cells: Cells, ink: int) -> Cells:
    """The rims of things take one colour."""
    out = cells.copy()
    out[~inner(cells) & (cells != 0)] = ink
    return out


@operation("enclosed", ink=INK, weight=5)
def fill_enclosed(cells: Cells, ink: int) -> Cells:
    """Enclosed background cells take one colour."""
    out = cells.copy()
    out[enclosed(cells)] = ink
    return out


@operation("enclosed", weight=3)
def fill_enclosed_alike(cells: Cells) -> Cells:
    """Enclosed background cells take the colour of what encloses them."""
    out = cells.copy()
    for thing in things(cells, "corner"):
        if min(thing.cells.shape) > 2:
            out[thing.box][enclosed(thing.cells)] = thing.colour
    return out


@operation("enclosed", ink=INK, other=INK, weight=6)
def fill_enclosed_by_shape(cells: Cells, ink: int, other: int) -> Cells | None:
    """Enclosed background regions take one colour if they are full squares, another if not."""
    regions = things(np.ascontiguousarray(enclosed(cells), dtype=np.uint8), "side")
    square = [t.height == t.width and t.size == t.height**2 for t in regions]
    if ink == other or not any(square) or all(square):
        return None
    return painted(cells, list(regions), [ink if s else other for s in square])


@operation("enclosed", weight=6)
def fill_enclosed_by_size(cells: Cells) -> Cells | None:
    """An enclosed background region of n cells takes colour n (9 at most)."""
    regions = list(things(np.ascontiguousarray(enclosed(cells), dtype=np.uint8), "side"))
    sizes = [t.size for t in regions]
    return painted(cells, regions, sizes) if len(set(sizes)) > 1 and max(sizes) < 10 else None


@operation("enclosed", ink=INK, weight=3)
def paint_outside(cells: Cells, ink: int) -> Cells:
    """Background cells that are not enclosed take one colour."""
    out = cells.copy()
    out[(cells == 0) & ~enclosed(cells)] = ink
    return out


@operation("enclosed", ink=INK, weight=3)
def paint_holed(cells: Cells, ink: int) -> Cells | None:
    """Things with a hole take one colour."""
    group = [t for t in things(cells, "side") if holes(t)]
    return painted(cells, group, [ink] * len(group)) if group else None


@operation("objects", "shapes", "copies", ink=INK, link=LINK, weight=3)
def fill_boxes(cells: Cells, ink: int, link: str) -> Cells:
    """Background cells in the bounding box of a thing take one colour."""
    out = cells.copy()
    for thing in things(cells, link):
        part = out[thing.box]
        part[part == 0] = ink
    return out


@operation("objects", "shapes", ink=INK, link=LINK)
def frame_boxes(cells: Cells, ink: int, link: str) -> Cells | None:
    """A frame of one colour, one cell away, around the bounding box of each thing of many cells."""
    group = [t for t in things(cells, link) if t.size > 1]
    out = cells.copy()
    for t in group:
        ring = np.full((t.height + 2, t.width + 2), ink, np.uint8)
        ring[1:-1, 1:-1] = 0
        paste(out, ring, t.top - 1, t.left - 1)
    out[cells != 0] = cells[cells != 0]
    return out


@operation("blocks", ink=INK, weight=3)
def mark_corners(cells: Cells, ink: int) -> Cells:
    """The four corner cells of each thing's bounding box take one colour."""
    out = cells.copy()
    for t in things(cells, "side"):
        if min(t.cells.shape) > 1:
            out[[t.top, t.top, t.bottom, t.bottom], [t.left, t.right, t.left, t.right]] = ink
    return out


@operation("blocks", "copies", ink=INK, weight=3)
def mark_centres(cells: Cells, ink: int) -> Cells | None:
    """The middle cell of each thing whose bounding box has odd sides takes one colour."""
    out = cells.copy()
    for t in things(cells, "corner"):
        if t.height % 2 and t.width % 2 and t.height * t.width > 1:
            out[t.top + t.height // 2, t.left + t.width // 2] = ink
    return out


@operation("markers", "cells", mark=MARK, stencil=STENCIL, ink=INK, weight=4)
def decorate(cells: Cells, mark: int, stencil: str, ink: int) -> Cells:
    """Background cells in a stencil's places around each cell of colour `mark` take one colour."""
    out = cells.copy()
    for r, c in np.argwhere(cells == mark):
        for dr, dc in STENCILS[stencil]:
            y, x = r + dr, c + dc
            if 0 <= y < cells.shape[0] and 0 <= x < cells.shape[1] and cells[y, x] == 0:
                out[y, x] = ink
    return out


@operation("markers", "shapes", mark=MARK, weight=6)
def stamp(cells: Cells, mark: int) -> Cells | None:
    """The one thing without `mark` is copied, centred, onto each cell of colour `mark`."""
    rest = np.where(cells == mark, 0, cells).astype(np.uint8)
    group = things(rest, "mixed")
    if len(group) != 1 or not (cells == mark).any():
        return None
    thing = group[0]
    out = rest
    for r, c in np.argwhere(cells == mark):
        paste(out, thing.cells, int(r) - thing.height // 2, int(c) - thing.width // 2)
    return out


@operation("markers", "shapes", weight=2)
def stamp_in_colour(cells: Cells) -> Cells | None:
    """The one thing of many cells is copied, centred, onto each single cell, in that cell's colour."""
    group = things(cells, "mixed")
    large = [t for t in group if t.size > 1]
    if len(large) != 1 or len(group) < 2:
        return None
    shape = (large[0].cells != 0).astype(np.uint8)
    out = cells.copy()
    for t in group:
        if t.size == 1:
            paste(out, shape * np.uint8(t.colour), t.top - shape.shape[0] // 2, t.left - shape.shape[1] // 2)
    return out
