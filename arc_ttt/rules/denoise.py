"""Operations against noise: what is too thin goes, and most copies of a repetition outvote the rest."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from arc_ttt.rules.language import INK, MARK, OTHER, Kind, operation
from arc_ttt.rules.things import things
from arc_ttt.types import Cells

SQUARE = Kind("square", ("2x2", "3x3", "1x3", "3x1"))
_SIZES = {"2x2": (2, 2), "3x3": (3, 3), "1x3": (1, 3), "3x1": (3, 1)}
# The share of cells that may differ from most copies of a repetition, and the periods looked at.
_MOST_NOISE, _MOST_PERIOD = 0.34, 10


def _covered(mask: np.ndarray, height: int, width: int) -> np.ndarray:
    """The cells of all rectangles of this size that lie within `mask`."""
    rows, columns = mask.shape
    if height > rows or width > columns:
        return np.zeros_like(mask)
    full = np.ones((rows - height + 1, columns - width + 1), bool)
    for r in range(height):
        for c in range(width):
            full &= mask[r : r + rows - height + 1, c : c + columns - width + 1]
    out = np.zeros_like(mask)
    for r in range(height):
        for c in range(width):
            out[r : r + rows - height + 1, c : c + columns - width + 1] |= full
    return out


@operation("noise", "spotted", square=SQUARE, weight=0)
def drop_thin(cells: Cells, square: str) -> Cells | None:
    """Coloured cells that lie in no full rectangle of a size, whatever its colours, vanish."""
    mask = cells != 0
    kept = _covered(mask, *_SIZES[square])
    return None if (kept == mask).all() or not kept.any() else np.where(kept, cells, 0).astype(np.uint8)


@operation("noise", "spotted", square=SQUARE, weight=0)
def drop_thin_of_colour(cells: Cells, square: str) -> Cells | None:
    """Coloured cells that lie in no full rectangle of a size of their own colour vanish."""
    out = np.zeros_like(cells)
    for colour in np.unique(cells[cells != 0]).tolist():
        out[_covered(cells == colour, *_SIZES[square])] = colour
    return None if (out == cells).all() or not out.any() else out


@operation("noise", "spotted", square=SQUARE, ink=INK, weight=0)
def paint_clear(cells: Cells, square: str, ink: int) -> Cells | None:
    """Empty rectangles of a size, and whatever they add up to, take one colour."""
    clear = _covered(cells == 0, *_SIZES[square])
    if not clear.any() or (clear == (cells == 0)).all():
        return None
    return np.where(clear, np.uint8(ink), cells)


@operation("noise", "blocks", weight=0)
def mend_things(cells: Cells) -> Cells | None:
    """In the box of each large thing of touching cells the most common colour takes over; other cells vanish."""
    out, done = np.zeros_like(cells), False
    for t in things(cells, "corner"):
        if min(t.cells.shape) >= 3 and 2 * t.size > t.cells.size:
            out[t.box] = t.colour
            done = True
    return out if done and (out != cells).any() else None


def _votes(cells: Cells, counted: np.ndarray, down: int, across: int) -> tuple[Cells, float]:
    """The grid that repeats with these periods and has most of the cells that count right, and the share of these that
    it changes."""
    rows, columns = cells.shape
    label = np.arange(rows)[:, None] % down * across + np.arange(columns)[None] % across
    counts = np.bincount(label[counted] * 10 + cells[counted], minlength=10 * down * across).reshape(-1, 10)
    made = counts.argmax(axis=1).astype(np.uint8)[label]
    return made, float((made != cells)[counted].mean())


@operation("pattern", "masked", weight=0)
def outvote(cells: Cells) -> Cells | None:
    """The grid becomes the repetition, down and across, that agrees with most of its cells; the smallest that explains
    the rest. The grid must be mostly coloured; its empty cells do not count."""
    made = _outvoted(cells.tobytes(), cells.shape[1])
    return None if made is None else made.copy()


@lru_cache(maxsize=64)
def _outvoted(raw: bytes, width: int) -> Cells | None:
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width)
    rows, columns = cells.shape
    if cells.size < 16 or (cells == cells[0, 0]).all():
        return None
    counted = cells != 0
    if 2 * np.count_nonzero(counted) < cells.size:
        return None
    best: tuple[float, Cells] | None = None
    for down in range(1, min(rows // 2, _MOST_PERIOD) + 1):
        for across in range(1, min(columns // 2, _MOST_PERIOD) + 1):
            made, noise = _votes(cells, counted, down, across)
            if noise > _MOST_NOISE or (made == made[0, 0]).all():
                continue
            # Each cell of the repetition that is to be told counts like one that is wrong.
            cost = noise * np.count_nonzero(counted) + down * across
            if best is None or cost < best[0]:
                best = cost, made
    return None if best is None or (best[1] == cells).all() else best[1]


def tile_of(cells: Cells) -> tuple[int, int]:
    """The height and width of the smallest piece of which a grid is the repetition; its own where there is none."""
    rows, columns = cells.shape
    down = next(n for n in range(1, rows + 1) if (cells[n:] == cells[: rows - n]).all())
    return down, next(n for n in range(1, columns + 1) if (cells[:, n:] == cells[:, : columns - n]).all())


@operation("pattern", "masked", result=OTHER, weight=0)
def show_tile(cells: Cells) -> Cells | None:
    """The smallest piece whose repetition, down and across, agrees with most of the grid's cells: colours that are
    nowhere else than where it disagrees are noise."""
    made = outvote(cells)
    if made is None:
        return None
    down, across = tile_of(made)
    return made[:down, :across].copy()


@operation("symmetric", "masked", weight=0)
def agree_with_images(cells: Cells) -> Cells | None:
    """Each cell takes the colour that most of its four mirror images, left and right, up and down, have, where three
    agree."""
    images = np.stack([cells, cells[:, ::-1], cells[::-1], cells[::-1, ::-1]])
    counts = np.stack([(images == c).sum(axis=0) for c in range(10)])
    top = counts.max(axis=0)
    out = np.where(top >= 3, counts.argmax(axis=0), cells).astype(np.uint8)
    same = float((out == cells).mean())
    return None if same == 1 or same < 1 - _MOST_NOISE else out


@operation("noise", "masked", mark=MARK, weight=0)
def heal(cells: Cells, mark: int) -> Cells | None:
    """Cells of colour `mark` take the colour that most of their eight neighbours of other colours have, from the rim of
    each patch inwards."""
    out = cells.copy()
    for _ in range(12):
        left = out == mark
        if not left.any():
            return out
        padded = np.pad(out, 1, constant_values=mark)
        counts = np.zeros((10, *cells.shape), np.int16)
        for r in range(3):
            for c in range(3):
                near = padded[r : r + cells.shape[0], c : c + cells.shape[1]]
                for colour in np.flatnonzero(np.bincount(near[left], minlength=10)).tolist():
                    if colour != mark:
                        counts[colour] += near == colour
        new = left & (counts.max(axis=0) > 0)
        if not new.any() or (left.all()):
            return None
        out[new] = counts.argmax(axis=0)[new]
    return None


SHAPE = Kind("clear shape", ("square", "rectangle", "full_square", "full_rectangle"))


@operation("noise", "walls", shape=SHAPE, ink=INK, weight=0)
def paint_largest_clear(cells: Cells, shape: str, ink: int) -> Cells | None:
    """The largest empty square (or rectangle), or that of the most common colour, takes one colour; all of them, where
    several are as large."""
    counts = np.bincount(cells.ravel(), minlength=10)
    counts[0] = 0
    free = cells == (int(counts.argmax()) if shape.startswith("full") else 0)
    rows, columns = cells.shape
    sums = np.pad(np.cumsum(np.cumsum(free, axis=0), axis=1), ((1, 0), (1, 0)))
    best: tuple[int, list[tuple[int, int, int, int]]] = (3, [])
    for h in range(2, rows + 1):
        for w in range(2, columns + 1):
            if (shape.endswith("square") and h != w) or h * w < best[0]:
                continue
            inside = sums[h:, w:] - sums[:-h, w:] - sums[h:, :-w] + sums[:-h, :-w]
            at = np.argwhere(inside == h * w)
            if len(at):
                found = [(int(r), int(c), h, w) for r, c in at]
                best = (h * w, found if h * w > best[0] else best[1] + found)
    if not best[1] or len(best[1]) > 6:
        return None
    out = cells.copy()
    for r, c, h, w in best[1]:
        out[r : r + h, c : c + w] = ink
    return out
