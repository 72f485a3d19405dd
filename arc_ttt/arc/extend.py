"""Transformations of all grids of a task alike, most of which make them larger: a task with a rule that goes with its.

They are the 23 augmenters of MIT's test-time training (arXiv 2411.07279, appendix; github.com/ekinakyurek/marc): six
symmetries, four reflections that extend, a translation, three enlargements, each symmetry enlarged, and three
repetitions. A translation moves inputs and outputs by the same shift, without which there would be no rule left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from arc_ttt.types import MAX_SIDE, Cells, Grid, Pair

FARTHEST = 4  # rows and columns; a shift is less, and less than the smallest grid's sides
LARGEST_GROWTH = 4  # times the cells of a grid that its image may have
Shift = tuple[int, int]


@dataclass(frozen=True)
class Transformation:
    """`of(cells, shift)` is a grid's image (any shape); `shift` is one of a task's, (0, 0) for what does not move."""

    name: str
    of: Callable[[Cells, Shift], Cells]
    moves: bool = False

    def draw(self, rng: np.random.Generator, pairs: Sequence[Pair]) -> Shift:
        """A shift that all grids of `pairs` have room for."""
        if not self.moves:
            return 0, 0
        grids = [grid for pair in pairs for grid in (pair.input, pair.output)]
        most = (min(FARTHEST, *(g.height for g in grids)), min(FARTHEST, *(g.width for g in grids)))
        return int(rng.integers(most[0])), int(rng.integers(most[1]))

    def apply(self, pairs: Sequence[Pair], shift: Shift = (0, 0)) -> tuple[Pair, ...] | None:
        """The images of `pairs`; None where one would be larger than a grid may be."""
        images = [[self.of(grid.cells, shift) for grid in (pair.input, pair.output)] for pair in pairs]
        if any(max(image.shape) > MAX_SIDE for both in images for image in both):
            return None
        return tuple(Pair(Grid(given), Grid(made)) for given, made in images)


def _double(cells: Cells) -> Cells:
    return cells.repeat(2, 0).repeat(2, 1)


_TURNS: tuple[tuple[str, Callable[[Cells], Cells]], ...] = (
    ("rotate 90", lambda c: np.rot90(c, 1)),
    ("rotate 270", lambda c: np.rot90(c, 3)),
    ("rotate 180", lambda c: np.rot90(c, 2)),
    ("flip rows", lambda c: c[::-1]),
    ("flip columns", lambda c: c[:, ::-1]),
    ("transpose", lambda c: c.T),
)
_GROWTHS: tuple[tuple[str, Callable[[Cells], Cells]], ...] = (
    ("mirror above", lambda c: np.concatenate([c[::-1], c])),
    ("mirror to the left", lambda c: np.concatenate([c[:, ::-1], c], 1)),
    ("mirror below", lambda c: np.concatenate([c, c[::-1]])),
    ("mirror to the right", lambda c: np.concatenate([c, c[:, ::-1]], 1)),
    ("double", _double),
    ("double height", lambda c: c.repeat(2, 0)),
    ("double width", lambda c: c.repeat(2, 1)),
    ("repeat down", lambda c: np.tile(c, (2, 1))),
    ("repeat to the right", lambda c: np.tile(c, (1, 2))),
    ("repeat both ways", lambda c: np.tile(c, (2, 2))),
)


def _plain(name: str, of: Callable[[Cells], Cells]) -> Transformation:
    return Transformation(name, lambda cells, _: of(cells))


def _doubled(name: str, turn: Callable[[Cells], Cells]) -> Transformation:
    return Transformation(f"{name}, double", lambda cells, _: _double(turn(cells)))


SYMMETRIES = tuple(_plain(name, of) for name, of in _TURNS)
OTHERS = (
    *(_plain(name, of) for name, of in _GROWTHS),
    *(_doubled(name, of) for name, of in _TURNS),
    Transformation("translate", lambda cells, shift: np.roll(cells, shift, (0, 1)), moves=True),
)
EXTENDED = (*SYMMETRIES, *OTHERS)
