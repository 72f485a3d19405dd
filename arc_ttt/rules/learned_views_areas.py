"""Views of what lies in the same part of the grid as a cell: in its quarter, its ring, its slanting line, or the part
between the grid's diagonals."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.learned_views import NOTHING, Scene, view, with_setting
from arc_ttt.rules.learned_views_plans import VIEWS, scene

__all__ = ["VIEWS", "scene"]


def _quarter(s: Scene) -> np.ndarray:
    """1 to 4; 0 on the middle row and the middle column."""
    h, w = s.cells.shape
    down, right = np.sign(2 * s.rows - h + 1), np.sign(2 * s.columns - w + 1)
    return np.where(down * right == 0, 0, (down + 1) + (right + 1) // 2 + 1)


def _sector(s: Scene) -> np.ndarray:
    """1 to 4 above, below, left and right of the middle; 0 on the diagonals."""
    h, w = s.cells.shape
    down, right = (2 * s.rows - h + 1) * w, (2 * s.columns - w + 1) * h
    upright = np.where(down < 0, 1, 2)
    return np.where(abs(down) == abs(right), 0, np.where(abs(down) > abs(right), upright, np.where(right < 0, 3, 4)))


_AREAS: dict[str, tuple[Callable[[Scene], np.ndarray], float]] = {
    "quarter": (_quarter, 4.5),
    "sector": (_sector, 5),
    "ring": (lambda s: s["depth"] + 1, 4.5),
    "rising": (lambda s: s.rows + s.columns + 1, 4.5),
    "falling": (lambda s: s.rows - s.columns + s.cells.shape[1], 4.5),
}


def _colour(s: Scene, area: Callable[[Scene], np.ndarray]) -> np.ndarray:
    """The one colour but the background in the same area; 0 for none, no colour for several."""
    areas = area(s)
    high, low = np.zeros(int(areas.max()) + 1, np.uint8), np.full(int(areas.max()) + 1, 99, np.uint8)
    np.maximum.at(high, areas[s.ink], s.cells[s.ink])
    np.minimum.at(low, areas[s.ink], s.cells[s.ink])
    one = np.where(high == 0, 0, np.where(high == low, high, NOTHING))
    one[0] = 0
    seen: np.ndarray = one[areas]
    return seen


view("halfofrows", 4.5)(lambda s: np.sign(2 * s.rows - s.cells.shape[0] + 1) + 1)
view("halfofcolumns", 4.5)(lambda s: np.sign(2 * s.columns - s.cells.shape[1] + 1) + 1)
view("sector", 5)(_sector)
for _name, (_area, _cost) in _AREAS.items():
    view(f"{_name}colour", _cost, colour=True)(with_setting(_colour, _area))
