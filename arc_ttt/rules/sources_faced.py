"""Colours that a thing faces: what is met first straight on from its tip or open side, or behind it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.regions_pointed import aim
from arc_ttt.rules.things import Thing

_MOST_THINGS = 40


def _met(cells: np.ndarray, t: Thing, way: tuple[int, int]) -> int:
    """The first colour, not its own, from the middle of a thing's side (or its corner) straight on in a direction."""
    (down, right), own = way, ink_of(t)
    row = (t.top + t.bottom) // 2 if not down else t.bottom + 1 if down > 0 else t.top - 1
    column = (t.left + t.right) // 2 if not right else t.right + 1 if right > 0 else t.left - 1
    while 0 <= row < cells.shape[0] and 0 <= column < cells.shape[1]:
        ink = int(cells[row, column])
        if ink not in (0, own):
            return ink
        row, column = row + down, column + right
    return 0


def _faced(sign: int) -> Callable[[Crowd], list[int]]:
    def inks(c: Crowd) -> list[int]:
        if len(c.things) > _MOST_THINGS:
            return [0] * len(c.things)
        ways = [aim(t) for t in c.things]
        return [
            0 if way is None else _met(c.cells, t, (sign * way[0], sign * way[1]))
            for t, way in zip(c.things, ways, strict=True)
        ]

    return inks


FACED: dict[str, Callable[[Crowd], list[int]]] = {"faced": _faced(1), "backed": _faced(-1)}
