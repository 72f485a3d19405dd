"""Operations on concentric rings: they go on outwards, or a list or a cell in each ring says its colour."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from arc_ttt.rules.language import INK, Kind, operation
from arc_ttt.rules.things import things
from arc_ttt.rules.whole import bounding_box
from arc_ttt.types import Cells

_CENTRES = ("box", "upper_left", "upper_right", "lower_left", "lower_right", "innermost", "any")
CENTRE = Kind("centre of rings", _CENTRES)


def _sides(cells: Cells) -> tuple[int, int, int, int] | None:
    """The first and last row and column of all colours."""
    box = bounding_box(cells)
    return None if box is None else (box[0].start, box[0].stop - 1, box[1].start, box[1].stop - 1)


def _within_innermost(cells: Cells) -> tuple[int, int, int, int] | None:
    """The sides of what lies within the thing with the smallest box, which may be open at the grid's border."""
    group = things(cells, "corner")
    if not 2 <= len(group) <= 12:
        return None
    t = min(group, key=lambda t: t.cells.size)
    top, left = t.top + (t.top > 0), t.left + (t.left > 0)
    bottom, right = t.bottom - (t.bottom < len(cells) - 1), t.right - (t.right < cells.shape[1] - 1)
    return (top, bottom, left, right) if top <= bottom and left <= right else None


def _rings(cells: Cells, centre: str) -> np.ndarray | None:
    """(rows, columns): the number of the ring that a cell belongs to, 0 innermost."""
    rows, columns = np.arange(cells.shape[0]), np.arange(cells.shape[1])
    if centre in ("box", "innermost"):
        sides = _sides(cells) if centre == "box" else _within_innermost(cells)
        if sides is None:
            return None
        top, bottom, left, right = sides
        depth = (min(bottom - top, right - left) + 2) // 2 if centre == "box" else 1
        away = np.maximum(
            np.maximum(top - rows, rows - bottom)[:, None], np.maximum(left - columns, columns - right)[None]
        )
        around: np.ndarray = np.maximum(away + depth - 1, 0)
        return around
    down = rows[::-1] if centre.startswith("lower") else rows
    across = columns[::-1] if centre.endswith("right") else columns
    ring: np.ndarray = np.maximum(down[:, None], across[None])
    return ring


@operation("beginning", "small", centre=CENTRE, weight=0)
def continue_rings(cells: Cells, centre: str) -> Cells | None:
    """Rings around the coloured box, a corner of the grid or what the innermost thing holds (or whichever there are) go
    on outwards in the order of their colours."""
    if centre == "any":
        made = (_continued(cells, str(c)) for c in CENTRE.values if c != "any")
        return next((m for m in made if m is not None), None)
    return _continued(cells, centre)


def _continued(cells: Cells, centre: str) -> Cells | None:
    ring = _rings(cells, centre)
    if ring is None:
        return None
    colours = []
    for n in range(int(ring.max()) + 1):
        inks = cells[ring == n]
        if not len(inks) or (inks != inks[0]).any():
            break
        colours.append(int(inks[0]))
    coloured = np.flatnonzero(colours)
    if not len(coloured) or cells[ring > coloured[-1]].any():
        return None
    known = np.array(colours[: int(coloured[-1]) + 1], np.uint8)
    if len(known) < 2 or len(set(known.tolist())) < 2:
        return None
    period = next((p for p in range(2, len(known)) if (known[p:] == known[:-p]).all()), len(known))
    full = known[np.arange(ring.max() + 1) % period]
    out: Cells = full[ring]
    return None if (out == cells).all() else out


@operation("single", "spotted", "shapes", ink=INK, weight=0)
def ring_each(cells: Cells, ink: int) -> Cells | None:
    """Around the bounding box of each thing, touching it, a frame of one colour, over empty cells."""
    out = cells.copy()
    for t in things(cells, "mixed")[:30]:
        area = np.s_[max(0, t.top - 1) : t.bottom + 2, max(0, t.left - 1) : t.right + 2]
        part = out[area]
        inside = np.zeros(part.shape, bool)
        inside[min(1, t.top) : min(1, t.top) + t.height, min(1, t.left) : min(1, t.left) + t.width] = True
        part[~inside & (part == 0)] = ink
    return None if (out == cells).all() else out


@operation("frames", "blocks", weight=0)
def shift_rings(cells: Cells) -> Cells | None:
    """In each thing of nested rings the colours move one ring outwards; the outermost goes in."""
    out, done = cells.copy(), False
    for t in things(cells, "mixed")[:12]:
        h, w = t.cells.shape
        if min(h, w) < 3 or (t.cells == 0).any():
            continue
        r, c = np.arange(h)[:, None], np.arange(w)[None]
        ring = np.minimum(np.minimum(r, h - 1 - r), np.minimum(c, w - 1 - c))
        colours = [t.cells[ring == n] for n in range(int(ring.max()) + 1)]
        if any((k != k[0]).any() for k in colours):
            continue
        order = [int(k[0]) for k in colours]
        distinct = [order[0], *(b for a, b in pairwise(order) if a != b)]
        if len(distinct) < 2 or len(set(distinct)) < len(distinct):
            continue
        table = np.zeros(10, np.uint8)
        for old, new in zip(distinct, [*distinct[1:], distinct[0]], strict=True):
            table[old] = new
        out[t.box] = table[t.cells]
        done = True
    return out if done else None


METRIC = Kind("form of rings", ("square", "diamond"))


@operation("few", "markers", form=METRIC, weight=0)
def ring_by_steps(cells: Cells, form: str) -> Cells | None:
    """Cells of one colour, at equal steps from the one in their middle: around it go rings at that step and all its
    multiples, as far as the grid."""
    at = np.argwhere(cells)
    if not 3 <= len(at) <= 9 or len(at) % 2 == 0:
        return None
    middle = at.mean(axis=0)
    if len(np.unique(cells)) != 2 or (at != middle).any(axis=1).all():
        return None
    rows, columns = np.abs(np.indices(cells.shape) - middle.astype(int)[:, None, None])
    away = np.maximum(rows, columns) if form == "square" else rows + columns
    steps = np.unique(away[tuple(at.T)])
    if len(steps) != 2 or steps[1] < 2:
        return None
    return np.where((away % steps[1] == 0) | (cells != 0), cells.max(), 0).astype(np.uint8)


ABOUT = Kind("what the rings lie about", ("middle", "diamond", *_CENTRES[1:5]))


@operation("few", "markers", "edge", about=ABOUT, weight=0)
def ring_specks(cells: Cells, about: str) -> Cells | None:
    """Each square ring about the middle of the grid (or about a corner, or each diamond) takes the colour of what lies
    on it, where that is of one colour."""
    rows, columns = np.arange(cells.shape[0]), np.arange(cells.shape[1])
    ring: np.ndarray | None
    if about == "middle":
        ring = np.minimum.outer(np.minimum(rows, rows[::-1]), np.minimum(columns, columns[::-1]))
    elif about == "diamond":
        far = np.add.outer(np.maximum(rows, rows[::-1]), np.maximum(columns, columns[::-1]))
        ring = far - far.min()
    else:
        ring = _rings(cells, about)
    at = np.flatnonzero(cells)
    if ring is None or not 2 <= len(at) <= 2 * max(cells.shape):
        return None
    known = np.zeros(int(ring.max()) + 1, np.uint8)
    known[ring.ravel()[at]] = cells.ravel()[at]
    out: Cells = known[ring]
    # More than one of them must be told by less than all of it.
    told = np.bincount(ring[(cells == 0) & (out != 0)], minlength=1)
    return out if (out.ravel()[at] == cells.ravel()[at]).all() and np.count_nonzero(told) > 1 else None
