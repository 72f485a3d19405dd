"""Things of any heights put side by side in an order, level at one side; and a grid laid into an empty one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.blocks import EXTENT, PLACE
from arc_ttt.rules.chosen import PARTS, RANK, ordered, parts_of
from arc_ttt.rules.language import AXIS, OTHER, Argument, Kind, fits, operation
from arc_ttt.rules.things import Thing, paste
from arc_ttt.types import MAX_SIDE, Cells

MOST_LINED, MOST_GAP = 10, 3
# The share of a grid that may be filled for it to be mostly margin.
MOST_FULL = 0.6
LEVEL = Kind("where they are level", ("far", "near", "middle"))
GAP = Kind("gap", ("g0", "g1"), lambda word: re.fullmatch(r"g\d", word) is not None)


@operation(
    "objects", "copies", "blocks", parts=PARTS, rank=RANK, axis=AXIS, level=LEVEL, gap=GAP, result=OTHER, weight=0
)
def line_up_level(cells: Cells, parts: str, rank: str, axis: str, level: str, gap: str) -> Cells | None:
    """The parts of the grid side by side (horizontal) or one below the other, that with the most of a measure first,
    with so many empty lines between; level at their bottom or right (far), the other side (near) or the middle."""
    return _lined(ordered(parts_of(cells, parts), rank), axis, level, int(gap[1:]))


def _lined(group: Sequence[Thing], axis: str, level: str, gap: int) -> Cells | None:
    return side_by_side([t.cells for t in group], axis, level, gap)


def side_by_side(parts: Sequence[Cells], axis: str, level: str, gap: int, ink: int = 0) -> Cells | None:
    """Grids side by side (or one below the other), level at one side, with lines of a colour between; None of one, of
    too many, or where that is too large."""
    lines = [p if axis == "horizontal" else p.T for p in parts]
    if not 2 <= len(lines) <= MOST_LINED:
        return None
    out = np.zeros((max(map(len, lines)), sum(line.shape[1] for line in lines) + gap * (len(lines) - 1)), np.uint8)
    if max(out.shape) > MAX_SIDE:
        return None
    left = 0
    for line in lines:
        room = len(out) - len(line)
        paste(out, line, {"far": room, "near": 0, "middle": room // 2}[level], left)
        left += line.shape[1]
        out[:, left : left + gap] = ink
        left += gap
    return np.ascontiguousarray(out if axis == "horizontal" else out.T)


@fits("line_up_level")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The orders that make every output, tried where the parts have as many coloured cells and fill its length."""
    counts = [int(np.count_nonzero(w)) for w in wanted]
    for name in map(str, PARTS.values):
        groups = []
        for s, n in zip(shown, counts, strict=True):
            group = parts_of(s, name)
            if not 2 <= len(group) <= MOST_LINED or sum(t.size for t in group) != n:
                break
            groups.append(group)
        if len(groups) < len(shown):
            continue
        for axis in ("horizontal", "vertical"):
            gaps = {_gap(g, w, axis) for g, w in zip(groups, wanted, strict=True)}
            if len(gaps) != 1 or (gap := gaps.pop()) is None:
                continue
            for rank in map(str, RANK.values):
                lists = [ordered(g, rank) for g in groups]
                for level in map(str, LEVEL.values) if all(lists) else ():
                    made = [_lined(group, axis, level, gap) for group in lists]
                    if all(m is not None and np.array_equal(m, w) for m, w in zip(made, wanted, strict=True)):
                        yield name, rank, axis, level, f"g{gap}"
                        break


def _gap(group: Sequence[Thing], output: Cells, axis: str) -> int | None:
    """The empty lines between things that, side by side, are as long as the output; None where they are not."""
    along, across = (1, 0) if axis == "horizontal" else (0, 1)
    if max(t.cells.shape[across] for t in group) != output.shape[across]:
        return None
    gap, rest = divmod(output.shape[along] - sum(t.cells.shape[along] for t in group), len(group) - 1)
    return gap if rest == 0 and 0 <= gap <= MOST_GAP else None


@operation("small", place=PLACE, extent=EXTENT, result=OTHER, weight=0)
def pad_to(cells: Cells, place: str, extent: str) -> Cells | None:
    """The grid in a corner or the middle of an empty one of a constant size."""
    rows, columns = map(int, extent.split("x"))
    down, right = rows - cells.shape[0], columns - cells.shape[1]
    if min(down, right) < 0 or max(rows, columns) > MAX_SIDE:
        return None
    top, left = down * place.startswith("lower"), right * place.endswith("right")
    if place == "middle":
        if down % 2 or right % 2:
            return None
        top, left = down // 2, right // 2
    return np.pad(cells, ((top, down - top), (left, right - left)))


def unpadded(outputs: Sequence[Cells]) -> Iterator[tuple[tuple[str, str], tuple[Cells, ...]]]:
    """The arguments with which `pad_to` makes these grids, and of what: their boxes, where all lie in one corner (or
    the middle) and are small enough together."""
    shapes = {o.shape for o in outputs}
    if len(shapes) > 1 or not all(o.any() for o in outputs):
        return
    rows, columns = shapes.pop()
    parts = []
    for o in outputs:
        r, c = np.flatnonzero(o.any(axis=1)), np.flatnonzero(o.any(axis=0))
        parts.append(np.ascontiguousarray(o[r[0] : r[-1] + 1, c[0] : c[-1] + 1]))
    if sum(p.size for p in parts) > MOST_FULL * len(parts) * rows * columns:
        return
    for place in map(str, PLACE.values):
        arguments = (place, f"{rows}x{columns}")
        made = [pad_to(p, *arguments) for p in parts]
        if all(m is not None and (m == o).all() for m, o in zip(made, outputs, strict=True)):
            yield arguments, tuple(parts)
            return
