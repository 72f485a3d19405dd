"""What lies on the border of a grid, repeated along it round the corners."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.types import Cells

GAPS = Kind("gap of copies", ("own", "none", "cell"))
SENSE = Kind("sense along the border", ("clockwise", "counter"))


def border_of(shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the border's cells, clockwise from the upper left corner; of a single line all its cells."""
    if min(shape) == 1:
        rows, columns = np.indices(shape)
        return rows.ravel(), columns.ravel()
    bottom, right = shape[0] - 1, shape[1] - 1
    down, across = np.arange(bottom), np.arange(right)
    rows = np.concatenate([0 * across, down, 0 * across + bottom, bottom - down])
    columns = np.concatenate([across, 0 * down + right, right - across, 0 * down])
    return rows, columns


def _gap(line: np.ndarray) -> tuple[int, int]:
    """The first of the longest runs of empty cells in a line that is closed to a circle: start and length."""
    n = len(line)
    first = int(np.flatnonzero(line)[0])
    turned = np.append(np.roll(line, -first) != 0, True)
    marks = np.flatnonzero(turned)
    lengths = np.diff(marks) - 1
    at = int(lengths.argmax())
    return (first + int(marks[at]) + 1) % n, int(lengths[at])


@operation("edge", "lines", gap=GAPS, sense=SENSE, weight=0)
def repeat_along_border(cells: Cells, gap: str, sense: str) -> Cells | None:
    """What lies on the border of the grid is repeated along it, round the corners, until it comes back to itself: with
    gaps as long as it is, without gaps, or a cell apart."""
    if min(cells.shape) < 2:
        return None
    rows, columns = border_of(cells.shape)
    if sense == "counter":
        rows, columns = rows[::-1], columns[::-1]
    line = cells[rows, columns]
    if not line.any():
        return None
    start, empty = _gap(line)
    own = len(line) - empty
    step = own + {"own": own, "none": 0, "cell": 1}[gap]
    if empty < own or step >= len(line):
        return None
    # From where the pattern begins: after the gap.
    turn = (start + empty) % len(line)
    turned = np.roll(line, -turn)
    period = np.zeros(step, np.uint8)
    period[:own] = turned[:own]
    new = np.roll(np.resize(period, len(line)), turn)
    out = cells.copy()
    out[rows, columns] = new
    return out
