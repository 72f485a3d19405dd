"""Moves and copies of a thing towards where its rarest colour lies, by its own size, or as often as it has such cells;
and how many touches lie between a thing and the one that has the rarest colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from arc_ttt.rules.crowds import ROOM, Crowd, ink_of
from arc_ttt.rules.places import DIRECTIONS
from arc_ttt.rules.regions import pointing
from arc_ttt.rules.things import numbered, rarest_ink

# How far down and right each of the copies of a thing lies, or None where it cannot be said.
Shifts = list[tuple[int, int]]
_FAR, _MOST_THINGS, _LONG = 30, 40, 99


def _specks(cells: np.ndarray) -> int:
    """How many cells have the rarest colour."""
    counts = np.bincount(cells[cells != 0], minlength=ROOM + 1)
    return int(counts[counts > 0].min())


def _towards(gap: int, often: int) -> Callable[[Crowd, int], Shifts | None]:
    """`often` copies one beyond the other, `gap` cells apart; 0: as many as it has cells of its rarest colour."""

    def shifts(c: Crowd, i: int) -> Shifts | None:
        t = c.things[i]
        way = pointing(t)
        if way is None:
            return None
        (down, right), times = DIRECTIONS[way], often or _specks(t.cells)
        step = down * (t.height + gap), right * (t.width + gap)
        return [(n * step[0], n * step[1]) for n in range(1, times + 1)]

    return shifts


def _by(cells: int) -> Callable[[Crowd, int], Shifts | None]:
    """So many cells."""

    def shifts(c: Crowd, i: int) -> Shifts | None:
        down, right = DIRECTIONS.get(pointing(c.things[i]) or "", (0, 0))
        return [(cells * down, cells * right)] if down or right else None

    return shifts


# By name: whether the thing leaves its place, and where it is then.
POINTED: dict[str, tuple[bool, Callable[[Crowd, int], Shifts | None]]] = {
    "steppointing": (True, _towards(0, 1)),
    **{f"step{n}pointing": (True, _by(n)) for n in (1, 2, 3, 4)},
    "copypointing": (False, _towards(0, 1)),
    "copygappointing": (False, _towards(1, 1)),
    "trailpointing": (False, _towards(0, _FAR)),
    "rowpointing": (False, _towards(1, _FAR)),
    "copiespointing": (False, _towards(0, 0)),
    "rowcountpointing": (False, _towards(1, 0)),
}


def _hops(c: Crowd) -> list[int]:
    """How many touches (by sides or a cell apart, not aslant) lie between a thing and the one that alone has a cell of
    the grid's rarest colour; `_LONG` where it is not reached."""
    n = len(c.things)
    rarest = rarest_ink(c.cells)
    if not 2 < n <= _MOST_THINGS or not rarest:
        return [_LONG] * n
    begin = [i for i, t in enumerate(c.things) if (t.cells == rarest).any()]
    if len(begin) != 1:
        return [_LONG] * n
    sides = [(t.top, t.left, t.bottom, t.right) for t in c.things]
    found = [_LONG] * n
    found[begin[0]], edge = 0, begin
    for steps in range(1, n):
        new = [k for k in range(n) if found[k] == _LONG and any(_meet(sides[i], sides[k], c.gaps[i, k]) for i in edge)]
        for k in new:
            found[k] = steps
        edge = new
    return found


def _meet(a: tuple[int, int, int, int], b: tuple[int, int, int, int], gap: int) -> bool:
    straight = (a[0] <= b[2] and b[0] <= a[2]) or (a[1] <= b[3] and b[1] <= a[3])
    return straight and gap <= 2


def _insight(c: Crowd) -> list[int]:
    """1 for what is met first, straight on, from the one thing of the grid's rarest colour; 2 for that thing."""
    hops = c.values("hops")
    found = [0] * len(c.things)
    if 0 not in hops:
        return found
    begin = hops.index(0)
    labels = numbered(c.things, c.cells.shape)
    labels[(labels == 0) & (c.cells != 0)] = -1
    found[begin] = 2
    for row, column in np.argwhere(labels == begin + 1).tolist():
        for line in (
            labels[row, column + 1 :],
            labels[row, :column][::-1],
            labels[row + 1 :, column],
            labels[:row, column][::-1],
        ):
            met = line[line != 0]
            if len(met) and met[0] > 0 and met[0] != begin + 1:
                found[int(met[0]) - 1] = 1
    return found


HOPS: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "hops": (_hops, 4.5),
    "insight": (_insight, 4.0),
    "hopsparity": (lambda c: [h % 2 if h != _LONG else _LONG for h in c.values("hops")], 4.0),
}


def _inner(most: bool) -> Callable[[Crowd], list[int]]:
    """The colour of the most (fewest) cells in a thing's box that are not its own; 0 where two have as many."""

    def inks(c: Crowd) -> list[int]:
        found = []
        for t in c.things:
            counts = np.bincount(c.cells[t.box][t.cells == 0], minlength=ROOM)[1:ROOM]
            present = counts[counts > 0]
            best = (present.max() if most else present.min()) if len(present) else 0
            found.append(int(np.flatnonzero(counts == best)[0]) + 1 if (present == best).sum() == 1 else 0)
        return found

    return inks


def _lacking(across: bool) -> Callable[[Crowd], list[int]]:
    """The one colour of other things, not its own, that none of the things beside it in its rows (columns) has."""

    def inks(c: Crowd) -> list[int]:
        sides = [(t.top, t.bottom) if across else (t.left, t.right) for t in c.things]
        own = [ink_of(t) for t in c.things]
        known, found = set(own), []
        for i, (low, high) in enumerate(sides if len(own) <= _MOST_THINGS else ()):
            beside = {own[k] for k, (a, b) in enumerate(sides) if a <= high and b >= low}
            left = known - beside
            found.append(left.pop() if len(left) == 1 and len(beside) > 1 and own[i] in beside else 0)
        return found or [0] * len(own)

    return inks


INNER: dict[str, Callable[[Crowd], list[int]]] = {
    "lackinginrow": _lacking(True),
    "lackingincolumn": _lacking(False),
    "innermost": _inner(True),
    "innerleast": _inner(False),
}
