"""A bent path or nested rings become a line of their colours; rows of panels are summed up by what these share."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.rules.panels import panels
from arc_ttt.rules.rails import path_of
from arc_ttt.rules.things import things
from arc_ttt.types import MAX_SIDE, Cells

LINE = Kind("line", ("row", "column"))
START = Kind("end of a path that comes first", ("rare", "left", "right", "upper", "lower"))
RINGS = Kind("order of rings", ("inwards", "outwards"))
SAID = Kind("what is said of panels in a line", ("common", "lone", "most"))
_MOST_RINGS, _FEWEST_CELLS = 15, 4


def lined(inks: list[int], line: str) -> Cells | None:
    if not 0 < len(inks) <= MAX_SIDE:
        return None
    out = np.array([inks], np.uint8)
    return out if line == "row" else np.ascontiguousarray(out.T)


@operation("objects", start=START, line=LINE, result=OTHER, weight=0)
def uncoil_path(cells: Cells, start: str, line: str) -> Cells | None:
    """The largest thing is a bent path: its colours from one end to the other, in a row or a column. It begins at the
    end of a colour of which it has no other cell, or at the end that lies further to one side."""
    group = sorted(things(cells, "mixed"), key=lambda t: -t.size)
    if not group or not _FEWEST_CELLS <= group[0].size <= MAX_SIDE:
        return None
    path = path_of(group[0].cells != 0)
    if path is None or (len(group) > 1 and group[1].size == group[0].size):
        return None
    inks = [int(group[0].cells[p]) for p in path]
    (r0, c0), (r1, c1) = path[0], path[-1]
    if start == "rare":
        first, last = inks.count(inks[0]) == 1, inks.count(inks[-1]) == 1
    else:
        off = {"left": c1 - c0, "right": c0 - c1, "upper": r1 - r0, "lower": r0 - r1}[start]
        first, last = off > 0, off < 0
    if first == last:
        return None
    return lined(inks if first else inks[::-1], line)


def _rings(cells: Cells) -> list[int] | None:
    """The colours of rectangular rings about each other, from the outermost on; None where one has two colours."""
    inks: list[int] = []
    rest = cells
    while min(rest.shape) > 0:
        edge = np.concatenate([rest[0], rest[-1], rest[:, 0], rest[:, -1]])
        if (edge != edge[0]).any():
            return None
        if not inks or inks[-1] != int(edge[0]):
            inks.append(int(edge[0]))
        rest = rest[1:-1, 1:-1]
    return inks


@operation("objects", "nested", order=RINGS, line=LINE, result=OTHER, weight=0)
def list_rings(cells: Cells, order: str, line: str) -> Cells | None:
    """The colours of the rings of the thing that has most of them, from the outermost inwards or the other way."""
    found = [r for t in things(cells, "mixed") if (r := _rings(t.cells)) is not None]
    most = max(map(len, found), default=0)
    best = [r for r in found if len(r) == most]
    if not 1 < most <= _MOST_RINGS or len(best) > 1:
        return None
    return lined(best[0] if order == "inwards" else best[0][::-1], line)


@operation("panels", lines=LINE, said=SAID, result=OTHER, weight=0)
def sum_up_panel_lines(cells: Cells, lines: str, said: str) -> Cells | None:
    """A cell for each row (or column) of panels: the one colour that all of these have, that only one of them has, or
    of which they have most cells."""
    found = panels(cells)
    if found is None:
        return None
    boxes = found.boxes if lines == "row" else list(map(list, zip(*found.boxes, strict=True)))
    if len(boxes[0]) < 2:
        return None
    inks = []
    for line in boxes:
        counts = np.stack([np.bincount(cells[b].ravel(), minlength=10) for b in line])
        counts[:, 0] = 0
        has = (counts > 0).sum(axis=0)
        if said == "most":
            total = counts.sum(axis=0)
            at = np.flatnonzero((total == total.max()) & (total > 0))
        else:
            at = np.flatnonzero(has == (len(line) if said == "common" else 1))
        if len(at) != 1:
            return None
        inks.append(int(at[0]))
    return lined(inks, "column" if lines == "row" else "row")
