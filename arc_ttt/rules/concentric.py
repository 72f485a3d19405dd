"""A list of colours → squares in each other, one for each colour."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.types import MAX_SIDE, Cells

FIRST = Kind("place of the first", ("outside", "inside"))


@operation("small", "lines", first=FIRST, result=OTHER, weight=0)
def nest_list(cells: Cells, first: str) -> Cells | None:
    """One row or column of colours as squares in each other, each a frame of one cell's width; the first colour outside
    or inside."""
    inks = cells.ravel()
    side = 2 * len(inks) - 1
    if min(cells.shape) > 1 or len(inks) < 2 or side > MAX_SIDE:
        return None
    away = np.abs(np.arange(side) - (len(inks) - 1))
    ring = np.maximum.outer(away, away)
    out: Cells = inks[ring if first == "inside" else len(inks) - 1 - ring]
    return out


def unnested(cells: Cells, first: str) -> Cells | None:
    """The row of which `nest_list` may make this grid."""
    side = len(cells)
    if cells.shape != (side, side) or side % 2 == 0 or side < 3:
        return None
    row = cells[side // 2 : side // 2 + 1, : side // 2 + 1]
    return row[:, ::-1].copy() if first == "inside" else row.copy()
