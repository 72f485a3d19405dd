"""Regions that are drawn: hatchings of the empty area around a thing, ropes that sag between two, stairs, and lines
that go on behind what a thing touches. With them: on which side larger things of its colour lie, and whether what lies
in a thing sees out of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.places import DIRECTIONS, Places, none
from arc_ttt.rules.things import Thing, things
from arc_ttt.rules.work import uncounted

_MOST_THINGS, _MOST_SEED, _MOST_ROOMS = 30, 4, 40
_MOST_STAIRS = 60
_FEWEST_HATCHED = 4


# --- hatchings ---


@lru_cache(maxsize=64)
def _rooms(c: Crowd) -> tuple[Thing, ...]:
    """The empty areas, which hang together by sides."""
    with uncounted():  # it is cached: what it tells must not hang on that
        return tuple(things((c.cells == 0).astype(np.uint8), "side"))


def _room(c: Crowd, t: Thing) -> np.ndarray | None:
    """The one empty area (rows, columns) that a small thing touches by a side; None where there is none, or several."""
    if t.size > _MOST_SEED or len(_rooms(c)) > _MOST_ROOMS:
        return None
    beside = np.pad(t.cells != 0, 1)
    beside = np.roll(beside, 1, 0) | np.roll(beside, -1, 0) | np.roll(beside, 1, 1) | np.roll(beside, -1, 1)
    found: np.ndarray | None = None
    for room in _rooms(c):
        top, left = max(room.top, t.top - 1), max(room.left, t.left - 1)
        bottom, right = min(room.bottom, t.bottom + 1), min(room.right, t.right + 1)
        if top > bottom or left > right:
            continue
        part = room.cells[top - room.top : bottom + 1 - room.top, left - room.left : right + 1 - room.left] != 0
        near = beside[top - t.top + 1 : bottom + 2 - t.top, left - t.left + 1 : right + 2 - t.left]
        if (part & near).any():
            if found is not None:
                return None
            found = np.zeros(c.cells.shape, bool)
            found[room.box] = room.cells != 0
    return found


def _hatch(how: str) -> Callable[[Crowd, int], Places]:
    """Every second line, ring or cell of the empty area that a small thing lies in, counted from that, or all of it."""

    def hatch(c: Crowd, i: int) -> Places:
        t = c.things[i]
        room = _room(c, t)
        if room is None or np.count_nonzero(room) < _FEWEST_HATCHED:
            return none()
        row, column = np.indices(c.cells.shape)
        down = np.maximum(np.maximum(t.top - row, row - t.bottom), 0)
        right = np.maximum(np.maximum(t.left - column, column - t.right), 0)
        away = {
            "all": np.zeros(room.shape, np.int32),
            "rows": down,
            "columns": right,
            "both": np.minimum(down % 2, right % 2),
            "rings": np.maximum(down, right),
            "checks": down + right,
        }[how]
        rows, columns = np.nonzero(room & (away % 2 == 0))
        return rows, columns

    return hatch


# --- ropes ---


def _sag(way: str) -> Callable[[Crowd, int], Places]:
    """From a single cell to the next one in its row, to the right of it (or in its column, below it): a line aslant to
    half of the way, on one side of it, and back."""
    down, right = DIRECTIONS[way]

    def sag(c: Crowd, i: int) -> Places:
        t = c.things[i]
        if t.size != 1 or len(c.things) > _MOST_THINGS:
            return none()
        line = c.cells[t.top, t.left + 1 :] if down else c.cells[t.top + 1 :, t.left]
        ahead = np.flatnonzero(line)
        if not len(ahead) or ahead[0] < 1:
            return none()
        steps = np.arange(1, int(ahead[0]) + 1)
        deep = np.minimum(steps, int(ahead[0]) + 1 - steps)
        rows, columns = (t.top + down * deep, t.left + steps) if down else (t.top + steps, t.left + right * deep)
        if min(rows.min(), columns.min()) < 0 or rows.max() >= len(c.cells) or columns.max() >= c.cells.shape[1]:
            return none()
        return (rows, columns) if not c.cells[rows, columns].any() else none()

    return sag


# --- stairs and lines behind ---


def _stairs(first: str, second: str) -> Callable[[Crowd, int], Places]:
    """From a single cell a step in one direction and a step in the other, again and again, up to what is in the way."""
    steps = (DIRECTIONS[first], DIRECTIONS[second])

    def stairs(c: Crowd, i: int) -> Places:
        t, (rows, columns) = c.things[i], c.cells.shape
        if t.size != 1:
            return none()
        r, k, path = t.top, t.left, []
        for n in range(_MOST_STAIRS):
            r, k = r + steps[n % 2][0], k + steps[n % 2][1]
            if not (0 <= r < rows and 0 <= k < columns) or c.cells[r, k]:
                break
            path.append((r, k))
        if len(path) < 2:
            return none()
        return np.array([p[0] for p in path]), np.array([p[1] for p in path])

    return stairs


def _through(c: Crowd, i: int) -> Places:
    """From a single cell that touches one other by a side, straight on behind that, up to the next in the way."""
    t, (rows, columns) = c.things[i], c.cells.shape
    if t.size != 1:
        return none()
    ways = []
    for down, right in DIRECTIONS.values():
        r, k = t.top + down, t.left + right
        if 0 <= r < rows and 0 <= k < columns and c.cells[r, k]:
            ways.append((down, right))
    if len(ways) != 1:
        return none()
    (down, right) = ways[0]
    r, k, path = t.top + down, t.left + right, []
    met = c.cells[r, k]
    while 0 <= r < rows and 0 <= k < columns and c.cells[r, k] == met:
        r, k = r + down, k + right
    while 0 <= r < rows and 0 <= k < columns and not c.cells[r, k]:
        path.append((r, k))
        r, k = r + down, k + right
    if not path:
        return none()
    return np.array([p[0] for p in path]), np.array([p[1] for p in path])


# --- what lies between ---


def _spanned(c: Crowd, i: int) -> Places:
    """The empty cells between straight lines from one cell of a thing to another: those of its convex hull."""
    t = c.things[i]
    if t.size < 3 or min(t.cells.shape) < 2:
        return none()
    row, column = np.nonzero(t.cells)
    inside = np.ones(t.cells.shape, bool)
    rows, columns = np.indices(t.cells.shape)
    # Only the first and the last cell of each row can be corners.
    first, last = t.cells.astype(bool).argmax(axis=1), t.width - 1 - t.cells[:, ::-1].astype(bool).argmax(axis=1)
    lines = np.flatnonzero(t.cells.any(axis=1)).tolist()
    corners = sorted({(r, int(k)) for r in lines for k in (first[r], last[r])})
    for n, (a, b) in enumerate(corners):
        for y, x in corners[n + 1 :]:
            sides = (row - a) * (x - b) - (column - b) * (y - a)
            if sides.min() >= 0 or sides.max() <= 0:
                at = (rows - a) * (x - b) - (columns - b) * (y - a)
                inside &= at >= 0 if sides.min() >= 0 else at <= 0
    at_row, at_column = np.nonzero(inside & (c.cells[t.box] == 0))
    return at_row + t.top, at_column + t.left


# --- properties ---


def _larger_kin(c: Crowd) -> Sequence[int]:
    """On which side a larger thing of its colour lies straight beside a thing, the nearest one: 1 above, 2 below, 3 to
    the left, 4 to the right, 0 for none."""
    found = []
    many = len(c.things) > _MOST_THINGS
    for t in c.things:
        away: dict[int, int] = {}
        for o in () if many else c.things:
            if o is t or o.size <= t.size or ink_of(o) != ink_of(t):
                continue
            if o.left <= t.right and t.left <= o.right:
                side, gap = (1, t.top - o.bottom) if o.bottom < t.top else (2, o.top - t.bottom)
            elif o.top <= t.bottom and t.top <= o.bottom:
                side, gap = (3, t.left - o.right) if o.right < t.left else (4, o.left - t.right)
            else:
                continue
            away[side] = min(away.get(side, 99), gap)
        nearest = [side for side, gap in away.items() if gap == min(away.values())]
        found.append(nearest[0] if len(nearest) == 1 else 0)
    return found


def _sees_out(c: Crowd) -> Sequence[int]:
    """Whether from a cell of another colour inside a thing's box a straight way over empty cells leads out of it."""
    found = []
    for t in c.things:
        cells = c.cells[t.box]
        sees = False
        if min(cells.shape) > 2 and t.size > 2:
            inner = np.zeros(cells.shape, bool)
            inner[1:-1, 1:-1] = True
            for r, k in np.argwhere(inner & (cells != 0) & (cells != ink_of(t)))[:_MOST_SEED].tolist():
                ways = (cells[:r, k], cells[r + 1 :, k], cells[r, :k], cells[r, k + 1 :])
                sees = sees or any(not way.any() for way in ways)
        found.append(int(sees))
    return found


AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    **{f"hatch{how}": _hatch(how) for how in ("all", "rows", "columns", "both", "rings", "checks")},
    **{f"sag{way}": _sag(way) for way in DIRECTIONS},
    **{
        f"stairs{a}{b}": _stairs(a, b)
        for a in DIRECTIONS
        for b in DIRECTIONS
        if (DIRECTIONS[a][0] == 0) != (DIRECTIONS[b][0] == 0)
    },
    "through": _through,
    "spanned": _spanned,
}
DRAWN: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "largerkin": (_larger_kin, 4.0),
    "seesout": (_sees_out, 4.0),
}
