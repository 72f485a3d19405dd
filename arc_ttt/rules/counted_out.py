"""Numbers drawn out: a square for each colour, as large as it is often; runs that grow from one cell to a whole bar."""

from __future__ import annotations

from collections.abc import Callable
from math import isqrt

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation, tried_at_once
from arc_ttt.rules.things import Thing, colours, things
from arc_ttt.types import MAX_SIDE, Cells

_MOST_COLOURS = 8


def _root(cells: Cells, group: list[Thing], colour: int) -> int:
    """The side of a square of all cells; 0 where there is none."""
    count = int((cells == colour).sum())
    return isqrt(count) if isqrt(count) ** 2 == count else 0


# By name: the side of a colour's square, of the grid and its things.
_SIDES: dict[str, Callable[[Cells, list[Thing], int], int]] = {
    "root": _root,
    "cells": lambda cells, group, colour: int((cells == colour).sum()),
    "things": lambda cells, group, colour: sum(t.colour == colour for t in group),
    "largest": lambda cells, group, colour: max(max(t.cells.shape) for t in group if t.colour == colour),
}
SQUARE_SIDE = Kind("side of a square", tuple(_SIDES))
SQUARE_ORDER = Kind("order of squares", ("rising", "falling", "left"))
SQUARE_GAP = Kind("gap of squares", ("gap0", "gap1"))
LEVEL = Kind("where squares are level", ("bottom", "top", "middle"))


@operation("objects", side=SQUARE_SIDE, order=SQUARE_ORDER, gap=SQUARE_GAP, level=LEVEL, result=OTHER, weight=0)
def squares_in_row(cells: Cells, side: str, order: str, gap: str, level: str) -> Cells | None:
    """Each colour becomes a full square: of as many cells as it has, or as wide as it has cells or things, or as its
    largest thing is long. They stand side by side in the order of their size, or as the colours begin from the left."""
    inks = colours(cells)
    if not 2 <= len(inks) <= _MOST_COLOURS:
        return None
    group = list(things(cells, "corner")) if side in ("things", "largest") else []
    sides = {c: _SIDES[side](cells, group, c) for c in inks}
    apart = int(gap[-1])
    width = sum(sides.values()) + apart * (len(inks) - 1)
    if not all(sides.values()) or width > MAX_SIDE:
        return None
    sign = -1 if order == "falling" else 1
    begin = {c: int(np.nonzero((cells == c).any(axis=0))[0][0]) for c in inks}
    row = sorted(inks, key=lambda c: begin[c] if order == "left" else sign * sides[c])
    keys = [begin[c] if order == "left" else sides[c] for c in inks]
    if len(set(keys)) < len(keys):
        return None
    most, at = max(sides.values()), 0
    if level == "middle" and any((most - s) % 2 for s in sides.values()):
        return None
    out = np.zeros((most, width), np.uint8)
    for colour in row:
        high = sides[colour]
        top = {"bottom": most - high, "top": 0, "middle": (most - high) // 2}[level]
        out[top : top + high, at : at + high] = colour
        at += high + apart
    return out


COURSE = Kind("course of runs", ("up", "down", "up_down", "down_up"))
ROOM = Kind("room of runs", ("rows", "grid", "line"))
_MOST_RUN = 12


def _runs(n: int, course: str) -> list[int]:
    up, down = list(range(1, n + 1)), list(range(n, 0, -1))
    return {"up": up, "down": down, "up_down": up + down[1:], "down_up": down + up[1:]}[course]


@operation("sticks", course=COURSE, room=ROOM, result=OTHER, weight=0)
def write_runs(cells: Cells, course: str, room: str) -> Cells | None:
    """From the one bar of a colour: runs of one cell, two cells and so on up to its length (or down from it, or both),
    an empty cell between, in reading order from the upper left corner; as many rows as they need, the whole grid, or
    one row that is long enough."""
    rows, columns = np.nonzero(cells)
    n = len(rows)
    if not 2 <= n <= _MOST_RUN or np.ptp(rows) or np.ptp(columns) != n - 1:
        return None
    ink = cells[rows[0], columns[0]]
    if (cells[rows, columns] != ink).any():
        return None
    line: list[int] = []
    for run in _runs(n, course):
        line += [*[int(ink)] * run, 0]
    line.pop()
    height, width = cells.shape
    if room == "line":
        return np.array([line], np.uint8) if len(line) <= MAX_SIDE else None
    needed = -(-len(line) // width)
    if room == "rows":
        height = needed
    if needed > min(height, MAX_SIDE):
        return None
    out = np.zeros(height * width, np.uint8)
    out[: len(line)] = line
    return out.reshape(height, width)


tried_at_once("squares_in_row", "write_runs")
