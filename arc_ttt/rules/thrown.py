"""Slanting lines from single cells that are thrown back at the sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.language import DIRECTION, Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import Thing, things
from arc_ttt.rules.whole import facing, facing_back
from arc_ttt.types import Cells

_MOST_CELLS = 8
FIRST = Kind("side to which a line goes first", ("right", "left", "farther", "both"))
LINE = Kind("ink of a line", ("own", *range(1, 10)))


def _sides(first: str, t: Thing, columns: int) -> tuple[int, ...]:
    if first == "farther":
        return (1,) if 2 * t.left < columns - 1 else (-1,)
    return {"right": (1,), "left": (-1,), "both": (1, -1)}[first]


def _path(cells: Cells, row: int, column: int, move: int) -> Iterator[tuple[int, int]]:
    """The empty cells downwards from a place on, thrown back at the sides and by coloured cells."""
    for r in range(row + 1, cells.shape[0]):
        for way in (move, -move):
            k = column + way
            if 0 <= k < cells.shape[1] and cells[r, k] == 0:
                column, move = k, way
                yield r, k
                break
        else:
            return


@operation("edge", "few", direction=DIRECTION, first=FIRST, ink=LINE, weight=0)
def throw_lines(cells: Cells, direction: str, first: str, ink: int | str) -> Cells | None:
    """From every single cell a slanting line runs in a direction, to one side at first, thrown back by the side walls
    and by coloured cells."""
    turned = facing(cells, direction)
    spots = [t for t in things(turned, "corner") if t.size == 1]
    if turned.shape[1] < 2 or not 1 <= len(spots) <= _MOST_CELLS:
        return None
    out = turned.copy()
    for t in spots:
        for move in _sides(first, t, turned.shape[1]):
            for place in _path(turned, t.top, t.left, move):
                out[place] = t.colour if ink == "own" else ink
    return facing_back(out, direction)


def line_inks(shown: Sequence[Cells], wanted: Sequence[Cells]) -> list[int | str]:
    """Colours that lines over empty cells may have, if that is all that happens: their cells' own, or the one new."""
    if any(s.shape != w.shape or (s != w)[s != 0].any() for s, w in zip(shown, wanted, strict=True)):
        return []
    inks = {int(c) for s, w in zip(shown, wanted, strict=True) for c in np.unique(w[s != w])}
    return ["own", *(inks if len(inks) == 1 else ())] if inks else []


@fits("throw_lines")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    for ink, first, direction in product(line_inks(shown, wanted), map(str, FIRST.values), map(str, DIRECTION.values)):
        if makes(throw_lines, (direction, first, ink), shown, wanted):
            yield direction, first, ink
