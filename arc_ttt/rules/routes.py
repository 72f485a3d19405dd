"""A way through empty cells from one thing to another: with as few turns as possible, and of these the shortest, or the
one shortest way of a maze."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import permutations

import numpy as np

from arc_ttt.rules.language import INK, MARK, Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import Thing, things, with_sides
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

_WAYS = ((1, 0), (0, -1), (-1, 0), (0, 1))
_TURN = 1000  # of steps that a turn counts
_WORK = 0.2  # of a place that is come by, in the units of `work`
_MOST_INKS = 4


def _of(cells: Cells, mark: int) -> tuple[Thing, ...]:
    """The things of a colour."""
    return things(np.where(cells == mark, cells, 0).astype(np.uint8), "corner")


def _ends(cells: Cells, first: int, last: int) -> tuple[Thing, Thing] | None:
    """The one thing of either colour; of one colour alone both things that it has."""
    group = _of(cells, first) if first == last else (*_of(cells, first), *_of(cells, last))
    one_each = len(group) == 2 and (first == last or group[0].colour != group[1].colour)
    return (group[0], group[1]) if one_each else None


def _steps(cells: Cells, t: Thing) -> np.ndarray:
    """(rows, columns) int: how many steps lead from a thing to each empty cell; -1 where none do."""
    steps = np.full(cells.shape, -1)
    reached = t.mask(cells.shape)
    free = cells == 0
    for step in range(1, cells.size):
        reached = with_sides(reached) & free & (steps < 0)
        if not reached.any():
            break
        worked(_WORK)
        steps[reached] = step
    return steps


def _shortest(cells: Cells, a: Thing, b: Thing) -> list[tuple[int, int]] | None:
    """The cells of the one shortest way between two things; None where there is no way, or another as short."""
    there, back = _steps(cells, a), _steps(cells, b)
    both = np.where((there > 0) & (back > 0), there + back, 10**6)
    least = int(both.min())
    path = [(int(r), int(c)) for r, c in np.argwhere(both == least)]
    return path if least < 10**6 and len(path) == least - 1 else None


def _doors(t: Thing) -> Iterator[tuple[int, int, int]]:
    """Where and in which direction a way may leave a thing: a line at its ends, anything else anywhere."""
    line = t.size > 1 and min(t.cells.shape) == 1
    for r, c in np.argwhere(t.cells).tolist():
        for way, (down, right) in enumerate(_WAYS):
            y, x = r + down, c + right
            inside = 0 <= y < t.height and 0 <= x < t.width and t.cells[y, x]
            if not inside and not (line and (down == 0) == (t.height > 1)):
                yield t.top + r, t.left + c, way


def _route(cells: Cells, a: Thing, b: Thing, turning: str) -> list[tuple[int, int]] | None:
    """The cells between two things; None where there is no way."""
    rows, columns = cells.shape
    goals = {(r, c, (way + 2) % 4) for r, c, way in _doors(b)}
    heap: list[tuple[int, int, int, int]] = [(0, r, c, way) for r, c, way in _doors(a)]
    heapq.heapify(heap)
    before: dict[tuple[int, int, int], tuple[int, int, int] | None] = {(r, c, way): None for _, r, c, way in heap}
    costs = {place: 0 for place in before}
    first = set(before)
    while heap:
        cost, r, c, way = heapq.heappop(heap)
        if cost > costs[r, c, way]:
            continue
        worked(_WORK)
        y, x = r + _WAYS[way][0], c + _WAYS[way][1]
        free = 0 <= y < rows and 0 <= x < columns and not cells[y, x]
        turns = [(way, 1)]
        if (r, c, way) not in first and (turning == "anywhere" or not free):
            turns += [((way + 1) % 4, _TURN), ((way + 3) % 4, _TURN)]
        for new, more in turns:
            y, x = r + _WAYS[new][0], c + _WAYS[new][1]
            if (y, x, new) in goals:
                path = []
                at: tuple[int, int, int] | None = (r, c, way)
                while at is not None and at not in first:
                    path.append(at[:2])
                    at = before[at]
                return path or None
            inside = 0 <= y < rows and 0 <= x < columns
            if inside and not cells[y, x] and cost + more < costs.get((y, x, new), 10**9):
                costs[y, x, new] = cost + more
                before[y, x, new] = (r, c, way)
                heapq.heappush(heap, (cost + more, y, x, new))
    return None


TURNING = Kind("where a way may turn", ("blocked", "anywhere", "shortest"))


@operation("walls", "markers", first=MARK, last=MARK, ink=INK, turning=TURNING, weight=0)
def route(cells: Cells, first: int, last: int, ink: int, turning: str) -> Cells | None:
    """From the one thing of a colour a line of one colour leads through empty cells to the one thing of another (or
    between both things of one colour), with as few turns as possible, which are where it is blocked, or anywhere, or
    the one shortest way."""
    ends = _ends(cells, first, last)
    if ends is None:
        return None
    path = _shortest(cells, *ends) if turning == "shortest" else _route(cells, *ends, turning)
    if path is None:
        return None
    out = cells.copy()
    out[tuple(np.array(path).T)] = ink
    return out


@fits("route")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Pairs of colours that are one thing each, and the one colour that is painted."""
    if any(s.shape != w.shape or (s != w)[s != 0].any() for s, w in zip(shown, wanted, strict=True)):
        return
    inks = {int(c) for s, w in zip(shown, wanted, strict=True) for c in np.unique(w[s != w])}
    present = set.intersection(*(set(np.unique(s).tolist()) for s in shown)) - {0}
    if len(inks) != 1:
        return
    (ink,) = inks
    single = [c for c in sorted(present) if all(len(_of(s, c)) == 1 for s in shown)]
    pairs = [*permutations(single[:_MOST_INKS], 2)]
    pairs += [(c, c) for c in sorted(present) if all(_ends(s, c, c) is not None for s in shown)]
    for turning in map(str, TURNING.values):
        for first, last in pairs:
            if makes(route, (first, last, ink, turning), shown, wanted):
                yield first, last, ink, turning
