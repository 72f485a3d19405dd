"""What the demonstrations say of an output's size: deduced where it can be, so that it need not be predicted.

Four kinds of rule are fitted to all demonstrations: as the input, constant, a constant ratio, a constant offset. The
size is known where one holds and all that hold agree on the test input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from arc_ttt.types import MAX_SIDE, Grid, Pair

Size = tuple[int, int]
Rule = Callable[[Size], tuple[Fraction | int, Fraction | int]]


def size(grid: Grid) -> Size:
    return grid.height, grid.width


def _rules(given: Size, made: Size) -> Iterable[Rule]:
    """The rules of all kinds that a first demonstration suggests."""
    ratio = Fraction(made[0], given[0]), Fraction(made[1], given[1])
    offset = made[0] - given[0], made[1] - given[1]
    yield lambda s: (s[0], s[1])
    yield lambda s: made
    yield lambda s: (s[0] * ratio[0], s[1] * ratio[1])
    yield lambda s: (s[0] + offset[0], s[1] + offset[1])
    yield lambda s: (s[1], s[0])


def output_size(demonstrations: Sequence[Pair], test: Grid) -> Size | None:
    """(rows, columns) of the answer to `test`, None where the demonstrations do not fix it."""
    sizes = [(size(p.input), size(p.output)) for p in demonstrations]
    fitting = [r for r in _rules(*sizes[0]) if all(r(given) == made for given, made in sizes)]
    found = {r(size(test)) for r in fitting}
    if len(found) != 1:
        return None
    height, width = found.pop()
    whole = height == int(height) and width == int(width)
    return (int(height), int(width)) if whole and min(height, width) >= 1 and max(height, width) <= MAX_SIDE else None
