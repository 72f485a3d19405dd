"""What things within frames say of others: those of the same shape, perhaps turned, and the colours of the frames."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from arc_ttt.rules.companions import within_box
from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.things import Thing, turned_form

_MOST_THINGS = 40


@lru_cache(maxsize=64)
def _holders(c: Crowd) -> list[Thing | None]:
    """For each thing the smallest one that closes around it."""
    if not 2 < len(c.things) <= _MOST_THINGS:
        return [None] * len(c.things)
    within = within_box(c)
    found: list[Thing | None] = []
    for i in range(len(c.things)):
        around = [c.things[k] for k in within[:, i].nonzero()[0].tolist()]
        closed = [o for o in around if 2 * o.size >= o.height + o.width and o.cells[0].all() and o.cells[-1].all()]
        found.append(min(closed, key=lambda o: o.height * o.width) if closed else None)
    return found


def _like_held(c: Crowd) -> Sequence[int]:
    """3 for frames around things, 2 for these, 1 for others that have the shape of such a one, perhaps turned."""
    holders = _holders(c)
    if not any(holders):
        return [0] * len(holders)
    shapes = {turned_form(t) for t, o in zip(c.things, holders, strict=True) if o}
    return [
        2 if o else 3 if any(h is t for h in holders) else int(turned_form(t) in shapes)
        for t, o in zip(c.things, holders, strict=True)
    ]


def _twin_holder(c: Crowd) -> list[int]:
    """The one colour of the frames around things of a thing's shape, perhaps turned, of one that is in none itself."""
    holders = _holders(c)
    found = [0] * len(holders)
    if not any(holders):
        return found
    frames: dict[tuple[tuple[int, ...], bytes], set[int]] = {}
    for t, o in zip(c.things, holders, strict=True):
        if o:
            frames.setdefault(turned_form(t), set()).add(ink_of(o))
    for i, (t, o) in enumerate(zip(c.things, holders, strict=True)):
        inks = frames.get(turned_form(t), set()) if o is None else set()
        found[i] = next(iter(inks)) if len(inks) == 1 else 0
    return found


@lru_cache(maxsize=64)
def _loose_inks(c: Crowd) -> list[set[int]]:
    """For each frame, and each thing in one, the colours of things in no frame that have the shape of what is held,
    perhaps turned."""
    holders = _holders(c)
    found: list[set[int]] = [set() for _ in holders]
    if not any(holders):
        return found
    frames = {id(h) for h in holders if h is not None}
    loose: dict[tuple[tuple[int, ...], bytes], set[int]] = {}
    for t, o in zip(c.things, holders, strict=True):
        if o is None and id(t) not in frames:
            loose.setdefault(turned_form(t), set()).add(ink_of(t))
    places = {id(t): i for i, t in enumerate(c.things)}
    for i, (t, o) in enumerate(zip(c.things, holders, strict=True)):
        inks = loose.get(turned_form(t)) if o is not None else None
        if o is not None and inks:
            found[i] |= inks
            found[places[id(o)]] |= inks
    return found


def _holds_loose(c: Crowd) -> Sequence[int]:
    """1 for frames around a thing whose shape, perhaps turned, one has that is in no frame; 2 for such things in
    frames."""
    held = [o is not None for o in _holders(c)]
    return [int(bool(inks)) * (1 + h) for inks, h in zip(_loose_inks(c), held, strict=True)]


def _loose_twin(c: Crowd) -> list[int]:
    """The one colour of the things in no frame that have the shape of one in this frame, or of this one in a frame."""
    return [min(inks) if len(inks) == 1 else 0 for inks in _loose_inks(c)]


HELD_LIKE: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "likeheld": (_like_held, 4.0),
    "holdsloose": (_holds_loose, 4.2),
}
TWIN_HOLDER: dict[str, Callable[[Crowd], list[int]]] = {"holdertwin": _twin_holder, "loosetwin": _loose_twin}
