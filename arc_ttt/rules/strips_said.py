"""Colours that a strip says of things: it has a cell of each colour, and the place of a thing in an order, or a number
that is counted on it, is a place in the strip."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.things import Thing, holes, things
from arc_ttt.types import Cells

_FEWEST = 2
_MOST_THINGS = 30


@lru_cache(maxsize=256)
def _strip(raw: bytes, width: int) -> tuple[Thing, ...]:
    found = things(np.frombuffer(raw, np.uint8).reshape(-1, width), "mixed")
    return tuple(
        t
        for t in found
        if min(t.cells.shape) == 1
        and t.size == t.cells.size >= _FEWEST
        and len(set(t.cells.ravel().tolist())) == t.size
    )


def strip(cells: Cells) -> Thing | None:
    """The one thing that is a line of cells, all of different colours, with nothing beside it."""
    found = _strip(cells.tobytes(), cells.shape[1])
    return found[0] if len(found) == 1 else None


def _others(c: Crowd, key: Thing) -> list[int]:
    """The things that are not of the strip."""
    return [
        i
        for i, t in enumerate(c.things)
        if not (key.top <= t.top and t.bottom <= key.bottom and key.left <= t.left and t.right <= key.right)
    ]


def _ranked(measure: Callable[[Thing], int]) -> Callable[[Crowd], list[int]]:
    """By the place of a thing among those besides the strip, the greatest measure first; equal ones share a place."""

    def said(c: Crowd) -> list[int]:
        key = strip(c.cells)
        found = [0] * len(c.things)
        if key is None or len(c.things) > _MOST_THINGS:
            return found
        others = _others(c, key)
        order = sorted({measure(c.things[i]) for i in others}, reverse=True)
        inks = key.cells.ravel().tolist()
        for i in others:
            place = order.index(measure(c.things[i]))
            found[i] = inks[place] if place < len(inks) else 0
        return found

    return said


def _held(c: Crowd, i: int) -> int:
    """How many others lie in a thing's box."""
    t = c.things[i]
    return sum(
        o is not t and o.top >= t.top and o.left >= t.left and o.bottom <= t.bottom and o.right <= t.right
        for o in c.things
    )


def _around(c: Crowd, i: int) -> int:
    """How many others it lies in, with itself."""
    t = c.things[i]
    return 1 + sum(
        o is not t and o.top <= t.top and o.left <= t.left and o.bottom >= t.bottom and o.right >= t.right
        for o in c.things
    )


def _counted(count: Callable[[Crowd, int], int]) -> Callable[[Crowd], list[int]]:
    """By a number counted on a thing: one is the first place."""

    def said(c: Crowd) -> list[int]:
        key = strip(c.cells)
        found = [0] * len(c.things)
        if key is None or len(c.things) > _MOST_THINGS:
            return found
        inks = key.cells.ravel().tolist()
        for i in _others(c, key):
            number = count(c, i)
            found[i] = inks[number - 1] if 0 < number <= len(inks) else 0
        return found

    return said


STRIP_SOURCES: dict[str, Callable[[Crowd], list[int]]] = {
    "stripsize": _ranked(lambda t: t.size),
    "stripsizeup": _ranked(lambda t: -t.size),
    "stripheight": _ranked(lambda t: t.height),
    "stripwidth": _ranked(lambda t: t.width),
    "striptop": _ranked(lambda t: -t.top),
    "stripleft": _ranked(lambda t: -t.left),
    "stripcells": _counted(lambda c, i: c.things[i].size),
    "stripholes": _counted(lambda c, i: holes(c.things[i])),
    "stripheld": _counted(_held),
    "stripdepth": _counted(_around),
}
