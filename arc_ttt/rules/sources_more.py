"""Further colours that are associated with a thing: of the next one in a direction, or in turn, or of the smallest."""

from __future__ import annotations

from collections.abc import Callable
from math import atan2

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.panels import marks_in_lines, panels

_LEAST_AROUND, _MOST_PANELS = 3, 9


def _smallest(c: Crowd) -> list[int]:
    size = [t.size for t in c.things]
    found = {ink_of(t) for t in c.things if t.size == min(size)}
    return [found.pop()] * len(size) if len(found) == 1 else [0] * len(size)


def rim(c: Crowd) -> list[int]:
    """The one colour of all that lies at the border, where there is something else."""
    rows, columns = c.cells.shape
    outer = [t.top == 0 or t.left == 0 or t.bottom == rows - 1 or t.right == columns - 1 for t in c.things]
    found = {ink_of(t) for t, out in zip(c.things, outer, strict=True) if out}
    return [found.pop() if len(found) == 1 and not all(outer) else 0] * len(outer)


def _beside(across: bool, sign: int) -> Callable[[Crowd], list[int]]:
    """The colour of the nearest thing straight beside a thing in a direction."""

    def inks(c: Crowd) -> list[int]:
        sides = [(t.left, t.right, t.top, t.bottom) if across else (t.top, t.bottom, t.left, t.right) for t in c.things]
        found = []
        for low, high, first, last in sides:
            gaps = [
                (a - high if sign > 0 else low - b, ink_of(o))
                for (a, b, start, end), o in zip(sides, c.things, strict=True)
                if start <= last and end >= first
            ]
            near = [g for g in gaps if g[0] > 0]
            found.append(min(near)[1] if near else 0)
        return found

    return inks


def _in_turn(across: bool, sign: int) -> Callable[[Crowd], list[int]]:
    """The colour of the next thing in the order of their left (top) sides; of the last one, that of the first."""

    def inks(c: Crowd) -> list[int]:
        places = [t.left if across else t.top for t in c.things]
        order = sorted(range(len(places)), key=lambda i: places[i])
        found = [0] * len(places)
        if len(set(places)) == len(places) > 1:
            for k, i in enumerate(order):
                found[i] = ink_of(c.things[order[(k + sign) % len(order)]])
        return found

    return inks


def _around(sign: int) -> Callable[[Crowd], list[int]]:
    """The colour of the next thing clockwise (or the other way) around the middle of all of them."""

    def inks(c: Crowd) -> list[int]:
        places = [(t.top + t.bottom, t.left + t.right) for t in c.things]
        found = [0] * len(places)
        if len(places) < _LEAST_AROUND:
            return found
        rows, columns = ([p[k] for p in places] for k in (0, 1))
        down, right = min(rows) + max(rows), min(columns) + max(columns)
        # Around the middle of the box in which their middles lie, its sides taken as equal.
        high, wide = max(rows) - min(rows), max(columns) - min(columns)
        turns = [atan2((2 * r - down) * wide, (2 * k - right) * high) for r, k in places]
        order = sorted(range(len(places)), key=lambda i: turns[i])
        if len({round(turn, 6) for turn in turns}) == len(places) and high and wide:
            for k, i in enumerate(order):
                found[i] = ink_of(c.things[order[(k + sign) % len(order)]])
        return found

    return inks


def _line_mark(c: Crowd) -> list[int]:
    """The one colour of the cells that mark the lines between panels."""
    inks = set(marks_in_lines(c.cells))
    return [inks.pop() if len(inks) == 1 else 0] * len(c.things)


def peers(c: Crowd) -> list[int]:
    """The one colour that other panels, all of one size, have where a thing is in its own; 0 for none or several."""
    found = panels(c.cells)
    boxes = found.flat if found else []
    shapes = {c.cells[b].shape for b in boxes}
    if not 2 <= len(boxes) <= _MOST_PANELS or len(shapes) != 1:
        return [0] * len(c.things)
    images = np.stack([c.cells[b] for b in boxes])
    inks = []
    for t in c.things:
        home = [k for k, box in enumerate(boxes) if t.within(box)]
        if len(home) != 1:
            inks.append(0)
            continue
        top, left = t.top - boxes[home[0]][0].start, t.left - boxes[home[0]][1].start
        seen = images[:, top : top + t.height, left : left + t.width][:, t.cells != 0]
        others = set(np.delete(seen, home[0], axis=0).ravel().tolist()) - {0}
        inks.append(others.pop() if len(others) == 1 else 0)
    return inks


MORE: dict[str, Callable[[Crowd], list[int]]] = {
    "linemark": _line_mark,
    "peer": peers,
    "smallest": _smallest,
    "above": _beside(False, -1),
    "below": _beside(False, 1),
    "before": _beside(True, -1),
    "behind": _beside(True, 1),
    "nextright": _in_turn(True, 1),
    "nextleft": _in_turn(True, -1),
    "nextdown": _in_turn(False, 1),
    "nextup": _in_turn(False, -1),
    "nextclockwise": _around(1),
    "nextcounterclockwise": _around(-1),
}
# Those that are seldom meant where another one says the same.
IN_TURN = ("nextright", "nextleft", "nextdown", "nextup", "nextclockwise", "nextcounterclockwise")
