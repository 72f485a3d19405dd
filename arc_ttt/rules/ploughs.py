"""A thing that moves on and pushes before it what is in its way, until the border stops all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.language import DIRECTION, MARK, Argument, Kind, fits, makes, operation
from arc_ttt.rules.regions import direction_of, pointing
from arc_ttt.rules.things import Thing, things
from arc_ttt.rules.whole import facing, facing_back
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

# What is pushed: each cell, each thing as a whole, or cells that then fly on and pile up.
PUSHED = Kind("pushed", ("cell", "thing", "piled"))
HEADING = Kind("heading", (*map(str, DIRECTION.values), "across"))
# The colour that heads what pushes, and that of what is fixed: they are read off demonstrations.
HEAD = Kind("head of what pushes", ("rare", "ink4"), lambda word: re.fullmatch("rare|ink[1-9]", word) is not None)
FIXED = Kind("what is fixed", ("none", "ink5"), lambda word: re.fullmatch("none|ink[1-9]", word) is not None)
_MOST_STEPS, _WORK = 30, 1.0
_MOST_MOVERS = 12


def _away(cells: Cells, mark: int) -> str | None:
    """Across a line and away from the border that is nearer to it."""
    rows, columns = np.nonzero(cells == mark)
    if not len(rows):
        return None
    height, width = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
    if height == width:
        return None
    if height > width:
        gap = int(columns.min()) - (cells.shape[1] - 1 - int(columns.max()))
        return "right" if gap < 0 else "left" if gap > 0 else None
    gap = int(rows.min()) - (cells.shape[0] - 1 - int(rows.max()))
    return "down" if gap < 0 else "up" if gap > 0 else None


@operation("objects", "beginning", mark=MARK, heading=HEADING, pushed=PUSHED, weight=0)
def push_on(cells: Cells, mark: int, heading: str, pushed: str) -> Cells | None:
    """The one thing of a colour moves on in a direction (or away from the border along which it lies) and pushes before
    it what is in its way, cell by cell or as whole things, until one of these meets the border; cells may pile up
    there."""
    direction = _away(cells, mark) if heading == "across" else heading
    if direction is None or not (cells == mark).any():
        return None
    turned = facing(cells, direction)
    if len(things(np.where(turned == mark, turned, 0).astype(np.uint8), "corner")) != 1:
        return None
    parts = np.zeros(turned.shape, np.int16)  # what moves as one
    rest = np.where(turned == mark, 0, turned).astype(np.uint8)
    if pushed != "thing":
        parts[rest != 0] = 2 + np.arange(np.count_nonzero(rest))
    else:
        for i, t in enumerate(things(rest, "corner")):
            parts[t.box][t.cells != 0] = i + 2
    parts[turned == mark] = 1
    moved = False
    for _ in range(_MOST_STEPS):
        worked(_WORK)
        going = _pushed(parts)
        if going[-1].any():
            break
        parts, turned = _stepped(parts, going), _stepped(turned, going)
        moved = True
    if pushed == "piled" and moved:
        for c in np.flatnonzero((parts == 1).any(axis=0)):
            ahead = turned[int(np.flatnonzero(parts[:, c] == 1)[-1]) + 1 :, c]
            ahead[:] = ahead[np.argsort(ahead != 0, kind="stable")]
    return facing_back(turned, direction) if moved else None


def _pushed(parts: np.ndarray, first: int = 1) -> np.ndarray:
    """The cells that move when one of the parts moves down."""
    going: np.ndarray = parts == first
    while True:
        met = np.zeros_like(going)
        met[1:] = going[:-1]
        new = np.unique(parts[met & (parts != 0) & ~going])
        if not len(new):
            return going
        going = going | np.isin(parts, new)


def _stepped(values: np.ndarray, going: np.ndarray) -> np.ndarray:
    out = np.where(going, 0, values).astype(values.dtype)
    out[1:][going[:-1]] = values[:-1][going[:-1]]
    return out


@operation("objects", "beginning", head=HEAD, fixed=FIXED, weight=0)
def push_pointing(cells: Cells, head: str, fixed: str) -> Cells | None:
    """Each thing of several colours moves on the way that its rarest colour, or a certain one, points and pushes before
    it the things that are in its way, until one of these meets the border, or what is fixed."""
    still = np.zeros(cells.shape, bool) if fixed == "none" else cells == int(fixed[-1])
    mixed = [t for t in things(cells, "clump") if not (t.cells == t.colour)[t.cells != 0].all()]
    movers = [(t, way) for t in mixed if (way := _headed(t, head)) and not (still[t.box] & (t.cells != 0)).any()]
    if not 0 < len(movers) <= _MOST_MOVERS or (fixed != "none" and not still.any()):
        return None
    taken = np.zeros(cells.shape, bool)
    parts = np.zeros(cells.shape, np.int16)
    for t, _ in movers:
        taken[t.box] |= t.cells != 0
    rest = np.where(taken | still, 0, cells).astype(np.uint8)
    for i, t in enumerate((*(t for t, _ in movers), *things(rest, "side"))):
        parts[t.box][t.cells != 0] = i + 1
    parts[still] = -1
    out = cells.copy()
    for i, (_, way) in enumerate(movers):
        parts, out = _driven(parts, out, i + 1, str(way))
    return None if (out == cells).all() else out


def _headed(t: Thing, head: str) -> str | None:
    """The way that a colour of a thing points."""
    return pointing(t) if head == "rare" else direction_of(t, int(head[-1]))


def _driven(parts: np.ndarray, cells: Cells, mover: int, way: str) -> tuple[np.ndarray, Cells]:
    """Parts and cells after one of the parts has moved as far as it can."""
    turns = {"down": 0, "left": 1, "up": 2, "right": 3}[way]
    parts, cells = np.rot90(parts, turns), np.rot90(cells, turns)
    for _ in range(_MOST_STEPS):
        worked(_WORK)
        going = _pushed(parts, mover)
        if going[-1].any() or (parts[going] < 0).any():
            break
        parts, cells = _stepped(parts, going), _stepped(cells, going)
    return np.rot90(parts, -turns), np.ascontiguousarray(np.rot90(cells, -turns))


@fits("push_pointing")
def _fit_pointing(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Nothing is fixed, or one colour that all demonstrations have and that never moves."""
    pairs = list(zip(shown, wanted, strict=True))
    if any(s.shape != w.shape or (np.sort(s, axis=None) != np.sort(w, axis=None)).any() for s, w in pairs):
        return
    held = [c for c in range(1, 10) if all((s == c).any() and ((s == c) == (w == c)).all() for s, w in pairs)]
    fixtures = ["none", *(f"ink{c}" for c in held)]
    heads = ["rare"]
    heads += [f"ink{c}" for c in range(1, 10) if all((s == c).any() for s in shown)]
    for head, fixed in product(heads, fixtures):
        if makes(push_pointing, (head, fixed), shown, wanted):
            yield head, fixed
            return


@fits("push_on")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Colours that move, headings, and what is pushed."""
    pairs = list(zip(shown, wanted, strict=True))
    if any(s.shape != w.shape or (np.sort(s, axis=None) != np.sort(w, axis=None)).any() for s, w in pairs):
        return
    marks = [m for m in range(1, 10) if all((s == m).any() and ((s == m) != (w == m)).any() for s, w in pairs)]
    for mark, heading, pushed in product(marks, map(str, HEADING.values), map(str, PUSHED.values)):
        if makes(push_on, (mark, heading, pushed), shown, wanted):
            yield mark, heading, pushed
