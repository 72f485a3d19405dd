"""Marks at the border are drawn out to lines across the grid; where two cross, one lies over the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import Cells

# Over the other: the colour that a strip lists first or last; the line whose mark is nearer to the crossing, or farther
# from it; that of the colour with more lines, or with fewer; neither, so that the crossing stays empty.
OVER = Kind("which line lies over the other", ("first", "last", "nearer", "farther", "more", "fewer", "neither"))
_FEWEST_LISTED, _MOST_MARKS = 2, 12
Mark = tuple[int, int, int]


def _marks(cells: Cells) -> tuple[list[Mark], list[Mark]]:
    """Single cells at the left or right border, and those at the upper or lower one: row, column, colour."""
    rows, columns = cells.shape
    across: list[Mark] = []
    down: list[Mark] = []
    for t in things(cells, "mixed"):
        if t.size != 1:
            continue
        side, level = t.left in (0, columns - 1), t.top in (0, rows - 1)
        if side != level:
            (across if side else down).append((t.top, t.left, t.colour))
    return across, down


def _listed(cells: Cells, inks: set[int]) -> list[int]:
    """The colours of the one straight thing that lists several different ones, those of the lines among them."""
    lists: list[Thing] = []
    for t in things(cells, "mixed"):
        if t.size >= _FEWEST_LISTED and min(t.cells.shape) == 1 and t.cells.all():
            colours = t.cells.ravel().tolist()
            if len(set(colours)) == len(colours) and inks <= set(colours):
                lists.append(t)
    return [int(c) for c in lists[0].cells.ravel()] if len(lists) == 1 else []


def _worth(over: str, order: Sequence[int], inks: Sequence[int], r: Mark, c: Mark) -> int:
    """More than 0 where the line of the mark `r` across lies over that of `c`, less where it lies under it."""
    if over in ("first", "last"):
        worth = order.index(c[2]) - order.index(r[2])
    elif over in ("nearer", "farther"):
        worth = abs(c[0] - r[0]) - abs(r[1] - c[1])
    else:
        worth = inks.count(r[2]) - inks.count(c[2])
    return worth if over in ("first", "nearer", "more") else -worth


@operation("markers", over=OVER, weight=0)
def lines_over(cells: Cells, over: str) -> Cells | None:
    """Each single cell at the border is drawn out to a line across the grid, behind what lies there; where two cross,
    what is told about them says which one is seen."""
    across, down = _marks(cells) if min(cells.shape) > 2 else ([], [])
    if not across or not down or len(across) + len(down) > _MOST_MARKS:
        return None
    inks = [c for _, _, c in (*across, *down)]
    order = _listed(cells, set(inks)) if over in ("first", "last") else inks
    if not order:
        return None
    out = cells.copy()
    for r, _, ink in across:
        out[r, cells[r] == 0] = ink
    for _, c, ink in down:
        out[cells[:, c] == 0, c] = ink
    for a, b in product(across, down):
        if cells[a[0], b[1]]:
            continue
        worth = _worth(over, order, inks, a, b)
        if not worth and over != "neither" and a[2] != b[2]:
            return None
        out[a[0], b[1]] = 0 if over == "neither" else a[2] if worth >= 0 else b[2]
    return out


@fits("lines_over")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    for s, w in zip(shown, wanted, strict=True):
        if s.shape != w.shape or not np.array_equal(s[s != 0], w[s != 0]) or not all(_marks(s)):
            return
    for over in map(str, OVER.values):
        if makes(lines_over, (over,), shown, wanted):
            yield (over,)
