"""Operations in whose last step a program's small grid is spread over a larger one: over the panels or blocks of the
grid, or again and again over a size that was read off demonstrations."""

from __future__ import annotations

import re

from arc_ttt.rules.blocks import refined
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
