"""A task → the same task with less to see: without a colour that a rule does not look at, line by line, or with only
that part of the outputs that is added to the inputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from arc_ttt.agents.programs.targets import Grids
from arc_ttt.rules.language import Program, Step
from arc_ttt.types import COLOURS, Cells

ASIDE_SHARE, ADDED_SHARE, LINES_SHARE = 0.2, 0.5, 0.15
ASIDE_BITS, ADDED_BITS, LINES_BITS = 6.0, 4.0, 6.0
# Lines that change and others that are looked at at most, and those that must change and stay for a rule of lines.
MOST_CHANGED, MOST_SAME, FEWEST_CHANGED, FEWEST_AGAIN, FEW_LINES = 9, 3, 3, 3, 4


class Piece(NamedTuple):
    """The operation that runs a program on the piece, its arguments before the program, and what the program is for."""

    name: str
    before: tuple[str | int, ...]
    inputs: Grids
    outputs: Grids
    share: float
    bits: float

    def wrapped(self, program: Program) -> Program:
        return (Step(self.name, (*self.before, program)),)


def pieces(inputs: Grids, outputs: Grids) -> Iterator[Piece]:
    """The pieces of a task that are worth a search."""
    yield from _added(inputs, outputs)
    yield from _aside(inputs, outputs)
    yield from _lines(inputs, outputs)


def _aside(inputs: Grids, outputs: Grids) -> Iterator[Piece]:
    """Without the colour that is painted over most often, of those in all inputs that is nowhere new or erased."""
    if any(i.shape != o.shape for i, o in zip(inputs, outputs, strict=False)):
        return
    found = []
    for colour in range(1, COLOURS):
        masks = [g == colour for g in inputs]
        if not all(m.any() for m in masks):
            continue
        over = 0
        for i, o, m in zip(inputs, outputs, masks, strict=False):
            if ((o == colour) & ~m).any() or (o[m] == 0).any() or (i == o)[~m].all() or not i[~m].any():
                break
            over += int((o[m] != colour).sum())
        else:
            if over:
                found.append((over, colour))
    if found:
        colour = max(found)[1]
        without = [tuple(np.where(g == colour, np.uint8(0), g) for g in grids) for grids in (inputs, outputs)]
        yield Piece("without_colour", (colour,), without[0], without[1], ASIDE_SHARE, ASIDE_BITS)


_REST: dict[str, Callable[[Cells, Cells], tuple[Cells, Cells]]] = {
    "down": lambda i, o: (o[: len(i)], o[len(i) :]),
    "up": lambda i, o: (o[-len(i) :], o[: -len(i)]),
    "right": lambda i, o: (o[:, : i.shape[1]], o[:, i.shape[1] :]),
    "left": lambda i, o: (o[:, -i.shape[1] :], o[:, : -i.shape[1]]),
}


def _added(inputs: Grids, outputs: Grids) -> Iterator[Piece]:
    """What lies beside the inputs in the outputs."""
    for way, split in _REST.items():
        rest: list[Cells] = []
        for i, o in zip(inputs, outputs, strict=False):
            kept, added = split(i, o)
            if not added.size or kept.shape != i.shape or (kept != i).any():
                break
            rest.append(np.ascontiguousarray(added))
        else:
            yield Piece("append", (way,), inputs, tuple(rest), ADDED_SHARE, ADDED_BITS)
            return


def _lines(inputs: Grids, outputs: Grids) -> Iterator[Piece]:
    """Each different row or column as a grid, where those that are alike become alike, and some are, or there are
    few."""
    if any(i.shape != o.shape or min(i.shape) < 2 for i, o in zip(inputs, outputs, strict=False)):
        return
    for axis in ("horizontal", "vertical"):
        made: dict[bytes, tuple[Cells, Cells]] = {}
        often = Counter(a.tobytes() for i in inputs[: len(outputs)] for a in _rows(i, axis))
        if not all(
            made.setdefault(a.tobytes(), (a, b))[1].tobytes() == b.tobytes()
            for i, o in zip(inputs, outputs, strict=False)
            for a, b in zip(_rows(i, axis), _rows(o, axis), strict=True)
        ):
            continue
        tests = {a.tobytes(): a for i in inputs[len(outputs) :] for a in _rows(i, axis)}
        changed = [(a, b) for a, b in made.values() if (a != b).any()]
        same = [(a, b) for a, b in made.values() if (a == b).all()]
        again = sum(often[a.tobytes()] > 1 for a, _ in changed)
        few = all(len(_rows(i, axis)) <= FEW_LINES for i in inputs)
        if len(changed) < FEWEST_CHANGED or any(len(np.unique(a)) == 1 for a, _ in changed):
            continue
        if again >= FEWEST_AGAIN or few:
            pairs = changed[:MOST_CHANGED] + same[:MOST_SAME]
            shown = (*(a for a, _ in pairs), *list(tests.values())[: MOST_CHANGED + MOST_SAME])
            yield Piece("change_lines", (axis,), shown, tuple(b for _, b in pairs), LINES_SHARE, LINES_BITS)


def _rows(cells: Cells, axis: str) -> list[Cells]:
    return [np.ascontiguousarray(line[None]) for line in (cells if axis == "horizontal" else cells.T)]
