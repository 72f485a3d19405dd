"""Grid → what lies beside a line that runs through it appears on the other side, too."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.types import Cells

# The colour of an image: that of what is mirrored, or the line's.
IMAGE_INK = Kind("ink of an image", ("own", "line"))


def _line(lines: Cells) -> int | None:
    """The one row that is all of one colour; None where there are several or none, or it is the first or last."""
    full = np.flatnonzero((lines[:, 0] != 0) & (lines == lines[:, :1]).all(axis=1))
    return int(full[0]) if len(full) == 1 and 0 < full[0] < len(lines) - 1 else None


def _mirrored_over(lines: Cells, at: int, ink: str) -> Cells:
    """The rows, each empty cell with the colour of its image beyond row `at`, or with that of this row."""
    out = lines.copy()
    numbers = np.arange(max(0, 2 * at - len(lines) + 1), min(len(lines), 2 * at + 1))
    images = lines[2 * at - numbers]
    if ink == "line":
        images = np.where(images == 0, images, lines[at, 0])
    out[numbers] = np.where(lines[numbers] == 0, images, lines[numbers])
    return out


@operation("barrier", ink=IMAGE_INK, weight=0)
def mirror_over_lines(cells: Cells, ink: str) -> Cells | None:
    """What lies on either side of the one full row and the one full column of a colour is mirrored onto the other side
    as far as it is empty, perhaps in the colour of the line."""
    row, column = _line(cells), _line(np.ascontiguousarray(cells.T))
    out = cells if row is None else _mirrored_over(cells, row, ink)
    if column is not None:
        out = np.ascontiguousarray(_mirrored_over(np.ascontiguousarray(out.T), column, ink).T)
    return None if (out == cells).all() else out
