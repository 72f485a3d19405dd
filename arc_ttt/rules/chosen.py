"""Grid → one of its parts, or its parts in order, as a measure says that was inferred from demonstrations.

Parts are things, the boxes they lie in, panels, slices of equal size, or the boxes of single colours. A measure ranks
them; the one with the most or the least of it is meant, and of several equal ones any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from arc_ttt.rules.language import AXIS, OTHER, Argument, Kind, fits, operation, same
from arc_ttt.rules.overlapping import piled
from arc_ttt.rules.panels import panels
from arc_ttt.rules.things import Thing, colours, diagonally_mirrored, holes, things, turned_form
from arc_ttt.rules.work import worked
from arc_ttt.types import COLOURS, MAX_SIDE, Cells

MOST_PARTS = 40
_WORK = 0.4  # of a measure for a part, in the units of `work`


def _boxes(cells: Cells, link: str) -> list[Thing]:
    """The things with whatever else lies in their boxes."""
    return [Thing(t.top, t.left, np.ascontiguousarray(cells[t.box])) for t in things(cells, link)]


def _panel_parts(cells: Cells) -> list[Thing]:
    found = panels(cells)
    boxes = found.flat if found else []
    return [Thing(b[0].start, b[1].start, np.ascontiguousarray(cells[b])) for b in boxes]


def _colour_boxes(cells: Cells) -> list[Thing]:
    found = []
    for colour in colours(cells):
        rows, columns = np.nonzero(cells == colour)
        top, left = int(rows.min()), int(columns.min())
        box = cells[top : int(rows.max()) + 1, left : int(columns.max()) + 1]
        found.append(Thing(top, left, np.ascontiguousarray(box)))
    return found


def _insides(cells: Cells) -> list[Thing]:
    """What lies within things that are frames of one colour."""
    found = []
    for t in things(cells, "side"):
        edges = (t.cells[0], t.cells[-1], t.cells[:, 0], t.cells[:, -1])
        if min(t.cells.shape) > 2 and all((e == t.colour).all() for e in edges):
            found.append(Thing(t.top + 1, t.left + 1, np.ascontiguousarray(cells[t.box][1:-1, 1:-1])))
    return found


def _slices(cells: Cells) -> list[Thing]:
    """Squares side by side in a grid n times as long as wide; in a square one with an even side its quarters."""
    rows, columns = cells.shape
    side = min(rows, columns)
    if side < 2 or max(rows, columns) % side:
        return []
    if rows == columns:
        side //= 2
        if rows % 2:
            return []
    return [
        Thing(r, c, np.ascontiguousarray(cells[r : r + side, c : c + side]))
        for r in range(0, rows, side)
        for c in range(0, columns, side)
    ]


_PARTS: dict[str, Callable[[Cells], Sequence[Thing]]] = {
    "things": lambda c: things(c, "corner"),
    "lumps": lambda c: things(c, "mixed"),
    "pieces": lambda c: things(c, "side"),
    "boxes": lambda c: _boxes(c, "corner"),
    "side_boxes": lambda c: _boxes(c, "side"),
    "panels": _panel_parts,
    "slices": _slices,
    "colour_boxes": _colour_boxes,
    "insides": _insides,
}
PARTS = Kind("parts", tuple(_PARTS))


@lru_cache(maxsize=256)
def _parts(raw: bytes, width: int, name: str) -> tuple[Thing, ...]:
    return tuple(_PARTS[name](np.frombuffer(raw, np.uint8).reshape(-1, width)))


def parts_of(cells: Cells, name: str) -> tuple[Thing, ...]:
    """The parts called `name`; none where there are too many to choose from."""
    found = _parts(cells.tobytes(), cells.shape[1], name)
    return found if len(found) <= MOST_PARTS else ()


def _how_common(key: Callable[[Thing], object]) -> Callable[[Sequence[Thing]], list[int]]:
    def count(parts: Sequence[Thing]) -> list[int]:
        keys = [key(t) for t in parts]
        seen = Counter(keys)
        return [seen[k] for k in keys]

    return count


def _each(measure: Callable[[Thing], int]) -> Callable[[Sequence[Thing]], list[int]]:
    return lambda parts: [measure(t) for t in parts]


def _mirrored(t: Thing) -> int:
    return int((t.cells == t.cells[:, ::-1]).all()) + int((t.cells == t.cells[::-1]).all())


def _count(colour: int) -> Callable[[Thing], int]:
    return lambda t: int(np.count_nonzero(t.cells == colour))


def _rarest_cells(t: Thing) -> int:
    """Cells that have not the part's most common colour."""
    counts = np.bincount(t.cells[t.cells != 0], minlength=COLOURS)
    return int(counts.sum() - counts.max())


_MEASURES: dict[str, Callable[[Sequence[Thing]], list[int]]] = {
    "size": _each(lambda t: t.size),
    "area": _each(lambda t: t.height * t.width),
    "colours": _each(lambda t: len(colours(t.cells))),
    "common_cells": _how_common(lambda t: (t.cells.shape, t.cells.tobytes())),
    "common_shape": _how_common(lambda t: t.form),
    "common_turned": _how_common(turned_form),
    "common_colour": _how_common(
        lambda t: int(t.cells.max()) if len(colours(t.cells)) == 1 else tuple(colours(t.cells))
    ),
    "common_size": _how_common(lambda t: t.size),
    "height": _each(lambda t: t.height),
    "width": _each(lambda t: t.width),
    "holes": _each(holes),
    "gaps": _each(lambda t: t.height * t.width - t.size),
    "mirrored": _each(_mirrored),
    "diagonal": _each(diagonally_mirrored),
    "specks": _each(_rarest_cells),
    "pieces": _each(lambda t: len(things(t.cells, "side"))),
    "top": _each(lambda t: t.top),
    "left": _each(lambda t: t.left),
    "bottom": _each(lambda t: t.bottom),
    "right": _each(lambda t: t.right),
    "number": _each(lambda t: t.colour if t.size else 0),
    "pile": piled,
    **{f"cells_of_{c}": _each(_count(c)) for c in range(1, COLOURS)},
}
RANK = Kind("rank", tuple(f"{end}_{name}" for name in _MEASURES for end in ("most", "least")))


def ranked_values(parts: Sequence[Thing], rank: str) -> list[int]:
    """The measure of each part; the wanted ones are the greatest."""
    worked(_WORK * len(parts))
    end, _, name = rank.partition("_")
    values = _MEASURES[name](parts)
    return values if end == "most" else [-v for v in values]


def _chosen(parts: Sequence[Thing], rank: str) -> Thing | None:
    """The one part with the most of a measure; None where all have the same, or those that have it differ."""
    if len(parts) < 2:
        return None
    values = ranked_values(parts, rank)
    best = [t for t, v in zip(parts, values, strict=True) if v == max(values)]
    first = best[0]
    alike = all(t.cells.shape == first.cells.shape and bool((t.cells == first.cells).all()) for t in best)
    return first if alike and len(best) < len(parts) else None


@operation("objects", "copies", "panels", parts=PARTS, rank=RANK, result=OTHER, weight=1)
def crop_chosen(cells: Cells, parts: str, rank: str) -> Cells | None:
    """The one part of the grid that has the most or the least of a measure."""
    found = _chosen(parts_of(cells, parts), rank)
    return None if found is None else found.cells.copy()


@operation("objects", "copies", parts=PARTS, rank=RANK, axis=AXIS, result=OTHER, weight=0.5)
def line_up_by(cells: Cells, parts: str, rank: str, axis: str) -> Cells | None:
    """The parts of the grid side by side (horizontal) or one below the other, that with the most of a measure first."""
    group = ordered(parts_of(cells, parts), rank)
    if not 2 <= len(group) <= 12:
        return None
    lines = [t.cells if axis == "horizontal" else t.cells.T for t in group]
    if len({len(line) for line in lines}) > 1 or sum(line.shape[1] for line in lines) > MAX_SIDE:
        return None
    out = np.concatenate(lines, axis=1)
    return np.ascontiguousarray(out if axis == "horizontal" else out.T)


@operation("objects", "copies", "blocks", parts=PARTS, rank=RANK, axis=AXIS, result=OTHER, weight=0.5)
def list_colours_by(cells: Cells, parts: str, rank: str, axis: str) -> Cells | None:
    """The colour of each part in a row (horizontal) or column, those with the most of a measure first."""
    group = ordered(parts_of(cells, parts), rank)
    if not 1 <= len(group) <= MAX_SIDE or not all(t.size for t in group):
        return None
    line = np.array([[t.colour for t in group]], np.uint8)
    return line if axis == "horizontal" else np.ascontiguousarray(line.T)


def ordered(parts: Sequence[Thing], rank: str) -> list[Thing]:
    """The parts by a measure; none where two that differ have the same."""
    values = ranked_values(parts, rank) if parts else []
    order = sorted(range(len(parts)), key=lambda i: -values[i])
    for a, b in pairwise(order):
        if values[a] == values[b]:
            return []
    return [parts[i] for i in order]


# --- which measure is meant ---


@fits("crop_chosen")
def _fit_crop(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Measures that single out the wanted part in every demonstration; it may be turned or of other colours."""
    if any(w.size > s.size for s, w in zip(shown, wanted, strict=True)):
        return
    for alike in (same, _same_turned, _same_shape):
        found = 0
        for name in _PARTS:
            groups = [parts_of(s, name) for s in shown]
            wishes = [[alike(t.cells, w) for t in g] for g, w in zip(groups, wanted, strict=True)]
            if not all(any(w) and len(w) > 1 for w in wishes):
                continue
            for rank in RANK.values:
                if all(_singles_out(g, str(rank), w) for g, w in zip(groups, wishes, strict=True)):
                    yield name, rank
                    found += 1
        if found:
            return


def _singles_out(parts: Sequence[Thing], rank: str, wished: Sequence[bool]) -> bool:
    values = ranked_values(parts, rank)
    best = max(values)
    return all(w for v, w in zip(values, wished, strict=True) if v == best) and min(values) < best


def _same_turned(a: Cells, b: Cells) -> bool:
    return sorted(a.shape) == sorted(b.shape) and any(same(np.rot90(m, k), b) for m in (a, a.T) for k in range(4))


def _same_shape(a: Cells, b: Cells) -> bool:
    return a.shape == b.shape and a.size > 1 and bool(((a != 0) == (b != 0)).all())


@fits("line_up_by")
def _fit_line(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    yield from _fitting_order(shown, wanted, line_up_by, lambda t: t.size)


@fits("list_colours_by")
def _fit_list(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if max(min(w.shape) for w in wanted) > 1:
        return
    yield from _fitting_order(shown, wanted, list_colours_by, lambda t: 1)


def _fitting_order(
    shown: Sequence[Cells],
    wanted: Sequence[Cells],
    make: Callable[[Cells, str, str, str], Cells | None],
    coloured: Callable[[Thing], int],
) -> Iterator[tuple[Argument, ...]]:
    """The orders that make every output, tried where the number of coloured cells is right."""
    pairs = list(zip(shown, wanted, strict=True))
    for name in _PARTS:
        for s, w in zip(shown, wanted, strict=True):
            if sum(coloured(t) for t in parts_of(s, name)) != np.count_nonzero(w):
                break
        else:
            # How large a row of the parts is does not depend on their order.
            ways = [
                axis
                for axis in map(str, AXIS.values)
                if all(_row(parts_of(s, name), axis, make is line_up_by) == w.shape for s, w in pairs)
            ]
            for rank in RANK.values if ways else ():
                for axis in ways:
                    made = (make(s, name, str(rank), axis) for s in shown)
                    if all(m is not None and same(m, w) for m, w in zip(made, wanted, strict=True)):
                        yield name, rank, axis


def _row(parts: Sequence[Thing], axis: str, whole: bool) -> tuple[int, ...]:
    """The size of all parts side by side (horizontal) or one below the other, or of one cell for each."""
    sizes = [t.cells.shape if whole else (1, 1) for t in parts] or [(0, 0)]
    if axis == "horizontal":
        return max(h for h, _ in sizes), sum(w for _, w in sizes)
    return sum(h for h, _ in sizes), max(w for _, w in sizes)
