"""Colours listed in a strip at a border say an order; shapes kept beside a picture say what its cells become; where
things lie about the largest one is summed up in nine cells."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import AXIS, OTHER, Kind, operation
from arc_ttt.rules.panels import panels
from arc_ttt.rules.things import Thing, colours, things
from arc_ttt.types import MAX_SIDE, Cells

TOP = Kind("which of a strip is on top", ("first", "last"))
# Things that are lined up, or lie about the largest one, at most.
_MOST = 9


def strip(cells: Cells) -> tuple[list[int], Cells] | None:
    """The colours, all different and all found elsewhere too, that alone lie side by side at a border, from the left or
    the top on; and the grid without that line."""
    for line, rest in (
        (cells[0], cells[1:]),
        (cells[-1], cells[:-1]),
        (cells[:, 0], cells[:, 1:]),
        (cells[:, -1], cells[:, :-1]),
    ):
        at = np.flatnonzero(line)
        inks = line[at].tolist()
        if 2 <= len(inks) == len(set(inks)) and at[-1] - at[0] < len(inks) and set(inks) <= set(colours(rest)):
            return inks, rest
    return None


@operation("panels", top=TOP, result=OTHER, weight=0)
def stack_by_strip(cells: Cells, top: str) -> Cells | None:
    """The panels lie upon each other in the order of a strip of colours at the border, its first (or last) on top."""
    listed = strip(cells)
    found = panels(listed[1]) if listed else None
    if listed is None or found is None or not 2 <= len(found.flat) <= _MOST:
        return None
    inks, rest = listed
    parts = [rest[b] for b in found.flat]
    if len({p.shape for p in parts}) > 1 or any(len(colours(p)) > 1 for p in parts):
        return None
    place = {ink: i for i, ink in enumerate(inks if top == "last" else inks[::-1])}
    if any(c not in place for p in parts for c in colours(p)):
        return None
    out = np.zeros_like(parts[0])
    for p in sorted((p for p in parts if p.any()), key=lambda p: place[colours(p)[0]]):
        out = np.where(p != 0, p, out)
    return out


@operation("objects", axis=AXIS, result=OTHER, weight=0)
def line_up_by_strip(cells: Cells, axis: str) -> Cells | None:
    """The things are put side by side (horizontal) or one below the other in the order of a strip of colours at the
    border."""
    listed = strip(cells)
    if listed is None:
        return None
    inks, rest = listed
    group = [t for t in things(rest, "corner") if t.colour in inks]
    if not 2 <= len(group) <= _MOST:
        return None
    lines = [t.cells if axis == "horizontal" else t.cells.T for t in sorted(group, key=lambda t: inks.index(t.colour))]
    if len({len(line) for line in lines}) > 1 or sum(line.shape[1] for line in lines) > MAX_SIDE:
        return None
    out = np.concatenate(lines, axis=1)
    return np.ascontiguousarray(out if axis == "horizontal" else out.T)


@operation("objects", result=OTHER, weight=0)
def spell_with_shapes(cells: Cells) -> Cells | None:
    """Each cell of a small picture becomes the thing of its colour that lies beside the picture."""
    lumps = [t for t in things(cells, "mixed") if max(t.cells.shape) < max(cells.shape) or min(t.cells.shape) > 1]
    for picture in lumps:
        letters = [t for t in lumps if t is not picture and len(colours(t.cells)) == 1 and t.size > 1]
        if len(letters) < 2 or len(letters) != len(lumps) - 1 or len({t.cells.shape for t in letters}) > 1:
            continue
        table = {t.colour: t.cells for t in letters}
        made = _spelled(picture, table, letters[0])
        if len(table) == len(letters) and made is not None:
            return made
    return None


def _spelled(picture: Thing, table: dict[int, Cells], letter: Thing) -> Cells | None:
    h, w = letter.cells.shape
    if not set(colours(picture.cells)) <= set(table) or max(picture.height * h, picture.width * w) > MAX_SIDE:
        return None
    out = np.zeros((picture.height * h, picture.width * w), np.uint8)
    for (r, c), ink in np.ndenumerate(picture.cells):
        if ink:
            out[r * h : (r + 1) * h, c * w : (c + 1) * w] = table[int(ink)]
    return out


@operation("objects", result=OTHER, weight=0)
def sum_up_places(cells: Cells) -> Cells | None:
    """Nine cells: the largest thing's colour in the middle, and around it the colours of the others where they lie from
    it."""
    group = sorted(things(cells, "corner"), key=lambda t: -t.size)
    if not 2 <= len(group) <= _MOST or group[0].size == group[1].size:
        return None
    first, out = group[0], np.zeros((3, 3), np.uint8)
    out[1, 1] = first.colour
    for t in group[1:]:
        row = 0 if t.bottom < first.top else 2 if t.top > first.bottom else 1
        column = 0 if t.right < first.left else 2 if t.left > first.right else 1
        if out[row, column] not in (0, t.colour):
            return None
        out[row, column] = t.colour
    return out
