"""Full lines of one colour say where a grid is unfolded, or between which two of them it is cut out; parts with a cell
of one colour each are hinged together there."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import MAX_SIDE, Cells

HINGE = Kind("what becomes of the line at which is unfolded", ("gone", "stays"))
_MOST_PARTS = 5


def _turned(cells: Cells, n: int) -> Cells:
    return np.rot90(cells, n)


@operation("any", line=HINGE, result=OTHER, weight=0)
def unfold_at_hinges(cells: Cells, line: str) -> Cells | None:
    """The grid is unfolded over each border that is a full line of one colour; this line goes or stays as the axis."""
    inks = {int(cells[r, c]) for r in (0, -1) for c in (0, -1)} - {0}
    found = [f for ink in sorted(inks) if any(f := [bool((_turned(cells, n)[0] == ink).all()) for n in range(4)])]
    if len(found) != 1 or min(cells.shape) < 2:
        return None
    full = found[0]
    if (full[0] and full[2]) or (full[1] and full[3]):
        return None
    out = cells
    for n in range(4):
        if full[n]:
            lines = _turned(out, n)
            lines = np.concatenate([lines[:0:-1], lines[line == "gone" :]])
            out = _turned(lines, -n)
    return np.ascontiguousarray(out) if max(out.shape) <= MAX_SIDE else None


WITH_LINES = Kind("whether lines are kept", ("without", "with"))


@operation("any", lines=WITH_LINES, result=OTHER, weight=0)
def crop_between_twins(cells: Cells, lines: str) -> Cells | None:
    """Only what lies between the two full lines (all rows, or all columns) of one colour, where all others differ."""
    made = []
    for turned in (False, True):
        grid = cells.T if turned else cells
        at = np.flatnonzero((grid[:, 0] != 0) & (grid == grid[:, :1]).all(axis=1)).tolist()
        inks = [int(grid[r, 0]) for r in at]
        twins = [(a, b) for a, b in pairwise(at) if grid[a, 0] == grid[b, 0]]
        if len(at) >= 3 and len(twins) == 1 and len(set(inks)) == len(inks) - 1:
            (a, b), more = twins[0], int(lines == "with")
            cut = grid[a + 1 - more : b + more]
            made.append(cut.T if turned else cut)
    return np.ascontiguousarray(made[0]) if len(made) == 1 and made[0].size else None


def _hinged(parts: list[Thing], ink: int) -> Cells | None:
    """All parts laid upon each other with their cells of colour `ink` in one place; None where others meet, or where
    these are not the same in all parts."""
    spots = []
    figures = set()
    for t in parts:
        at = np.argwhere(t.cells == ink)
        if not len(at) or t.size == len(at):
            return None
        spots.append(at[0].tolist())
        figures.add((at - at[0]).tobytes())
    if len(figures) > 1:
        return None
    up, left = max(r for r, _ in spots), max(c for _, c in spots)
    rows = up + max(t.height - r for t, (r, _) in zip(parts, spots, strict=True))
    columns = left + max(t.width - c for t, (_, c) in zip(parts, spots, strict=True))
    if max(rows, columns) > MAX_SIDE:
        return None
    out = np.zeros((rows, columns), np.uint8)
    for t, (r, c) in zip(parts, spots, strict=True):
        place = out[up - r : up - r + t.height, left - c : left - c + t.width]
        on = t.cells != 0
        if ((place != 0) & on & (place != t.cells)).any():
            return None
        place[on] = t.cells[on]
    return out


MEETING = Kind("what becomes of the cells that meet", ("stay", "vanish"))


@operation("objects", "shapes", spots=MEETING, result=OTHER, weight=0)
def hinge_together(cells: Cells, spots: str) -> Cells | None:
    """All things have one cell of the same colour, or the same figure of it: they are joined so that these come to lie
    upon each other."""
    parts = list(things(cells, "mixed"))
    if not 2 <= len(parts) <= _MOST_PARTS:
        return None
    counts = np.bincount(cells.ravel(), minlength=10)
    for ink in sorted(np.flatnonzero(counts % len(parts) == 0).tolist(), key=lambda c: int(counts[c])):
        out = _hinged(parts, ink) if ink and counts[ink] else None
        if out is not None:
            return out if spots == "stay" else np.where(out == ink, np.uint8(0), out)
    return None
