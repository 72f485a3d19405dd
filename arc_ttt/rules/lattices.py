"""Operations that go on with a repetition: over empty cells of the grid, or of a larger one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import DIRECTION, OTHER, Argument, Kind, fits, operation
from arc_ttt.rules.whole import bounding_box, facing, facing_back
from arc_ttt.types import MAX_SIDE, Cells

LATTICE = Kind("lattice", ("tile", "across", "down", "falling", "rising"))
SIZES = Kind("sizes", ("double", "half_more", "triple", "square"))


@operation("beginning", "pattern", lattice=LATTICE, weight=2)
def fill_lattice(cells: Cells, lattice: str) -> Cells | None:
    """Empty cells are filled so that the grid repeats with the smallest period that its coloured cells allow: as a
    tiling, across, down, or along falling or rising diagonals."""
    known = cells != 0
    if known.all() or np.count_nonzero(known) < 2:
        return None
    inks = cells[known]
    table = np.zeros(MAX_SIDE * MAX_SIDE, np.uint8)
    for labels in _labels(cells.shape, lattice):
        table[:] = 0
        at = labels[known]
        # The last of several colours stays: where they differ, another one finds that it is not its own.
        table[at] = inks
        if (table[at] == inks).all():
            out = table[labels]
            return None if (out == cells).all() else out
    return None


def _labels(shape: tuple[int, ...], lattice: str) -> Iterator[np.ndarray]:
    """(rows, columns): cells with the same number have the same colour; the smallest periods first."""
    rows, columns = np.indices(shape)
    height, width = shape
    if lattice == "across":
        yield from (rows * MAX_SIDE + columns % p for p in range(1, width))
    elif lattice == "down":
        yield from (rows % p * MAX_SIDE + columns for p in range(1, height))
    elif lattice in ("falling", "rising"):
        line = columns - rows + height if lattice == "falling" else columns + rows
        yield from (line % p for p in range(2, max(height, width)))
    else:
        pairs = [(p, q) for p in range(1, height // 2 + 1) for q in range(1, width // 2 + 1)]
        for p, q in sorted(pairs, key=lambda pair: (pair[0] * pair[1], pair)):
            yield rows % p * MAX_SIDE + columns % q


@operation("small", "beginning", direction=DIRECTION, sizes=SIZES, result=OTHER, weight=0.5)
def enlarge(cells: Cells, direction: str, sizes: str) -> Cells | None:
    """The grid with empty lines beside it in a direction: twice, one and a half times or three times as long as it was,
    or as long as it is wide."""
    turned = facing(cells, direction)
    length = len(turned)
    wanted = _wanted(turned, sizes)
    return None if wanted is None else facing_back(np.pad(turned, ((0, wanted - length), (0, 0))), direction)


def _wanted(turned: Cells, sizes: str) -> int | None:
    """How many lines there shall be; None where that is no number, or not more than there are."""
    length, across = turned.shape
    if sizes == "half_more" and length % 2:
        return None
    wanted = {"double": 2 * length, "half_more": length * 3 // 2, "triple": 3 * length, "square": across}[sizes]
    return wanted if length < wanted <= MAX_SIDE else None


@fits("enlarge")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The enlargements to the outputs' sizes that keep what is there."""
    for direction in DIRECTION.values:
        for sizes in SIZES.values:
            made = [enlarge(s, str(direction), str(sizes)) for s in shown]
            if all(
                m is not None and m.shape == w.shape and bool((m == w)[m != 0].all())
                for m, w in zip(made, wanted, strict=True)
            ):
                yield direction, sizes


_FEWEST = 2
CROSSED = Kind("what is seen of crossings", ("cells", "fields"))


@operation("beginning", "periodic", direction=DIRECTION, sizes=SIZES, result=OTHER, weight=0.5)
def go_on_beyond(cells: Cells, direction: str, sizes: str) -> Cells | None:
    """All lines of the grid, empty ones too, repeat with their smallest period, of which a line at least is seen again,
    until it is twice, one and a half times or three times as long, or as long as it is wide."""
    turned = facing(cells, direction)
    wanted = _wanted(turned, sizes)
    if wanted is None:
        return None
    period = next((p for p in range(1, len(turned)) if (turned[p:] == turned[:-p]).all()), None)
    return None if period is None else facing_back(turned[np.arange(wanted) % period], direction)


@operation("walls", "pattern", seen=CROSSED, result=OTHER, weight=0)
def crossings(cells: Cells, seen: str) -> Cells | None:
    """The cells where full rows and columns of a lattice cross, those of its own colour empty, cropped to the others;
    or the fields between these, of the colour that all four corners have."""
    rows, columns = np.flatnonzero((cells != 0).all(axis=1)), np.flatnonzero((cells != 0).all(axis=0))
    if min(len(rows), len(columns)) < _FEWEST or len(rows) == cells.shape[0] or len(columns) == cells.shape[1]:
        return None
    own = int(np.bincount(cells[cells != 0]).argmax())
    nodes = cells[np.ix_(rows, columns)]
    nodes = np.where(nodes == own, np.uint8(0), nodes)
    box = bounding_box(nodes)
    if box is None or seen == "cells":
        return None if box is None else np.ascontiguousarray(nodes[box])
    nodes = nodes[box]
    if min(nodes.shape) < _FEWEST:
        return None
    corners = np.stack([nodes[:-1, :-1], nodes[1:, :-1], nodes[:-1, 1:], nodes[1:, 1:]])
    return np.where((corners == corners[0]).all(axis=0), corners[0], np.uint8(0))
