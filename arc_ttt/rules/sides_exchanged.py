"""What lies on either side of a line from border to border changes places."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import Kind, operation, tried_at_once
from arc_ttt.types import Cells

EXCHANGED = Kind("how sides change places", ("mirrored", "moved"))


def _line(cells: Cells) -> int | None:
    """The one row between others that is all of one colour; None where there are several or none."""
    full = np.flatnonzero((cells[:, 0] != 0) & (cells == cells[:, :1]).all(axis=1))
    inner = full[(full > 0) & (full < len(cells) - 1)]
    return int(inner[0]) if len(inner) == 1 else None


def _exchanged(cells: Cells, at: int, how: str) -> Cells:
    """As many rows as there are on both sides of row `at` change places."""
    n = min(at, len(cells) - 1 - at)
    out = cells.copy()
    above, below = cells[at - n : at], cells[at + 1 : at + 1 + n]
    out[at - n : at] = below[::-1] if how == "mirrored" else below
    out[at + 1 : at + 1 + n] = above[::-1] if how == "mirrored" else above
    return out


@operation("barrier", how=EXCHANGED, weight=0)
def exchange_sides(cells: Cells, how: str) -> Cells:
    """What lies on either side of the one full row (or column, or both) of a colour changes places, mirrored over it or
    as it is; nothing changes where there is none."""
    row, column = _line(cells), _line(np.ascontiguousarray(cells.T))
    out = cells if row is None else _exchanged(cells, row, how)
    if column is not None:
        out = np.ascontiguousarray(_exchanged(np.ascontiguousarray(out.T), column, how).T)
    return out.copy()


tried_at_once("exchange_sides")
