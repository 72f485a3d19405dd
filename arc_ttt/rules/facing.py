"""Which colour of a thing faces another one, or a border of the grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from arc_ttt.rules.crowds import ROOM, Crowd
from arc_ttt.rules.regions_aimed import nearest_border, way_to
from arc_ttt.rules.things import Thing

_MOST_THINGS = 40


def _front(t: Thing, way: str | None) -> int:
    """The one colour of a thing's outermost line in a direction; 0 where it has several."""
    if way is None:
        return 0
    line = {"up": t.cells[0], "down": t.cells[-1], "left": t.cells[:, 0], "right": t.cells[:, -1]}[way]
    inks = np.unique(line[line != 0])
    return int(inks[0]) if len(inks) == 1 and inks[0] < ROOM else 0


def _several(c: Crowd) -> bool:
    return len(c.things) <= _MOST_THINGS and any((t.cells[t.cells != 0] != t.cells.max()).any() for t in c.things)


def _facing(largest: bool) -> Callable[[Crowd], Sequence[int]]:
    """The colour of a thing of several that lies towards the nearest other one (or the largest) straight beside it that
    shares no colour with it."""

    def facing(c: Crowd) -> Sequence[int]:
        if not _several(c):
            return [0] * len(c.things)
        inks = [set(np.unique(t.cells).tolist()) - {0} for t in c.things]
        sizes = [t.size for t in c.things]
        found = []
        for i, t in enumerate(c.things):
            goals = [
                k
                for k in range(len(c.things))
                if (not largest or sizes[k] == max(sizes)) and len(inks[i]) > 1 and not inks[k] & inks[i]
            ]
            way = way_to(c, i, goals) if goals else None
            found.append(_front(t, way[0] if way else None))
        return found

    return facing


def _outward(c: Crowd) -> Sequence[int]:
    """The colour of a thing of several that lies towards the nearest border."""
    if not _several(c):
        return [0] * len(c.things)
    return [_front(t, nearest_border(c, t)) for t in c.things]


FACING: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "facing": (_facing(False), 4.0),
    "facinglarge": (_facing(True), 4.5),
    "facingout": (_outward, 4.5),
}
