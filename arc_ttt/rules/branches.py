"""Operations on whole programs: overlay, append, compare or choose what they make."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import (
    DIRECTION,
    INK,
    LOGIC,
    OTHER,
    PROGRAM,
    Kind,
    Program,
    operation,
    run,
)
from arc_ttt.rules.panels import logic
from arc_ttt.rules.things import (
    colours,
    things,
)
from arc_ttt.rules.whole import bounding_box, facing, facing_back
from arc_ttt.types import MAX_SIDE, Cells

TEST = Kind("test", ("many_things", "mirrored", "wide", "many_colours"))


@operation("any", first=PROGRAM, second=PROGRAM, result=OTHER)
def overlay(cells: Cells, first: Program, second: Program) -> Cells | None:
    """One program's output laid upon another's of the same size."""
    a, b = run(first, cells), run(second, cells)
    if a is None or b is None or a.shape != b.shape:
        return None
    return np.where(a != 0, a, b)


@operation("small", direction=DIRECTION, program=PROGRAM, result=OTHER, weight=3)
def append(cells: Cells, direction: str, program: Program) -> Cells | None:
    """The grid, and beside it in a direction what a program makes of it."""
    other = run(program, cells)
    if other is None:
        return None
    a, b = facing(cells, direction), facing(other, direction)
    if a.shape[1] != b.shape[1] or len(a) + len(b) > MAX_SIDE:
        return None
    return facing_back(np.concatenate([a, b]), direction)


@operation("small", "lopsided", program=PROGRAM, word=LOGIC, ink=INK, weight=3)
def compare(cells: Cells, program: Program, word: str, ink: int) -> Cells | None:
    """Where the grid and what a program of the same size makes of it are coloured as `word` says, one colour."""
    other = run(program, cells)
    if other is None or other.shape != cells.shape:
        return None
    return logic(word, cells != 0, other != 0).astype(np.uint8) * np.uint8(ink)


@operation("any", "lopsided", "small", program=PROGRAM, ink=INK)
def paint_changes(cells: Cells, program: Program, ink: int) -> Cells | None:
    """A program of the same size runs; the empty cells that it paints take one colour, nothing else changes."""
    other = run(program, cells)
    if other is None or other.shape != cells.shape:
        return None
    return np.where((cells == 0) & (other != 0), np.uint8(ink), cells)


@operation("single", "lopsided", program=PROGRAM, weight=2)
def change_box(cells: Cells, program: Program) -> Cells | None:
    """A program that keeps the size runs on the bounding box of all colours."""
    box = bounding_box(cells)
    if box is None:
        return None
    new = run(program, np.ascontiguousarray(cells[box]))
    if new is None or new.shape != cells[box].shape:
        return None
    out = cells.copy()
    out[box] = new
    return out


@operation("small", "single", "few", test=TEST, first=PROGRAM, second=PROGRAM, result=OTHER, weight=0.7)
def decide(cells: Cells, test: str, first: Program, second: Program) -> Cells | None:
    """One program if the grid passes a test, another if not."""
    passed = {
        "many_things": len(things(cells, "mixed")) > 2,
        "mirrored": bool((cells == cells[:, ::-1]).all()),
        "wide": cells.shape[1] > cells.shape[0],
        "many_colours": len(colours(cells)) > 2,
    }[test]
    return run(first if passed else second, cells)
