"""Colours listed in a strip at a border are the legend of a chart of how much there is of each in the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.language import OTHER, Argument, Kind, fits, makes, operation
from arc_ttt.rules.panels import panels
from arc_ttt.rules.things import things
from arc_ttt.types import MAX_SIDE, Cells

# What is counted of a colour in the grid without the strip.
COUNTS: dict[str, Callable[[Cells], int]] = {
    "cells": lambda c: int(np.count_nonzero(c)),
    "things": lambda c: len(things(c, "corner")),
    "pieces": lambda c: len(things(c, "side")),
    "largest": lambda c: max((t.size for t in things(c, "corner")), default=0),
}
COUNTED = Kind("what a chart counts", tuple(COUNTS))
# Bars that stand on a border of the answer, or one after the other in a line.
FORM = Kind("form of a chart", ("up", "down", "right", "left", "row", "column"))
BASE = Kind("whether a chart begins with its legend", ("with", "without"))
_FEWEST = 2


def legend_strip(cells: Cells) -> tuple[list[int], Cells] | None:
    """The colours, all different, that alone lie side by side at a border: the longest such strip; and the rest."""
    found: list[tuple[list[int], Cells]] = []
    for line, rest in (
        (cells[-1], cells[:-1]),
        (cells[0], cells[1:]),
        (cells[:, 0], cells[:, 1:]),
        (cells[:, -1], cells[:, :-1]),
    ):
        at = np.flatnonzero(line)
        inks = line[at].tolist()
        if _FEWEST <= len(inks) == len(set(inks)) and at[-1] - at[0] < len(inks):
            found.append((inks, rest))
    longest = max((len(inks) for inks, _ in found), default=0)
    best = [f for f in found if len(f[0]) == longest]
    return best[0] if len(best) == 1 else None


@operation("any", counted=COUNTED, form=FORM, base=BASE, result=OTHER, weight=0)
def chart_by_strip(cells: Cells, counted: str, form: str, base: str) -> Cells | None:
    """A bar for each colour of a strip at the border, in its order as long as the grid has cells or things of it."""
    found = legend_strip(cells)
    if found is None:
        return None
    inks, rest = found
    bars = [COUNTS[counted](np.where(rest == ink, rest, np.uint8(0))) + (base == "with") for ink in inks]
    if form in ("row", "column"):
        line = np.repeat(np.array(inks, np.uint8), bars)
        if not 0 < len(line) <= MAX_SIDE:
            return None
        return line[None] if form == "row" else line[:, None]
    if not 0 < max(bars) <= MAX_SIDE:
        return None
    out = np.zeros((len(inks), max(bars)), np.uint8)
    for row, ink, n in zip(out, inks, bars, strict=True):
        row[:n] = ink
    out = out if form in ("right", "down") else out[:, ::-1]
    return np.ascontiguousarray(out.T if form in ("up", "down") else out)


@fits("chart_by_strip")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    for cells, goal in zip(shown, wanted, strict=True):
        found = legend_strip(cells)
        if found is None or set(np.unique(goal[goal != 0]).tolist()) - set(found[0]):
            return
    for words in product(*(map(str, kind.values) for kind in (COUNTED, FORM, BASE))):
        if makes(chart_by_strip, words, shown, wanted):
            yield words


ENTRY = Kind("what a table says", ("present", "absent"))


@operation("panels", entry=ENTRY, result=OTHER, weight=0)
def table_by_strip(cells: Cells, entry: str) -> Cells | None:
    """A row for each colour that is listed, each alone in its row, in the first panel (or a column for each in the
    first row of panels), a column for each other panel: coloured where that has the colour, or where it lacks it."""
    found = panels(cells)
    if found is None or min(len(found.boxes), len(found.boxes[0])) > 1:
        return None
    down = len(found.boxes) == 1
    first, *others = (cells[b] if down else cells[b].T for b in found.flat)
    inks = first[first != 0].tolist()
    if first.shape[1] > 1 or len(others) < 2 or len(inks) < _FEWEST or len(set(inks)) != len(inks):
        return None
    out = np.array([[ink if (p == ink).any() == (entry == "present") else 0 for p in others] for ink in inks], np.uint8)
    return out if down else np.ascontiguousarray(out.T)
