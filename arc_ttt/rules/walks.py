"""Operations that walk: from mark to mark round a corner, through a maze step by step, or turning at obstacles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.language import DIRECTION, INK, MARK, Argument, Kind, fits, keyed, makes, operation
from arc_ttt.rules.things import grown, with_sides
from arc_ttt.types import Cells


@operation("few", "markers", first=MARK, last=MARK, ink=INK, weight=0)
def elbow_between(cells: Cells, first: int, last: int, ink: int) -> Cells | None:
    """From the one cell of a colour a line goes along its row to the column of the one cell of another colour, and
    along that column to it, over empty cells."""
    a, b = np.argwhere(cells == first), np.argwhere(cells == last)
    if len(a) != 1 or len(b) != 1:
        return None
    (r0, c0), (r1, c1) = a[0].tolist(), b[0].tolist()
    out = cells.copy()
    for part in (np.s_[r0, min(c0, c1) : max(c0, c1) + 1], np.s_[min(r0, r1) : max(r0, r1) + 1, c1]):
        line = out[part]
        line[line == 0] = ink
    return None if (out == cells).all() else out


STEPS = Kind("steps", ("side", "corner"))


def distances(free: np.ndarray, start: np.ndarray, corner: bool) -> np.ndarray:
    """(rows, columns): steps from `start` through `free` cells; 0 where there is no way, and at the start."""
    away = np.zeros(free.shape, np.int16)
    now, seen = start, start.copy()
    for step in range(1, free.size):
        now = (grown if corner else with_sides)(now) & free & ~seen
        if not now.any():
            break
        away[now] = step
        seen |= now
    return away


@operation("walls", "markers", mark=MARK, ink=INK, steps=STEPS, weight=0)
def flood_in_turn(cells: Cells, mark: int, ink: int, steps: str) -> Cells | None:
    """From the cells of a colour on, the empty cells that can be reached take another colour and that one in turn, step
    by step."""
    start = cells == mark
    if not start.any() or start.all():
        return None
    away = distances((cells == 0) | (cells == ink), start, steps == "corner")
    out = cells.copy()
    out[away > 0] = np.where(away[away > 0] % 2 == 1, ink, mark)
    return None if (out == cells).all() else out


# --- rays that turn ---

_AHEAD = ((1, 0), (0, -1), (-1, 0), (0, 1))  # down, left, up, right: each a quarter turn to the right of the one before
_DIRECTIONS = ("down", "left", "up", "right")
_DOES = re.compile(r"([1-9])to([lrspxybf])")
_MOST_SOURCES = 6
# Where a ray is (row, column), its way, and the side to which it is stepping aside, if it has parted.
_State = tuple[int, int, int, str]
# What a ray may do before a colour, by how many other colours there are.
_LETTERS = {1: "lrxyspbf", 2: "lrxyspb", 3: "lrsp"}
# Those before which a ray parts.
_FORKS = "bf"


TURNS = Kind("turns", ("3tol_2tor", "8tos_1top"), keyed(_DOES))


@operation("few", "markers", source=MARK, direction=DIRECTION, turns=TURNS, weight=0)
def shoot_turning(cells: Cells, source: int, direction: str, turns: str) -> Cells | None:
    """Each cell of a colour shoots a ray of it in a direction; before a cell of another colour it turns to its left
    (l) or right (r) or both (f), steps aside to its left (y) or right (x) or both (b), stops (s) or passes (p), as a
    table says for that colour."""
    table = dict(_DOES.findall(turns))
    out = cells.copy()
    starts = np.argwhere(cells == source)
    if not 0 < len(starts) <= _MOST_SOURCES:
        return None
    for r, c in starts.tolist():
        path = _path(cells, r, c, _DIRECTIONS.index(direction), table)
        if path is None:
            return None
        for at in path:
            if out[at] == 0:
                out[at] = source
    return None if (out == cells).all() else out


def _ahead(cells: Cells, state: _State, table: dict[str, str]) -> list[_State] | None:
    """What comes after a state, several where a ray parts; None before a colour that the table lacks."""
    r, c, way, lean = state
    y, x = r + _AHEAD[way][0], c + _AHEAD[way][1]
    if not (0 <= y < cells.shape[0] and 0 <= x < cells.shape[1]):
        return []
    met = int(cells[y, x])
    does = "p" if not met or met == cells[r, c] else table.get(str(met))
    if does is None or does == "s":
        return None if does is None else []
    if does == "p":
        return [(y, x, way, "")]
    if does in "lrf":
        return [(r, c, (way + turn) % 4, "") for turn, side in ((1, "r"), (3, "l")) if does in (side, "f")]
    if does == "b" and not lean:
        return [(r, c, way, side) for side in "xy"]
    down, right = _AHEAD[(way + (1 if "x" in (does, lean) else -1)) % 4]
    y, x = r + down, c + right
    inside = 0 <= y < cells.shape[0] and 0 <= x < cells.shape[1]
    return [(y, x, way, lean)] if inside and not cells[y, x] else []


def _path(cells: Cells, r: int, c: int, way: int, table: dict[str, str]) -> list[tuple[int, int]] | None:
    """The cells that a ray comes by; None where it meets a colour that the table lacks, or walks in a ring."""
    path: list[tuple[int, int]] = []
    todo: list[_State] = [(r, c, way, "")]
    seen: set[_State] = set()
    parts = bool(set(table.values()) & set(_FORKS))
    while todo:
        state = todo.pop()
        if state not in seen:
            seen.add(state)
            after = _ahead(cells, state, table)
            if after is None:
                return None
            path += [s[:2] for s in after if s[:2] != state[:2]]
            todo += after
        elif not parts:
            return None
    return path


@fits("shoot_turning")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Sources with few cells, and all tables for the few other colours, tried on the demonstrations one by one."""
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    counts = [np.bincount(s.ravel(), minlength=10) for s in shown]
    grown = [np.bincount(w.ravel(), minlength=10) for w in wanted]
    if any((w == 0)[s != 0].any() for s, w in zip(shown, wanted, strict=True)):
        return
    inks = [c for c in range(1, 10) if any(n[c] for n in counts)]
    changed = [c for c in inks if any(g[c] > n[c] for g, n in zip(grown, counts, strict=True))]
    if len(changed) != 1 or not 1 <= len(inks) - 1 <= 3 or any(n[changed[0]] > _MOST_SOURCES for n in counts):
        return
    source = changed[0]
    others = [c for c in inks if c != source]
    for direction, does in product(_DIRECTIONS, product(_LETTERS[len(others)], repeat=len(others))):
        if not set(does) & set("lrxybf"):
            continue
        turns = "_".join(f"{c}to{d}" for c, d in zip(others, does, strict=True))
        if makes(shoot_turning, (source, direction, turns), shown, wanted):
            yield source, direction, turns
            return
