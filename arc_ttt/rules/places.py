"""Places of a grid: those that a region has, and which of them are empty cells of it."""

from __future__ import annotations

import numpy as np

from arc_ttt.types import Cells

Places = tuple[np.ndarray, np.ndarray]  # rows, columns


def none() -> Places:
    return np.zeros(0, np.intp), np.zeros(0, np.intp)


def free(cells: Cells, rows: np.ndarray, columns: np.ndarray) -> Places:
    """Those of the places that lie within the grid and are empty."""
    inside = (rows >= 0) & (columns >= 0) & (rows < cells.shape[0]) & (columns < cells.shape[1])
    rows, columns = rows[inside], columns[inside]
    empty = cells[rows, columns] == 0
    return rows[empty], columns[empty]
