"""The rows (or columns) of a grid move sideways: by turns, in waves, or by as many cells as there are in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.language import DIRECTION, Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import rarest_ink
from arc_ttt.rules.whole import facing, facing_back
from arc_ttt.types import Cells


def _rare(lines: Cells) -> np.ndarray:
    """How many cells of the grid's one rarest colour each line has."""
    ink = rarest_ink(lines)
    found: np.ndarray = (lines == ink).sum(axis=1) if ink else np.zeros(len(lines), int)
    return found


def _by_turns(*steps: int) -> Callable[[Cells], np.ndarray]:
    """The steps come in turn, from the first coloured line on."""

    def moved(lines: Cells) -> np.ndarray:
        first = int((lines != 0).any(axis=1).argmax())
        return np.array([steps[(k - first) % len(steps)] for k in range(len(lines))])

    return moved


_MOVED: dict[str, Callable[[Cells], np.ndarray]] = {
    "second": _by_turns(0, 1),
    "wave": _by_turns(0, 1, 0, -1),
    "zigzag": _by_turns(1, -1),
    "cells": lambda lines: (lines != 0).sum(axis=1),
    "rares": _rare,
}
MOVED = Kind("how far lines move", tuple(_MOVED))
ASIDE = Kind("to which side lines move", ("onwards", "back"))
# Directions in which the right of the turned lines is the right, or the bottom, of the grid.
_UPRIGHT = ("down", "left")
ROUND = Kind("what leaves the grid", ("round", "off"))


@operation("lines", "pattern", "shapes", direction=DIRECTION, moved=MOVED, side=ASIDE, slide=ROUND, weight=0)
def shift_lines(cells: Cells, direction: str, moved: str, side: str, slide: str) -> Cells | None:
    """The lines across a direction move sideways: every second one by a cell, in a wave, to and fro, or each by as many
    cells as it has (of the rarest colour); what leaves the grid comes back or is lost."""
    lines = facing(cells, direction)
    by = _MOVED[moved](lines) * (1 if (side == "onwards") == (direction in _UPRIGHT) else -1)
    width = lines.shape[1]
    at = np.arange(width)[None] - by[:, None]
    out = np.take_along_axis(lines, at % width, axis=1)
    if slide == "off":
        out[(at < 0) | (at >= width)] = 0
    return None if (out == lines).all() else facing_back(out, direction)


@fits("shift_lines")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The first arguments that make all outputs, where each row, or each column, keeps its cells or loses some."""
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    ways: list[str] = []
    for axis, directions in ((1, ("down", "up")), (0, ("right", "left"))):
        before, after = ([(g != 0).sum(axis=axis) for g in grids] for grids in (shown, wanted))
        if all((a <= b).all() and 2 * a.sum() > b.sum() for a, b in zip(after, before, strict=True)):
            ways += directions
    for way, moved, side, slide in product(ways, MOVED.values, ASIDE.values, ROUND.values):
        if makes(shift_lines, (way, moved, side, slide), shown, wanted):
            yield way, moved, side, slide
            return
