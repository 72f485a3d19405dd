"""How the sizes of grids and of outputs compare: the class of a search, a cut, a repetition."""

from __future__ import annotations

from collections.abc import Sequence

from arc_ttt.rules.refilled import extended
from arc_ttt.rules.whole import bounding_box
from arc_ttt.types import Cells


def size_class(inputs: Sequence[Cells], outputs: Sequence[Cells]) -> str:
    pairs = list(zip(inputs, outputs, strict=True))
    if all(a.shape == b.shape for a, b in pairs):
        return "same"
    return "smaller" if sum(a.size for a, _ in pairs) >= sum(b.size for _, b in pairs) else "larger"


def extent(inputs: Sequence[Cells], outputs: Sequence[Cells]) -> str | None:
    """The outputs' sizes as `repeat_over` has them: as many times the inputs', or constant; None where they are not."""
    words = [f"x{times}" for times in (f"{d}by{a}" for d in range(1, 5) for a in range(1, 5))]
    words.append(f"s{outputs[0].shape[0]}by{outputs[0].shape[1]}")
    pairs = list(zip(inputs, outputs, strict=True))
    return next((w for w in words if all(extended(w, i.shape) == o.shape for i, o in pairs)), None)


def is_cut(grid: Cells, given: Cells, output: Cells) -> bool:
    """Whether the output lies in the input where `grid` is coloured."""
    box = bounding_box(grid)
    return box is not None and given[box].shape == output.shape and bool((given[box] == output).all())


def is_fraction(grid: Cells, output: Cells) -> bool:
    """Whether the output is a whole number of times as high and as wide."""
    (h, w), (rows, columns) = grid.shape, output.shape
    fits: bool = h * w > 1 and rows % h == columns % w == 0
    return fits
