"""Operations that gather: windows of a grid laid upon each other, and loose cells that fly to where they belong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import MARK, OTHER, Argument, Kind, fits, operation
from arc_ttt.rules.things import things
from arc_ttt.types import Cells

WINDOWS = Kind("windows", ("four_corners", "left_and_right", "above_and_below"))
SIDE_LENGTH = Kind("side length", tuple(range(2, 13)))


def _laid(parts: Sequence[Cells]) -> Cells | None:
    """The parts upon each other; None where two colours meet."""
    out = np.zeros_like(parts[0])
    for part in parts:
        if ((out != 0) & (part != 0) & (out != part)).any():
            return None
        out = np.maximum(out, part)
    return out


@operation("few", "markers", mark=MARK, side=Kind("window", (3, 5)), result=OTHER, weight=0)
def overlay_around(cells: Cells, mark: int, side: int) -> Cells | None:
    """The square windows around all cells of a colour, laid upon each other."""
    at = np.argwhere(cells == mark)
    if not 2 <= len(at) <= 30:
        return None
    padded = np.pad(cells, side // 2)
    return _laid([padded[r : r + side, c : c + side] for r, c in at.tolist()])


@operation("symmetric", "small", windows=WINDOWS, height=SIDE_LENGTH, width=SIDE_LENGTH, result=OTHER, weight=0)
def overlay_windows(cells: Cells, windows: str, height: int, width: int) -> Cells | None:
    """Windows of one size in the corners or on two sides of the grid, which may share cells, laid upon each other."""
    rows, columns = cells.shape
    if height > rows or width > columns or (height, width) == (rows, columns):
        return None
    left, top = cells[:, :width], cells[:height]
    if windows == "left_and_right":
        return _laid([left, cells[:, columns - width :]]) if height == rows else None
    if windows == "above_and_below":
        return _laid([top, cells[rows - height :]]) if width == columns else None
    right = cells[:, columns - width :]
    return _laid([p for side in (left, right) for p in (side[:height], side[rows - height :])])


@fits("overlay_windows")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Windows of the outputs' size."""
    sizes = {w.shape for w in wanted}
    if len(sizes) == 1:
        height, width = sizes.pop()
        if height in SIDE_LENGTH.values and width in SIDE_LENGTH.values:
            for windows in WINDOWS.values:
                yield windows, height, width


LOOSE = Kind("loose", ("vanish", "stay"))
GOAL = Kind("home", ("own", "any", "through"))


@operation("walls", "spotted", goal=GOAL, loose=LOOSE, weight=0)
def fly_home(cells: Cells, goal: str, loose: str) -> Cells | None:
    """Single cells move straight, up, down, left or right, until they touch a larger thing of their colour (or of any,
    or pass through those of others); those that see none vanish or stay."""
    group = things(cells, "side")
    single = [t for t in group if t.size == 1]
    walls = cells.copy()
    for t in single:
        walls[t.top, t.left] = 0
    if not 0 < len(single) <= 40 or not walls.any():
        return None
    out, moved = walls.copy(), False
    for t in single:
        r, c, ink = t.top, t.left, t.colour
        seen = []
        for dr, dc in ((1, 0), (0, 1), (-1, 0), (0, -1)):
            y, x, steps = r + dr, c + dc, 0
            while (
                0 <= y < cells.shape[0]
                and 0 <= x < cells.shape[1]
                and (walls[y, x] == 0 or (goal == "through" and walls[y, x] != ink))
            ):
                y, x, steps = y + dr, x + dc, steps + 1
            inside = 0 <= y < cells.shape[0] and 0 <= x < cells.shape[1]
            if inside and (goal == "any" or walls[y, x] == ink):
                seen.append((steps, y - dr, x - dc))
        if seen:
            _, y, x = min(seen)
            out[y, x] = ink
            moved |= (y, x) != (r, c)
        elif loose == "stay":
            out[r, c] = ink
    return out if moved else None


@operation("spotted", "markers", mark=MARK, weight=0)
def bring_to(cells: Cells, mark: int) -> Cells | None:
    """Each cell of another colour gives its colour to the closest cell of colour `mark`, and vanishes; the closest
    pairs first, each once."""
    here, others = np.argwhere(cells == mark), np.argwhere((cells != 0) & (cells != mark))
    if not 0 < len(here) <= 40 or not 0 < len(others) <= 40:
        return None
    away = np.abs(here[:, None] - others[None]).sum(axis=2)
    out = np.where(cells == mark, cells, 0).astype(np.uint8)
    free, loose = set(range(len(here))), set(range(len(others)))
    for at in np.argsort(away, axis=None, kind="stable").tolist():
        i, j = divmod(at, len(others))
        if i in free and j in loose:
            out[tuple(here[i])] = cells[tuple(others[j])]
            free.remove(i)
            loose.remove(j)
    return out


@operation("cornered", "markers", mark=MARK, weight=0)
def move_between(cells: Cells, mark: int) -> Cells | None:
    """All that is not of colour `mark` moves, as it is, into the middle of the cells of colour `mark`."""
    marks = cells == mark
    places, others = np.argwhere(marks), np.argwhere((cells != 0) & ~marks)
    if not 2 <= len(places) <= 12 or not len(others):
        return None
    ends = places.min(axis=0) + places.max(axis=0) - others.min(axis=0) - others.max(axis=0)
    if (ends % 2).any() or not ends.any():
        return None
    moved = others + ends // 2
    if (moved < 0).any() or (moved >= cells.shape).any():
        return None
    out = np.where(marks, cells, 0).astype(np.uint8)
    out[tuple(moved.T)] = cells[tuple(others.T)]
    return out


@operation("markers", "cells", "barrier", mark=MARK, weight=0)
def pile_on(cells: Cells, mark: int) -> Cells | None:
    """Cells of other colours fly straight onto the one thing of colour `mark`, from all sides, where they pile up."""
    goals = [t for t in things(cells, "corner") if t.colour == mark]
    if len(goals) != 1:
        return None
    out = cells.copy()
    for turn in range(4):
        view = np.rot90(out, turn)  # what is done to it is done to `out`
        for c in np.flatnonzero((view == mark).any(axis=0)).tolist():
            ground = int(np.argmax(view[:, c] == mark))
            pile = view[:ground, c][view[:ground, c] != 0].copy()
            view[:ground, c] = 0
            view[ground - len(pile) : ground, c] = pile
    return None if (out == cells).all() else out
