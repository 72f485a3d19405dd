"""Augmentations: another view of the same puzzle, and the way back.

A view turns every grid of a task by one of the eight symmetries of the square (the dihedral group), maps its
colours by one permutation and reorders the demonstrations. Test-time training learns in such views, decoding
answers in them, and an answer is inverted before it votes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from arc_ttt.types import COLOURS, Grid, Pair, Task

SYMMETRIES = 8
IDENTITY_PALETTE = tuple(range(COLOURS))


def turn(cells: np.ndarray, symmetry: int) -> np.ndarray:
    """`cells` (rows, columns) under symmetry 0–7: that number modulo 4 of quarter turns, then from 4 on a
    transposition."""
    turned = np.rot90(cells, symmetry % 4)
    return turned.T if symmetry >= 4 else turned


def turn_back(cells: np.ndarray, symmetry: int) -> np.ndarray:
    """The inverse of `turn`."""
    return np.rot90(cells.T if symmetry >= 4 else cells, -(symmetry % 4))


def turned_size(size: tuple[int, int] | None, symmetry: int) -> tuple[int, int] | None:
    """(rows, columns) of a grid of `size` after `turn`; None stays None."""
    swapped = (symmetry % 2 == 1) != (symmetry >= 4)
    return size[::-1] if size and swapped else size


@dataclass(frozen=True)
class Augmentation:
    """One view: `symmetry` 0–7, `palette[c]` the image of colour c, `order` the demonstrations' order (empty: as
    they are). `apply` and `invert` are inverse to each other on every grid."""

    symmetry: int = 0
    palette: tuple[int, ...] = IDENTITY_PALETTE
    order: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.symmetry < SYMMETRIES:
            raise ValueError(f"a symmetry is 0 to 7, not {self.symmetry}")
        if sorted(self.palette) != list(range(COLOURS)):
            raise ValueError(f"a palette permutes the ten colours, {self.palette} does not")
        if sorted(self.order) != list(range(len(self.order))):
            raise ValueError(f"an order permutes the demonstrations, {self.order} does not")

    @property
    def key(self) -> str:
        """A stable text for this view, such as `s3-p0213456789-o120`; views are equal if their keys are."""
        order = ".".join(map(str, self.order))
        return f"s{self.symmetry}-p{''.join(map(str, self.palette))}" + (f"-o{order}" if order else "")

    def apply(self, grid: Grid) -> Grid:
        # One look-up for all colours: replacing one colour after another would merge them.
        return Grid(np.asarray(self.palette, dtype=np.uint8)[turn(grid.cells, self.symmetry)])

    def invert(self, grid: Grid) -> Grid:
        back = np.argsort(self.palette).astype(np.uint8)
        return Grid(turn_back(back[grid.cells], self.symmetry))

    def apply_pair(self, pair: Pair) -> Pair:
        return Pair(self.apply(pair.input), self.apply(pair.output))

    def apply_demonstrations(self, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
        """The demonstrations in this view and order; `order` must be empty or of their number."""
        order = self.order or range(len(pairs))
        if len(order) != len(pairs):
            raise ValueError(f"an order of {len(order)} demonstrations for {len(pairs)}")
        return tuple(self.apply_pair(pairs[i]) for i in order)


def draw_palette(rng: np.random.Generator, fixed_background: bool = True) -> tuple[int, ...]:
    """A random colour permutation; colour 0 stays if `fixed_background`."""
    first = 1 if fixed_background else 0
    return (*range(first), *(int(c) + first for c in rng.permutation(COLOURS - first)))


def draw(rng: np.random.Generator, task: Task, *, colours: bool = True, fixed_background: bool = True) -> Augmentation:
    """A view drawn evenly from all of them."""
    return Augmentation(
        symmetry=int(rng.integers(SYMMETRIES)),
        palette=draw_palette(rng, fixed_background) if colours else IDENTITY_PALETTE,
        order=tuple(int(i) for i in rng.permutation(len(task.demonstrations))),
    )


def views(
    rng: np.random.Generator, task: Task, count: int, *, fixed_background: bool = True, recolour: bool = False
) -> tuple[Augmentation, ...]:
    """`count` distinct views: the task as it is, then its other symmetries, then symmetries in turn with random
    colours and order. With `recolour` all have these."""
    found: dict[str, Augmentation] = {}
    while len(found) < count:
        i = len(found)
        if i < SYMMETRIES and not recolour:
            view = Augmentation(symmetry=i)
        else:
            drawn = draw(rng, task, fixed_background=fixed_background)
            view = Augmentation(i % SYMMETRIES, drawn.palette, drawn.order)
        found[view.key] = view
    return tuple(found.values())
