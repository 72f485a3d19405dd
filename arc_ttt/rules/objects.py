"""Operations that choose among things and paint them by what is measured."""

from __future__ import annotations

from collections import Counter

import numpy as np

from arc_ttt.rules.language import (
    AXIS,
    INK,
    LINK,
    MARK,
    OTHER,
    PROGRAM,
    Program,
    operation,
    run,
)
from arc_ttt.rules.things import (
    MEASURE,
    MEASURES,
    ONE,
    SELECTOR,
    Thing,
    chosen,
    colours,
    paste,
    things,
    with_sides,
)
from arc_ttt.types import Cells

_THINGS = ("objects", "shapes", "copies")


def canvas_with(shape: tuple[int, ...], group: list[Thing]) -> Cells:
    """A grid of this (rows, columns) with nothing but these things."""
    canvas = np.zeros(shape, np.uint8)
    for thing in group:
        paste(canvas, thing.cells, thing.top, thing.left)
    return canvas


def painted(cells: Cells, group: list[Thing], inks: list[int]) -> Cells:
    """`cells` with each thing in its ink."""
    out = cells.copy()
    for thing, ink in zip(group, inks, strict=True):
        out[thing.box][thing.cells != 0] = ink
    return out


# --- choosing ---


@operation(*_THINGS, selector=SELECTOR, link=LINK, weight=3)
def keep_things(cells: Cells, selector: str, link: str) -> Cells | None:
    """Only the selected things stay."""
    found = chosen(things(cells, link), selector, cells.shape)
    return canvas_with(cells.shape, found[0]) if found else None


@operation(*_THINGS, "spotted", selector=SELECTOR, link=LINK, weight=2)
def remove_things(cells: Cells, selector: str, link: str) -> Cells | None:
    """The selected things vanish."""
    found = chosen(things(cells, link), selector, cells.shape)
    return canvas_with(cells.shape, found[1]) if found else None


@operation(*_THINGS, selector=SELECTOR, ink=INK, link=LINK, weight=5)
def paint_things(cells: Cells, selector: str, ink: int, link: str) -> Cells | None:
    """The selected things take one colour."""
    found = chosen(things(cells, link), selector, cells.shape)
    return painted(cells, found[0], [ink] * len(found[0])) if found else None


@operation(*_THINGS, selector=SELECTOR, ink=INK, other=INK, link=LINK, weight=5)
def paint_by(cells: Cells, selector: str, ink: int, other: int, link: str) -> Cells | None:
    """The selected things take one colour, all others another."""
    found = chosen(things(cells, link), selector, cells.shape)
    if not found or ink == other:
        return None
    return painted(painted(cells, found[0], [ink] * len(found[0])), found[1], [other] * len(found[1]))


@operation(*_THINGS, "hidden", selector=ONE, link=LINK, result=OTHER, weight=5)
def crop_thing(cells: Cells, selector: str, link: str) -> Cells | None:
    """The selected thing's bounding box, without what else lies in it."""
    found = chosen(things(cells, link), selector, cells.shape)
    return found[0][0].cells.copy() if found else None


@operation("objects", selector=SELECTOR, program=PROGRAM, link=LINK, weight=5)
def change_things(cells: Cells, selector: str, program: Program, link: str) -> Cells | None:
    """Run a program that keeps the size on the bounding box of each selected thing."""
    found = chosen(things(cells, link), selector, cells.shape)
    return _changed(cells, found[0], found[1], program) if found else None


@operation("objects", "copies", "spotted", program=PROGRAM, link=LINK, weight=5)
def change_each(cells: Cells, program: Program, link: str) -> Cells | None:
    """Run a program that keeps the size on the bounding box of every thing."""
    group = things(cells, link)
    return _changed(cells, list(group), [], program) if group else None


def _changed(cells: Cells, group: list[Thing], others: list[Thing], program: Program) -> Cells | None:
    out = canvas_with(cells.shape, others)
    for thing in group:
        new = run(program, thing.cells)
        if new is None or new.shape != thing.cells.shape:
            return None
        paste(out, new, thing.top, thing.left)
    return out


# --- painting by what is measured ---


@operation(*_THINGS, measure=MEASURE, link=LINK, weight=4)
def paint_by_rank(cells: Cells, measure: str, link: str) -> Cells | None:
    """Things take colour 1, 2, … from the greatest measure down; ties share one."""
    group = list(things(cells, link))
    values = [MEASURES[measure](t) for t in group]
    order = sorted(set(values), reverse=True)
    if not 2 <= len(order) <= 9:
        return None
    return painted(cells, group, [order.index(v) + 1 for v in values])


@operation(*_THINGS, measure=MEASURE, link=LINK, weight=2)
def paint_by_measure(cells: Cells, measure: str, link: str) -> Cells | None:
    """A thing of measure n takes colour n (9 at most, and not less than 1)."""
    group = list(things(cells, link))
    values = [MEASURES[measure](t) for t in group]
    if not group or min(values) < 1 or max(values) > 9 or len(set(values)) < 2:
        return None
    return painted(cells, group, values)


@operation(*_THINGS, axis=AXIS, ink=INK, other=INK, link=LINK)
def paint_by_side(cells: Cells, axis: str, ink: int, other: int, link: str) -> Cells | None:
    """Things in the left (upper) half take one colour, those in the other half another."""
    group = list(things(cells, link))
    at = [
        2 * t.left + t.width - cells.shape[1] if axis == "horizontal" else 2 * t.top + t.height - cells.shape[0]
        for t in group
    ]
    if not group or 0 in at or ink == other:
        return None
    return painted(cells, group, [ink if a < 0 else other for a in at])


@operation("objects", "markers", mark=MARK, ink=INK, weight=2)
def paint_neighbours_of(cells: Cells, mark: int, ink: int) -> Cells | None:
    """Things of other colours that touch a cell of colour `mark` take one colour."""
    near = with_sides(cells == mark)
    group = [t for t in things(cells, "side") if t.colour != mark and near[t.box][t.cells != 0].any()]
    return painted(cells, group, [ink] * len(group)) if group else None


@operation("spotted", weight=4)
def spot_paints_thing(cells: Cells) -> Cells | None:
    """In each many-coloured thing the rarest colour takes over."""
    out = cells.copy()
    for thing in things(cells, "mixed"):
        counts = Counter(thing.cells[thing.cells != 0].tolist()).most_common()
        if len(counts) > 1:
            out[thing.box][thing.cells != 0] = counts[-1][0]
    return out


@operation("spotted", weight=3)
def swap_in_things(cells: Cells) -> Cells | None:
    """In each thing of two colours they change places."""
    out = cells.copy()
    for thing in things(cells, "mixed"):
        if len(pair := colours(thing.cells)) == 2:
            out[thing.box][thing.cells != 0] = (sum(pair) - thing.cells)[thing.cells != 0]
    return out


@operation("spotted", "shapes", "markers", weight=2)
def paint_like_nearest_spot(cells: Cells) -> Cells | None:
    """Each thing of many cells takes the colour of the single cell nearest to it."""
    group = things(cells, "side")
    spots = [t for t in group if t.size == 1]
    large = [t for t in group if t.size > 1]
    if not spots or not large:
        return None
    inks = []
    for t in large:
        away = [abs(2 * (s.top - t.top) - t.height + 1) + abs(2 * (s.left - t.left) - t.width + 1) for s in spots]
        nearest = {s.colour for s, d in zip(spots, away, strict=True) if d == min(away)}
        if len(nearest) > 1:
            return None
        inks.append(nearest.pop())
    return painted(cells, large, inks)


@operation("spotted", "cornered", mark=MARK, weight=3)
def paint_cells_like_nearest(cells: Cells, mark: int) -> Cells | None:
    """Each cell of colour `mark` takes the colour of the nearest other coloured cell; where several are, it stays."""
    others = np.argwhere((cells != 0) & (cells != mark))
    cores = np.argwhere(cells == mark)
    if not 1 <= len(others) <= 60 or not len(cores):
        return None
    away = np.abs(cores[:, None] - others[None]).sum(axis=2)
    inks = cells[tuple(others.T)]
    out = cells.copy()
    for (r, c), line in zip(cores, away, strict=True):
        nearest = set(inks[line == line.min()].tolist())
        if len(nearest) == 1:
            out[r, c] = nearest.pop()
    return out


def _lies_in(t: Thing, other: Thing) -> bool:
    """Whether a thing's box lies within that of another."""
    return other.top <= t.top and other.left <= t.left and t.bottom <= other.bottom and t.right <= other.right


@operation("legend", weight=15)
def use_legend(cells: Cells) -> Cells | None:
    """Things of two cells, one beside the other and in no other's box, say: the left colour becomes the right one in
    all other things."""
    group = things(cells, "mixed")
    entries = [t for t in group if t.cells.shape == (1, 2) and t.cells[0, 0] != t.cells[0, 1] and t.cells.all()]
    entries = [t for t in entries if not any(o is not t and _lies_in(t, o) for o in group)]
    image = {int(t.cells[0, 0]): int(t.cells[0, 1]) for t in entries}
    if not entries or len(image) < len(entries):
        return None
    out = cells.copy()
    for t in group:
        if t not in entries:
            for old, new in image.items():
                out[t.box][t.cells == old] = new
    return out
