"""Grid → one cell for each of its members, in the rows and columns in which they lie to each other, coloured as a
property of the member says by a table read off demonstrations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.arranged import lanes
from arc_ttt.rules.crowds import MOST_THINGS, Crowd, crowd
from arc_ttt.rules.language import OTHER, Argument, Kind, fits, operation, table_word
from arc_ttt.rules.learned_layers import CELLS, agreed, cell_table
from arc_ttt.rules.properties import PROPERTIES
from arc_ttt.types import Cells

_KEPT, _MOST_SIDE = 3, 10
PROPERTY = Kind("property that says a cell", tuple(PROPERTIES))
LAID = Kind("members that are laid out", ("corner", "mixed", "side", "side_boxes", "clumps", "groups"))


def _places(c: Crowd) -> list[tuple[int, int]] | None:
    """The row and column of each member among the others; None where two have the same, or all lie in one place."""
    if not 2 <= len(c.things) <= MOST_THINGS or not all(t.size for t in c.things):
        return None
    rows = lanes([(t.top, t.bottom) for t in c.things])
    columns = lanes([(t.left, t.right) for t in c.things])
    places = list(zip(rows, columns, strict=True))
    return places if len(set(places)) == len(places) and max(*rows, *columns) < _MOST_SIDE else None


@operation("objects", members=LAID, name=PROPERTY, table=CELLS, result=OTHER, weight=0)
def layout_by(cells: Cells, members: str, name: str, table: str) -> Cells | None:
    """One cell for each thing, in the rows and columns in which the things lie to each other: a colour of its own or a
    constant one, as a property of the thing decides."""
    c = crowd(cells, members)
    places = _places(c)
    if places is None:
        return None
    entries = cell_table(table)
    out = np.zeros((max(r for r, _ in places) + 1, max(k for _, k in places) + 1), np.uint8)
    for i, (place, value) in enumerate(zip(places, c.values(name), strict=True)):
        word = entries.get(str(value), entries.get("else"))
        if word is None:
            return None
        out[place] = int(word) if word.isdecimal() else c.inks(word)[i]
    return out


@fits("layout_by")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if len({int(v) for w in wanted for v in w.ravel()}) < 2 or any(max(w.shape) > _MOST_SIDE for w in wanted):
        return
    kept = 0
    for members in map(str, LAID.values):
        crowds, goals = [], []
        for s, w in zip(shown, wanted, strict=True):
            c = crowd(s, members)
            places = _places(c)
            if places is None or (max(r for r, _ in places) + 1, max(k for _, k in places) + 1) != w.shape:
                break
            goal = [int(w[place]) for place in places]
            if sum(map(bool, goal)) != np.count_nonzero(w):
                break
            crowds.append(c)
            goals.append(goal)
        if len(crowds) < len(shown):
            continue
        possible = [
            [{str(ink), *c.named(i).get(ink, ())} for i, ink in enumerate(goal)]
            for c, goal in zip(crowds, goals, strict=True)
        ]
        for name in PROPERTIES:
            table = agreed(crowds, possible, name)
            if table is not None and (name == "any" or len(set(table.values())) > 1):
                yield members, name, table_word(table)
                kept += 1
                if kept == _KEPT:
                    return
