"""Rectangles with a texture under noise, textures that a legend gives, and tiles unlike others."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.denoise import outvote, tile_of
from arc_ttt.rules.language import INK, OTHER, Kind, operation, tried_at_once
from arc_ttt.rules.things import Thing, colours, enclosed, things
from arc_ttt.types import COLOURS, Cells

# The smallest rectangle with a texture, how much of it must be seen, and the largest piece that is repeated in it.
_LEAST, _SEEN, _MOST_PERIOD = 3, 0.55, 4
# Cells of noise that have no neighbour of their colour, at least.
_LEAST_NOISE = 3
_MOST_THINGS, _MOST_PICTURE = 30, 26


def _mended(cells: Cells) -> Cells | None:
    """A rectangle with its empty cells as the smallest repetition that agrees with all others has them."""
    known = np.flatnonzero(cells)
    inks = cells.ravel()[known]
    rows, columns = np.indices(cells.shape)
    periods = [(p, q) for p in range(1, _MOST_PERIOD + 1) for q in range(1, _MOST_PERIOD + 1)]
    for p, q in sorted(periods, key=lambda n: n[0] * n[1]):
        labels = (rows % p * q + columns % q).ravel()
        table = np.zeros(p * q, np.uint8)
        table[labels[known]] = inks
        if table.all() and (table[labels[known]] == inks).all():
            return table[labels].reshape(cells.shape)
    return None


def _without(cells: Cells, noise: int) -> Cells | None:
    """The grid without noise of a colour, where that leaves nothing but rectangles with textures."""
    rest = np.where(cells == noise, np.uint8(0), cells)
    found = things(rest, "mixed")
    if not 0 < len(found) <= _MOST_THINGS:
        return None
    out, textured = rest.copy(), False
    for t in found:
        if min(t.cells.shape) < _LEAST or t.size < _SEEN * t.cells.size or (cells[t.box] == 0).any():
            return None
        made = _mended(rest[t.box])
        if made is None:
            return None
        out[t.box] = made
        textured |= bool((made != made[0, 0]).any())
    return out if textured else None


@operation("noise", "blocks", weight=0)
def mend_textures(cells: Cells) -> Cells | None:
    """Single cells of one colour are noise: in rectangles with stripes, checks or the like they take the colour that
    the repetition says; elsewhere they vanish."""
    padded = np.pad(cells, 1)
    inner = padded[1:-1, 1:-1]
    alike = [padded[2:, 1:-1], padded[:-2, 1:-1], padded[1:-1, 2:], padded[1:-1, :-2]]
    lonely = np.bincount(inner[(inner != 0) & ~np.any([a == inner for a in alike], axis=0)], minlength=COLOURS)
    empty = np.bincount(inner[(inner != 0) & np.all([a == 0 for a in alike], axis=0)], minlength=COLOURS)
    for noise in sorted(np.flatnonzero((lonely >= _LEAST_NOISE) & (empty > 0)).tolist(), key=lambda c: -empty[c])[:2]:
        out = _without(cells, noise)
        if out is not None and (out != cells).any():
            return out
    return None


# --- textures that a legend gives ---

WHOM = Kind("what takes a texture", ("rooms", "things"))
WHERE = Kind("where a texture begins", ("box", "grid"))


def _entry(t: Thing) -> tuple[int, Cells] | None:
    """The colour of the one cell that sticks out of a full small picture of several colours, and this picture."""
    if t.size > _MOST_PICTURE or t.cells.size - t.size + 1 not in t.cells.shape:
        return None
    for k in range(4):
        turned = np.rot90(t.cells, k)
        if turned.shape[0] > 2 and np.count_nonzero(turned[0]) == 1 and turned[1:].all():
            picture = np.rot90(turned[1:], -k)
            if len(colours(picture)) > 1:
                return int(turned[0].max()), picture
    return None


@operation("objects", "frames", whom=WHOM, where=WHERE, weight=0)
def texture_by_legend(cells: Cells, whom: str, where: str) -> Cells | None:
    """Small pictures, each with one cell of a colour sticking out, are a legend: rooms with a cell of this colour (or
    things of it) are filled with the picture again and again."""
    group = things(cells, "mixed")
    if not 2 < len(group) <= _MOST_THINGS:
        return None
    legend, used = {}, np.zeros(cells.shape, bool)
    for t in group:
        entry = _entry(t)
        if entry is not None:
            legend[entry[0]] = entry[1]
            used[t.box] |= t.cells != 0
    if len(legend) < 2:
        return None
    out, done = cells.copy(), False
    if whom == "rooms":
        walls = np.where(np.isin(cells, list(legend)) & ~used, np.uint8(0), cells)
        places = things(enclosed(walls).astype(np.uint8), "side")
    else:
        places = things(np.where(used, np.uint8(0), cells), "corner")
    for t in places:
        inside = cells[t.box][(t.cells != 0) & ~used[t.box]]
        inks = set(np.unique(inside).tolist()) - {0}
        picture = legend.get(inks.pop()) if len(inks) == 1 else None
        if picture is None:
            continue
        rows, columns = np.indices(t.cells.shape)
        if where == "grid":
            rows, columns = rows + t.top, columns + t.left
        tiled = picture[rows % len(picture), columns % picture.shape[1]]
        np.copyto(out[t.box], tiled, where=t.cells != 0)
        done = True
    return out if done and (out != cells).any() else None


# --- tiles unlike others ---


def _tiles(cells: Cells) -> tuple[np.ndarray, int, int] | None:
    """(rows, columns) of tiles: whether a tile of a repetition is unlike most of them; and the sizes of a tile."""
    made = outvote(cells)
    if made is None:
        return None
    rows, columns = cells.shape
    down, across = tile_of(made)
    if rows % down or columns % across or down * across < 2 or rows * columns < 6 * down * across:
        return None
    unlike = (made != cells).reshape(rows // down, down, columns // across, across).any(axis=(1, 3))
    return (unlike, down, across) if 2 * unlike.sum() < unlike.size else None


@operation("pattern", ink=INK, result=OTHER, weight=0)
def map_odd_tiles(cells: Cells, ink: int) -> Cells | None:
    """The grid is one tile again and again, some of them with a fault: a cell for each tile, coloured where it has
    one."""
    found = _tiles(cells)
    return None if found is None else found[0].astype(np.uint8) * np.uint8(ink)


@operation("pattern", result=OTHER, weight=0)
def show_odd_tile(cells: Cells) -> Cells | None:
    """The grid is one tile again and again: only the one that is unlike the others."""
    found = _tiles(cells)
    if found is None or found[0].sum() != 1:
        return None
    unlike, down, across = found
    (r, c) = np.argwhere(unlike)[0].tolist()
    return cells[r * down : (r + 1) * down, c * across : (c + 1) * across].copy()


tried_at_once("mend_textures", "texture_by_legend", "map_odd_tiles", "show_odd_tile")
