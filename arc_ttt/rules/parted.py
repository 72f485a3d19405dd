"""Colours that fall in directions of their own; things that two panels share, or do not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, product

import numpy as np

from arc_ttt.rules.language import OTHER, Argument, Kind, fits, keyed, operation
from arc_ttt.rules.panels import panels
from arc_ttt.rules.places import DIRECTIONS
from arc_ttt.rules.sources import mask_of, turned_mask_of
from arc_ttt.rules.things import Thing, things
from arc_ttt.rules.whole import facing, facing_back
from arc_ttt.types import Cells

_FALL = re.compile(r"([1-9])to(down|left|right|up)")


FALLS = Kind("directions by colour", ("1todown_2toup", "3toleft_4toright"), keyed(_FALL))


def _fallen(cells: Cells, inks: Sequence[int], walls: np.ndarray, way: str) -> Cells:
    """The cells of some colours where they are when they have fallen, as far as each other and what stays."""
    falling, still = facing(np.where(np.isin(cells, inks), cells, 0), way), facing(walls, way)
    out = np.zeros(falling.shape, np.uint8)
    for column in np.flatnonzero(falling.any(axis=0)).tolist():
        ends = [-1, *np.flatnonzero(still[:, column]).tolist(), len(falling)]
        for a, b in pairwise(ends):
            loose = falling[a + 1 : b, column]
            loose = loose[loose != 0]
            out[b - len(loose) : b, column] = loose
    return facing_back(out, way)


@operation("cells", "noise", table=FALLS, weight=0)
def fall_by_colour(cells: Cells, table: str) -> Cells | None:
    """The cells of some colours fall, each colour in a direction of its own, as far as each other, the border and cells
    of other colours, which stay; those that fall the same way keep their order, others pass through one another."""
    ways = {int(ink): way for ink, way in _FALL.findall(table)}
    moving = np.isin(cells, list(ways))
    if not moving.any():
        return None
    out = np.where(moving, np.uint8(0), cells)
    walls = out != 0
    for way in dict.fromkeys(ways.values()):
        now = _fallen(cells, [ink for ink, w in ways.items() if w == way], walls, way)
        if out[now != 0].any():
            return None
        out += now
    return None if (out == cells).all() else out


@fits("fall_by_colour")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The colours of which cells are elsewhere, each with the direction in which all of it falls."""
    for s, w in zip(shown, wanted, strict=True):
        if s.shape != w.shape or (np.bincount(s.ravel(), minlength=11) != np.bincount(w.ravel(), minlength=11)).any():
            return
    gone = sorted({int(v) for s, w in zip(shown, wanted, strict=True) for v in np.unique(s[s != w])} - {0})
    if not 1 <= len(gone) <= 6:
        return
    walls = [(s != 0) & ~np.isin(s, gone) for s in shown]
    ways: list[list[str]] = [[] for _ in gone]
    for way in DIRECTIONS:
        # All of them together where something is in their way: else they fall as everything does.
        if any(m.any() for m in walls) and all(
            (_fallen(s, gone, m, way) == np.where(np.isin(w, gone), w, 0)).all()
            for s, m, w in zip(shown, walls, wanted, strict=True)
        ):
            yield ("_".join(f"{ink}to{way}" for ink in gone),)
            return
        for ink, known in zip(gone, ways, strict=True):
            if all(
                (_fallen(s, [ink], m, way) == np.where(w == ink, w, 0)).all()
                for s, m, w in zip(shown, walls, wanted, strict=True)
            ):
                known.append(way)
    for choice in product(*(w[:2] for w in ways)):
        if len(set(choice)) > 1:
            yield ("_".join(f"{ink}to{way}" for ink, way in zip(gone, choice, strict=True)),)
            return


# --- what panels share ---

WHICH = Kind("which panel", ("first", "last"))
SHARED = Kind("whether another panel has it", ("shared", "alone"))
_ALIKE: dict[str, Callable[[Thing], object]] = {
    "cells": lambda t: (t.cells.shape, t.cells.tobytes()),
    "shape": mask_of,
    "turned": turned_mask_of,
    "place": lambda t: (t.top, t.left, t.form),
}
ALIKE = Kind("what is alike", tuple(_ALIKE))


@operation("panels", which=WHICH, shared=SHARED, alike=ALIKE, result=OTHER, weight=0)
def things_of_panels(cells: Cells, which: str, shared: str, alike: str) -> Cells | None:
    """Of the first (or last) of two panels only the things are shown that the other one has as well, or that it has
    not."""
    found = panels(cells)
    if found is None or len(found.flat) != 2:
        return None
    parts = [np.ascontiguousarray(cells[b]) for b in found.flat]
    mine, other = parts if which == "first" else parts[::-1]
    key = _ALIKE[alike]
    known = {key(t) for t in things(other, "corner")}
    out = np.zeros_like(mine)
    for t in things(mine, "corner"):
        if (key(t) in known) == (shared == "shared"):
            np.copyto(out[t.box], t.cells, where=t.cells != 0)
    return out if out.any() and not (out == mine).all() else None
