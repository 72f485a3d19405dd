"""Bands and bars: marks that run across the band they lie in, bridges between things, bars on them, rows that grow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np

from arc_ttt.rules.language import DIRECTION, INK, LINK, OTHER, Kind, operation
from arc_ttt.rules.things import Thing, colours, holes, things
from arc_ttt.rules.whole import facing, facing_back
from arc_ttt.types import COLOURS, MAX_SIDE, Cells

_MOST_THINGS = 30


def _bands(cells: Cells) -> list[slice] | None:
    """Bands of rows with the same commonest colour; None where the rows are not mostly of one colour."""
    counts = np.stack([(cells == c).sum(axis=1) for c in range(10)])
    if counts.max(axis=0).sum() < 0.8 * cells.size:
        return None
    inks = counts.argmax(axis=0)
    edges = [0, *(np.flatnonzero(inks[1:] != inks[:-1]) + 1).tolist(), len(cells)]
    return [slice(a, b) for a, b in pairwise(edges)]


@operation("noisy", "walls", weight=0)
def run_across_bands(cells: Cells) -> Cells | None:
    """Bands of one colour lie side by side; each cell of another colour in a band becomes a line across that band."""
    for image in (cells, cells.T):
        bands = _bands(image)
        if bands is None or len(bands) < 2:
            continue
        out = image.copy()
        for band in bands:
            part = out[band]
            ink = int(np.bincount(part.ravel(), minlength=10).argmax())
            for r, c in np.argwhere(part != ink):
                part[:, c] = part[r, c]
        if (out != image).any():
            return np.ascontiguousarray(out if image is cells else out.T)
    return None


_LEAST_BANDED = 0.6


@operation("noisy", "walls", weight=0)
def straighten_bands(cells: Cells) -> Cells | None:
    """Ragged bands become straight: each row, or each column, takes the colour that most of it has, whichever changes
    fewer cells."""
    rows, columns = (_straightened(image) for image in (cells, cells.T))
    lying, upright = int((rows == cells).sum()), int((cells == columns.T).sum())
    out = rows if lying > upright else np.ascontiguousarray(columns.T)
    if lying == upright or max(lying, upright) < _LEAST_BANDED * cells.size or (out == out[0, 0]).all():
        return None
    return None if (out == cells).all() else out


def _straightened(cells: Cells) -> Cells:
    names = cells + COLOURS * np.arange(len(cells))[:, None]
    counts = np.bincount(names.ravel(), minlength=COLOURS * len(cells)).reshape(-1, COLOURS)
    return np.repeat(counts.argmax(axis=1).astype(np.uint8)[:, None], cells.shape[1], axis=1)


MARGIN = Kind("margin", (0, 1))


@operation("blocks", "objects", ink=INK, margin=MARGIN, link=LINK, weight=0)
def bridge(cells: Cells, ink: int, margin: int, link: str) -> Cells | None:
    """Things that face each other across empty cells are joined by a bridge of one colour, as wide as what they share,
    perhaps without a cell on either side."""
    group = [t for t in things(cells, link) if t.size > 1]
    if not 2 <= len(group) <= _MOST_THINGS:
        return None
    out = cells.copy()
    for a in group:
        for b in group:
            for gap in _gaps(a, b, margin):
                if not cells[gap].any():
                    out[gap] = ink
    return None if (out == cells).all() else out


def _gaps(a: Thing, b: Thing, margin: int) -> Iterator[tuple[slice, slice]]:
    """The empty rectangle between two boxes of which the second lies right of the first or below it."""
    left, right = max(a.left, b.left) + margin, min(a.right, b.right) + 1 - margin
    top, bottom = max(a.top, b.top) + margin, min(a.bottom, b.bottom) + 1 - margin
    if left < right and a.bottom + 1 < b.top:
        yield slice(a.bottom + 1, b.top), slice(left, right)
    if top < bottom and a.right + 1 < b.left:
        yield slice(top, bottom), slice(a.right + 1, b.left)


BAR: dict[str, Callable[[Thing], int]] = {
    "colours": lambda t: len(colours(t.cells)),
    "size": lambda t: t.size,
    "height": lambda t: t.height,
    "width": lambda t: t.width,
    "holes": holes,
}
LENGTH = Kind("length of a bar", tuple(BAR))


@operation("objects", "spotted", direction=DIRECTION, length=LENGTH, ink=INK, weight=0)
def hang_bars(cells: Cells, direction: str, length: str, ink: int) -> Cells | None:
    """On one side of each thing hangs a bar of one colour, as wide as the thing and as long as a measure of it says,
    over empty cells."""
    turned = facing(cells, direction)
    group = things(np.ascontiguousarray(turned), "mixed")
    if not 0 < len(group) <= _MOST_THINGS:
        return None
    out = turned.copy()
    for t in group:
        place = out[t.bottom + 1 : t.bottom + 1 + BAR[length](t), t.left : t.right + 1]
        place[place == 0] = ink
    return None if (out == turned).all() else facing_back(out, direction)


ROWS = Kind("how many rows", ("half_width", "until_full", "width"))


@operation("beginning", "single", rows=ROWS, result=OTHER, weight=0)
def grow_rows(cells: Cells, rows: str) -> Cells | None:
    """A grid of one row gets more of them, in each of which the run at the left end is longer by one cell."""
    width = cells.shape[1]
    run = int(np.argmin(np.append(cells[0], 0) != 0)) if len(cells) == 1 else 0
    count = {"half_width": width // 2, "until_full": width - run + 1, "width": width}[rows]
    if not run or cells[0, run:].any() or not 1 < count <= MAX_SIDE:
        return None
    lengths = np.minimum(run + np.arange(count), width)
    ink = cells[0, run - 1]
    out = np.where(np.arange(width)[None] < lengths[:, None], ink, 0).astype(np.uint8)
    out[:, :run] = cells[0, :run]
    return out
