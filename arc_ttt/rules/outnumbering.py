"""Grid → the colour of which there is more than of another, as large as the difference or as the smaller number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import OTHER, Argument, Kind, fits, makes, operation, same
from arc_ttt.rules.things import colours, holes, things
from arc_ttt.types import MAX_SIDE, Cells


def _numbers(cells: Cells, counted: str) -> Counter[int]:
    if counted == "cells":
        return Counter({c: int((cells == c).sum()) for c in colours(cells)})
    if counted == "holes":
        found: Counter[int] = Counter()
        for t in things(cells, "corner"):
            found[t.colour] += holes(t)
        return found
    return Counter(t.colour for t in things(cells, "corner"))


UNIT = Kind("what is counted of each colour", ("things", "cells", "holes"))
HOW_MANY = Kind("how many more", ("more", "times", "less"))
_FIGURES: dict[str, Callable[[int], Cells]] = {
    "square": lambda n: np.ones((n, n), np.uint8),
    "row": lambda n: np.ones((1, n), np.uint8),
    "column": lambda n: np.ones((n, 1), np.uint8),
    "diagonal": lambda n: np.eye(n, dtype=np.uint8),
    "frame": lambda n: np.pad(np.zeros((max(n - 2, 0),) * 2, np.uint8), 1, constant_values=1),
}
FIGURE = Kind("figure of a difference", tuple(_FIGURES), lambda word: word in _FIGURES)
_MOST_THINGS = 60


@operation("objects", "spotted", counted=UNIT, many=HOW_MANY, figure=FIGURE, result=OTHER, weight=0)
def outnumber(cells: Cells, counted: str, many: str, figure: str) -> Cells | None:
    """A figure of the colour of which there is most, as large as it has more things (cells, holes) than the next one,
    or as often as it has as many, or of the other colour, as large as it lacks to the first."""
    if len(colours(cells)) < 2 or (counted != "cells" and len(things(cells, "corner")) > _MOST_THINGS):
        return None
    ranked = _numbers(cells, counted).most_common()
    if len(ranked) < 2:
        return None
    (first, a), (second, b) = ranked[:2]
    if many == "less" and len(ranked) > 2 and ranked[2][1] == b:
        return None
    n = (a // b if b and a % b == 0 else 0) if many == "times" else a - b
    if not 0 < n <= MAX_SIDE or (figure == "frame" and n < 2):
        return None
    return _FIGURES[figure](n) * np.uint8(second if many == "less" else first)


@fits("outnumber")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Of the figures that all outputs are, what is counted."""
    if len({w.shape for w in wanted}) < 2 or any(np.count_nonzero(np.bincount(w.ravel())[1:]) != 1 for w in wanted):
        return
    for figure, make in _FIGURES.items():
        if not all(same(make(max(w.shape)), w != 0) for w in wanted if max(w.shape) > 1):
            continue
        for counted in UNIT.values:
            for many in HOW_MANY.values:
                if makes(outnumber, (counted, many, figure), shown, wanted):
                    yield counted, many, figure
                    return
