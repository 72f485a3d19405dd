"""What a thing has from others that it belongs to: the one at the other end of a wire, the one with as many cells as
it holds others or has holes, and what most of its row, its panel or all have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from arc_ttt.rules.companions import within_box
from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.moves_aimed import contacts
from arc_ttt.rules.panels import panels
from arc_ttt.rules.things import Thing, holes, turned_form

_MOST_THINGS, _MOST_PANELS = 40, 16
# Things in company, at least, of which one may be odd or most have one colour.
FEWEST_IN_COMPANY = 3

_has_holes = lru_cache(maxsize=1024)(holes)


@lru_cache(maxsize=64)
def _far_ends(c: Crowd) -> list[list[int]]:
    """For each thing those at the other ends of what it touches: of wires, which have another colour than both."""
    if not 3 <= len(c.things) <= _MOST_THINGS:
        return [[] for _ in c.things]
    touching, inks = contacts(c), [ink_of(t) for t in c.things]
    near = [np.flatnonzero(row).tolist() for row in touching]
    return [
        sorted({k for w in near[i] if inks[w] != ink for k in near[w] if k != i and inks[k] not in (ink, inks[w])})
        for i, ink in enumerate(inks)
    ]


def _wired(c: Crowd) -> list[int]:
    """The one colour at the other ends of the wires that a thing touches."""
    found = []
    for ends in _far_ends(c):
        inks = {ink_of(c.things[k]) for k in ends}
        found.append(inks.pop() if len(inks) == 1 else 0)
    return found


def _held_cells(c: Crowd, i: int) -> int:
    """How many cells of other colours lie in its box."""
    t = c.things[i]
    return int(np.count_nonzero(c.cells[t.box])) - t.size


_COUNTS: dict[str, Callable[[Crowd, int], int]] = {
    "cells": lambda c, i: c.things[i].size,
    "holes": lambda c, i: _has_holes(c.things[i]),
    "held": _held_cells,
}


@lru_cache(maxsize=64)
def _counted(c: Crowd, count: str) -> list[int]:
    """What is counted on each thing; nothing on those that lie within others, which are what is counted."""
    inner = np.asarray(within_box(c).any(axis=0))
    return [0 if inner[i] else _COUNTS[count](c, i) for i in range(len(c.things))]


def _as_many(others: str, own: str) -> Callable[[Crowd], list[int]]:
    """The one other colour of the things on which as many are counted as on a thing itself of something else."""

    def inks(c: Crowd) -> list[int]:
        found = [0] * len(c.things)
        if not 2 <= len(c.things) <= _MOST_THINGS:
            return found
        mine = _counted(c, own)
        if not any(mine):
            return found
        theirs = _counted(c, others)
        by_number: dict[int, set[int]] = {}
        for i, t in enumerate(c.things):
            # What itself has the other number is no answer, but a question too.
            if theirs[i] and not (mine[i] and own != "cells"):
                by_number.setdefault(theirs[i], set()).add(ink_of(t))
        for i, t in enumerate(c.things):
            named = by_number.get(mine[i], set()) - {ink_of(t)}
            if mine[i] and len(named) == 1 and not (own == "cells" and theirs[i]):
                found[i] = next(iter(named))
        return found

    return inks


def _usual(c: Crowd) -> list[int]:
    """The colour that more things have than any other."""
    counts = Counter(ink_of(t) for t in c.things).most_common(2)
    one = bool(counts) and counts[0][1] > 1 and (len(counts) < 2 or counts[0][1] > counts[1][1])
    return [counts[0][0] if one else 0] * len(c.things)


@lru_cache(maxsize=64)
def in_row(c: Crowd) -> list[list[int]]:
    """For each thing those that share rows with it, itself among them."""
    return [[k for k, o in enumerate(c.things) if o.top <= t.bottom and o.bottom >= t.top] for t in c.things]


@lru_cache(maxsize=64)
def in_column(c: Crowd) -> list[list[int]]:
    return [[k for k, o in enumerate(c.things) if o.left <= t.right and o.right >= t.left] for t in c.things]


@lru_cache(maxsize=64)
def in_panel(c: Crowd) -> list[list[int]]:
    """For each thing those in its panel; none of one that lies in none, or in one with nothing else."""
    found = panels(c.cells)
    company: list[list[int]] = [[] for _ in c.things]
    for box in found.flat if found and 2 <= len(found.flat) <= _MOST_PANELS else ():
        group = [i for i, t in enumerate(c.things) if t.within(box)]
        for i in group:
            company[i] = group
    return company


Company = Callable[[Crowd], list[list[int]]]


def _usual_in(company: Company) -> Callable[[Crowd], list[int]]:
    """The colour that most of those in its company have, more than any other."""

    def inks(c: Crowd) -> list[int]:
        found = [0] * len(c.things)
        if len(c.things) > _MOST_THINGS:
            return found
        for i, group in enumerate(company(c)):
            counts = Counter(ink_of(c.things[k]) for k in group).most_common(2)
            if len(group) >= FEWEST_IN_COMPANY and (len(counts) < 2 or counts[0][1] > counts[1][1]):
                found[i] = counts[0][0]
        return found

    return inks


# In what one may be unlike all others, the most telling first.
_SHAPES: tuple[Callable[[Thing], object], ...] = (
    lambda t: (t.cells.shape, t.cells.tobytes()),
    lambda t: t.form,
    turned_form,
)
_OTHERS: tuple[Callable[[Thing], object], ...] = (
    ink_of,
    lambda t: t.size,
    lambda t: len(np.unique(t.cells)),
)


def odd_one(group: Sequence[Thing]) -> int | None:
    """The place of the one thing that differs from all others, three and more, in something that these share: in all
    its cells or its shape, however turned; or from those of the colour that most have, if it has that; or in its
    colour, size or number of colours."""
    if len(group) < FEWEST_IN_COMPANY:
        return None
    inks = [ink_of(t) for t in group]
    usual = max(inks, key=lambda k: (inks.count(k), -k))
    mine = [k for k, ink in enumerate(inks) if ink == usual]
    everyone = list(range(len(group)))
    for members, keys in ((everyone, _SHAPES), (mine, _SHAPES), (everyone, _OTHERS)):
        for key in keys if len(members) >= FEWEST_IN_COMPANY else ():
            seen = [key(group[k]) for k in members]
            counts = Counter(seen).most_common(3)
            if len(counts) == 2 and counts[1][1] == 1 and counts[0][1] > 1:
                return members[seen.index(counts[1][0])]
    return None


def odd_in(company: Company) -> Callable[[Crowd], Sequence[int]]:
    """Whether a thing is the odd one in its company."""

    def odd(c: Crowd) -> list[int]:
        found = [0] * len(c.things)
        if len(c.things) > _MOST_THINGS:
            return found
        known: dict[tuple[int, ...], int | None] = {}
        for i, group in enumerate(company(c)):
            key = tuple(group)
            if key not in known:
                known[key] = odd_one([c.things[k] for k in group])
            place = known[key]
            found[i] = int(place is not None and group[place] == i)
        return found

    return odd


def _matched(company: Company, turned: bool) -> Callable[[Crowd], Sequence[int]]:
    """Whether another thing in its company has a thing's shape, perhaps turned."""

    def matched(c: Crowd) -> list[int]:
        if len(c.things) > _MOST_THINGS:
            return [0] * len(c.things)
        keys = [_SHAPES[1 + turned](t) for t in c.things]
        return [int(any(k != i and keys[k] == keys[i] for k in group)) for i, group in enumerate(company(c))]

    return matched


def _sides(across: bool) -> Callable[[Crowd], Sequence[int]]:
    """2 for what lies between two things of one shape, the next ones in its rows (columns), 1 where these differ, 0 for
    what lies between none."""

    def sides(c: Crowd) -> list[int]:
        found = [0] * len(c.things)
        if not 3 <= len(c.things) <= _MOST_THINGS:
            return found
        ends = [(t.left, t.right) if across else (t.top, t.bottom) for t in c.things]
        for i, group in enumerate(in_row(c) if across else in_column(c)):
            before = [(ends[k][1], k) for k in group if ends[k][1] < ends[i][0]]
            behind = [(ends[k][0], k) for k in group if ends[k][0] > ends[i][1]]
            if before and behind:
                a, b = c.things[max(before)[1]], c.things[min(behind)[1]]
                found[i] = 1 + int(_SHAPES[1](a) == _SHAPES[1](b))
        return found

    return sides


def _palettes(c: Crowd) -> Sequence[int]:
    """How many things have all the colours that a thing has, and no others."""
    keys = [frozenset(np.unique(t.cells).tolist()) - {0} for t in c.things]
    seen = Counter(keys)
    return [seen[k] for k in keys]


PARTNER_SOURCES: dict[str, Callable[[Crowd], list[int]]] = {
    "wired": _wired,
    "cellsofheld": _as_many("cells", "held"),
    "cellsofholes": _as_many("cells", "holes"),
    "holesofcells": _as_many("holes", "cells"),
    "heldofcells": _as_many("held", "cells"),
    "holesofheld": _as_many("holes", "held"),
    "usual": _usual,
    "usualrow": _usual_in(in_row),
    "usualcolumn": _usual_in(in_column),
    "usualpanel": _usual_in(in_panel),
}
PARTNERED: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "wires": (lambda c: [min(len(ends), 2) for ends in _far_ends(c)], 4.5),
    "misfit": (odd_in(lambda c: [list(range(len(c.things)))] * len(c.things)), 3.5),
    "oddinpanel": (odd_in(in_panel), 4.0),
    "matchrow": (_matched(in_row, False), 4.5),
    "matchcolumn": (_matched(in_column, False), 4.5),
    "matchpanel": (_matched(in_panel, True), 4.5),
    "sidesacross": (_sides(True), 4.5),
    "sidesdown": (_sides(False), 4.5),
    "palettes": (_palettes, 4.5),
}
