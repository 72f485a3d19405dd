"""Operations on patterns: repair what is hidden, continue, find the period."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import (
    DIRECTION,
    INK,
    MARK,
    OTHER,
    operation,
)
from arc_ttt.rules.whole import facing, facing_back
from arc_ttt.types import Cells


@operation("masked", mark=MARK, weight=12)
def repair_period(cells: Cells, mark: int) -> Cells | None:
    """Cells of colour `mark` are restored so that the grid repeats with its smallest period down and across."""
    known = cells != mark
    if known.all() or not known.any():
        return None
    down = _period(cells, known)
    across = _period(np.ascontiguousarray(cells.T), np.ascontiguousarray(known.T))
    if down is None or across is None:
        return None
    out = cells.copy()
    for r in range(down):
        for c in range(across):
            part, seen = out[r::down, c::across], known[r::down, c::across]
            values = part[seen]
            if not len(values) or (values != values[0]).any():
                return None
            part[:] = values[0]
    return out


def _period(cells: Cells, known: np.ndarray) -> int | None:
    """The smallest shift of rows, up to half of them, under which all known cells agree."""
    for p in range(1, cells.shape[0] // 2 + 1):
        if not ((cells[p:] != cells[:-p]) & known[p:] & known[:-p]).any():
            return p
    return None


@operation("masked", mark=MARK, weight=12)
def repair_symmetry(cells: Cells, mark: int) -> Cells | None:
    """Cells of colour `mark` are restored from the mirror images and turns that all other cells agree with."""
    known = cells != mark
    if known.all():
        return None
    out, seen = cells.copy(), known.copy()
    found = 0
    for down, across in ((1, -1), (-1, 1), (-1, -1)):
        other, visible = cells[::down, ::across], known[::down, ::across]
        if ((other == cells) | ~known | ~visible).all():
            found += 1
            out = np.where(~seen & visible, other, out)
            seen = seen | visible
    if cells.shape[0] == cells.shape[1] and ((cells == cells.T) | ~known | ~known.T).all():
        out, found = np.where(~seen & seen.T, out.T, out), found + 1
        seen = seen | seen.T
    return out if found and seen.all() else None


@operation("masked", mark=MARK, result=OTHER, weight=7)
def restore_patch(cells: Cells, mark: int) -> Cells | None:
    """What a rectangle of colour `mark` hides in a pattern with a symmetry or a period."""
    rows, columns = np.nonzero(cells == mark)
    if not len(rows):
        return None
    box = np.s_[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    whole = repair_symmetry(cells, mark)
    if whole is None:
        whole = repair_period(cells, mark)
    return None if whole is None or not (cells[box] == mark).all() else whole[box].copy()


@operation("beginning", direction=DIRECTION, weight=8)
def continue_pattern(cells: Cells, direction: str) -> Cells | None:
    """The lines from the far side down to the last coloured one repeat with their smallest period, of which two lines
    at least are seen again, to the end."""
    turned = facing(cells, direction)
    filled = np.flatnonzero(turned.any(axis=1))
    if not len(filled) or filled[-1] == len(turned) - 1 or filled[0] != 0:
        return None
    start = turned[: filled[-1] + 1]
    period = _period(start, np.ones(start.shape, bool)) or _begun(start) or len(start)
    return facing_back(start[np.arange(len(turned)) % period], direction)


def _begun(cells: Cells) -> int | None:
    """The smallest shift of rows, more than half of them, of which two and more are repeated."""
    longer = range(len(cells) // 2 + 1, len(cells) - 1)
    return next((p for p in longer if (cells[p:] == cells[:-p]).all()), None)


@operation("beginning", mark=MARK, ink=INK, direction=DIRECTION, weight=1.5)
def continue_recoloured(cells: Cells, mark: int, ink: int, direction: str) -> Cells | None:
    """As `continue_pattern`, and one colour becomes another."""
    out = continue_pattern(cells, direction)
    return None if out is None else np.where(out == mark, np.uint8(ink), out)


@operation("pattern", "periodic", result=OTHER, weight=6)
def one_period(cells: Cells) -> Cells | None:
    """The smallest piece whose repetition, down and across, is the grid."""
    down = _period(cells, np.ones(cells.shape, bool))
    across = _period(np.ascontiguousarray(cells.T), np.ones(cells.T.shape, bool))
    if down is None and across is None:
        return None
    return cells[:down, :across].copy()
