"""Whole lines that vanish or change places while the rest stays in order: full ones are cleared away, filled ones are
sorted among their own places; and parts that are joined where they share lines."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import DIRECTION, OTHER, Kind, operation
from arc_ttt.rules.panels import panels
from arc_ttt.rules.things import things
from arc_ttt.rules.whole import bounding_box, facing, facing_back
from arc_ttt.types import MAX_SIDE, Cells

_FEWEST_LINES, _MOST_PARTS = 3, 8


@operation("cells", "stripes", "bars", direction=DIRECTION, weight=0)
def clear_full(cells: Cells, direction: str) -> Cells | None:
    """Lines across a direction that have no empty cell vanish, and what lies behind them falls in by as much."""
    turned = facing(cells, direction)
    full = turned.all(axis=1)
    if not full.any() or full.all():
        return None
    left = turned[~full]
    return facing_back(np.concatenate([np.zeros_like(turned[: len(turned) - len(left)]), left]), direction)


@operation("bars", "stripes", "cells", direction=DIRECTION, weight=0)
def sort_filled(cells: Cells, direction: str) -> Cells | None:
    """The lines across a direction that are not empty change places so that the fullest comes last; empty ones stay."""
    turned = facing(cells, direction)
    counts = np.count_nonzero(turned, axis=1)
    at = np.flatnonzero(counts)
    if len(at) < _FEWEST_LINES or len(at) == len(turned) or len(set(counts[at].tolist())) < 2:
        return None
    out = turned.copy()
    out[at] = turned[at[np.argsort(counts[at], kind="stable")]]
    return None if (out == turned).all() else facing_back(out, direction)


MET = Kind("parts that share lines", ("panels", "mixed"))


@operation("panels", "objects", "pattern", parts=MET, result=OTHER, weight=0)
def join_shared(cells: Cells, parts: str) -> Cells | None:
    """Parts of a picture that end in the lines with which another one begins, joined so that these lie upon each
    other."""
    if parts == "panels":
        found = panels(cells)
        images = [cells[b] for b in found.flat] if found else []
    else:
        images = [t.cells for t in things(cells, "mixed")]
    boxes = [bounding_box(i) for i in images]
    trimmed = [i[b] for i, b in zip(images, boxes, strict=True) if b is not None]
    if not 2 <= len(trimmed) <= _MOST_PARTS or len(trimmed) != len(images):
        return None
    made, left = trimmed[0], trimmed[1:]
    while left:
        joins = [(shared, k, way) for k, part in enumerate(left) for shared, way in _shared(made, part)]
        if not joins:
            return None
        shared, k, way = max(joins, key=lambda j: j[0])
        made = _joined(made, left.pop(k), shared, way)
        if max(made.shape) > MAX_SIDE:
            return None
    return np.ascontiguousarray(made)


def _shared(a: Cells, b: Cells) -> list[tuple[int, str]]:
    """How many lines of `a` at a side `b` begins with, and that side; lines of one colour alone tell nothing."""
    found = []
    for way in ("right", "left", "down", "up"):
        one, other = (a, b) if way in ("right", "left") else (a.T, b.T)
        if one.shape[0] != other.shape[0]:
            continue
        if way in ("left", "up"):
            one, other = other, one
        for n in range(min(one.shape[1], other.shape[1]) - 1, 0, -1):
            tail = one[:, -n:]
            if tail.min() != tail.max() and (tail == other[:, :n]).all():
                found.append((n, way))
                break
    return found


def _joined(a: Cells, b: Cells, shared: int, way: str) -> Cells:
    one, other = (a, b) if way in ("right", "left") else (a.T, b.T)
    if way in ("left", "up"):
        one, other = other, one
    made = np.concatenate([one, other[:, shared:]], axis=1)
    return made if way in ("right", "left") else made.T
