"""Which thing another one shoots at: the first in the way that its rarest colour points, and whose colours."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.regions import pointing
from arc_ttt.rules.things import numbered, rarest_ink

_MOST_THINGS = 40


def _shots(c: Crowd) -> tuple[list[int], list[list[int]]]:
    """Which things point somewhere, and for each those that it is the first in the way of, as broad as these are."""
    at: list[list[int]] = [[] for _ in c.things]
    if len(c.things) > _MOST_THINGS:
        return [0] * len(c.things), at
    ways = [pointing(t) for t in c.things]
    if not any(ways):
        return [0] * len(c.things), at
    labels = numbered(c.things, c.cells.shape)
    for i, (t, way) in enumerate(zip(c.things, ways, strict=True)):
        if way is None:
            continue
        lines = {
            "up": labels[: t.top, t.left : t.right + 1][::-1],
            "down": labels[t.bottom + 1 :, t.left : t.right + 1],
            "left": labels[t.top : t.bottom + 1, : t.left].T[::-1],
            "right": labels[t.top : t.bottom + 1, t.right + 1 :].T,
        }[way]
        met = np.flatnonzero(lines.any(axis=1))
        for n in np.unique(lines[met[0]]).tolist() if len(met) else ():
            if n:
                at[n - 1].append(i)
    return [int(w is not None) for w in ways], at


def _shot_at(c: Crowd) -> Sequence[int]:
    """2 for things whose rarest colour points somewhere, 1 for others that are the first in the way of such a one."""
    points, at = _shots(c)
    return [2 if p else int(bool(by)) for p, by in zip(points, at, strict=True)]


def _colour(rarest: bool) -> Callable[[Crowd], list[int]]:
    """The one colour, its rarest or its main one, of the things that shoot at a thing."""

    def inks(c: Crowd) -> list[int]:
        found = []
        for by in _shots(c)[1]:
            mine = {rarest_ink(c.things[k].cells) if rarest else ink_of(c.things[k]) for k in by}
            found.append(mine.pop() if len(mine) == 1 else 0)
        return found

    return inks


SHOT: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {"shotat": (_shot_at, 4.0)}
SHOOTERS: dict[str, Callable[[Crowd], list[int]]] = {"shot": _colour(True), "shooter": _colour(False)}
