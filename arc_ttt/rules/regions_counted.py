"""Regions of a thing whose length is a number: as many cells of one of its sides as it holds others, or a bar beyond it
as long as it has cells or holes, or as there are things of its colour or cells of the rarest one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.places import DIRECTIONS, Places, none
from arc_ttt.rules.things import rarest_ink, things
from arc_ttt.types import Cells

_FEWEST_ORDERED, _FEWEST_RANKED, _MOST_ORDERED = 2, 3, 12


def _contents(c: Crowd, i: int) -> int:
    """How many cells of others lie in its box."""
    t = c.things[i]
    return int(np.count_nonzero(c.cells[t.box][t.cells == 0]))


def _rares(cells: Cells) -> int:
    """How many cells have the colour of the fewest; 0 where two have as many."""
    ink = rarest_ink(cells)
    return int(np.count_nonzero(cells == ink)) if ink else 0


COUNTED: dict[str, Callable[[Crowd, int], int]] = {
    "size": lambda c, i: c.things[i].size,
    "holes": lambda c, i: c.values("holes")[i],
    "kin": lambda c, i: sum(ink_of(t) == ink_of(c.things[i]) for t in c.things),
    "mates": lambda c, i: sum(ink_of(t) == ink_of(c.things[i]) for t in c.things) - 1,
    "rares": lambda c, _: _rares(c.cells),
    # A single cell with such a bar is as long as there are others of its colour.
    "rest": lambda c, i: sum(ink_of(t) == ink_of(c.things[i]) for t in c.things) - 2,
}


def _place(way: str, back: bool) -> Callable[[Crowd, int], int]:
    """Its place in the order of the first columns (or rows) of all, counted from the left or top, or from the other
    side; 0 where two begin in one."""

    def place(c: Crowd, i: int) -> int:
        if not _FEWEST_ORDERED <= len(c.things) <= _MOST_ORDERED:
            return 0
        at = [t.left if way in ("up", "down") else t.top for t in c.things]
        if len(set(at)) < len(at):
            return 0
        return 1 + sum(a > at[i] if back else a < at[i] for a in at)

    return place


def _ordered(cells: Cells) -> bool:
    return _FEWEST_ORDERED <= len(things(cells, "corner")) <= _MOST_ORDERED


def _rank(large: bool) -> Callable[[Crowd, int], int]:
    """Its place in the order of size, the smallest (or largest) one first; 0 where two are of one size."""

    def rank(c: Crowd, i: int) -> int:
        sizes = [t.size for t in c.things]
        if not _FEWEST_ORDERED <= len(sizes) <= _MOST_ORDERED or len(set(sizes)) < len(sizes):
            return 0
        return 1 + sum(s > sizes[i] if large else s < sizes[i] for s in sizes)

    return rank


COUNTED |= {"rank": _rank(False), "backrank": _rank(True)}


def _ranked(cells: Cells) -> bool:
    sizes = [t.size for t in things(cells, "corner")]
    return _FEWEST_RANKED <= len(sizes) <= _MOST_ORDERED and len(set(sizes)) == len(sizes)


# By the beginning of regions: whether a grid has what they count.
COUNTS_TELL: dict[str, Callable[[Cells], bool]] = {
    "order": _ordered,
    "backorder": _ordered,
    **{
        f"{bar}{way}{rank}": _ranked
        for bar in ("stem", "thread")
        for way in DIRECTIONS
        for rank in ("rank", "backrank")
    },
}
# Of which a bar is as long as the thing in its direction.
_SELF = "self"
# Of which it is as long as the thing's place among all says, from one side or from the other.
_ORDERS = ("order", "backorder")


def _tally(side: str) -> Callable[[Crowd, int], Places]:
    """The first cells of a side of its box, but for the corner, from the left or the top on."""

    def tally(c: Crowd, i: int) -> Places:
        t, n = c.things[i], _contents(c, i)
        long = t.width if side in ("top", "bottom") else t.height
        if min(t.cells.shape) < 3 or not 0 < n <= long - 1:
            return none()
        at, zero = np.arange(1, n + 1), np.zeros(n, np.intp)
        return {
            "top": (zero + t.top, at + t.left),
            "bottom": (zero + t.bottom, at + t.left),
            "left": (at + t.top, zero + t.left),
            "right": (at + t.top, zero + t.right),
        }[side]

    return tally


def _number(way: str, counted: str) -> Callable[[Crowd, int], int]:
    if counted == _SELF:
        return lambda c, i: c.things[i].height if way in ("up", "down") else c.things[i].width
    return COUNTED[counted] if counted in COUNTED else _place(way, counted == _ORDERS[1])


def _stem(way: str, counted: str) -> Callable[[Crowd, int], Places]:
    """The cells beyond a thing, as broad as it, as far as the number says; where all of them are empty."""
    number = _number(way, counted)

    def stem(c: Crowd, i: int) -> Places:
        t = c.things[i]
        n = number(c, i)
        if not 0 < n < max(c.cells.shape):
            return none()
        rows = {"up": (t.top - n, t.top), "down": (t.bottom + 1, t.bottom + 1 + n)}.get(way, (t.top, t.bottom + 1))
        columns = {"left": (t.left - n, t.left), "right": (t.right + 1, t.right + 1 + n)}.get(
            way, (t.left, t.right + 1)
        )
        rows, columns = (max(0, rows[0]), rows[1]), (max(0, columns[0]), columns[1])
        part = c.cells[slice(*rows), slice(*columns)]
        if not part.size or part.any():
            return none()
        r, k = np.indices(part.shape)
        return r.ravel() + rows[0], k.ravel() + columns[0]

    return stem


def _thread(way: str, counted: str) -> Callable[[Crowd, int], Places]:
    """The middle line of such a bar, of a thing of odd breadth that is more than one cell broad."""
    stem = _stem(way, counted)

    def thread(c: Crowd, i: int) -> Places:
        t = c.things[i]
        across = way in ("left", "right")
        breadth = t.height if across else t.width
        if breadth == 1 or not breadth % 2:
            return none()
        rows, columns = stem(c, i)
        middle = rows == t.top + t.height // 2 if across else columns == t.left + t.width // 2
        return rows[middle], columns[middle]

    return thread


ON: dict[str, Callable[[Crowd, int], Places]] = {
    f"tally{side}": _tally(side) for side in ("top", "bottom", "left", "right")
}
AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    **{f"stem{way}{counted}": _stem(way, counted) for counted in (*COUNTED, _SELF) for way in DIRECTIONS},
    **{
        f"thread{way}{counted}": _thread(way, counted)
        for counted in ("size", "holes", "rank", "backrank", _SELF)
        for way in DIRECTIONS
    },
    **{f"{order}{way}": _stem(way, order) for order in _ORDERS for way in DIRECTIONS},
}
