"""Mosaics with hidden cells: the simplest law that all cells to be seen obey says what the others are.

A law is a set of movements (shifts, mirrorings, turns) that carry the mosaic into itself, or a number for each cell,
such as its distance from a middle or the product of its row and column, that decides its colour, perhaps counted round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np

from arc_ttt.rules.language import OTHER, operation, tried_at_once
from arc_ttt.rules.things import things
from arc_ttt.types import COLOURS, Cells

# Shares of the cells: hidden at most, of one colour at most, seen at both ends of a movement at least.
_MOST_HIDDEN, _MOST_PLAIN, _LEAST_OVERLAP = 0.5, 0.7, 0.4
_MOST_SCATTERED = 0.2
# Share of a covering colour's cells that may be single ones, as where a border cuts a rectangle.
_MOST_LONELY = 0.1
# Of neighbours in a mosaic, that have two colours.
_LEAST_UNLIKE = 0.2
_FEWEST_CELLS, _LEAST_PATCH, _MOST_COVERS = 36, 4, 3
_MOST_PERIOD = 12
_MOST_AXES = 4
# Cells to be seen for each number of a law, at least: fewer are rather learnt by heart than understood.
_EVIDENCE = 4
_SLOPES = ((1, 0), (0, 1), (1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 3), (3, 2))
_OFFSETS = np.arange(1, _MOST_PERIOD + 1)[:, None]


# --- movements ---


def _turned(cells: np.ndarray) -> Iterator[tuple[np.ndarray, str]]:
    """Views of the grid mirrored and turned, and by which ways each may be shifted."""
    yield cells, "all"
    yield cells[:, ::-1], "across"
    yield cells[::-1], "down"
    yield cells[::-1, ::-1], "all"
    yield cells.T, "falling"
    yield cells[::-1, ::-1].T, "rising"
    yield cells[::-1].T, "none"
    yield cells[:, ::-1].T, "none"


def _shifts(ways: str, rows: int, columns: int) -> Iterator[tuple[int, int]]:
    if ways == "all":
        for down in range(1 - rows, rows):
            for right in range(1 - columns, columns):
                if (rows - abs(down)) * (columns - abs(right)) >= _LEAST_OVERLAP * rows * columns:
                    yield down, right
    elif ways == "across":
        yield from ((0, k) for k in range(1 - columns, columns))
    elif ways == "down":
        yield from ((k, 0) for k in range(1 - rows, rows))
    elif ways == "none":
        yield 0, 0
    else:
        sign = -1 if ways == "falling" else 1
        yield from ((k, sign * k) for k in range(1 - min(rows, columns), min(rows, columns)))


def _windows(a: tuple[int, ...], b: tuple[int, ...], down: int, right: int) -> tuple[tuple[slice, slice], ...]:
    """Where two grids of these shapes lie upon each other when the second is shifted."""
    top, bottom = max(0, down), min(a[0], b[0] + down)
    left, end = max(0, right), min(a[1], b[1] + right)
    here = slice(top, max(top, bottom)), slice(left, max(left, end))
    return here, (slice(here[0].start - down, here[0].stop - down), slice(here[1].start - right, here[1].stop - right))


_Carried = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # cells, which are known, their images, which are


def _movements(cells: Cells, known: np.ndarray) -> Iterator[_Carried]:
    """Where the movements that all known cells agree with carry the mosaic, as views of both grids."""
    least = _LEAST_OVERLAP * cells.size
    for (image, ways), (there, _) in zip(_turned(cells), _turned(known), strict=True):
        for down, right in _shifts(ways, *cells.shape):
            if image is cells and (down, right) <= (0, 0):
                continue
            here, at = _windows(cells.shape, image.shape, down, right)
            a, b, mine, its = cells[here], image[at], known[here], there[at]
            if a.size < least or ((a[::4] != b[::4]) & mine[::4] & its[::4]).any():  # most fail in a few rows
                continue
            both = mine & its
            if both.sum() < least or ((a != b) & both).any():
                continue
            yield a, mine, b, its
            if image is cells:
                yield b, its, a, mine


def _moved(cells: Cells, known: np.ndarray) -> Cells | None:
    """The cells with the hidden ones taken from where the movements carry them; None where one stays hidden."""
    out, seen = cells.copy(), known.copy()
    found = list(_movements(out, seen))
    for _ in range(4):
        before = int(seen.sum())
        for part, mine, image, there in found:
            new = there & ~mine
            part[new] = image[new]
            mine[new] = True
        if seen.all():
            return out
        if int(seen.sum()) == before:
            return None
    return None


# --- numbers ---


def _axes(cells: Cells, known: np.ndarray) -> list[int]:
    """The sums of two columns that mirror each other, those with the most cells to be seen first."""
    width, found = cells.shape[1], []
    for total in range(2, 2 * width - 3):
        low, high = max(0, total - width + 1), min(width - 1, total)
        here, image = cells[:, low : high + 1], cells[:, low : high + 1][:, ::-1]
        both = known[:, low : high + 1] & known[:, low : high + 1][:, ::-1]
        if high - low >= 2 and not ((here != image) & both).any():
            found.append((-int(both.sum()), total))
    return [total for _, total in sorted(found)[:_MOST_AXES]]


_ABOUT: tuple[Callable[[np.ndarray, np.ndarray], np.ndarray], ...] = (
    np.maximum,
    lambda r, c: r + c,
    np.minimum,
    lambda r, c: r * c,
    lambda r, c: r * r + c * c,
)
_FROM_CORNER: tuple[Callable[[np.ndarray, np.ndarray], np.ndarray], ...] = (
    *(_ABOUT[k] for k in (0, 2, 3, 4)),
    lambda r, c: (r + 1) * (c + 1),
    lambda r, c: c // (r + 1),
    lambda r, c: c // (r // 2 + 1),
    lambda r, c: r // (c + 1),
    lambda r, c: r // (c // 2 + 1),
    lambda r, c: r * (r + 1) // 2 + c,
    lambda r, c: c * (c + 1) // 2 + r,
    lambda r, c: r ^ c,
    lambda r, c: r & c,
)


def _numbers(cells: Cells, known: np.ndarray) -> Iterator[np.ndarray]:
    """A number for each cell, the plainer ones first."""
    places: np.ndarray = np.indices(cells.shape)
    rows: np.ndarray = places[0]
    columns: np.ndarray = places[1]
    back, left = cells.shape[0] - 1 - rows, cells.shape[1] - 1 - columns
    for a, b in _SLOPES:
        yield a * rows + b * columns
        if a and b:
            yield a * back + b * columns
    for down in _axes(np.ascontiguousarray(cells.T), np.ascontiguousarray(known.T)):
        for across in _axes(cells, known):
            for about in _ABOUT:
                yield about(abs(2 * rows - down), abs(2 * columns - across)) // (1 if about is _ABOUT[4] else 2)
    for r, c in ((rows, columns), (rows, left), (back, columns), (back, left)):
        yield from (f(r, c) for f in _FROM_CORNER)


def _counted(cells: Cells, known: np.ndarray) -> Cells | None:
    """The cells with the hidden ones as the law with the fewest numbers has them."""
    at = np.flatnonzero(known)
    inks = cells.ravel()[at]
    few = at[:: max(1, len(at) // 60)]
    best: tuple[int, Cells] | None = None
    table = np.full(_MOST_PERIOD * _MOST_PERIOD, 255, np.uint8)
    for base in _numbers(cells, known):
        flat = base.ravel()
        # All periods at once, first for a few cells: row p - 1 of the labels counts the numbers round after p.
        labels = flat[few] % _OFFSETS + (_OFFSETS - 1) * _MOST_PERIOD
        table[labels] = cells.ravel()[few]
        hopeful = (table[labels] == cells.ravel()[few]).all(axis=1)
        for period in (np.flatnonzero(hopeful) + 1).tolist():
            if period > 1 and (best is None or period < best[0]):
                made = _made(flat % period, period, at, inks)
                if made is not None:
                    best = period, made.reshape(cells.shape)
                    break
        count = int(flat.max()) + 1
        if best is None and count < 2000 and len(np.unique(flat)) * _EVIDENCE <= len(at):
            made = _made(flat, count, at, inks)
            if made is not None:
                best = count, made.reshape(cells.shape)
    return best[1] if best else None


def _made(labels: np.ndarray, count: int, at: np.ndarray, inks: np.ndarray) -> Cells | None:
    """The colours that the labels have where they are seen; None where one has two, or none."""
    table = np.full(count, 255, np.uint8)
    table[labels[at]] = inks
    if (table[labels[at]] != inks).any():
        return None
    made: Cells = table[labels]
    return None if (made == 255).any() else made


def _by_lines(cells: Cells, known: np.ndarray) -> Cells | None:
    """Each row with the smallest period of its own, up to a third of it."""
    out, width = cells.copy(), cells.shape[1]
    for r in np.flatnonzero(~known.all(axis=1)).tolist():
        seen = known[r]
        for period in range(1, width // 3 + 1):
            made = _made(np.arange(width) % period, period, np.flatnonzero(seen), cells[r, seen])
            if made is not None and seen.sum() > period:
                out[r] = made
                break
        else:
            return None
    return out


def _by_columns(cells: Cells, known: np.ndarray) -> Cells | None:
    made = _by_lines(np.ascontiguousarray(cells.T), np.ascontiguousarray(known.T))
    return None if made is None else np.ascontiguousarray(made.T)


def explained(cells: Cells, known: np.ndarray) -> Cells | None:
    """The cells with those that are not known taken from the simplest law that the others obey; None without one."""
    made = (law(cells, known) for law in (_moved, _counted, _by_lines, _by_columns))
    return next((m for m in made if m is not None), None)


# --- what is hidden ---


def _covers(cells: Cells) -> Iterator[int]:
    """The colours that may hide the rest: in rectangles, or what is empty."""
    counts = np.bincount(cells.ravel(), minlength=COLOURS)
    lonely = np.ones(cells.shape, bool)
    down, right = cells[1:] == cells[:-1], cells[:, 1:] == cells[:, :-1]
    for part, alike in ((np.s_[1:], down), (np.s_[:-1], down), (np.s_[:, 1:], right), (np.s_[:, :-1], right)):
        lonely[part] &= ~alike
    single = np.bincount(cells[lonely], minlength=COLOURS)
    counts[1:][single[1:] > _MOST_LONELY * counts[1:]] = 0
    fit = []
    for ink in np.flatnonzero((counts >= _LEAST_PATCH) & (counts <= _MOST_HIDDEN * cells.size)).tolist():
        hidden = cells == ink
        patches = things(hidden.astype(np.uint8), "side")
        if len(patches) > 12 or max(t.size for t in patches) < _LEAST_PATCH:
            continue
        if ink and not all(t.cells.all() for t in patches) and _in_squares(hidden) < (1 - _MOST_LONELY) * hidden.sum():
            continue
        fit.append((-min(t.size for t in patches), ink))
    yield from (ink for _, ink in sorted(fit)[:_MOST_COVERS])
    holes = int((cells == 0).sum())
    if not _LEAST_PATCH <= holes <= _MOST_SCATTERED * cells.size:
        return
    yield 0


def _in_squares(hidden: np.ndarray) -> int:
    """How many cells lie in a full square of two by two, as all do where rectangles lie upon each other."""
    squares = hidden[1:, 1:] & hidden[1:, :-1] & hidden[:-1, 1:] & hidden[:-1, :-1]
    inside = np.zeros(hidden.shape, bool)
    for part in (np.s_[1:, 1:], np.s_[1:, :-1], np.s_[:-1, 1:], np.s_[:-1, :-1]):
        inside[part] |= squares
    return int(inside.sum())


def _together(cells: Cells) -> np.ndarray | None:
    """Which cells are to be seen where rectangles of several colours, one of each, hide the others, and perhaps a part
    of each other."""
    boxes: dict[int, tuple[slice, slice]] = {}
    for ink in np.flatnonzero(np.bincount(cells.ravel(), minlength=COLOURS)).tolist():
        rows, columns = np.nonzero(cells == ink)
        box = np.s_[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        if len(rows) >= _LEAST_PATCH and min(cells[box].shape) > 1 and 2 * len(rows) >= cells[box].size:
            boxes[ink] = box
    full = {ink: box for ink, box in boxes.items() if np.isin(cells[box], list(boxes)).all()}
    if not 2 <= len(full) <= _MOST_COVERS:
        return None
    known = np.ones(cells.shape, bool)
    for box in full.values():
        known[box] = False
    return known


def _calm(cells: Cells, known: np.ndarray) -> bool:
    """Whether most neighbours, across and down, have one colour, as in grids with things rather than in mosaics."""
    down, right = known[1:] & known[:-1], known[:, 1:] & known[:, :-1]
    unlike = (cells[1:] != cells[:-1])[down], (cells[:, 1:] != cells[:, :-1])[right]
    return all(u.sum() < _LEAST_UNLIKE * len(u) for u in unlike)


@lru_cache(maxsize=256)
def _whole(raw: bytes, width: int) -> tuple[Cells, int] | None:
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width)
    several = _together(cells)
    covers = [(cells != ink, ink) for ink in dict.fromkeys(_covers(cells))]
    for known, ink in covers if several is None else [(several, -1), *covers]:
        counts = np.bincount(cells[known], minlength=COLOURS)
        if (counts > 0).sum() < 2 or counts.max() > _MOST_PLAIN * counts.sum() or _calm(cells, known):
            continue
        made = explained(cells, known)
        if made is not None:
            return made, ink
    return None


def whole(cells: Cells) -> tuple[Cells, int] | None:
    """The mosaic with nothing hidden, and the colour that hid it (-1 for rectangles of several colours)."""
    if cells.size < _FEWEST_CELLS or min(cells.shape) < 4 or 4 * np.count_nonzero(cells) < cells.size:
        return None
    return _whole(cells.tobytes(), cells.shape[1])


@operation("masked", weight=0)
def mend_by_law(cells: Cells) -> Cells | None:
    """What hides a part of a mosaic (what is empty, or rectangles of one colour) takes the colours that the simplest
    law of all other cells says: shifts, mirrorings, slopes, rings, products of row and column, a period of lines."""
    found = whole(cells)
    return None if found is None else found[0].copy()


@operation("masked", result=OTHER, weight=0)
def show_by_law(cells: Cells) -> Cells | None:
    """Only what a rectangle hides in a mosaic, as the simplest law of all other cells says it."""
    found = whole(cells)
    if found is None or found[1] < 0:
        return None
    rows, columns = np.nonzero(cells == found[1])
    box = np.s_[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    return np.ascontiguousarray(found[0][box]) if (cells[box] == found[1]).all() else None


tried_at_once("mend_by_law", "show_by_law")
