"""Of several pieces one fits into the hole of a picture: its sides go on what lies around the hole."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation, tried_at_once
from arc_ttt.rules.panels import panels
from arc_ttt.rules.things import colours, things
from arc_ttt.types import Cells

PIECE_TURNED = Kind("whether pieces are turned", ("never", "turned"))
FITTED_SHOWN = Kind("what is shown of a fitted hole", ("picture", "grid", "cleared", "piece"))
_LEAST_HOLE, _MOST_PIECES, _MOST_THINGS, _LEAST_PICTURE = 4, 40, 30, 20
_LEAST_RIM = 0.5

Box = tuple[slice, slice]


def _hole(picture: Cells) -> Iterator[Box]:
    """The full rectangles that are all there is of a colour, wholly within a picture or at its border."""
    for ink in [0, *colours(picture)]:
        rows, columns = np.nonzero(picture == ink)
        if len(rows) < _LEAST_HOLE or len(rows) * 2 > picture.size:
            continue
        box = slice(int(rows.min()), int(rows.max()) + 1), slice(int(columns.min()), int(columns.max()) + 1)
        if picture[box].size == len(rows) and min(picture[box].shape) > 1:
            yield box


def _pictures(cells: Cells) -> Iterator[tuple[Box, Cells]]:
    """Where the picture lies, the largest panel or thing, and the grid with what is in the other ones alone."""
    found = panels(cells)
    if found is not None and len(found.flat) > 1:
        large = max(found.flat, key=lambda b: cells[b].size)
        rest = np.zeros_like(cells)
        for box in found.flat:
            if box != large:
                rest[box] = cells[box]
        yield large, rest
    group = things(cells, "mixed")
    if 2 < len(group) <= _MOST_THINGS:
        largest = max(group, key=lambda t: t.size)
        rest = cells.copy()
        rest[largest.box] = 0
        yield largest.box, rest


def _pieces(rest: Cells, height: int, width: int) -> list[Cells]:
    """What lies in boxes of a size that are not empty and have nothing around them."""
    rows, columns = rest.shape
    if height > rows or width > columns:
        return []
    total = np.zeros((rows + 3, columns + 3), np.int32)
    total[2:-1, 2:-1] = rest != 0
    total = total.cumsum(axis=0).cumsum(axis=1)

    def within(top: int, left: int, high: int, wide: int) -> np.ndarray:
        """How many coloured cells each box of a size has, the first from (top, left) on of a grid with a rim."""
        n, m = rows - height + 1, columns - width + 1
        a, b = total[top : top + n], total[top + high : top + high + n]
        counts: np.ndarray = (b[:, left + wide : left + wide + m] - a[:, left + wide : left + wide + m]) - (
            b[:, left : left + m] - a[:, left : left + m]
        )
        return counts

    own = within(1, 1, height, width)
    alone = (own > 0) & (own == within(0, 0, height + 2, width + 2))
    return [rest[r : r + height, c : c + width] for r, c in np.argwhere(alone).tolist()][:_MOST_PIECES]


def _rim(picture: Cells, hole: Box, piece: Cells) -> float:
    """The share of the cells on a piece's sides that are of the colour of the cell beyond, of those alone beyond which
    a cell of that colour follows: there a line, or an area, comes to the hole."""
    right = number = 0
    for k in range(4):
        outer, inner = np.rot90(picture, k), np.rot90(piece, k)
        top, left = _corner(picture.shape, hole, k)
        if not top:
            continue
        across = slice(left, left + inner.shape[1])
        beyond = outer[top - 1, across]
        comes = beyond == outer[max(0, top - 2), across]
        right += int(np.count_nonzero((inner[0] == beyond) & comes))
        number += int(np.count_nonzero(comes))
    return right / number if number else 0.0


def _corner(shape: tuple[int, ...], hole: Box, k: int) -> tuple[int, int]:
    """The first row and column of a box after `k` quarter turns to the left."""
    (rows, columns), (height, width) = hole, shape
    return (
        (rows.start, columns.start),
        (width - columns.stop, rows.start),
        (height - rows.stop, width - columns.stop),
        (columns.start, height - rows.stop),
    )[k]


def _lines(picture: Cells, hole: Box, piece: Cells) -> float:
    """The share of the rows and columns through the hole that, with a piece in it, are like another whole line."""
    whole = picture.copy()
    whole[hole] = piece
    right = 0
    for lines, across in ((whole, hole[0]), (whole.T, hole[1])):
        others = {line.tobytes() for k, line in enumerate(lines) if not across.start <= k < across.stop}
        right += sum(line.tobytes() in others for line in lines[across])
    return right / sum(piece.shape)


def _chosen(picture: Cells, hole: Box, rest: Cells, turned: str) -> Cells | None:
    """The one piece whose sides go on best what lies around the hole."""
    shape = picture[hole].shape
    pieces = _pieces(rest, *shape)
    if turned == "turned" and shape[0] != shape[1]:
        pieces += _pieces(rest, *shape[::-1])
    images = [np.rot90(p, k) for p in pieces for k in range(4 if turned == "turned" else 1)]
    ranks = [(_rim(picture, hole, i) + _lines(picture, hole, i), n) for n, i in enumerate(images) if i.shape == shape]
    if len(ranks) < 2:
        return None
    best = max(r for r, _ in ranks)
    top = [images[n] for r, n in ranks if r == best]
    return top[0] if best >= _LEAST_RIM and all((t == top[0]).all() for t in top) else None


@lru_cache(maxsize=64)
def _fitted(raw: bytes, width: int, turned: str) -> tuple[Cells, Box, Cells] | None:
    """The picture with the piece in it, where it lies, and the piece."""
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width)
    for where, rest in _pictures(cells):
        picture = cells[where]
        if picture.size < _LEAST_PICTURE or not rest.any():
            continue
        for hole in _hole(picture):
            piece = _chosen(picture, hole, rest, turned)
            if piece is not None:
                out = picture.copy()
                out[hole] = piece
                return out, where, piece
    return None


@operation("masked", "panels", turned=PIECE_TURNED, shown=FITTED_SHOWN, result=OTHER, weight=0)
def fit_hole(cells: Cells, turned: str, shown: str) -> Cells | None:
    """The hole of a picture, a rectangle of one colour, takes of several pieces beside the picture the one whose sides
    go on best what lies around the hole; the picture is shown, the grid (the pieces stay or vanish), or the piece."""
    found = _fitted(cells.tobytes(), cells.shape[1], turned)
    if found is None:
        return None
    picture, where, piece = found
    if shown == "piece":
        return piece.copy()
    if shown == "picture":
        return picture.copy()
    out = cells.copy() if shown == "grid" else np.zeros_like(cells)
    out[where] = picture
    return out


tried_at_once("fit_hole")
