"""Changes of a thing whose extent is measured on it: moves by as many cells as it has, or by its own size towards the
middle, to the nearest corner, to its mirror image, and quarter turns about its own middle."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.regions import DIRECTIONS
from arc_ttt.rules.regions_aimed import margins
from arc_ttt.types import Cells

# What a thing becomes, and the row and column of its first cell then.
Placed = tuple[Cells, int, int]


def _by_size(way: str) -> Callable[[Crowd, int], Placed | None]:
    def by_size(c: Crowd, i: int) -> Placed:
        t = c.things[i]
        return t.cells, t.top + t.size * DIRECTIONS[way][0], t.left + t.size * DIRECTIONS[way][1]

    return by_size


def _inwards(c: Crowd, i: int) -> Placed:
    """Its own height and width towards the middle of the grid."""
    t, (rows, columns) = c.things[i], c.cells.shape
    down = int(np.sign(rows - 1 - t.top - t.bottom)) * t.height
    return t.cells, t.top + down, t.left + int(np.sign(columns - 1 - t.left - t.right)) * t.width


def _spun(quarters: int) -> Callable[[Crowd, int], Placed | None]:
    def spun(c: Crowd, i: int) -> Placed | None:
        t = c.things[i]
        if (t.height - t.width) % 2:
            return None
        down = (t.height - t.width) // 2
        return np.rot90(t.cells, quarters), t.top + down, t.left - down

    return spun


def _to_corner(c: Crowd, i: int) -> Placed | None:
    """To the nearest corner; nowhere where two are as near."""
    t, (rows, columns), away = c.things[i], c.cells.shape, margins(c, c.things[i])
    if away["up"] == away["down"] or away["left"] == away["right"]:
        return None
    top = 0 if away["up"] < away["down"] else rows - t.height
    return t.cells, top, 0 if away["left"] < away["right"] else columns - t.width


def _to_middle(c: Crowd, i: int) -> Placed | None:
    """Onto the middle of the grid."""
    t, (rows, columns) = c.things[i], c.cells.shape
    if (rows - t.height) % 2 or (columns - t.width) % 2:
        return None
    return t.cells, (rows - t.height) // 2, (columns - t.width) // 2


def _over(across: bool) -> Callable[[Crowd, int], Placed | None]:
    """To the place of its mirror image, left and right (across) or top and bottom, of the grid."""

    def over(c: Crowd, i: int) -> Placed:
        t, (rows, columns) = c.things[i], c.cells.shape
        return (
            (t.cells[:, ::-1], t.top, columns - 1 - t.right) if across else (t.cells[::-1], rows - 1 - t.bottom, t.left)
        )

    return over


def _shrunk(c: Crowd, i: int) -> Placed | None:
    """Only its middle cell stays, in its colour."""
    t = c.things[i]
    if not t.height % 2 or not t.width % 2 or t.size < 2:
        return None
    return np.full((1, 1), t.colour, np.uint8), t.top + t.height // 2, t.left + t.width // 2


def _scaled(place: str) -> Callable[[Crowd, int], Placed | None]:
    """Twice as high and wide, its upper left corner (or its middle) where it was."""

    def scaled(c: Crowd, i: int) -> Placed:
        t, middle = c.things[i], place == "middle"
        cells = np.kron(t.cells, np.ones((2, 2), np.uint8))
        return cells, t.top - middle * (t.height // 2), t.left - middle * (t.width // 2)

    return scaled


MEASURED: dict[str, Callable[[Crowd, int], Placed | None]] = {
    **{f"bysize{w}": _by_size(w) for w in DIRECTIONS},
    "inwards": _inwards,
    "spinleft": _spun(1),
    "spinright": _spun(3),
    "cornernear": _to_corner,
    "middle": _to_middle,
    "shrink": _shrunk,
    "double": _scaled("corner"),
    "swell": _scaled("middle"),
    "overacross": _over(True),
    "overdown": _over(False),
}
