"""Lines of the grid that begin at a border with what repeats, and go on so to the other one."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.types import Cells

LINES = Kind("lines that go on", ("rows", "columns", "both"))
STRIDE = Kind("what repeats", ("period", "mirrored"))


def _period(line: np.ndarray) -> int:
    """The smallest period of what is given, which it must show once and a part more; 0 for none."""
    for p in range(1, len(line) - 1):
        if (line[p:] == line[:-p]).all() and (len(line) >= 2 * p - 1 or len(line) - p >= 3):
            return p
    return 0


def _continued(line: np.ndarray, stride: str) -> np.ndarray | None:
    """The line filled from its first cell on; None where nothing repeats, or where it is full already."""
    known = np.flatnonzero(line)
    if len(known) < 2 or known[0] or known[-1] == len(line) - 1:
        return None
    begun = line[: known[-1] + 1]
    if stride == "mirrored":
        return np.resize(np.concatenate([begun, begun[-2:0:-1]]), len(line)) if len(begun) > 2 else None
    p = _period(begun)
    if p == 1 and len(begun) < 3:
        return None
    return np.resize(begun[:p], len(line)) if p else None


def _rows(cells: Cells, stride: str) -> Cells:
    out = cells.copy()
    for r, line in enumerate(cells):
        for back in (1, -1):
            made = _continued(line[::back], stride)
            if made is not None:
                # What is known stays.
                out[r] = np.where(line == 0, made[::back], line)
                break
    return out


@operation("beginning", lines=LINES, stride=STRIDE, weight=0)
def continue_lines(cells: Cells, lines: str, stride: str) -> Cells | None:
    """Each row (or column) that begins at either border with what repeats goes on so to the other border, each in its
    own period; or to and fro."""
    rows = _rows(cells, stride) if lines != "columns" else cells
    columns = np.ascontiguousarray(_rows(np.ascontiguousarray(cells.T), stride).T) if lines != "rows" else cells
    out = np.where(rows == cells, columns, rows)
    return None if (out == cells).all() else np.ascontiguousarray(out)
