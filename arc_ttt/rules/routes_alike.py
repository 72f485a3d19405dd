"""All things of each colour are joined by lines of it that lead round what is in their way, with as few turns as
possible."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, makes, operation
from arc_ttt.rules.places import is_free
from arc_ttt.rules.things import colours, things
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

# The colour that only is in the way, if there is one.
BARRED = Kind("what is only in the way", ("none", *range(1, 10)))
_WAYS = ((1, 0), (0, -1), (-1, 0), (0, 1))
_TURN, _FAR = 100, 10**6  # steps that a turn counts as, and that no way has
_MOST_PARTS, _MOST_CELLS = 6, 60
_WORK = 0.2  # of a place that is come by, in the units of `work`

Place = tuple[int, int]
# A place, and in which direction it was come to.
Step = tuple[int, int, int]


def _parts(cells: Cells, ink: int) -> list[set[Place]]:
    """The cells of each thing of a colour."""
    alone = np.where(cells == ink, cells, np.uint8(0))
    return [{(t.top + r, t.left + c) for r, c in np.argwhere(t.cells).tolist()} for t in things(alone, "side")]


def _bent(part: set[Place], at: Place, down: int, right: int) -> int:
    """What leaving a cell of a part in a direction counts, but for the step: a turn where the part has a line there
    that is not gone on with."""
    r, c = at
    beside = [(r + y, c + x) in part for y, x in _WAYS]
    return 0 if (r - down, c - right) in part or not any(beside) else _TURN


def _starts(cells: Cells, part: set[Place]) -> Iterator[tuple[int, Step]]:
    """The first steps of ways from a part, with what they count."""
    for r, c in sorted(part):
        for way, (down, right) in enumerate(_WAYS):
            if is_free(cells, r + down, c + right):
                yield 1 + _bent(part, (r, c), down, right), (r + down, c + right, way)


def _steps(cells: Cells, step: Step, others: set[Place]) -> Iterator[tuple[int, Step]]:
    """The next steps of a way, into an empty cell or one of the others, with what they count."""
    r, c, way = step
    for new, (down, right) in enumerate(_WAYS):
        y, x = r + down, c + right
        turn = 0 if new == way else _TURN
        if (y, x) in others:
            yield turn + _bent(others, (y, x), -down, -right), (y, x, new)
        elif new != (way + 2) % 4 and is_free(cells, y, x):
            yield turn + 1, (y, x, new)


def _way(cells: Cells, part: set[Place], others: set[Place]) -> tuple[int, list[Place]] | None:
    """The best way from a part to others of its colour: what it counts, and its empty cells."""
    before: dict[Step, Step | None] = {}
    costs: dict[Step, int] = {}
    heap: list[tuple[int, Step]] = []

    def come(cost: int, step: Step, last: Step | None) -> None:
        if cost < costs.get(step, _FAR):
            costs[step], before[step] = cost, last
            heapq.heappush(heap, (cost, step))

    for cost, step in _starts(cells, part):
        come(cost, step, None)
    while heap:
        cost, step = heapq.heappop(heap)
        if step[:2] in others:
            path: list[Place] = []
            at = before[step]
            while at is not None:
                path.append(at[:2])
                at = before[at]
            return cost, path
        if cost == costs[step]:
            worked(_WORK)
            for more, new in _steps(cells, step, others):
                come(cost + more, new, step)
    return None


def _pairs(cells: Cells, parts: Sequence[set[Place]]) -> list[tuple[int, int, int]] | None:
    """What the ways count that join all parts, the shortest of all, with the numbers of the two parts of each; None
    where they cannot be joined."""
    ways = []
    for i, part in enumerate(parts):
        for k in range(i + 1, len(parts)):
            way = _way(cells, part, parts[k])
            if way is not None:
                ways.append((way[0], i, k))
    group = list(range(len(parts)))
    found = []
    for cost, i, k in sorted(ways):
        if group[i] != group[k]:
            found.append((cost, i, k))
            group = [group[i] if g == group[k] else g for g in group]
    return found if len(set(group)) == 1 else None


def _joined(out: Cells, ink: int, parts: Sequence[set[Place]], pairs: Sequence[tuple[int, int, int]]) -> bool:
    """Paint these ways, straight ones first and then the longest: shorter ones may go on with its line. Whether there
    still are such."""
    for _, i, k in sorted(pairs, key=lambda p: (p[0] >= _TURN, -p[0], p)):
        now = _parts(out, ink)
        part, other = (next(p for p in now if p >= parts[n]) for n in (i, k))
        if part is other:
            continue
        way = _way(out, part, other)
        if way is None:
            return False
        for r, c in way[1]:
            out[r, c] = ink
    return True


@operation("walls", "cells", "ends", barred=BARRED, weight=0)
def route_alike(cells: Cells, barred: int | str) -> Cells | None:
    """The things of each colour are joined by lines of it through empty cells, with as few turns as possible, the
    shortest first; things of one colour may only be in the way."""
    inks = [ink for ink in colours(cells) if ink != barred and np.count_nonzero(cells == ink) <= _MOST_CELLS]
    parts = {ink: found for ink in inks if len(found := _parts(cells, ink)) > 1}
    if not parts or max(map(len, parts.values())) > _MOST_PARTS or 2 * np.count_nonzero(cells) > cells.size:
        return None
    joints = {}
    for ink, found in parts.items():
        pairs = _pairs(cells, found)
        if pairs is None:
            return None
        joints[ink] = pairs
    out = cells.copy()
    for ink in sorted(joints, key=lambda ink: joints[ink][-1]):
        if not _joined(out, ink, parts[ink], joints[ink]):
            return None
    return None if (out == cells).all() else out


@fits("route_alike")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(s.shape != w.shape or (s != w)[s != 0].any() or (s == w).all() for s, w in zip(shown, wanted, strict=True)):
        return
    if any(set(np.unique(w[s != w]).tolist()) - set(colours(s)) for s, w in zip(shown, wanted, strict=True)):
        return
    still = set(range(1, 10)).difference(*(np.unique(w[s != w]).tolist() for s, w in zip(shown, wanted, strict=True)))
    walls = [c for c in sorted(still) if any(len(_parts(s, c)) > 1 for s in shown)]
    ways: list[int | str] = ["none", *walls]
    for barred in ways:
        if makes(route_alike, (barred,), shown, wanted):
            yield (barred,)
