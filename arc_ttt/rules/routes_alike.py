"""All things of each colour are joined by lines of it that lead round what is in their way, with as few turns as
possible."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import colours, things
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

# The colour that only is in the way, if there is one.
BARRED = Kind("what is only in the way", ("none", *range(1, 10)))
_WAYS = ((1, 0), (0, -1), (-1, 0), (0, 1))
_TURN = 100  # of steps that a turn counts
_MOST_PARTS, _MOST_CELLS = 6, 60
_WORK = 0.2  # of a place that is come by, in the units of `work`

Place = tuple[int, int]


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


def _way(cells: Cells, part: set[Place], others: set[Place]) -> tuple[int, list[Place]] | None:
    """The best way from a part to others of its colour: what it counts, and its empty cells."""
    rows, columns = cells.shape
    costs: dict[tuple[int, int, int], int] = {}
    before: dict[tuple[int, int, int], tuple[int, int, int] | None] = {}
    heap: list[tuple[int, int, int, int, int]] = []
    for r, c in sorted(part):
        for way, (down, right) in enumerate(_WAYS):
            y, x = r + down, c + right
            if 0 <= y < rows and 0 <= x < columns and not cells[y, x]:
                cost = 1 + _bent(part, (r, c), down, right)
                if cost < costs.get((y, x, way), 10**6):
                    costs[y, x, way], before[y, x, way] = cost, None
                    heapq.heappush(heap, (cost, y, x, way, 0))
    while heap:
        cost, r, c, way, done = heapq.heappop(heap)
        if cost > costs.get((r, c, way), 10**6):
            continue
        if done:
            path: list[Place] = []
            at = before[r, c, way]
            while at is not None:
                path.append(at[:2])
                at = before[at]
            return cost, path
        worked(_WORK)
        for new, (down, right) in enumerate(_WAYS):
            y, x = r + down, c + right
            if new == (way + 2) % 4 or not (0 <= y < rows and 0 <= x < columns):
                continue
            more = cost + (0 if new == way else _TURN)
            end = (y, x) in others
            if end:
                more += _bent(others, (y, x), -down, -right)
            elif cells[y, x]:
                continue
            else:
                more += 1
            if more < costs.get((y, x, new), 10**6):
                costs[y, x, new], before[y, x, new] = more, (r, c, way)
                heapq.heappush(heap, (more, y, x, new, int(end)))
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
    for barred in ("none", *(c for c in sorted(still) if any(len(_parts(s, c)) > 1 for s in shown))):
        if makes(route_alike, (barred,), shown, wanted):
            yield (barred,)
