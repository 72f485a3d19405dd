"""A lattice of lines from border to border, of which cells are missing, is made whole."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import operation
from arc_ttt.rules.things import colours
from arc_ttt.types import Cells

# What a line has of its colour at least, and what no other row or column has; lines at least, and cells of a line.
_MOSTLY, _FEW, _FEWEST, _SHORTEST = 0.5, 0.35, 2, 5


def _lines(ink: np.ndarray) -> np.ndarray | None:
    """Which rows are lines; None where some row is neither one nor clearly none."""
    share = ink.mean(axis=1)
    lines: np.ndarray = share >= _MOSTLY
    return None if ((share > _FEW) & ~lines).any() else lines


def _lattice(ink: np.ndarray) -> np.ndarray | None:
    """The cells of the lattice's lines; None where there is none."""
    # A row between lines has the cells of the lines that cross it: those do not count.
    rows, columns = ink.mean(axis=1) >= _MOSTLY, ink.mean(axis=0) >= _MOSTLY
    if rows.sum() + columns.sum() < _FEWEST or rows.all() or columns.all():
        return None
    down, across = _lines(ink[:, ~columns]), _lines(ink[~rows].T)
    if down is None or across is None:
        return None
    both: np.ndarray = down[:, None] | across[None]
    beside = (down[1:] & down[:-1]).any() or (across[1:] & across[:-1]).any()
    return None if beside or down.sum() + across.sum() < _FEWEST else both


@operation("panels", "noise", weight=0)
def mend_lattice(cells: Cells) -> Cells | None:
    """Lines from border to border that have gaps, or are covered here and there, become whole."""
    if min(cells.shape) < _SHORTEST:
        return None
    for ink in colours(cells):
        mask = cells == ink
        lines = _lattice(mask) if np.count_nonzero(mask) >= _FEWEST * _SHORTEST / 2 else None
        if lines is not None and not mask[lines].all():
            return np.where(lines, np.uint8(ink), cells).astype(np.uint8)
    return None
