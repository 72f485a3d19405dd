"""Moves of a thing by a cell towards another one, or away from it, in one of the eight directions; flights aslant to
what lies exactly there; moves and copies onto the middle of another one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.moves_aimed import Way
from arc_ttt.rules.moves_pointed import Shifts
from arc_ttt.rules.things import Thing

_MOST_THINGS = 40


def others(c: Crowd, i: int) -> list[int]:
    """The things of other colours."""
    return [k for k, o in enumerate(c.things) if ink_of(o) != ink_of(c.things[i])]


def _kin(c: Crowd, i: int) -> list[int]:
    """The other things of its colour."""
    return [k for k, o in enumerate(c.things) if k != i and ink_of(o) == ink_of(c.things[i])]


def _largest(c: Crowd, i: int) -> list[int]:
    """The largest things, if this one is none of them."""
    sizes = [t.size for t in c.things]
    return [k for k, n in enumerate(sizes) if n == max(sizes)] if sizes[i] < max(sizes) else []


def _rare(c: Crowd, i: int) -> list[int]:
    """The things with a cell of the grid's rarest colour, if this one has none."""
    rare: Sequence[int] = c.values("hasrare")
    return [] if rare[i] else [k for k, r in enumerate(rare) if r]


_GOALS: dict[str, Callable[[Crowd, int], list[int]]] = {
    "near": others,
    "large": _largest,
    "rare": _rare,
    "like": _kin,
}


def _apart(t: Thing, o: Thing) -> tuple[int, int]:
    """How many rows and columns another thing's box lies below and to the right of a thing's (1 where both touch),
    negative where it lies above or to the left, 0 where they overlap in that."""
    down = o.top - t.bottom if o.top > t.bottom else min(0, o.bottom - t.top)
    right = o.left - t.right if o.left > t.right else min(0, o.right - t.left)
    return down, right


def _ways(c: Crowd, i: int, goals: Sequence[int]) -> set[tuple[int, int]]:
    """How far the nearest of the goals are: nothing where there is none."""
    if len(c.things) > _MOST_THINGS or not goals:
        return set()
    nearest = min(int(c.gaps[i, k]) for k in goals)
    return {_apart(c.things[i], c.things[k]) for k in goals if c.gaps[i, k] == nearest}


def _sign(way: tuple[int, int]) -> Way:
    return int(np.sign(way[0])), int(np.sign(way[1]))


def _step(goal: str, away: bool) -> Callable[[Crowd, int], Way | None]:
    """One cell towards the nearest goal or away from it, also aslant; nowhere where two are as near in other ways."""

    def step(c: Crowd, i: int) -> Way | None:
        ways = {_sign(way) for way in _ways(c, i, _GOALS[goal](c, i))}
        if len(ways) != 1:
            return None
        down, right = ways.pop()
        return (-down, -right) if away else (down, right)

    return step


def _fly(goal: str) -> Callable[[Crowd, int], Way | None]:
    """Aslant to the nearest of the goals whose box lies exactly there, corner to corner, until both touch."""

    def fly(c: Crowd, i: int) -> Way | None:
        goals = [k for k in _GOALS[goal](c, i) if abs((way := _apart(c.things[i], c.things[k]))[0]) == abs(way[1]) > 0]
        ways = _ways(c, i, goals)
        if len(ways) != 1:
            return None
        way = ways.pop()
        steps, (down, right) = abs(way[0]) - 1, _sign(way)
        return down * steps, right * steps

    return fly


def _between_middles(t: Thing, o: Thing) -> Way:
    return (o.top + o.bottom - t.top - t.bottom) // 2, (o.left + o.right - t.left - t.right) // 2


def _onto(goal: str) -> Callable[[Crowd, int], Way | None]:
    """Onto the middle of the nearest goal; nowhere where two are as near."""

    def onto(c: Crowd, i: int) -> Way | None:
        goals = _GOALS[goal](c, i) if len(c.things) <= _MOST_THINGS else []
        nearest = min((int(c.gaps[i, k]) for k in goals), default=0)
        found = [k for k in goals if c.gaps[i, k] == nearest]
        return _between_middles(c.things[i], c.things[found[0]]) if len(found) == 1 else None

    return onto


def _copies_onto(like: bool) -> Callable[[Crowd, int], Shifts | None]:
    """Onto all single cells of its colour, or of other colours."""

    def copies(c: Crowd, i: int) -> Shifts | None:
        t = c.things[i]
        if t.size == 1 or len(c.things) > _MOST_THINGS:
            return None
        goals = [o for o in c.things if o.size == 1 and (ink_of(o) == ink_of(t)) == like]
        return [_between_middles(t, o) for o in goals] or None

    return copies


CHASING: dict[str, Callable[[Crowd, int], Way | None]] = {
    **{f"chase{goal}": _step(goal, False) for goal in _GOALS},
    **{f"shun{goal}": _step(goal, True) for goal in _GOALS},
    **{f"aslant{goal}": _fly(goal) for goal in ("near", "large", "like")},
    **{f"onto{goal}": _onto(goal) for goal in ("near", "rare", "like")},
}
# Whether the thing leaves its place, and where it is then.
COPYING: dict[str, tuple[bool, Callable[[Crowd, int], Shifts | None]]] = {
    "copyontolike": (False, _copies_onto(True)),
    "copyontosingle": (False, _copies_onto(False)),
}
