"""A picture cut by a straight line, of which one side has slipped along it, is put right."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from arc_ttt.rules.language import Kind, operation, tried_at_once
from arc_ttt.types import Cells

MENDED = Kind("side that moves", ("rightdown", "leftup", "smaller"))
_LEAST_SIDE, _MOST_SLIP = 3, 6


def _cuts(cells: Cells) -> Iterator[tuple[int, int]]:
    """(last column of the left side, first of the right side): about each full column of one colour."""
    width = cells.shape[1]
    full = np.flatnonzero((cells == cells[:1]).all(axis=0) & (cells[0] != 0))
    for c in full.tolist():
        if 2 <= c < width - 2:
            yield c - 1, c + 1


def _shifted(side: Cells, by: int) -> Cells:
    """A side (or one column of it) moved down; what leaves the grid is lost."""
    out, rows = np.zeros_like(side), len(side)
    out[max(0, by) : rows + min(0, by)] = side[max(0, -by) : rows - max(0, by)]
    return out


def _slip(left: Cells, right: Cells) -> int:
    """By how many cells the right edge has to move down so that its coloured cells go on those of the left one; 0
    where that is not one number."""
    found: list[tuple[int, int]] = []
    most = min(_MOST_SLIP, len(left) - 1)
    for k in range(-most, most + 1):
        moved = _shifted(right, k)
        lost = int(np.count_nonzero(right)) - int(np.count_nonzero(moved))
        alike = int(np.count_nonzero((moved == left) & (left != 0)))
        differ = int(np.count_nonzero((moved != left) & (moved != 0) & (left != 0)))
        found.append((alike - differ - lost, k))
    best = max(n for n, _ in found)
    ways = [k for n, k in found if n == best]
    still = next(n for n, k in found if k == 0)
    return ways[0] if len(ways) == 1 and best > max(1, still) else 0


def _moved(side: Cells, by: int) -> Cells | None:
    """A side moved down; None where coloured cells leave the grid."""
    out = _shifted(side, by)
    return out if np.count_nonzero(out) == np.count_nonzero(side) else None


def _mended(cells: Cells, moves: str) -> Cells | None:
    for last, first in _cuts(cells):
        by = _slip(cells[:, last], cells[:, first])
        if not by:
            continue
        small = "rightdown" if cells.shape[1] - first <= last + 1 else "leftup"
        side = slice(first, None) if (small if moves == "smaller" else moves) == "rightdown" else slice(0, last + 1)
        made = _moved(cells[:, side], by if side.start == first else -by)
        if made is not None:
            out = cells.copy()
            out[:, side] = made
            return out
    return None


@operation("any", moves=MENDED, weight=0)
def mend_slip(cells: Cells, moves: str) -> Cells | None:
    """What lies on one side of a full line of one colour is moved along it until what touches the line goes on at its
    other side: what lies right of it or below it, left of it or above it, or on the smaller side."""
    if min(cells.shape) < _LEAST_SIDE:
        return None
    out = _mended(cells, moves)
    if out is None:
        turned = _mended(np.ascontiguousarray(cells.T), moves)
        out = None if turned is None else np.ascontiguousarray(turned.T)
    return out


tried_at_once("mend_slip")
