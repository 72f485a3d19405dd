"""Regions that are lines with one corner between the middles of a thing and of the one other that is like it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.places import Places, free, none, places_of
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import Cells

_MOST_THINGS = 20
_KEYS: dict[str, Callable[[Thing], object]] = {
    "twin": lambda t: t.form,
    "kin": ink_of,
}
# In whose row the corner lies, by their middles.
_CORNERS: dict[str, Callable[[tuple[int, int]], int]] = {
    "left": lambda m: m[1],
    "right": lambda m: -m[1],
    "upper": lambda m: m[0],
    "lower": lambda m: -m[0],
}


@lru_cache(maxsize=128)
def _partners(group: tuple[Thing, ...], name: str) -> list[int | None]:
    """For each thing the one other that is like it, if there is one only and it lies aslant from it."""
    if not 2 <= len(group) <= _MOST_THINGS:
        return [None] * len(group)
    keys = [_KEYS[name](t) for t in group]
    found: list[int | None] = []
    for i, key in enumerate(keys):
        others = [k for k, other in enumerate(keys) if other == key and k != i]
        (r, q), other = group[i].middle, group[others[0]].middle if others else (0, 0)
        found.append(others[0] if len(others) == 1 and r != other[0] and q != other[1] else None)
    return found


def bent(cells: Cells) -> bool:
    """Whether there is a pair that such a line could join."""
    group = things(cells, "corner")
    return any(p is not None for name in _KEYS for p in _partners(group, name))


def _bend(corner: str, name: str) -> Callable[[Crowd, int], Places]:
    def bend(c: Crowd, i: int) -> Places:
        k = _partners(c.things, name)[i]
        if k is None:
            return none()
        first, last = sorted((c.things[i].middle, c.things[k].middle), key=_CORNERS[corner])
        mask = np.zeros(c.cells.shape, bool)
        mask[first[0], min(first[1], last[1]) : max(first[1], last[1]) + 1] = True
        mask[min(first[0], last[0]) : max(first[0], last[0]) + 1, last[1]] = True
        for t in (c.things[i], c.things[k]):
            mask[t.box] = False
        return places_of(mask & (c.cells == 0))

    return bend


def _meeting(corner: str, plus: bool) -> Callable[[Crowd, int], Places]:
    """Where such a line of one colour has its corner, perhaps with the four cells beside."""

    def meeting(c: Crowd, i: int) -> Places:
        k = _partners(c.things, "kin")[i]
        if k is None:
            return none()
        first, last = sorted((c.things[i].middle, c.things[k].middle), key=_CORNERS[corner])
        beside = ((0, 0), (0, 1), (1, 0), (0, -1), (-1, 0)) if plus else ((0, 0),)
        rows, columns = (np.array(at) for at in zip(*((first[0] + y, last[1] + x) for y, x in beside), strict=True))
        return free(c.cells, rows, columns)

    return meeting


AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    **{f"bend{corner}{name}": _bend(corner, name) for name in _KEYS for corner in _CORNERS},
    **{f"bend{part}{corner}": _meeting(corner, part == "plus") for part in ("spot", "plus") for corner in _CORNERS},
}
# By the beginning of regions: whether a grid has what they join.
BENDS_TELL: dict[str, Callable[[Cells], bool]] = {"bend": bent}
