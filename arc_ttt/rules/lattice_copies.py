"""The grid again and again in the fields of a lattice; and the halves or quarters of the grid moved apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.blocks import LAYOUT, tile_by_layout
from arc_ttt.rules.language import OPERATIONS, OTHER, Argument, Kind, fits, makes, operation
from arc_ttt.types import COLOURS, MAX_SIDE, Cells

_LINES = re.compile(r"(between|around)(\d)(?:x(\d))?")
# Where lines are and their colour, and perhaps that of the cells in which they cross or end.
LATTICE_LINES = Kind(
    "lines of a lattice", ("between3", "around3", "around3x0"), lambda word: _LINES.fullmatch(word) is not None
)
_MOST_COPIES = 36


@operation("small", layout=LAYOUT, lines=LATTICE_LINES, result=OTHER, weight=0)
def lay_in_lattice(cells: Cells, layout: str, lines: str) -> Cells | None:
    """The grid again and again, each time turned, mirrored, inverted or left out as a layout says, with lines of one
    colour between, or also around all, perhaps of another one where they cross."""
    found = _LINES.fullmatch(lines)
    rows = layout.split("_")
    down, across = len(rows), len(rows[0])
    rim = int(found is not None and found[1] == "around")
    h, b = cells.shape
    if found is None or down * across < 2 or max(down * (h + 1), across * (b + 1)) - 1 + 2 * rim > MAX_SIDE:
        return None
    tiled = tile_by_layout(cells, layout)
    if tiled is None:
        return None
    out = np.full((down * (h + 1) - 1 + 2 * rim, across * (b + 1) - 1 + 2 * rim), int(found[2]), np.uint8)
    at_rows = np.concatenate([np.arange(h) + rim + k * (h + 1) for k in range(down)])
    at_columns = np.concatenate([np.arange(b) + rim + k * (b + 1) for k in range(across)])
    out[np.ix_(at_rows, at_columns)] = tiled
    if found[3]:
        rest = (np.setdiff1d(np.arange(n), at) for n, at in zip(out.shape, (at_rows, at_columns), strict=True))
        out[np.ix_(*rest)] = int(found[3])
    return out


@fits("lay_in_lattice")
def _fit_lattice(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The lines as they are in the first output; the rest as a layout of the grid, whose fit does it."""
    layouts = OPERATIONS["tile_by_layout"].fit
    (h, b), (rows, columns) = shown[0].shape, wanted[0].shape
    for rim, name in ((1, "around"), (0, "between")):
        down, down_over = divmod(rows + 1 - 2 * rim, h + 1)
        across, across_over = divmod(columns + 1 - 2 * rim, b + 1)
        if down_over or across_over or not 1 < down * across <= _MOST_COPIES or min(down, across) < 1:
            continue
        first = (0, 1) if rim else (h, 0) if down > 1 else (0, b)
        crossing = (0, 0) if rim else (h, b) if min(down, across) > 1 else first
        ink, crossed = int(wanted[0][first]), int(wanted[0][crossing])
        inner = [_fields(s, w, (down, across), rim, (ink, crossed)) for s, w in zip(shown, wanted, strict=True)]
        if layouts is None or any(i is None for i in inner):
            continue
        for (layout,) in layouts(shown, [i for i in inner if i is not None]):
            yield layout, f"{name}{ink}" + (f"x{crossed}" if crossed != ink else "")
            return


def _fields(s: Cells, w: Cells, copies: tuple[int, int], rim: int, inks: tuple[int, int]) -> Cells | None:
    """What an output shows without the lines; None where there are no such lines."""
    (h, b), (rows, columns) = s.shape, w.shape
    if (rows, columns) != (copies[0] * (h + 1) - 1 + 2 * rim, copies[1] * (b + 1) - 1 + 2 * rim):
        return None
    is_row, is_column = (np.arange(rows) + 1 - rim) % (h + 1) == 0, (np.arange(columns) + 1 - rim) % (b + 1) == 0
    if (w[is_row][:, ~is_column] != inks[0]).any() or (w[~is_row][:, is_column] != inks[0]).any():
        return None
    if (w[is_row][:, is_column] != inks[1]).any():
        return None
    return np.ascontiguousarray(w[~is_row][:, ~is_column])


APART = Kind("pieces that are moved apart", ("upper_lower", "left_right", "quarters"))
DISTANCE = Kind("gap of pieces", (0, 1, 2, 3))
# How far the second half lies to the right (or below): so many cells, m for minus, or a half beyond the other.
ASLANT = Kind("slide of a half", ("p0", "p1", "p2", "m1", "m2", "beyond", "before"))
GROUND = Kind("colour between pieces", tuple(range(COLOURS)))


@operation("small", pieces=APART, gap=DISTANCE, slide=ASLANT, ground=GROUND, result=OTHER, weight=0)
def draw_apart(cells: Cells, pieces: str, gap: int, slide: str, ground: int) -> Cells | None:
    """The two halves (or four quarters) of a grid with even sides are moved apart by some cells; the second half may
    also lie some cells further to one side, or wholly beyond the first; what is between has one colour."""
    if pieces == "left_right":
        out = draw_apart(np.ascontiguousarray(cells.T), "upper_lower", gap, slide, ground)
        return None if out is None else np.ascontiguousarray(out.T)
    rows, columns = cells.shape
    if rows % 2 or (pieces == "quarters" and (columns % 2 or slide != "p0" or not gap)):
        return None
    half = rows // 2
    if pieces == "quarters":
        out = np.full((rows + gap, columns + gap), ground, np.uint8)
        middle = columns // 2
        for at, into in ((slice(0, half), 0), (slice(half, rows), gap)):
            out[at.start + into : at.stop + into, :middle] = cells[at, :middle]
            out[at.start + into : at.stop + into, middle + gap :] = cells[at, middle:]
        return out
    right = {"beyond": columns, "before": -columns}.get(slide)
    right = int(slide[1:]) * (1 if slide[0] == "p" else -1) if right is None else right
    if (not gap and not right) or columns + abs(right) > MAX_SIDE or rows + gap > MAX_SIDE:
        return None
    out = np.full((rows + gap, columns + abs(right)), ground, np.uint8)
    first, second = max(0, -right), max(0, right)
    out[:half, first : first + columns] = cells[:half]
    out[half + gap :, second : second + columns] = cells[half:]
    return out


@fits("draw_apart")
def _fit_apart(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The first way whose sizes are those of the first output, with the colour that its new cells have."""
    s, w = shown[0], wanted[0]
    if (w.shape[0] - s.shape[0]) < 0 or (w.shape[1] - s.shape[1]) < 0 or w.size <= s.size or w.size > 4 * s.size:
        return
    for pieces in map(str, APART.values):
        for gap in map(int, DISTANCE.values):
            for slide in map(str, ASLANT.values):
                made = draw_apart(s, pieces, gap, slide, 0)
                if made is None or made.shape != w.shape:
                    continue
                for ground in np.unique(w).tolist():
                    if makes(draw_apart, (pieces, gap, slide, ground), shown, wanted):
                        yield pieces, gap, slide, ground
                        return
