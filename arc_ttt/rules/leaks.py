"""Operations on what a thing's shape points at: boxes that leak through gaps, tips and spots that draw lines or hit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import INK, Argument, Kind, fits, operation
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import Cells

LEAK = Kind("leak", ("straight", "fan", "none"))
_MOST_THINGS = 20


def _line(out: Cells, cells: Cells, r: int, c: int, way: tuple[int, int], ink: int, through: bool = False) -> None:
    """Paint from beside (r, c) on in a direction, as far as the border or (unless `through`) a coloured cell."""
    while True:
        r, c = r + way[0], c + way[1]
        if not (0 <= r < cells.shape[0] and 0 <= c < cells.shape[1]) or (cells[r, c] and not through):
            return
        if not cells[r, c]:
            out[r, c] = ink


def _gaps(t: Thing) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """The background cells of the bounding box's rim, and the directions that lead out there."""
    h, w = t.cells.shape
    for r in range(1, h - 1):
        for c, way in ((0, (0, -1)), (w - 1, (0, 1))):
            if not t.cells[r, c]:
                yield r, c, way
    for c in range(1, w - 1):
        for r, way in ((0, (-1, 0)), (h - 1, (1, 0))):
            if not t.cells[r, c]:
                yield r, c, way


@operation("frames", "shapes", leak=LEAK, ink=INK, weight=0)
def fill_and_leak(cells: Cells, leak: str, ink: int) -> Cells | None:
    """Boxes with gaps in their rim are filled with one colour, which leaks out through the gaps as far as the border;
    in a fan, also aslant."""
    out, done = cells.copy(), False
    for t in things(cells, "side"):
        if min(t.cells.shape) < 3:
            continue
        rim = t.cells.copy()
        rim[1:-1, 1:-1] = 0
        around = 2 * (t.height + t.width) - 4
        gaps = list(_gaps(t))
        # Mostly closed, its corners there: a box.
        if not gaps or 2 * np.count_nonzero(rim) < around or not t.cells[[0, 0, -1, -1], [0, -1, 0, -1]].all():
            continue
        inside = out[t.box]
        inside[(t.cells == 0) & (inside == 0)] = ink
        done = True
        if leak == "none":
            continue
        for r, c, way in gaps:
            y, x = t.top + r, t.left + c
            _line(out, cells, y, x, way, ink)
            if leak == "fan":
                side = (way[1], way[0])
                for sign in (-1, 1):
                    near = r + sign * side[0], c + sign * side[1]
                    if t.cells[near]:  # the gap's end
                        _line(out, cells, y, x, (way[0] + sign * side[0], way[1] + sign * side[1]), ink)
    return out if done and (out != cells).any() else None


POINTER = Kind("pointer", ("spot_out", "spot_back", "tip", "corner", "notch"))
DRAWN = Kind("drawn in", ("own", "other"))
PASS = Kind("passing", ("blocked", "through"))


def _spots(t: Thing) -> Iterator[tuple[int, int, int, tuple[int, int]]]:
    """The cells of the rarer colour of a thing of two colours, with the direction from the rest's box to each."""
    counts = np.bincount(t.cells.ravel(), minlength=10)
    inks = [int(c) for c in np.argsort(counts, kind="stable") if c and counts[c]]
    if len(inks) != 2 or counts[inks[0]] == counts[inks[1]] or counts[inks[0]] > 4:
        return
    rest = np.argwhere(t.cells == inks[1])
    low, high = rest.min(axis=0), rest.max(axis=0)
    for r, c in np.argwhere(t.cells == inks[0]):
        down = 1 if r >= high[0] else -1 if r <= low[0] else 0
        right = 1 if c >= high[1] else -1 if c <= low[1] else 0
        # On a side of the box the line leaves straight; beyond a corner aslant.
        if down and right and not (r > high[0] or r < low[0]):
            down = 0 if (c > high[1] or c < low[1]) else down
        elif down and right and not (c > high[1] or c < low[1]):
            right = 0
        if down or right:
            yield int(r), int(c), inks[1], (down, right)


def _tips(t: Thing, corner: bool) -> Iterator[tuple[int, int, int, tuple[int, int]]]:
    """The cells of a thing with a single neighbour in it, and the direction from that neighbour on; for a `corner`, the
    cells with two, and the direction away from both."""
    padded = np.pad(t.cells != 0, 1)
    if t.size > 40:
        return
    for r, c in np.argwhere(t.cells):
        around = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i or j) and padded[r + 1 + i, c + 1 + j]]
        if not corner and len(around) == 1:
            yield int(r), int(c), 0, (-around[0][0], -around[0][1])
        elif corner and len(around) >= 2:
            sides = [(i, j) for i, j in around if not (i and j)]
            if len(sides) == 2 and sides[0][0] + sides[1][0] and sides[0][1] + sides[1][1]:
                yield int(r), int(c), 0, (-(sides[0][0] + sides[1][0]), -(sides[0][1] + sides[1][1]))


def _notches(t: Thing) -> Iterator[tuple[int, int, int, tuple[int, int]]]:
    """The corners of the box that a thing leaves empty, where its other three are its own, and the way out there."""
    corners = t.cells[[0, 0, -1, -1], [0, -1, 0, -1]] != 0
    if min(t.cells.shape) < 2 or corners.sum() != 3:
        return
    k = int(np.flatnonzero(~corners)[0])
    down, right = (-1, -1, 1, 1)[k], (-1, 1, -1, 1)[k]
    yield (0 if down < 0 else t.height - 1), (0 if right < 0 else t.width - 1), 0, (down, right)


# Where a line begins: row, column, direction, the colour there and that of the body (0 for none).
_Start = tuple[int, int, tuple[int, int], int, int]


def _starts(cells: Cells, pointer: str) -> list[_Start]:
    """Where lines begin that lead to where things point."""
    group = things(cells, "mixed" if pointer.startswith("spot") else "corner")
    starts: list[_Start] = []
    if not 0 < len(group) <= _MOST_THINGS:
        return starts
    for t in group:
        if t.size < 2:
            continue
        if pointer.startswith("spot"):
            found = list(_spots(t))
        else:
            found = list(_notches(t) if pointer == "notch" else _tips(t, pointer == "corner"))
        if len(found) > 6:
            continue
        for r, c, body, way in found:
            y, x, ahead = t.top + r, t.left + c, way
            if pointer == "spot_back":
                ahead = (-way[0], -way[1])
                while 0 <= y < cells.shape[0] and 0 <= x < cells.shape[1] and cells[y, x]:
                    y, x = y + ahead[0], x + ahead[1]
                y, x = y - ahead[0], x - ahead[1]
            starts.append((y, x, ahead, int(t.cells[r, c]) or t.colour, body))
    return starts


def _drawn(cells: Cells, pointer: str, passing: str, drawn: str, ink: int) -> Cells | None:
    out = cells.copy()
    for y, x, ahead, at, body in _starts(cells, pointer):
        colour = at if drawn == "own" else body if drawn == "other" else ink
        if not colour:
            return None
        _line(out, cells, y, x, ahead, colour, passing == "through")
    return out if (out != cells).any() else None


@operation("spotted", "shapes", pointer=POINTER, passing=PASS, drawn=DRAWN, weight=0)
def draw_pointed(cells: Cells, pointer: str, passing: str, drawn: str) -> Cells | None:
    """Each thing draws a line to where it points: away from its body at a spot of another colour or at a tip, or from
    its corners; in that cell's colour, or in the body's."""
    return _drawn(cells, pointer, passing, drawn, 0)


@operation("spotted", "shapes", pointer=POINTER, passing=PASS, ink=INK, weight=0)
def draw_pointed_in(cells: Cells, pointer: str, passing: str, ink: int) -> Cells | None:
    """Each thing draws a line of one colour to where it points: away from its body at a spot of another colour or at a
    tip, or from its corners or notches."""
    return _drawn(cells, pointer, passing, "ink", ink)


HIT = Kind("colour of what is hit", ("own", "other", "empty", *(f"ink{i}" for i in range(1, 10))))


def _hits(cells: Cells, pointer: str) -> list[tuple[int, int, int, int]]:
    """The first coloured cells, not next to where they begin, on the lines that lead to where things point, with the
    colours there and of the bodies."""
    found = []
    for row, column, (down, right), at, body in _starts(cells, pointer):
        y, x, steps = row + down, column + right, 0
        while 0 <= y < cells.shape[0] and 0 <= x < cells.shape[1] and not cells[y, x]:
            y, x, steps = y + down, x + right, steps + 1
        if steps and 0 <= y < cells.shape[0] and 0 <= x < cells.shape[1]:
            found.append((y, x, at, body))
    return found


@operation("spotted", "shapes", pointer=POINTER, hit=HIT, weight=0)
def hit_pointed(cells: Cells, pointer: str, hit: str) -> Cells | None:
    """What each thing points at (from a spot of another colour, a tip, a corner or a notch) changes in the cell that a
    straight line hits: that becomes empty or takes a colour."""
    out = cells.copy()
    for y, x, at, body in _hits(cells, pointer):
        out[y, x] = {"own": at, "other": body, "empty": 0}.get(hit, int(hit[-1]) if hit[-1].isdecimal() else 0)
    return out if (out != cells).any() else None


@fits("hit_pointed")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(a.shape != b.shape for a, b in zip(shown, wanted, strict=True)):
        return
    for pointer in map(str, POINTER.values):
        words: set[str] | None = None
        for cells, goal in zip(shown, wanted, strict=True):
            hits = _hits(cells, pointer)
            if not hits or {(y, x) for y, x, _, _ in hits} != set(map(tuple, np.argwhere(cells != goal).tolist())):
                break
            for y, x, at, body in hits:
                new = int(goal[y, x])
                here = {f"ink{new}" if new else "empty"} | ({"own"} if new == at else set())
                here |= {"other"} if new == body else set()
                words = here if words is None else words & here
        else:
            yield from ((pointer, word) for word in sorted(words or ()))
