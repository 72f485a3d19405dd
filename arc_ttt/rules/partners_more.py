"""What others that are like a thing have beside them or in them, what has its place in another order, and whether a
list speaks of its colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from arc_ttt.rules.companions import within_box
from arc_ttt.rules.contents import shore_ink
from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.panels import panels
from arc_ttt.rules.strips_said import strip
from arc_ttt.rules.things import Thing, things, turned_form

_MOST_THINGS = 40


def _held(c: Crowd) -> list[int]:
    """The one colour of the things in a thing's box, away from its sides."""
    within = within_box(c)
    held = [{ink_of(c.things[k]) for k in row.nonzero()[0].tolist()} for row in within]
    return [next(iter(inks)) if len(inks) == 1 else 0 for inks in held]


_ALIKE: dict[str, Callable[[Thing], object]] = {
    "twin": lambda t: (ink_of(t), turned_form(t)),
    "kin": ink_of,
}
_HAS: dict[str, Callable[[Crowd], list[int]]] = {"touching": shore_ink, "held": _held}


def _of_others(alike: str, has: str) -> Callable[[Crowd], list[int]]:
    """The one colour that others of a thing's shape and colour (or of its colour) touch or hold, where itself does
    not."""

    def inks(c: Crowd) -> list[int]:
        found = [0] * len(c.things)
        if not 3 <= len(c.things) <= _MOST_THINGS:
            return found
        mine = _had(c, has)
        if not any(mine):
            return found
        keys = [_ALIKE[alike](t) for t in c.things]
        known: dict[object, set[int]] = {}
        for key, ink in zip(keys, mine, strict=True):
            if ink:
                known.setdefault(key, set()).add(ink)
        for i, key in enumerate(keys):
            said = known.get(key, set())
            if not mine[i] and len(said) == 1:
                found[i] = next(iter(said))
        return found

    return inks


@lru_cache(maxsize=64)
def _had(c: Crowd, has: str) -> list[int]:
    return _HAS[has](c)


def _in_order(place: Callable[[Thing], int]) -> Callable[[Crowd], list[int]]:
    """Of the things of the colour that most have: the colour of that among the others, as many of different colours,
    which has its place in their order."""

    def inks(c: Crowd) -> list[int]:
        found = [0] * len(c.things)
        if not 4 <= len(c.things) <= _MOST_THINGS or len(c.things) % 2:
            return found
        colour = [ink_of(t) for t in c.things]
        usual = max(set(colour), key=lambda k: (colour.count(k), -k))
        mine = [i for i, k in enumerate(colour) if k == usual]
        others = [i for i, k in enumerate(colour) if k != usual]
        if len(mine) != len(others) or len({colour[i] for i in others}) < len(others):
            return found
        orders = [sorted((place(c.things[i]), i) for i in group) for group in (mine, others)]
        if any(len({p for p, _ in order}) < len(order) for order in orders):
            return found
        for (_, i), (_, k) in zip(*orders, strict=True):
            found[i] = colour[k]
        return found

    return inks


def _listed(c: Crowd) -> Sequence[int]:
    """1 for things whose colour the one strip of colours has, 2 for what is of the strip itself."""
    key = strip(c.cells)
    if key is None:
        return [0] * len(c.things)
    inks = set(key.cells.ravel().tolist())
    return [
        2
        if key.top <= t.top and t.bottom <= key.bottom and key.left <= t.left and t.right <= key.right
        else int(ink_of(t) in inks)
        for t in c.things
    ]


@lru_cache(maxsize=64)
def _has_mates(c: Crowd) -> list[int]:
    """Of panels: 2 for one in which two things have one shape, perhaps turned, 1 for one with several that have not."""
    found = panels(c.cells)
    if c.link != "panels" or found is None or len(found.flat) != len(c.things):
        return [0] * len(c.things)
    told = []
    for box in found.flat:
        group = things(c.cells[box].copy(), "corner")
        forms = {turned_form(t) for t in group} if len(group) <= _MOST_THINGS else set()
        told.append(0 if len(group) < 2 else 1 + int(len(forms) < len(group)))
    return told


VIA_SOURCES: dict[str, Callable[[Crowd], list[int]]] = {
    **{f"{alike}{has}": _of_others(alike, has) for alike in _ALIKE for has in _HAS},
    "orderedsize": _in_order(lambda t: t.size),
    "orderedleft": _in_order(lambda t: t.left),
    "orderedtop": _in_order(lambda t: t.top),
}
VIA: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "listed": (_listed, 4.0),
    "mates": (_has_mates, 4.5),
}
