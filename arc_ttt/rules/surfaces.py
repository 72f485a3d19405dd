"""Families of inputs that fill the grid: walls, frames, panels, patterns."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import MARK, Kind
from arc_ttt.rules.pieces import (
    FEW,
    FILL,
    MIRROR,
    ROOMY,
    WAY,
    Rng,
    coloured,
    draw_inks,
    draw_mask,
    draw_sides,
    empty_grid,
    family,
    one_of,
    place,
)
from arc_ttt.rules.things import reached, with_sides
from arc_ttt.types import Cells

# --- walls and frames ---


@family("enclosed", "objects", weight=3.5, sizes=ROOMY, inks=(1, 1, 2), form=Kind("form", ("ring", "blob", "cut")))
def enclosures(rng: Rng, size: str, palette: str, form: str) -> Cells:
    """Closed curves and some open ones: rectangles, rims of blobs, or rectangles with a gap."""
    canvas, inks = empty_grid(rng, size), draw_inks(rng, palette)
    for _ in range(int(rng.integers(2, 6))):
        rows, columns = (int(n) for n in rng.integers(3, 7, 2))
        if form == "blob":
            solid = np.pad(draw_mask(rng, "blob", rows - 1, columns - 1), 1)
            thing = (with_sides(solid) & ~solid).astype(np.uint8)
        else:
            thing = draw_mask(rng, "ring", rows, columns).astype(np.uint8)
            if form == "cut" and rng.random() < 0.4:
                thing[int(rng.integers(1, rows - 1)), 0 if rng.random() < 0.5 else -1] = 0
        place(rng, canvas, thing * np.uint8(one_of(rng, inks)))
    return canvas


@family("walls", "enclosed", weight=2, sizes=ROOMY, mark=MARK, count=FEW)
def rooms(rng: Rng, size: str, palette: str, mark: int, count: int) -> Cells:
    """Walls from side to side that divide the grid into rooms, and single cells in some rooms."""
    canvas, inks = empty_grid(rng, size), draw_inks(rng, palette, mark)
    for lines in (canvas, canvas.T):
        at = int(rng.integers(2, 5))
        while at < len(lines) - 2:
            lines[at] = mark
            at += int(rng.integers(3, 8))
    if rng.random() < 0.3:
        for r, c in np.argwhere(canvas == mark)[rng.permutation(int((canvas == mark).sum()))[:2]]:
            canvas[r, c] = 0
    taken = canvas == mark
    for r, c in rng.permutation(np.argwhere(canvas == 0)):
        if count and not taken[r, c]:
            start = np.zeros(canvas.shape, bool)
            start[r, c] = True
            taken |= reached(canvas == 0, start)
            canvas[r, c] = one_of(rng, inks)
            count -= 1
    return canvas


@family("rings", "nested", "framed", sizes=("tiny", "small", "ten"), inks=(2, 3, 4), weight=1)
def nested(rng: Rng, size: str, palette: str) -> Cells:
    """Concentric rings that fill the grid."""
    rows, columns = draw_sides(rng, size)
    inks = draw_inks(rng, palette)
    rings = np.minimum.outer(
        np.minimum(np.arange(rows), np.arange(rows)[::-1]), np.minimum(np.arange(columns), np.arange(columns)[::-1])
    )
    edges = np.sort(rng.permutation(np.arange(1, int(rings.max()) + 1))[: len(inks) - 1])
    return np.array(inks, np.uint8)[np.searchsorted(edges, rings, side="right")]


# --- panels ---


def _panelled(parts: list[list[Cells]], ink: int) -> Cells:
    """Panels of one size, lines of a colour between them; without lines if `ink` is 0."""
    if not ink:
        return np.block(parts)
    rows = []
    for row in parts:
        line = np.full((row[0].shape[0], 1), ink, np.uint8)
        rows.append(np.concatenate([c for p in row for c in (line, p)][1:], axis=1))
    line = np.full((1, rows[0].shape[1]), ink, np.uint8)
    return np.concatenate([c for r in rows for c in (line, r)][1:])


@family(
    "halves",
    sizes=("three", "tiny", "tiny", "small"),
    inks=(1, 2),
    mark=MARK,
    way=Kind("way", ("across", "down")),
    plain=Kind("plain", (0, 0, 1)),
    weight=2.7,
)
def two_halves(rng: Rng, size: str, palette: str, mark: int, way: str, plain: int) -> Cells:
    """Two patterns of one size side by side or one below the other, with or (plain) without a line between."""
    rows, columns = draw_sides(rng, size)
    columns = rows if plain else columns
    inks = sorted(draw_inks(rng, palette, mark)) if palette.startswith("c") else draw_inks(rng, palette, mark)
    a, b = ((rng.random((rows, columns)) < 0.5).astype(np.uint8) * np.uint8(ink) for ink in (inks[0], inks[-1]))
    return _panelled([[a, b]] if way == "across" else [[a], [b]], 0 if plain else mark)


@family(
    "panels",
    sizes=("three", "three", "tiny"),
    inks=(1, 2, 3),
    mark=MARK,
    rows=Kind("rows", (1, 2, 3)),
    columns=Kind("columns", (2, 3)),
    fill=Kind("fill", ("sparse", "dense", "varied", "plain", "twins", "one")),
    weight=5,
)
def panels(rng: Rng, size: str, palette: str, mark: int, rows: int, columns: int, fill: str) -> Cells:
    """Lines divide the grid into panels of one size: with few cells, many, varied numbers, some of them filled,
    all but one alike, or only one not empty."""
    shape, inks = draw_sides(rng, size), draw_inks(rng, palette, mark)

    def draw() -> Cells:
        share = {"sparse": 0.2, "dense": 0.5, "varied": float(rng.choice([0.1, 0.3, 0.5, 0.7]))}.get(fill, 0.45)
        one = [one_of(rng, inks)] if rng.random() < 0.5 else inks
        return coloured(rng, rng.random(shape) < share, one)

    parts = [draw() for _ in range(rows * columns)]
    if fill == "plain":
        parts = [np.full(shape, one_of(rng, inks) if rng.random() < 0.5 else 0, np.uint8) for _ in parts]
    elif fill == "twins":
        odd = int(rng.integers(len(parts)))
        parts = [p if i == odd else parts[odd - 1] for i, p in enumerate(parts)]
    elif fill == "one":
        full = int(rng.integers(len(parts)))
        parts = [p if i == full else np.zeros(shape, np.uint8) for i, p in enumerate(parts)]
    return _panelled([parts[i * columns : (i + 1) * columns] for i in range(rows)], mark)


@family(
    "panels",
    sizes=("three", "tiny"),
    inks=(2, 3, 4),
    mark=MARK,
    rows=Kind("rows", (2, 3, 4)),
    columns=Kind("columns", (2, 3, 4)),
    weight=2,
)
def coloured_panels(rng: Rng, size: str, palette: str, mark: int, rows: int, columns: int) -> Cells:
    """Lines divide the grid into panels, each with cells of one colour or one colour prevailing; some are empty."""
    shape, inks = draw_sides(rng, size), draw_inks(rng, palette, mark)
    mixed = rng.random() < 0.5

    def draw() -> Cells:
        if rng.random() < 0.3:
            return np.zeros(shape, np.uint8)
        own = one_of(rng, inks)
        part = coloured(rng, rng.random(shape) < 0.5, [own, own, own, own, one_of(rng, inks) if mixed else own])
        part[int(rng.integers(shape[0])), int(rng.integers(shape[1]))] = own
        return part

    return _panelled([[draw() for _ in range(columns)] for _ in range(rows)], mark)


# --- patterns ---


def _motif(rng: Rng, inks: list[int], largest: int = 4) -> Cells:
    """A small piece of at least two colours (the background may be one), not two equal rows or columns only."""
    while True:
        sides = rng.integers(1, largest + 1, 2)
        piece = rng.choice(np.array(inks if len(inks) > 2 else [0, *inks], np.uint8), sides)
        if piece.size > 1 and (piece != piece.flat[0]).any():
            return piece


def _repeated(piece: Cells, rows: int, columns: int) -> Cells:
    return np.tile(piece, (rows // piece.shape[0] + 1, columns // piece.shape[1] + 1))[:rows, :columns]


def _hide(rng: Rng, canvas: Cells, mark: int, most: int) -> None:
    """Cover one to `most` rectangles with a colour, none larger than a third a side."""
    rows, columns = canvas.shape
    for _ in range(int(rng.integers(1, most + 1))):
        height, width = (int(rng.integers(1, max(2, n // 3 + 1))) for n in (rows, columns))
        r, c = int(rng.integers(rows - height + 1)), int(rng.integers(columns - width + 1))
        canvas[r : r + height, c : c + width] = mark


@family("masked", sizes=("ten", "medium", "large"), inks=(2, 3, 4), mark=MARK, holes=Kind("holes", (1, 3)), weight=2.5)
def masked_tiling(rng: Rng, size: str, palette: str, mark: int, holes: int) -> Cells:
    """A motif again and again, partly covered."""
    canvas = _repeated(_motif(rng, draw_inks(rng, palette, mark)), *draw_sides(rng, size)).copy()
    _hide(rng, canvas, mark, holes)
    return canvas


def _mirrored(rng: Rng, inks: list[int], size: str, mirror: str) -> Cells:
    rows, columns = draw_sides(rng, size)
    if mirror == "square":
        columns = rows
    canvas = rng.choice(np.array([inks[0], *inks], np.uint8), (rows, columns))
    if mirror == "square":
        canvas = np.where(np.tri(rows, dtype=bool), canvas, canvas.T)
    if mirror in ("across", "both", "square"):
        canvas[:, columns - columns // 2 :] = canvas[:, : columns // 2][:, ::-1]
    if mirror in ("down", "both", "square"):
        canvas[rows - rows // 2 :] = canvas[: rows // 2][::-1]
    return canvas


@family(
    "masked",
    sizes=("small", "ten", "medium"),
    inks=(2, 3, 4),
    mark=MARK,
    mirror=MIRROR,
    holes=Kind("holes", (1, 3)),
    weight=2.5,
)
def masked_mirror(rng: Rng, size: str, palette: str, mark: int, mirror: str, holes: int) -> Cells:
    """A pattern with mirror symmetry, partly covered."""
    canvas = _mirrored(rng, draw_inks(rng, palette, mark), size, mirror)
    _hide(rng, canvas, mark, holes)
    return canvas


@family("symmetric", "quarter", sizes=("tiny", "small", "ten"), inks=(2, 3), weight=0.7, mirror=MIRROR)
def mirror_pattern(rng: Rng, size: str, palette: str, mirror: str) -> Cells:
    """A pattern with mirror symmetry."""
    return _mirrored(rng, draw_inks(rng, palette), size, mirror)


@family(
    "quarter",
    "lopsided",
    sizes=("small", "ten"),
    inks=(1, 2, 3),
    weight=1.2,
    way=Kind("way", ("across", "down", "corner")),
)
def begun_symmetry(rng: Rng, size: str, palette: str, way: str) -> Cells:
    """A pattern in one half or one quarter of an otherwise empty grid."""
    rows, columns = draw_sides(rng, size)
    canvas = coloured(rng, rng.random((rows, columns)) < 0.5, draw_inks(rng, palette))
    if way in ("across", "corner"):
        canvas[:, (columns + 1) // 2 :] = 0
    if way in ("down", "corner"):
        canvas[(rows + 1) // 2 :] = 0
    return canvas


@family(
    "beginning", inks=(2, 3), way=Kind("way", ("down", "up", "right", "left")), narrow=Kind("narrow", (0, 1)), weight=2
)
def begun_tiling(rng: Rng, size: str, palette: str, way: str, narrow: int) -> Cells:
    """The beginning of a repeated motif, empty from there on; narrow: only one or two lines wide."""
    rows, columns = draw_sides(rng, size)
    piece = _motif(rng, draw_inks(rng, palette), 3)
    piece[0, 0] = piece.max()
    canvas = _repeated(piece, rows, columns).copy()
    filled = max(piece.shape[0] * 2, int(rows * rng.uniform(0.3, 0.7)))
    canvas[min(filled, rows - 1) :] = 0
    if narrow:
        left = int(rng.integers(columns // 2))
        canvas[:, :left] = 0
        canvas[:, left + piece.shape[1] :] = 0
    return np.ascontiguousarray(np.rot90(canvas, {"down": 0, "left": 3, "up": 2, "right": 1}[way]))


@family("periodic", "pattern", sizes=("small", "ten", "medium"), inks=(2, 3, 4), weight=0.7)
def tiling(rng: Rng, size: str, palette: str) -> Cells:
    """A motif again and again, a whole number of times."""
    piece = _motif(rng, draw_inks(rng, palette))
    rows, columns = draw_sides(rng, size)
    return np.tile(piece, (max(2, rows // piece.shape[0]), max(2, columns // piece.shape[1])))


@family("scaled", sizes=("three", "tiny"), inks=(2, 3), weight=1, fill=FILL)
def scaled(rng: Rng, size: str, palette: str, fill: int) -> Cells:
    """A small pattern, every cell a square block."""
    small = coloured(rng, rng.random(draw_sides(rng, size)) * 100 < fill, draw_inks(rng, palette))
    return np.kron(small, np.ones((int(rng.integers(2, 5)),) * 2, np.uint8))


@family("stripes", "squeezed", "bars", inks=(2, 3, 4), weight=1, way=WAY)
def stripes(rng: Rng, size: str, palette: str, way: str) -> Cells:
    """Stripes of one colour each (across, down), or stripes of both ways woven into a chequer."""
    rows, columns = draw_sides(rng, size)
    inks = [0, *draw_inks(rng, palette)]

    def line(count: int) -> np.ndarray:
        return np.cumsum(rng.random(count) < 0.45)

    order = np.array([*inks[1:], 0] if rng.random() < 0.3 else inks[1:], np.uint8)
    down = np.zeros(rows, int) if way == "down" else line(rows)
    across = np.zeros(columns, int) if way == "across" else line(columns)
    woven: Cells = order[np.add.outer(down, across) % len(order)]
    return woven
