"""A program's grid together with another: joined cell by cell by a table that was read off demonstrations, shown where
the other lets it through, or with the grid as it was, cut where the program's is coloured or covered with it."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from arc_ttt.rules.language import OTHER, PROGRAM, Kind, Program, operation, run
from arc_ttt.rules.whole import bounding_box
from arc_ttt.types import COLOURS, Cells

_NONE = 255


def is_join(word: str) -> bool:
    """Whether `word` is such as 0x0to0_1x2to3: colours of the first and the second grid, and what they give."""
    return re.fullmatch(r"\dx\dto\d(_\dx\dto\d)*", word) is not None


JOIN = Kind("joining table", ("0x0to0_0x1to1_1x0to1_1x1to2", "0x0to3_0x2to0_1x0to0_1x2to0"), is_join)


@lru_cache(maxsize=256)
def join_table(word: str) -> npt.NDArray[np.uint8]:
    """(100,) the colour for ten times the first colour plus the second; 255 where the word says nothing."""
    table = np.full(COLOURS * COLOURS, _NONE, np.uint8)
    for entry in word.split("_"):
        table[10 * int(entry[0]) + int(entry[2])] = int(entry[-1])
    return table


def join_word(entries: dict[int, int]) -> str:
    """The word for a table from ten times the first colour plus the second."""
    return "_".join(f"{key // 10}x{key % 10}to{value}" for key, value in sorted(entries.items()))


@operation("any", first=PROGRAM, second=PROGRAM, table=JOIN, result=OTHER, weight=0)
def join(cells: Cells, first: Program, second: Program, table: str) -> Cells | None:
    """Two programs make grids of the same size; each cell takes the colour that its two colours in these give."""
    a, b = run(first, cells), run(second, cells)
    if a is None or b is None or a.shape != b.shape:
        return None
    out = join_table(table)[a.astype(np.intp) * COLOURS + b]
    return None if (out == _NONE).any() else out


LET_THROUGH = Kind("where a mask lets through", ("coloured", "empty"))


@operation("any", mask=PROGRAM, where=LET_THROUGH, picture=PROGRAM, result=OTHER, weight=0)
def show_where(cells: Cells, mask: Program, where: str, picture: Program) -> Cells | None:
    """Of what the second program makes only those cells stay where the grid of the first one is coloured (or empty); a
    smaller picture is scaled up to that size."""
    a, b = run(mask, cells), run(picture, cells)
    if a is not None and b is not None and a.shape != b.shape:
        b = blown_up(b, a.shape)
    if a is None or b is None:
        return None
    return np.where((a != 0) == (where == "coloured"), b, np.uint8(0))


@operation("any", mask=PROGRAM, where=LET_THROUGH, picture=PROGRAM, weight=0)
def lay_where(cells: Cells, mask: Program, where: str, picture: Program) -> Cells | None:
    """What the second program makes replaces the grid where the grid of the first one is coloured (or empty)."""
    a, b = run(mask, cells), run(picture, cells)
    if b is not None and b.shape != cells.shape:
        b = blown_up(b, cells.shape)
    if a is None or b is None or a.shape != cells.shape:
        return None
    return np.where((a != 0) == (where == "coloured"), b, cells)


@operation("any", program=PROGRAM, result=OTHER, weight=0)
def crop_where(cells: Cells, program: Program) -> Cells | None:
    """The part of the grid that lies in the box of what a program of the same size leaves coloured."""
    made = run(program, cells)
    box = None if made is None or made.shape != cells.shape else bounding_box(made)
    return None if box is None else cells[box].copy()


@operation("any", program=PROGRAM, result=OTHER, weight=0)
def cover_with(cells: Cells, program: Program) -> Cells | None:
    """What a program makes, again and again from the upper left corner on, over the size of the grid."""
    made = run(program, cells)
    return None if made is None or made.shape == cells.shape else repeated(made, cells.shape)


def repeated(piece: Cells, shape: tuple[int, ...]) -> Cells:
    """A grid of this (rows, columns) tiled with `piece`, cut off at the end."""
    out: Cells = piece[np.arange(shape[0]) % piece.shape[0]][:, np.arange(shape[1]) % piece.shape[1]]
    return out


def blown_up(made: Cells, shape: tuple[int, ...]) -> Cells | None:
    """Each cell a block of one size, so that they fill (rows, columns); None where that is not possible."""
    down, across = shape[0] // made.shape[0], shape[1] // made.shape[1]
    if (made.shape[0] * down, made.shape[1] * across) != shape:
        return None
    return np.kron(made, np.ones((down, across), np.uint8))
