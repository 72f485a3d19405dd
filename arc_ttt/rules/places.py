"""Places of a grid: those that a region or a patch has, and which of them are cells of it, or empty ones."""

from __future__ import annotations

import numpy as np

from arc_ttt.types import Cells

Places = tuple[np.ndarray, np.ndarray]  # rows, columns
# A step of a cell, by its name: to a side, and to a corner.
DIRECTIONS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
SLANTS = {"ul": (-1, -1), "ur": (-1, 1), "ll": (1, -1), "lr": (1, 1)}


def none() -> Places:
    return np.zeros(0, np.intp), np.zeros(0, np.intp)


def places_of(mask: np.ndarray) -> Places:
    """The cells of a mask."""
    rows, columns = np.nonzero(mask)
    return rows, columns


def inside(cells: Cells, r: int, c: int) -> bool:
    """Whether the grid has such a cell."""
    return bool(0 <= r < cells.shape[0] and 0 <= c < cells.shape[1])


def is_free(cells: Cells, r: int, c: int) -> bool:
    """Whether the grid has such a cell, and it is empty."""
    return inside(cells, r, c) and not cells[r, c]


def within(cells: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Which of the places lie within the grid."""
    kept: np.ndarray = (rows >= 0) & (columns >= 0) & (rows < cells.shape[0]) & (columns < cells.shape[1])
    return kept


def put(cells: Cells, patch: Cells, top: int, left: int) -> tuple[Places, np.ndarray]:
    """The places and colours of a patch within the grid."""
    rows, columns = np.nonzero(patch)
    inks = patch[rows, columns]
    rows, columns = rows + top, columns + left
    kept = within(cells, rows, columns)
    return (rows[kept], columns[kept]), inks[kept]


def free(cells: Cells, rows: np.ndarray, columns: np.ndarray) -> Places:
    """Those of the places that lie within the grid and are empty."""
    kept = within(cells, rows, columns)
    rows, columns = rows[kept], columns[kept]
    empty = cells[rows, columns] == 0
    return rows[empty], columns[empty]
