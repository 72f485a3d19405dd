"""Operations in whose last step a program's small grid is spread over a larger one: over the panels or blocks of the
grid, or again and again over a size that was read off demonstrations."""

from __future__ import annotations

import re

import numpy as np

from arc_ttt.rules.blocks import refined
from arc_ttt.rules.features import feature
from arc_ttt.rules.joined import blown_up, repeated
from arc_ttt.rules.language import OTHER, PROGRAM, Kind, Program, operation, run
from arc_ttt.rules.panels import panels
from arc_ttt.types import MAX_SIDE, Cells

_TIMES = re.compile(r"x([1-4])by([1-4])|s(\d\d?)by(\d\d?)")


@operation("panels", program=PROGRAM, weight=0)
def fill_panels_with(cells: Cells, program: Program) -> Cells | None:
    """A program makes a grid with one cell for each panel, and each panel is filled with its cell's colour."""
    found = panels(cells)
    if found is None:
        return None
    made = run(program, cells)
    fits = made is not None and made.shape == (len(found.boxes), len(found.boxes[0]))
    return refined(cells, made) if made is not None and fits else None


@operation("any", program=PROGRAM, weight=0)
def fill_blocks_with(cells: Cells, program: Program) -> Cells | None:
    """A program makes a smaller grid, and its cells become blocks, so that it has the size of the grid again."""
    made = run(program, cells)
    return None if made is None or made.shape == cells.shape else blown_up(made, cells.shape)


# How large: so many times the grid's height and width (x2by2), or of a constant size (s10by10).
EXTENT = Kind("extent of a repetition", ("x2by2", "s10by10"), lambda word: _TIMES.fullmatch(word) is not None)


@operation("pattern", extent=EXTENT, program=PROGRAM, result=OTHER, weight=0)
def repeat_over(cells: Cells, extent: str, program: Program) -> Cells | None:
    """What a program makes, again and again from the upper left corner on, over a larger size: so many times that of
    the grid, or a constant one."""
    made = run(program, cells)
    shape = extended(extent, cells.shape)
    if made is None or max(shape) > MAX_SIDE or min(shape) < 1 or made.shape == shape:
        return None
    return repeated(made, shape)


def extended(extent: str, shape: tuple[int, ...]) -> tuple[int, int]:
    """(rows, columns) that the word says for a grid of `shape`."""
    match = _TIMES.fullmatch(extent)
    assert match is not None
    if match[1]:
        return int(match[1]) * shape[0], int(match[2]) * shape[1]
    return int(match[3]), int(match[4])


HOW_OFTEN = Kind("what becomes more", ("cells", "tiles", "across", "down"))
OFTEN_FEATURE = Kind(
    "feature that counts",
    ("singles", "colours", "things", "lumps", "holes", "coloured", "blocks", "alike", "loners", "mostthings", "rares"),
)


def made_larger(cells: Cells, how: str, times: int) -> Cells:
    """Every cell as a square block (cells), or the grid again and again, both ways or one (tiles, across, down)."""
    if how == "cells":
        return np.kron(cells, np.ones((times, times), np.uint8))
    return np.tile(cells, (1 if how == "across" else times, 1 if how == "down" else times))


def made_smaller(cells: Cells, how: str, times: int) -> Cells | None:
    """The grid of which `made_larger` makes this one; None where there is none."""
    rows, columns = (1 if how == "across" else times), (1 if how == "down" else times)
    if cells.shape[0] % rows or cells.shape[1] % columns:
        return None
    part = cells[::times, ::times] if how == "cells" else cells[: len(cells) // rows, : cells.shape[1] // columns]
    return np.ascontiguousarray(part) if (made_larger(part, how, times) == cells).all() else None


@operation("scaled", "pattern", how=HOW_OFTEN, name=OFTEN_FEATURE, program=PROGRAM, result=OTHER, weight=0)
def enlarge_made(cells: Cells, how: str, name: str, program: Program) -> Cells | None:
    """What a program makes, every cell as a square block, or repeated, as many times as there is something of a kind in
    the grid."""
    made, times = run(program, cells), feature(cells, name)
    if made is None or not 1 <= times <= MAX_SIDE // max(made.shape):
        return None
    return made_larger(made, how, times)
