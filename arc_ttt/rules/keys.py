"""What a key says to all things: the one thing at a corner, a line along a border, a strip; what frames hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.features import feature
from arc_ttt.rules.partners import in_column, in_row, odd_in
from arc_ttt.rules.things import Thing

Said = Callable[[Crowd], Sequence[int]]
# A key speaks of two others at least.
FEWEST_WITH_KEY = 3


def key_of(c: Crowd) -> int | None:
    """The number of the thing that has the upper left cell of the grid, or else the one thing that has another corner
    of it; None where there is none, or several."""
    if len(c.things) < FEWEST_WITH_KEY:
        return None
    rows, columns = c.cells.shape
    corners = ((0, 0), (0, columns - 1), (rows - 1, 0), (rows - 1, columns - 1))
    found = [[i for i, t in enumerate(c.things) if _has(t, *at)] for at in corners]
    others = {i for at in found[1:] for i in at}
    return found[0][0] if found[0] else others.pop() if len(others) == 1 else None


def _has(t: Thing, row: int, column: int) -> bool:
    """Whether a cell of the grid is one of a thing's."""
    inside = t.top <= row <= t.bottom and t.left <= column <= t.right
    return inside and bool(t.cells[row - t.top, column - t.left])


def _key(says: Callable[[Thing], int]) -> Said:
    """What the key says; 0 of itself, and where there is no key."""

    def key(c: Crowd) -> list[int]:
        at = key_of(c)
        return [0 if at is None or i == at else says(c.things[at]) for i in range(len(c.things))]

    return key


def _like_key(measure: Callable[[Thing], object]) -> Said:
    """1 for things that have the same of a measure as the key, 2 for the key."""

    def like(c: Crowd) -> list[int]:
        at = key_of(c)
        if at is None:
            return [0] * len(c.things)
        return [2 if i == at else int(measure(t) == measure(c.things[at])) for i, t in enumerate(c.things)]

    return like


def _border_line(c: Crowd) -> list[int]:
    """What the grid's feature of that name says."""
    return [feature(c.cells, "borderline")] * len(c.things)


def _every_second(place: Callable[[Thing], int]) -> Said:
    def second(c: Crowd) -> list[int]:
        places = sorted({place(t) for t in c.things})
        return [places.index(place(t)) % 2 for t in c.things]

    return second


def _within(c: Crowd) -> list[set[int]]:
    """For each thing with an inside the colours within its box that are not its own."""
    return [
        set(np.unique(c.cells[t.box][1:-1, 1:-1]).tolist()) - {0, ink_of(t)} if min(t.cells.shape) > 2 else set()
        for t in c.things
    ]


def _in_all(c: Crowd) -> list[int]:
    """1 for things whose colour lies within all that hold any, two at least; 2 for these."""
    within = _within(c)
    holders = [inks for inks in within if inks]
    common = set.intersection(*holders) if len(holders) > 1 else set()
    return [2 if inks else int(ink_of(t) in common) for t, inks in zip(c.things, within, strict=True)]


def lacking(c: Crowd) -> list[int]:
    """The one colour within others that is not within a thing; 0 for none or several."""
    within = _within(c)
    every = set().union(*within) if within else set()
    return [(every - inks).pop() if inks and len(every - inks) == 1 else 0 for inks in within]


def nth(c: Crowd) -> list[int]:
    """The colour of the strip at the upper or left border whose place is the number of things besides it."""
    for line in (c.cells[0], c.cells[:, 0]):
        gaps = np.flatnonzero(line == 0)
        strip = line[: gaps[0] if len(gaps) else None].tolist()
        if 1 < len(strip) == len(set(strip)):
            others = sum(ink_of(t) not in strip or t.size > 1 for t in c.things)
            return [strip[others - 1] if 0 < others <= len(strip) else 0] * len(c.things)
    return [0] * len(c.things)


KEY_SOURCES: dict[str, Callable[[Crowd], list[int]]] = {"lacking": lacking, "nth": nth}
KEYS: dict[str, tuple[Said, float]] = {
    "keyink": (_key(ink_of), 4.0),
    "keysize": (_key(lambda t: min(t.size, 9)), 4.5),
    "borderline": (_border_line, 4.0),
}
KEYED: dict[str, tuple[Said, float]] = {
    **KEYS,
    "likekeywidth": (_like_key(lambda t: t.width), 4.0),
    "likekeyheight": (_like_key(lambda t: t.height), 4.0),
    "likekeysize": (_like_key(lambda t: t.size), 4.0),
    "likekeyform": (_like_key(lambda t: t.form), 4.0),
    "oddinrow": (odd_in(in_row), 4.0),
    "oddincolumn": (odd_in(in_column), 4.5),
    "secondacross": (_every_second(lambda t: t.left), 4.0),
    "seconddown": (_every_second(lambda t: t.top), 4.0),
    "inall": (_in_all, 4.5),
}
