"""Operations that move, repeat, mirror, count, list and crop things."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import (
    AXIS,
    COUNT,
    DIRECTION,
    INK,
    LINK,
    MARK,
    OTHER,
    operation,
)
from arc_ttt.rules.objects import canvas_with
from arc_ttt.rules.things import (
    MEASURE,
    MEASURES,
    SELECTOR,
    Thing,
    chosen,
    paste,
    things,
)
from arc_ttt.rules.whole import along, facing, facing_back
from arc_ttt.types import MAX_SIDE, Cells

_THINGS = ("objects", "shapes", "copies")


# --- moving ---


@operation("objects", "blocks", direction=DIRECTION, link=LINK, weight=3)
def drop_things(cells: Cells, direction: str, link: str) -> Cells:
    """Things fall until they meet the border or another thing."""
    turned = facing(cells, direction)
    canvas = np.zeros_like(turned)
    _fall(canvas, things(turned, link))
    return facing_back(canvas, direction)


def _fall(canvas: Cells, group: tuple[Thing, ...]) -> None:
    """Paint things into `canvas`, the lowest first, each as far down as what is there lets it."""
    for t in sorted(group, key=lambda t: -t.bottom):
        mask, top = t.cells != 0, t.top
        while top + t.height < len(canvas):
            if canvas[top + 1 : top + 1 + t.height, t.left : t.left + t.width][mask].any():
                break
            top += 1
        paste(canvas, t.cells, top, t.left)


@operation(*_THINGS, selector=SELECTOR, direction=DIRECTION, link=LINK, weight=2)
def push_things(cells: Cells, selector: str, direction: str, link: str) -> Cells | None:
    """The selected things move until the border or a thing that stays."""
    found = chosen(things(cells, link), selector, cells.shape)
    if not found:
        return None
    canvas = facing(canvas_with(cells.shape, found[1]), direction).copy()
    _fall(canvas, things(facing(canvas_with(cells.shape, found[0]), direction), link))
    return facing_back(canvas, direction)


@operation("markers", "shapes", "barrier", mark=MARK, weight=7)
def pull_to(cells: Cells, mark: int) -> Cells | None:
    """Things move straight towards the one thing of colour `mark` until they touch it; others stay."""
    goals = [t for t in things(cells, "corner") if t.colour == mark]
    if len(goals) != 1:
        return None
    goal = goals[0]
    out = canvas_with(cells.shape, [goal])
    for t in things(np.where(cells == mark, 0, cells).astype(np.uint8), "mixed"):
        dr = dc = 0
        if t.left <= goal.right and t.right >= goal.left:
            dr = goal.top - t.bottom - 1 if t.bottom < goal.top else goal.bottom + 1 - t.top
        elif t.top <= goal.bottom and t.bottom >= goal.top:
            dc = goal.left - t.right - 1 if t.right < goal.left else goal.right + 1 - t.left
        paste(out, t.cells, t.top + dr, t.left + dc)
    return out


@operation("barrier", mark=MARK, weight=10)
def reflect_across(cells: Cells, mark: int) -> Cells | None:
    """What lies on either side of the one full line of colour `mark` is mirrored onto the other side."""
    rows, columns = (np.flatnonzero((cells == mark).all(axis=a)) for a in (1, 0))
    if len(rows) + len(columns) != 1:
        return None
    axis = "vertical" if len(columns) else "horizontal"
    lines = along(cells, axis)
    at = int(rows[0] if len(rows) else columns[0])
    out = lines.copy()
    for r in range(len(lines)):
        if r != at and 0 <= 2 * at - r < len(lines):
            out[r] = np.where(lines[r] == 0, lines[2 * at - r], lines[r])
    return along(out, axis)


@operation("objects", "copies", direction=DIRECTION, link=LINK)
def align_things(cells: Cells, direction: str, link: str) -> Cells | None:
    """Every thing moves to the border, regardless of the others; none may come to lie on another."""
    rows, columns = cells.shape
    group = things(cells, link)
    canvas = np.zeros(cells.shape, np.uint8)
    for t in group:
        top = {"up": 0, "down": rows - t.height}.get(direction, t.top)
        left = {"left": 0, "right": columns - t.width}.get(direction, t.left)
        paste(canvas, t.cells, top, left)
    return canvas if np.count_nonzero(canvas) == np.count_nonzero(cells) else None


@operation("objects", "copies", direction=DIRECTION, link=LINK, weight=1.5)
def step_things(cells: Cells, direction: str, link: str) -> Cells | None:
    """Every thing moves by its own height (width); what leaves the grid is cut off."""
    canvas = np.zeros(cells.shape, np.uint8)
    for t in things(cells, link):
        dr = {"up": -t.height, "down": t.height}.get(direction, 0)
        dc = {"left": -t.width, "right": t.width}.get(direction, 0)
        paste(canvas, t.cells, t.top + dr, t.left + dc)
    return canvas if canvas.any() else None


@operation("shapes", "single", selector=SELECTOR, direction=DIRECTION, weight=4)
def repeat_things(cells: Cells, selector: str, direction: str) -> Cells | None:
    """The selected things are repeated in a direction, a cell apart, as far as the border."""
    found = chosen(things(cells, "mixed"), selector, cells.shape)
    if not found:
        return None
    out = cells.copy()
    for t in found[0]:
        _trail(out, t, direction)
    return out


@operation("single", direction=DIRECTION, weight=4)
def trail(cells: Cells, direction: str) -> Cells | None:
    """Every thing is repeated in a direction, a cell apart, as far as the border."""
    out = cells.copy()
    for t in things(cells, "mixed"):
        _trail(out, t, direction)
    return out


def _trail(out: Cells, thing: Thing, direction: str) -> None:
    dr = {"up": -thing.height - 1, "down": thing.height + 1}.get(direction, 0)
    dc = {"left": -thing.width - 1, "right": thing.width + 1}.get(direction, 0)
    for i in range(1, 30):
        paste(out, thing.cells, thing.top + i * dr, thing.left + i * dc)


@operation("objects", "shapes", "single", direction=DIRECTION, link=LINK, weight=2)
def reflect_things(cells: Cells, direction: str, link: str) -> Cells | None:
    """Beside each thing, touching it, its mirror image appears; what leaves the grid is cut off."""
    out = cells.copy()
    for t in things(cells, link):
        image = t.cells[::-1] if direction in ("up", "down") else t.cells[:, ::-1]
        dr = {"up": -t.height, "down": t.height}.get(direction, 0)
        dc = {"left": -t.width, "right": t.width}.get(direction, 0)
        paste(out, image, t.top + dr, t.left + dc)
    return out


# --- counting and arranging ---


@operation(*_THINGS, "cells", ink=INK, link=LINK, result=OTHER, weight=3)
def count_things(cells: Cells, ink: int, link: str) -> Cells | None:
    """One row of as many cells as there are things."""
    count = len(things(cells, link))
    return np.full((1, count), ink, np.uint8) if 1 <= count <= MAX_SIDE else None


@operation(*_THINGS, "cells", side=COUNT, ink=INK, link=LINK, result=OTHER, weight=1.5)
def tally_things(cells: Cells, side: int, ink: int, link: str) -> Cells | None:
    """As many cells as there are things, in reading order in a square of side + 1."""
    count, side = len(things(cells, link)), side + 1
    if not 1 <= count <= side * side:
        return None
    out = np.zeros(side * side, np.uint8)
    out[:count] = ink
    return out.reshape(side, side)


@operation(*_THINGS, "blocks", measure=MEASURE, axis=AXIS, link=LINK, result=OTHER, weight=4)
def list_colours(cells: Cells, measure: str, axis: str, link: str) -> Cells | None:
    """The colours of the things, from the greatest measure down, in a row (horizontal) or column."""
    group = things(cells, link)
    values = [MEASURES[measure](t) for t in group]
    if not 2 <= len(group) <= 30 or len(set(values)) != len(values):
        return None
    line = [t.colour for _, t in sorted(zip(values, group, strict=True), key=lambda p: -p[0])]
    out = np.array(line, np.uint8)
    return out[None, :] if axis == "horizontal" else out[:, None]


@operation(*_THINGS, axis=AXIS, link=LINK, result=OTHER, weight=2)
def line_up(cells: Cells, axis: str, link: str) -> Cells | None:
    """The things' boxes side by side (horizontal) or one below the other, in order, all in boxes of one size."""
    group = things(cells, link)
    if not 2 <= len(group) <= 12:
        return None
    group = tuple(sorted(group, key=lambda t: t.left if axis == "horizontal" else t.top))
    at = [t.left if axis == "horizontal" else t.top for t in group]
    height, width = max(t.height for t in group), max(t.width for t in group)
    if len(set(at)) != len(at) or height == width == 1:
        return None
    boxes = [np.pad(t.cells, ((0, height - t.height), (0, width - t.width))) for t in group]
    return np.concatenate(boxes, axis=1 if axis == "horizontal" else 0)


@operation("copies", "shapes", link=LINK, result=OTHER, weight=1.5)
def stack_things(cells: Cells, link: str) -> Cells | None:
    """All things laid upon each other at their upper left corners; the first one on top."""
    group = things(cells, link)
    if not 2 <= len(group) <= 12:
        return None
    out = np.zeros((max(t.height for t in group), max(t.width for t in group)), np.uint8)
    for t in reversed(group):
        paste(out, t.cells, 0, 0)
    return out if out.size > 1 else None


@operation("cornered", "markers", mark=MARK, result=OTHER, weight=8)
def crop_between(cells: Cells, mark: int) -> Cells | None:
    """What lies between four cells of colour `mark` that are the corners of a rectangle."""
    where = np.argwhere(cells == mark)
    if len(where) != 4:
        return None
    (top, left), (bottom, right) = where.min(axis=0), where.max(axis=0)
    if bottom - top < 2 or right - left < 2 or not (cells[[top, top, bottom], [left, right, left]] == mark).all():
        return None
    return cells[top + 1 : bottom, left + 1 : right].copy()


@operation("cornered", "markers", result=OTHER, weight=0)
def crop_between_marks(cells: Cells) -> Cells | None:
    """What lies between four cells that are the corners of a rectangle, whatever their colour, which no other has."""
    inks = np.flatnonzero(np.bincount(cells.ravel(), minlength=10)[1:] == 4) + 1
    made = [crop_between(cells, ink) for ink in inks.tolist()]
    found = [part for part in made if part is not None]
    return found[0] if len(found) == 1 else None


@operation("frames", "hidden", "framed", result=OTHER, weight=4)
def crop_inside(cells: Cells) -> Cells | None:
    """What lies inside the one rectangular frame of a single colour."""
    for t in things(cells, "side"):
        if (
            min(t.cells.shape) > 2
            and t.cells[0].all()
            and t.cells[-1].all()
            and t.cells[:, 0].all()
            and t.cells[:, -1].all()
        ):
            return cells[t.box][1:-1, 1:-1].copy()
    return None
