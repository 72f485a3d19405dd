"""Charts of how much there is of each colour: of those that a strip at a border lists, or of those in an order."""

from __future__ import annotations

import re
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
    return _chart(inks, bars, form)


def _chart(inks: Sequence[int], bars: Sequence[int], form: str) -> Cells:
    """Bars that lead away from a border, as long as the longest."""
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


_CONSTANT = re.compile(r"c[1-9]{2,9}")


def _is_order(word: str) -> bool:
    return _CONSTANT.fullmatch(word) is not None and len(set(word)) == len(word)


WAY = Kind("way of bars", ("up", "down", "right", "left"))
CONSTANT = Kind("constant order of colours", ("c123", "c52"), _is_order)


@operation("any", counted=COUNTED, form=WAY, order=CONSTANT, result=OTHER, weight=0)
def tally_fixed(cells: Cells, counted: str, form: str, order: str) -> Cells | None:
    """A bar for each colour of a constant order, as long as the grid has cells or things of it; the grid has no other
    colours."""
    inks = list(map(int, order[1:]))
    if not set(np.unique(cells[cells != 0]).tolist()) <= set(inks):
        return None
    bars = [COUNTS[counted](np.where(cells == ink, cells, np.uint8(0))) for ink in inks]
    return _chart(inks, bars, form) if 0 < max(bars) <= MAX_SIDE else None


def _listed(goals: Sequence[Cells]) -> str | None:
    """The colours of bars that lead from the left, from above to below, if each has always the same one."""
    inks = [np.unique(row[row != 0]).tolist() for row in np.concatenate(goals, axis=1)]
    if not all(len(row) == 1 for row in inks) or any((g[:, :-1] == 0)[g[:, 1:] != 0].any() for g in goals):
        return None
    word = "c" + "".join(str(row[0]) for row in inks)
    return word if _is_order(word) else None


@fits("tally_fixed")
def _fit_order(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    turns: dict[str, Callable[[Cells], Cells]] = {
        "up": lambda g: g[::-1].T,
        "down": lambda g: g.T,
        "right": lambda g: g,
        "left": lambda g: g[:, ::-1],
    }
    for form, turn in turns.items():
        goals = [turn(w) for w in wanted]
        order = _listed(goals) if len({len(g) for g in goals}) == 1 else None
        if order is None:
            continue
        for counted in map(str, COUNTED.values):
            if makes(tally_fixed, (counted, form, order), shown, wanted):
                yield counted, form, order


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
