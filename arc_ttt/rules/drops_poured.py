"""Loose cells that are poured into the basins below them, or those of their colour, and fill them in layers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.fluids import Basin, basins_of
from arc_ttt.rules.language import DIRECTION, Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import Thing, things
from arc_ttt.rules.whole import facing, facing_back
from arc_ttt.types import Cells

# What each loose cell fills: a row, a cell, with others of its colour all of the basin; of that below it, or of that
# whose ground has its colour.
_FILLS = ("rows", "cells", "full", "kinrows", "kin")
FILLS = Kind("what a loose cell fills", _FILLS, lambda word: word in _FILLS)
_MOST_COLOURED = 250


@operation("walls", "beginning", direction=DIRECTION, fills=FILLS, weight=0)
def pour_loose(cells: Cells, direction: str, fills: str) -> Cells | None:
    """What is loose goes into the basins, open to one side only, below it (or to that with a ground of its colour), and
    fills there a row or a cell for each cell, or all of it, in its own colour."""
    turned = facing(cells, direction)
    drops = _loose(turned)
    if drops is None:
        return None
    out = np.where(drops, np.uint8(0), turned)
    for basin in basins_of(out != 0):
        if not basin.holes:
            _fill(out, basin, _poured(turned, drops, basin, fills), fills)
    return None if (out == turned).all() else facing_back(out, direction)


def _loose(cells: Cells) -> np.ndarray | None:
    """All that touches, even by what lies between, no ground of a basin two rows deep; None where there is nothing, or
    no basin."""
    if len(cells) < 4 or not 0 < np.count_nonzero(cells) <= _MOST_COLOURED:
        return None
    deep = [b for b in basins_of(cells != 0) if len(b.rows) > 1 and not b.holes]
    grounds = {(b.rows[0][0] + 1, c) for b in deep for c in range(b.rows[0][1], b.rows[0][2])}
    mask: np.ndarray = cells != 0
    for t in things(cells, "clump"):
        if any(t.cells[r - t.top, c - t.left] for r, c in grounds if _in_box(t, r, c)):
            mask[t.box] &= t.cells == 0
    return mask if deep and mask.any() else None


def _in_box(t: Thing, r: int, c: int) -> bool:
    return t.top <= r <= t.bottom and t.left <= c <= t.right


def _poured(turned: Cells, drops: np.ndarray, basin: Basin, amount: str) -> list[int]:
    """The colours of the drops that come into a basin, one by one, the lowest first."""
    first, end = basin.columns
    if amount.startswith("kin"):
        row, left, right = basin.rows[0]
        grounds = set(turned[row + 1, left:right].tolist()) - {0}
        return [c for c in grounds for _ in range(int((drops & (turned == c)).sum()))] if len(grounds) == 1 else []
    above = drops[: basin.rows[0][0] + 1, first:end]
    at = np.argwhere(above)[::-1]
    return [int(turned[r, c + first]) for r, c in at.tolist()]


def _fill(out: Cells, basin: Basin, inks: list[int], amount: str) -> None:
    if amount in ("cells", "kin"):
        rest = iter(inks)
        for r, first, end in basin.rows:
            for c, ink in zip(range(first, end), rest, strict=False):
                out[r, c] = ink
        return
    if amount == "full":
        inks = inks[:1] * len(basin.rows)
    for (r, first, end), ink in zip(basin.rows, inks, strict=False):
        out[r, first:end] = np.where(out[r, first:end] == 0, np.uint8(ink), out[r, first:end])


@fits("pour_loose")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The first direction and filling that make all, where what is loose goes."""
    pairs = list(zip(shown, wanted, strict=True))
    if any(s.shape != w.shape or not ((s != 0) & (w == 0)).any() or not ((s == 0) & (w != 0)).any() for s, w in pairs):
        return
    for direction in map(str, DIRECTION.values):
        found = _loose(facing(shown[0], direction))
        goal = facing(wanted[0], direction)
        # Few loose cells lie where something is at the end.
        if found is None or 2 * int((goal[found] != 0).sum()) > int(found.sum()):
            continue
        for fills in map(str, FILLS.values):
            if makes(pour_loose, (direction, fills), shown, wanted):
                yield direction, fills
                return
