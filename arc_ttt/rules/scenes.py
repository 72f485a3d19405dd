"""Families of inputs made of cells and things."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import MARK, Kind
from arc_ttt.rules.pieces import (
    FEW,
    FILL,
    FORM,
    LITTLE,
    ROOMY,
    SOME,
    WAY,
    Rng,
    coloured,
    draw_inks,
    draw_shape,
    draw_sides,
    empty_grid,
    family,
    one_of,
    place,
)
from arc_ttt.types import Cells

# --- cells ---


@family("cells", "objects", "gappy", weight=1.5, fill=Kind("fill", (4, 8, 14)))
def scattered(rng: Rng, size: str, palette: str, fill: int) -> Cells:
    """Single cells here and there."""
    shape = draw_sides(rng, size)
    return coloured(rng, rng.random(shape) * 100 < fill, draw_inks(rng, palette))


@family("few", "cells", count=FEW, weight=2.5)
def few_cells(rng: Rng, size: str, palette: str, count: int) -> Cells:
    """One to four single cells that do not touch."""
    canvas, inks = empty_grid(rng, size), draw_inks(rng, palette)
    for _ in range(count):
        place(rng, canvas, np.full((1, 1), one_of(rng, inks), np.uint8))
    return canvas


@family("edge", "cells", weight=1.5, way=Kind("side", ("top", "left", "bottom", "right")))
def edge_cells(rng: Rng, size: str, palette: str, way: str) -> Cells:
    """Single cells along one side, none next to another."""
    canvas, inks = empty_grid(rng, size), draw_inks(rng, palette)
    line = {"top": canvas[0], "left": canvas[:, 0], "bottom": canvas[-1], "right": canvas[:, -1]}[way]
    at = int(rng.integers(3))
    while at < len(line):
        line[at] = one_of(rng, inks)
        at += int(rng.integers(2, 6))
    return canvas


@family("ends", "edge", "cells", weight=2, way=WAY)
def line_ends(rng: Rng, size: str, palette: str, way: str) -> Cells:
    """Pairs of cells of one colour in a row or in a column, with other cells between them."""
    canvas, inks = empty_grid(rng, size), draw_inks(rng, palette)
    for _ in range(int(rng.integers(2, 4))):
        across = way == "across" or (way == "both" and rng.random() < 0.5)
        lines = canvas if across else canvas.T
        line = lines[int(rng.integers(len(lines)))]
        if line.any() or len(line) < 4:
            continue
        a, b = sorted(int(i) for i in rng.choice(len(line), 2, replace=False))
        if b - a > 1:
            line[a] = line[b] = one_of(rng, inks)
    return canvas


@family("ends", weight=1, way=Kind("way", ("across", "down")))
def opposite_ends(rng: Rng, size: str, palette: str, way: str) -> Cells:
    """A few rows or columns that begin and end with a coloured cell."""
    canvas, inks = empty_grid(rng, size), draw_inks(rng, palette)
    lines = canvas if way == "across" else canvas.T
    for i in range(int(rng.integers(2)), len(lines), 2):
        if rng.random() < 0.6:
            lines[i, 0] = one_of(rng, inks)
            lines[i, -1] = lines[i, 0] if rng.random() < 0.5 else one_of(rng, inks)
    return canvas


@family("noise", "pattern", sizes=("three", "tiny", "tiny", "small", "ten"), inks=(2, 3, 4), weight=1.2)
def confetti(rng: Rng, size: str, palette: str) -> Cells:
    """Every cell coloured at random, none empty."""
    shape = draw_sides(rng, size)
    return coloured(rng, np.ones(shape, bool), draw_inks(rng, palette))


@family("noise", "cells", "lopsided", sizes=("tiny", "small", "small", "ten"), inks=(1, 2, 3), fill=FILL)
def noise(rng: Rng, size: str, palette: str, fill: int) -> Cells:
    """Many cells coloured at random, one colour more often than the others."""
    shape, inks = draw_sides(rng, size), draw_inks(rng, palette)
    return coloured(rng, rng.random(shape) * 100 < fill, [inks[0], *inks])


@family("small", "lopsided", "two", sizes=LITTLE, inks=(1, 1, 2, 3), fill=FILL, weight=3)
def pattern(rng: Rng, size: str, palette: str, fill: int) -> Cells:
    """A single small pattern that fills the grid."""
    shape = draw_sides(rng, size)
    return coloured(rng, rng.random(shape) * 100 < fill, draw_inks(rng, palette))


@family("bars", "gappy", inks=(1, 1, 2, 4), weight=1.2, way=Kind("way", ("up", "down", "left", "right")))
def bars(rng: Rng, size: str, palette: str, way: str) -> Cells:
    """Bars of different lengths that stand on one side."""
    rows, columns = draw_sides(rng, size)
    canvas, inks = np.zeros((rows, columns), np.uint8), draw_inks(rng, palette)
    for c in range(int(rng.integers(2)), columns, int(rng.integers(1, 3))):
        canvas[rows - int(rng.integers(0, rows)) :, c] = one_of(rng, inks)
    return np.ascontiguousarray(np.rot90(canvas, {"up": 0, "left": 1, "down": 2, "right": 3}[way]))


# --- things ---


@family("objects", form=FORM, count=SOME, weight=9)
def objects(rng: Rng, size: str, palette: str, form: str, count: int) -> Cells:
    """Things of one form that do not touch."""
    canvas, inks = empty_grid(rng, size), draw_inks(rng, palette)
    largest = 3 if size in ("three", "tiny", "small") else 4 if size == "ten" else 5
    for _ in range(int(rng.integers(max(2, count - 2), count + 1))):
        place(rng, canvas, draw_shape(rng, form, inks, largest))
    return canvas


@family("blocks", "objects", sizes=ROOMY, count=FEW, weight=2.5)
def blocks(rng: Rng, size: str, palette: str, count: int) -> Cells:
    """Solid rectangles, three cells and more a side."""
    canvas, inks = empty_grid(rng, size), draw_inks(rng, palette)
    for _ in range(count):
        sides = rng.integers(3, max(4, max(canvas.shape) // 2 + 1), 2)
        place(rng, canvas, np.full(sides, one_of(rng, inks), np.uint8))
    return canvas


@family("copies", "objects", weight=2.5, sizes=ROOMY, form=Kind("form", ("sprite", "blob", "ring", "speckled")))
def copies(rng: Rng, size: str, palette: str, form: str) -> Cells:
    """Several copies of one shape, in various colours, and one different thing."""
    canvas, inks = empty_grid(rng, size), draw_inks(rng, palette)
    same, odd = draw_shape(rng, form, inks, 4), draw_shape(rng, form, inks, 4)
    place(rng, canvas, odd)
    for _ in range(int(rng.integers(2, 5))):
        place(rng, canvas, same if form == "speckled" else (same != 0).astype(np.uint8) * np.uint8(one_of(rng, inks)))
    return canvas


@family(
    "single", "lopsided", "objects", weight=2.5, form=Kind("form", ("sprite", "blob", "speckled", "box")), count=FEW
)
def one_or_two(rng: Rng, size: str, palette: str, form: str, count: int) -> Cells:
    """One thing, sometimes two, in an empty grid."""
    canvas, inks = empty_grid(rng, size), draw_inks(rng, palette)
    for _ in range(1 if count < 4 else 2):
        place(rng, canvas, draw_shape(rng, form, inks, min(6, min(canvas.shape) // 2)))
    return canvas


@family("spotted", "objects", "copies", inks=(2, 3, 4), form=Kind("form", ("box", "blob", "sprite")), weight=3.5)
def spotted(rng: Rng, size: str, palette: str, form: str) -> Cells:
    """Things with one cell of another colour."""
    canvas, inks = empty_grid(rng, size), draw_inks(rng, palette)
    for _ in range(int(rng.integers(2, 5))):
        thing = draw_shape(rng, form, inks[:1] if rng.random() < 0.7 else inks, 5)
        own = int(thing.max())
        where = np.argwhere(thing)
        others = [c for c in inks if c != own]
        if len(where) > 2 and others:
            thing[tuple(where[int(rng.integers(len(where)))])] = one_of(rng, others)
        place(rng, canvas, thing)
    return canvas


@family("markers", "shapes", "spotted", sizes=ROOMY, mark=MARK, form=FORM, count=FEW, weight=3.5)
def markers(rng: Rng, size: str, palette: str, mark: int, form: str, count: int) -> Cells:
    """A thing or two and single cells of a marker's colour."""
    canvas, inks = empty_grid(rng, size), draw_inks(rng, palette, mark)
    for _ in range(1 if rng.random() < 0.6 else 2):
        place(rng, canvas, draw_shape(rng, form, inks, 5))
    for _ in range(count):
        place(rng, canvas, np.full((1, 1), mark, np.uint8))
    return canvas


@family("spotted", "shapes", "markers", sizes=ROOMY, inks=(2, 3, 4), mark=MARK, form=FORM, weight=1.5)
def grey_and_spots(rng: Rng, size: str, palette: str, mark: int, form: str) -> Cells:
    """Things of one colour and single cells of others."""
    canvas, inks = empty_grid(rng, size), draw_inks(rng, palette, mark)
    for _ in range(int(rng.integers(1, 4))):
        place(rng, canvas, draw_shape(rng, form, [mark], 4))
    for ink in inks:
        place(rng, canvas, np.full((1, 1), ink, np.uint8))
    return canvas


@family("barrier", "markers", "objects", "cells", mark=MARK, form=Kind("form", ("dot", "box", "blob")), weight=2.5)
def barrier(rng: Rng, size: str, palette: str, mark: int, form: str) -> Cells:
    """A full line, and cells or things on one or both of its sides."""
    rows, columns = draw_sides(rng, size)
    canvas, inks = np.zeros((rows, columns), np.uint8), draw_inks(rng, palette, mark)
    canvas[int(rng.integers(rows // 3, rows))] = mark
    for _ in range(int(rng.integers(2, 5))):
        thing = np.full((1, 1), one_of(rng, inks), np.uint8) if form == "dot" else draw_shape(rng, form, inks, 3)
        place(rng, canvas, thing)
    return canvas if rng.random() < 0.5 else np.ascontiguousarray(canvas.T)


@family("hidden", "framed", sizes=ROOMY, inks=(2, 3), weight=1.2, mark=MARK)
def framed_patch(rng: Rng, size: str, palette: str, mark: int) -> Cells:
    """Scattered cells and among them a frame of one colour around some of them."""
    shape, inks = draw_sides(rng, size), draw_inks(rng, palette, mark)
    canvas = coloured(rng, rng.random(shape) < rng.choice([0.15, 0.4]), inks)
    rows, columns = (int(rng.integers(4, max(5, min(9, n)))) for n in shape)
    r, c = int(rng.integers(shape[0] - rows + 1)), int(rng.integers(shape[1] - columns + 1))
    inside = canvas[r + 1 : r + rows - 1, c + 1 : c + columns - 1].copy()
    canvas[r : r + rows, c : c + columns] = mark
    canvas[r + 1 : r + rows - 1, c + 1 : c + columns - 1] = inside
    return canvas


@family("noisy", weight=1.5, sizes=ROOMY, inks=(2, 3))
def noisy_blocks(rng: Rng, size: str, palette: str) -> Cells:
    """Solid rectangles with stray cells on them and beside them."""
    canvas, inks = empty_grid(rng, size), draw_inks(rng, palette)
    for _ in range(int(rng.integers(1, 4))):
        sides = rng.integers(3, max(4, max(canvas.shape) // 2 + 1), 2)
        place(rng, canvas, np.full(sides, one_of(rng, inks[1:]), np.uint8))
    stray = rng.random(canvas.shape) < 0.06
    canvas[stray] = inks[0]
    return canvas


@family("sticks", "objects", weight=1.5)
def sticks(rng: Rng, size: str, palette: str) -> Cells:
    """Straight lines of two to four cells, some of which would meet if they went on."""
    canvas, inks = empty_grid(rng, size), draw_inks(rng, palette)
    for _ in range(int(rng.integers(1, 5))):
        count = int(rng.integers(2, 5))
        sides = (1, count) if rng.random() < 0.5 else (count, 1)
        place(rng, canvas, np.full(sides, one_of(rng, inks), np.uint8), gap=2)
    return canvas


@family("clearings", "noise", sizes=("ten", "medium", "large"), inks=(1, 1, 2), weight=1)
def clearings(rng: Rng, size: str, palette: str) -> Cells:
    """Dense random cells and some empty rectangles among them."""
    shape, inks = draw_sides(rng, size), draw_inks(rng, palette)
    canvas = coloured(rng, rng.random(shape) < 0.65, inks)
    for _ in range(int(rng.integers(1, 4))):
        rows, columns = (int(n) for n in rng.integers(3, 7, 2))
        r, c = int(rng.integers(shape[0] - rows + 1)), int(rng.integers(shape[1] - columns + 1))
        canvas[r : r + rows, c : c + columns] = 0
    return canvas


@family("legend", sizes=ROOMY, inks=(4, 5, 6), form=FORM, across=Kind("across", (0, 1)), weight=1.5)
def legend(rng: Rng, size: str, palette: str, form: str, across: int) -> Cells:
    """Things, and in a corner pairs of cells that name two colours each; no colour is in two pairs."""
    canvas, inks = empty_grid(rng, size), draw_inks(rng, palette)
    count = max(1, min(len(inks), 6) // 2)
    for i in range(count):
        r, c = (0, 3 * i) if across else (2 * i, 0)
        canvas[r, c : c + 2] = inks[2 * i : 2 * i + 2]
    for _ in range(int(rng.integers(2, 5))):
        place(rng, canvas, draw_shape(rng, form, inks[: 2 * count : 2], 4), gap=2)
    return canvas


@family(
    "cornered", "markers", sizes=("ten", "medium", "large"), inks=(4,), weight=1.5, mark=MARK, same=Kind("same", (0, 1))
)
def cornered(rng: Rng, size: str, palette: str, mark: int, same: int) -> Cells:
    """The corners of a rectangle, and in it a thing: four cells of colour `mark` around a thing of others (same), or
    four colours around a thing of colour `mark`."""
    canvas, inks = empty_grid(rng, size), draw_inks(rng, palette, mark)
    rows, columns = (int(n) for n in rng.integers(5, min(canvas.shape) + 1, 2))
    r, c = int(rng.integers(canvas.shape[0] - rows + 1)), int(rng.integers(canvas.shape[1] - columns + 1))
    box = canvas[r : r + rows, c : c + columns]
    inside = box[1:-1, 1:-1]
    inside[:] = coloured(rng, rng.random(inside.shape) < 0.6, inks[:2] if same else [mark])
    box[[0, 0, -1, -1], [0, -1, 0, -1]] = mark if same else inks
    if same:
        outside = rng.random(canvas.shape) < 0.1
        outside[r : r + rows, c : c + columns] = False
        canvas[outside] = inks[2]
    return canvas
