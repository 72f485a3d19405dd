"""Grids written as text, and programs run on them."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules import operations
from arc_ttt.rules.language import Argument, parse_program, run
from arc_ttt.types import Cells


def cells(text: str) -> Cells:
    """Rows separated by `/`, a dot for the background."""
    return np.array([[int(c) for c in row.replace(".", "0")] for row in text.split("/")], np.uint8)


def text(grid: Cells | None) -> str:
    return "None" if grid is None else "/".join("".join(map(str, row)).replace("0", ".") for row in grid.tolist())


def made(program: str, before: str) -> str:
    return text(run(parse_program(program), cells(before)))


def fitted(name: str, *pairs: tuple[str, str]) -> list[tuple[Argument, ...]]:
    """What the fit of an operation reads off pairs of grids."""
    fit = operations.OPERATIONS[name].fit
    assert fit is not None
    return list(fit([cells(a) for a, _ in pairs], [cells(b) for _, b in pairs]))
