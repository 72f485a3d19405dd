"""Changes of a thing into a figure that its box holds: the frame, the cross of its middle lines, its diagonals."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from arc_ttt.rules.acts_measured import Placed
from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.types import Cells

# Fewest rows and columns of a box of which a figure is drawn.
_LEAST_SIDE = 3


def _ring(height: int, width: int) -> np.ndarray:
    """(height, width) how many rings of the box lie around each cell."""
    down, right = (np.minimum(np.arange(n), np.arange(n)[::-1]) for n in (height, width))
    away: np.ndarray = np.minimum(down[:, None], right[None])
    return away


def _cross(height: int, width: int) -> np.ndarray:
    """The middle row and column; of an even number of them the middle two."""
    down, right = (abs(2 * np.arange(n) - n + 1) <= 1 for n in (height, width))
    cross: np.ndarray = down[:, None] | right[None]
    return cross


def _slants(height: int, width: int) -> np.ndarray:
    """The diagonals of a square; nothing of what is none."""
    if height != width:
        return np.zeros((height, width), bool)
    return np.asarray(np.eye(height, dtype=bool) | np.eye(height, dtype=bool)[::-1])


def _corners(height: int, width: int) -> np.ndarray:
    mask = np.zeros((height, width), bool)
    mask[[0, 0, -1, -1], [0, -1, 0, -1]] = True
    return mask


def _target(height: int, width: int) -> np.ndarray:
    """The frame and the middle cell."""
    mask: np.ndarray = _ring(height, width) == 0
    if height % 2 and width % 2:
        mask[height // 2, width // 2] = True
    else:
        mask[:] = False
    return mask


_FIGURES: dict[str, Callable[[int, int], np.ndarray]] = {
    "frame": lambda h, w: np.asarray(_ring(h, w) == 0),
    "full": lambda h, w: np.ones((h, w), bool),
    "cross": _cross,
    "slants": _slants,
    "corners": _corners,
    "target": _target,
    "rings": lambda h, w: np.asarray(_ring(h, w) % 2 == 0),
    "checks": lambda h, w: np.asarray(np.indices((h, w)).sum(axis=0) % 2 == 0),
}


@lru_cache(maxsize=512)
def _figure(name: str, height: int, width: int) -> Cells:
    return _FIGURES[name](height, width).astype(np.uint8)


def _become(name: str) -> Callable[[Crowd, int], Placed | None]:
    """In its most common colour the figure of its box."""

    def become(c: Crowd, i: int) -> Placed | None:
        t = c.things[i]
        if min(t.cells.shape) < _LEAST_SIDE:
            return None
        figure = _figure(name, t.height, t.width)
        return (figure * np.uint8(ink_of(t)), t.top, t.left) if figure.any() else None

    return become


BECOME: dict[str, Callable[[Crowd, int], Placed | None]] = {f"become{name}": _become(name) for name in _FIGURES}
