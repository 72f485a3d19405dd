"""Things that repeat themselves go on: a row of things of one shape, or one whose parts are each other's copies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.things import Thing, paste, things
from arc_ttt.types import Cells

# Where a series goes on: at both ends, or at the one where it has more room (that does not touch the border).
ENDS = Kind("ends that go on", ("free", "both"))
_MOST_THINGS, _MOST_STEP, _MOST_CELLS = 8, 6, 120
_Step = tuple[int, int]


def _rows(cells: Cells) -> Iterator[list[Thing]]:
    """Things of one shape, of two colours at least, that lie at equal steps from each other."""
    groups: dict[object, list[Thing]] = {}
    for t in things(cells, "corner"):
        groups.setdefault(t.form, []).append(t)
    for group in groups.values():
        if not 2 <= len(group) <= _MOST_THINGS or len({t.colour for t in group}) < 2:
            continue
        steps = {(b.top - a.top, b.left - a.left) for a, b in pairwise(group)}
        if len(steps) == 1:
            yield group


def _copies(cells: Cells, group: Sequence[Thing], step: _Step) -> list[Thing]:
    """The copies beyond the last of the group, the colours of the group again and again, as far as the grid."""
    last, found = group[-1], []
    for n in range(1, 31):
        top, left = last.top + n * step[0], last.left + n * step[1]
        if not (-last.height < top < cells.shape[0] and -last.width < left < cells.shape[1]):
            break
        found.append(Thing(top, left, group[(n - 1) % len(group)].cells))
    return found


@operation("few", "beginning", ends=ENDS, weight=0)
def continue_series(cells: Cells, ends: str) -> Cells | None:
    """Things of one shape and several colours at equal steps go on with their colours in turn as far as the border."""
    out = cells.copy()
    for group in _rows(cells):
        down, right = group[1].top - group[0].top, group[1].left - group[0].left
        ahead = _copies(cells, group, (down, right))
        back = _copies(cells, group[::-1], (-down, -right))
        if ends == "free" and len(ahead) == len(back):
            return None
        for t in ahead + back if ends == "both" else max(ahead, back, key=len):
            paste(out, t.cells, t.top, t.left)
    return None if (out == cells).all() else out


def _moved(places: set[_Step], down: int, right: int) -> set[_Step]:
    return {(r + down, c + right) for r, c in places}


def _own_step(places: set[_Step]) -> _Step | None:
    """The step by which a thing repeats itself: of two units at least, the smallest."""
    best: tuple[int, int, _Step] | None = None
    for down in range(_MOST_STEP + 1):
        for right in range(-_MOST_STEP if down else 1, _MOST_STEP + 1):
            unit = len(places - _moved(places, down, right))
            if 2 * unit <= len(places) and (best is None or (unit, down + abs(right)) < best[:2]):
                # Nothing may be lacking but in the last unit.
                first = places - _moved(places, down, right)
                whole: set[_Step] = set()
                units = -(-len(places) // unit)
                for n in range(units - 1):
                    whole |= _moved(first, n * down, n * right)
                if whole <= places <= whole | _moved(first, (units - 1) * down, (units - 1) * right):
                    best = unit, down + abs(right), (down, right)
    return best[2] if best else None


_SIDES = ((0, 1), (0, -1), (1, 0), (-1, 0))
_NEAR = (*_SIDES, (1, 1), (1, -1), (-1, 1), (-1, -1))


def _beyond(cells: Cells, places: set[_Step], step: _Step, near: Sequence[_Step]) -> set[_Step]:
    """The empty cells of further units at one end that lead on from a thing, from cell to cell."""
    down, right = step
    last = places - _moved(places, -down, -right)
    new: set[_Step] = set()
    for n in range(1, 31):
        new |= _moved(last, n * down, n * right)
    rows, columns = cells.shape
    free = {(r, c) for r, c in new - places if 0 <= r < rows and 0 <= c < columns and cells[r, c] == 0}
    seen: set[_Step] = set()
    edge = set(last)
    while edge:
        edge = {(r + y, c + x) for r, c in edge for y, x in near if (r + y, c + x) in free} - seen
        seen |= edge
    return seen


@operation("few", "beginning", "barrier", ends=ENDS, weight=0)
def continue_thing(cells: Cells, ends: str) -> Cells | None:
    """Things that repeat themselves (stairs, waves, battlements) go on in the same way, as far as the border or what is
    in their way."""
    out = cells.copy()
    group = [t for t in things(cells, "corner") if 4 <= t.size <= _MOST_CELLS and not t.cells.all()]
    rows, columns = cells.shape
    for t in group if len(group) <= _MOST_THINGS else ():
        places = {(r + t.top, c + t.left) for r, c in np.argwhere(t.cells).tolist()}
        step = _own_step(places)
        if step is None:
            continue
        near = _SIDES if len(things(t.cells, "side")) == 1 else _NEAR
        for down, right in (step, (-step[0], -step[1])):
            last = places - _moved(places, -down, -right)
            bordering = any(r in (0, rows - 1) or c in (0, columns - 1) for r, c in last)
            if ends == "both" or not bordering:
                for place in _beyond(cells, places, (down, right), near):
                    out[place] = t.colour
    return None if (out == cells).all() else out
