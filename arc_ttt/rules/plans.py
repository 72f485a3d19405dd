"""A small picture as a plan of the rest of the grid: each of its cells says something of one place there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from arc_ttt.rules.things import Thing, colours, things
from arc_ttt.types import Cells

_SIDES = (2, 8)  # of a plan, at least and at most
# Cells that a place has at least.
_LEAST = 4
Stretch = tuple[int, int]  # the first line and the one after the last


@dataclass(frozen=True)
class Plan:
    """The picture, and the stretches of rows and columns that its rows and columns stand for."""

    picture: Thing
    rows: tuple[Stretch, ...]
    columns: tuple[Stretch, ...]

    def at(self, t: Thing) -> tuple[int, int] | None:
        """The cell of the plan for the place in which a thing lies; None where it lies in none, or is none."""
        row = _within(self.rows, t.top, t.bottom)
        column = _within(self.columns, t.left, t.right)
        return None if row is None or column is None else (row, column)

    def ink(self, t: Thing) -> int:
        at = self.at(t)
        return 0 if at is None else int(self.picture.cells[at])

    @property
    def odd(self) -> int:
        """The colour that only one cell of the plan has, where all others have one; else 0."""
        counts = np.bincount(self.picture.cells.ravel())
        once = np.flatnonzero(counts == 1)
        return int(once[0]) if len(once) == 1 and np.count_nonzero(counts) == 2 else 0


def _within(stretches: Sequence[Stretch], low: int, high: int) -> int | None:
    """The stretch that a thing from one line to another lies in: all of it, or its middle if it is no longer."""
    for k, (first, end) in enumerate(stretches):
        if first <= (low + high) / 2 <= end - 1 and high - low < end - first:
            return k
    return None


def plan_of(cells: Cells) -> Plan | None:
    """The plan: the one full rectangle of several colours whose rows and columns divide the box of all else."""
    return _plan_of(cells.tobytes(), cells.shape[1])


@lru_cache(maxsize=256)
def _plan_of(raw: bytes, width: int) -> Plan | None:
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width) % 10
    least, most = _SIDES
    small = [
        t
        for t in things(cells, "mixed")
        if least <= min(t.cells.shape) and max(t.cells.shape) <= most and t.cells.all() and len(colours(t.cells)) > 1
    ]
    found = [p for p in (_divided(cells, t) for t in small) if p]
    return found[0] if len(found) == 1 else None


def _divided(cells: Cells, t: Thing) -> Plan | None:
    rest = cells.copy()
    rest[t.box] = 0
    rows, columns = np.flatnonzero(rest.any(axis=1)), np.flatnonzero(rest.any(axis=0))
    if not len(rows):
        return None
    top, left = int(rows[0]), int(columns[0])
    box = rest[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1]
    if box.shape[0] < 2 * t.height or box.shape[1] < 2 * t.width or box.size < _LEAST * t.size:
        return None
    down, across = _stretches(box, t.height, top), _stretches(np.ascontiguousarray(box.T), t.width, left)
    return Plan(t, down, across) if down and across else None


def _stretches(box: Cells, number: int, first: int) -> tuple[Stretch, ...]:
    """So many stretches of rows: between walls, which are rows of one colour, or else all equally long."""
    walls = [i for i, row in enumerate(box.tolist()) if row[0] and len(set(row)) == 1]
    ends = [-1, *walls, len(box)]
    between = [(a + 1, b) for a, b in pairwise(ends) if b - a > 1]
    if len(between) == number and (walls or number == 1):
        return tuple((first + a, first + b) for a, b in between)
    if walls:
        return ()
    # Things seldom reach up to the ends of their places.
    marks = np.linspace(0, len(box), number + 1).round().astype(int).tolist()
    return tuple((first + a, first + b) for a, b in pairwise(marks))


def places(cells: Cells) -> tuple[Thing, ...]:
    """The places of which a plan speaks, each with all that lies in it."""
    plan = plan_of(cells)
    if plan is None:
        return ()
    return tuple(Thing(a, c, np.ascontiguousarray(cells[a:b, c:d])) for a, b in plan.rows for c, d in plan.columns)


def planned(cells: Cells, group: Sequence[Thing]) -> list[int]:
    """The colour that a plan has for the place of each thing; 0 where it says nothing."""
    plan = plan_of(cells)
    return [0 if plan is None else plan.ink(t) for t in group]


def plan_odd(cells: Cells, group: Sequence[Thing]) -> list[int]:
    """1 for things at the place of the one odd cell of a plan, 2 for others that it speaks of, else 0."""
    plan = plan_of(cells)
    odd = plan.odd if plan else 0
    if plan is None or not odd:
        return [0] * len(group)
    return [0 if not (ink := plan.ink(t)) else 1 if ink == odd else 2 for t in group]


def plan_map(cells: Cells) -> Cells:
    """(rows, columns): the colour that a plan has for the place of each cell; 0 elsewhere."""
    out = np.zeros_like(cells)
    plan = plan_of(cells)
    if plan is not None:
        for i, (a, b) in enumerate(plan.rows):
            for k, (c, d) in enumerate(plan.columns):
                out[a:b, c:d] = plan.picture.cells[i, k]
    return out
