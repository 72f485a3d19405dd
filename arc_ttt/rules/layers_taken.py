"""Of rectangles, frames and lines that lie upon each other one is taken away, so that what it hides is seen, or it
alone is left and seen whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from arc_ttt.rules.language import Kind, operation, tried_at_once
from arc_ttt.rules.layers import Layer, layers
from arc_ttt.rules.things import colours
from arc_ttt.types import Cells

_FEWEST_COLOURS = 2


def _size(cells: Cells, layer: Layer) -> int:
    return int(layer.mask.sum())


def _hidden(cells: Cells, layer: Layer) -> int:
    """How many of its cells are covered."""
    return int((cells[layer.mask] != layer.colour).sum())


_MEASURES: dict[str, Callable[[Cells, Layer], int]] = {
    "smallest": lambda cells, layer: -_size(cells, layer),
    "largest": _size,
    "most_hidden": _hidden,
}
TAKEN = Kind("which layer", ("highest", "lowest", *_MEASURES))
LEFT = Kind("what is left", ("others", "itself"))


def _meant(cells: Cells, found: Sequence[Layer], which: str) -> int | None:
    """The number of the one that is meant; None where two are."""
    if which in ("highest", "lowest"):
        return len(found) - 1 if which == "highest" else 0
    values = [_MEASURES[which](cells, layer) for layer in found]
    return values.index(max(values)) if values.count(max(values)) == 1 else None


@operation("objects", which=TAKEN, left=LEFT, weight=0)
def take_layer(cells: Cells, which: str, left: str) -> Cells | None:
    """Of rectangles, frames and lines of one colour each that lie upon each other one is taken away (the highest, the
    lowest, the smallest, the largest or that of which most is hidden), or it alone is left, whole."""
    if len(colours(cells)) < _FEWEST_COLOURS:
        return None
    found = layers(cells)
    # Where nothing is hidden, nothing lies upon anything.
    if found is None or not any(_hidden(cells, layer) for layer in found[0]):
        return None
    at = _meant(cells, found[0], which)
    if at is None or (which in ("highest", "lowest") and not _covering(cells, found[0], at, which)):
        return None
    out: Cells = np.zeros_like(cells)
    for k, layer in enumerate(found[0]):
        if (k == at) == (left == "itself"):
            out[layer.mask] = layer.colour
    return out


def _covering(cells: Cells, found: Sequence[Layer], at: int, which: str) -> bool:
    """Whether the highest (the lowest) of those that overlap others is that for sure: no other one could lie there."""
    free = []
    for layer in found:
        shared = [other.mask & layer.mask for other in found if other is not layer]
        covers = any(bool((cells[both] == layer.colour).any()) for both in shared)
        overlaps = any(bool(both.any()) for both in shared)
        if overlaps and (not covers if which == "lowest" else not _hidden(cells, layer)):
            free.append(layer)
    return len(free) == 1 and free[0] is found[at]


tried_at_once("take_layer")
