"""Grids of a state → bits for what brings it near the outputs though its cells do not yet show it.

A program's last step is often one that takes: it cuts something out, clears the rest, or gives what is there its
colours. Before it the outputs lie whole in the grids: as a part of each, with more around them, or in other colours.
What the inputs have of this already says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from arc_ttt.agents.programs.targets import Grids
from arc_ttt.types import Cells

# Bits of a state that has the outputs as parts, has all that they paint, or is coloured where they are.
PART_BITS, WHOLE_BITS, SHAPE_BITS = 6.0, 3.0, 3.0
# A part smaller than this is met by chance, and so is one with fewer cells that are coloured, or empty.
FEWEST_CELLS, FEWEST_OF_EACH = 6, 2
# Cells of an output that are looked for first, one by one.
FIRST = 12

Places = npt.NDArray[np.intp]


class Hints:
    """What is looked for in a search from `inputs` to `outputs`."""

    def __init__(self, inputs: Sequence[Cells], outputs: Grids) -> None:
        self.outputs = outputs
        self.order = [_order(o) for o in outputs]
        shown = list(zip(inputs, outputs, strict=False))
        plain = any(not o.any() or o.all() for o in outputs)
        self.whole = not plain and not all(map(_has_all, inputs, outputs))
        self.shape = not plain and not all(map(_is_as_coloured, inputs, outputs))
        self.part = all(_is_telling(o) for o in outputs) and not all(
            is_part(i, o, order) for (i, o), order in zip(shown, self.order, strict=True)
        )

    def bits(self, grids: Sequence[Cells]) -> float:
        """Of the demonstrations' grids."""
        if any(g.shape != o.shape for g, o in zip(grids, self.outputs, strict=False)):
            return PART_BITS if self.part and self._are_parts(grids) else 0.0
        if self.shape and all(map(_is_as_coloured, grids, self.outputs)):
            return SHAPE_BITS
        return WHOLE_BITS if self.whole and all(map(_has_all, grids, self.outputs)) else 0.0

    def _are_parts(self, grids: Sequence[Cells]) -> bool:
        # All sizes first: most states fail there.
        pairs = list(zip(grids, self.outputs, self.order, strict=False))
        return all([g.shape[0] >= o.shape[0] and g.shape[1] >= o.shape[1] for g, o, _ in pairs]) and all(
            is_part(g, o, order) for g, o, order in pairs
        )


def is_part(grid: Cells, part: Cells, order: Places) -> bool:
    """Whether `part` lies somewhere in `grid`; `order` is that in which its cells are looked for."""
    (h, w), (rows, columns) = part.shape, grid.shape
    if h > rows or w > columns:
        return False
    y, x = divmod(int(order[0]), w)
    found = np.flatnonzero(grid[y : rows - h + 1 + y, x : columns - w + 1 + x] == part[y, x])
    above, beside = np.divmod(found, columns - w + 1)
    at, flat, wanted = above * columns + beside, grid.ravel(), part.ravel()
    for k in order[1:FIRST].tolist():
        if not at.size:
            return False
        at = at[flat[at + (k // w * columns + k % w)] == wanted[k]]
    steps = (np.arange(h)[:, None] * columns + np.arange(w)).ravel()
    return any([bool((flat[place + steps] == wanted).all()) for place in at.tolist()])


def _order(part: Cells) -> Places:
    """Coloured and empty cells in turns, the rarer colours first."""
    flat = part.ravel()
    rarity = np.bincount(flat, minlength=10)[flat]
    by_colour = np.argsort(rarity, kind="stable")
    turns = np.empty(flat.size, np.intp)
    for colour in np.unique(flat):
        turns[flat == colour] = np.arange(int((flat == colour).sum()))
    return by_colour[np.argsort(turns[by_colour], kind="stable")]


def _is_telling(output: Cells) -> bool:
    counts = np.sort(np.bincount(output.ravel()))[::-1]
    return output.size >= FEWEST_CELLS and output.size - int(counts[0]) >= FEWEST_OF_EACH


def _has_all(grid: Cells, output: Cells) -> bool:
    return grid.shape == output.shape and bool((grid == output)[output != 0].all())


def _is_as_coloured(grid: Cells, output: Cells) -> bool:
    return grid.shape == output.shape and bool(((grid != 0) == (output != 0)).all())
