"""Single cells of one colour, linked one after the other by lines with a corner or a slanting beginning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import things
from arc_ttt.rules.thrown import LINE, line_inks
from arc_ttt.types import Cells

_MOST_CELLS = 30
ORDER = Kind("order of cells", ("right", "down"))
BEND = Kind("how a line bends", ("row_first", "column_first", "slant_first", "slant_last"))

_Place = tuple[int, int]


def _line(a: _Place, b: _Place, bend: str) -> Iterator[_Place]:
    """The cells of a line from one place to another, these included."""
    (r, c), (y, x) = a, b
    down, right = int(np.sign(y - r)), int(np.sign(x - c))
    for k in range(max(abs(y - r), abs(x - c)) + 1):
        if bend == "slant_first":
            yield r + down * min(k, abs(y - r)), c + right * min(k, abs(x - c))
        elif bend == "slant_last":
            back = max(abs(y - r), abs(x - c)) - k
            yield y - down * min(back, abs(y - r)), x - right * min(back, abs(x - c))
        elif bend == "row_first":
            yield (r, c + right * min(k, abs(x - c)))
            yield (r + down * min(k, abs(y - r)), x)
        else:
            yield (r + down * min(k, abs(y - r)), c)
            yield (y, c + right * min(k, abs(x - c)))


@operation("few", "markers", order=ORDER, bend=BEND, ink=LINE, weight=0)
def link_cells(cells: Cells, order: str, bend: str, ink: int | str) -> Cells | None:
    """All single cells of one colour are linked, from the first to the last in a direction, by lines that go along the
    row of the one and the column of the next (or the other way round), or aslant as far as they must, over empty
    cells."""
    groups: dict[int, list[_Place]] = defaultdict(list)
    spots = [t for t in things(cells, "corner") if t.size == 1]
    if not 2 <= len(spots) <= _MOST_CELLS:
        return None
    for t in spots:
        groups[t.colour].append((t.top, t.left))
    out = cells.copy()
    for colour, places in groups.items():
        places.sort(key=(lambda p: (p[1], p[0])) if order == "right" else None)
        for a, b in pairwise(places):
            for place in _line(a, b, bend):
                if cells[place] == 0:
                    out[place] = colour if ink == "own" else ink
    return None if (out == cells).all() else out


@fits("link_cells")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    for ink, order, bend in product(line_inks(shown, wanted), map(str, ORDER.values), map(str, BEND.values)):
        if makes(link_cells, (order, bend, ink), shown, wanted):
            yield order, bend, ink
