"""Squares in each other, one colour for each ring: the colours move from ring to ring, inwards or outwards."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.language import Kind, operation, tried_at_once
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import Cells

_LEAST_RINGS, _MOST_THINGS = 3, 20


def _singles(cells: Cells, nests: list[Thing]) -> int:
    """How many cells there are besides the nests."""
    return int(np.count_nonzero(cells)) - sum(t.size for t in nests)


_COUNTS: dict[str, Callable[[Cells, list[Thing]], int]] = {
    "one": lambda cells, nests: 1,
    "two": lambda cells, nests: 2,
    "cells": _singles,
    "things": lambda cells, nests: len(things(cells, "mixed")) - len(nests),
}
RINGS_BY = Kind("how far colours move", (*_COUNTS, "mirrored"))
RINGS_WAY = Kind("which way colours move", ("inwards", "outwards"))


def _depths(shape: tuple[int, ...]) -> np.ndarray:
    rows, columns = np.indices(shape)
    depth: np.ndarray = np.minimum(np.minimum(rows, shape[0] - 1 - rows), np.minimum(columns, shape[1] - 1 - columns))
    return depth


def rings_of(t: Thing) -> list[int] | None:
    """The colours of a full rectangle's rings, from the outermost on; None where a ring has several."""
    if t.size < t.cells.size or (min(t.cells.shape) + 1) // 2 < _LEAST_RINGS:
        return None
    n = (min(t.cells.shape) + 1) // 2
    inks = [int(t.cells[k, k]) for k in range(n)]
    return inks if len(set(inks)) > 1 and bool((np.array(inks)[_depths(t.cells.shape)] == t.cells).all()) else None


@operation("concentric", "objects", by=RINGS_BY, way=RINGS_WAY, weight=0)
def turn_nests(cells: Cells, by: str, way: str) -> Cells | None:
    """In squares in each other the colours move from ring to ring, the innermost colour to the outermost ring (or the
    other way): by one or two rings, or by as many as there are cells or things beside; or their order is reversed."""
    group = things(cells, "mixed")
    if not 0 < len(group) <= _MOST_THINGS:
        return None
    nests = [(t, inks) for t in group if (inks := rings_of(t)) is not None]
    if not nests:
        return None
    n = 0 if by == "mirrored" else _COUNTS[by](cells, [t for t, _ in nests])
    out = cells.copy()
    for t, inks in nests:
        k = (n if way == "inwards" else -n) % len(inks)
        moved = inks[::-1] if by == "mirrored" else [*inks[len(inks) - k :], *inks[: len(inks) - k]]
        out[t.box] = np.array(moved, np.uint8)[_depths(t.cells.shape)]
    return None if (out == cells).all() else out


tried_at_once("turn_nests")
