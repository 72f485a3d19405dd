"""Regions that are lines one cell broad from the middle of a side of a thing on: to what is in the way, or to the
border behind all else."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.places import DIRECTIONS, Places, none
from arc_ttt.rules.things import things
from arc_ttt.types import Cells


def _line(c: Crowd, i: int, way: str, blocked: bool) -> Places:
    """The empty cells in a direction, from the middle of a thing that is of odd breadth there."""
    t = c.things[i]
    across = way in ("left", "right")
    if not (t.height if across else t.width) % 2:
        return none()
    rows, columns = c.cells.shape
    row, column = t.top + t.height // 2, t.left + t.width // 2
    steps = {
        "up": np.arange(t.top - 1, -1, -1),
        "down": np.arange(t.bottom + 1, rows),
        "left": np.arange(t.left - 1, -1, -1),
        "right": np.arange(t.right + 1, columns),
    }[way]
    empty = (c.cells[row, steps] if across else c.cells[steps, column]) == 0
    if blocked:
        empty = np.logical_and.accumulate(empty)
    at = steps[empty]
    return (np.full(len(at), row), at) if across else (at, np.full(len(at), column))


def _lines(ways: tuple[str, ...], blocked: bool) -> Callable[[Crowd, int], Places]:
    def lines(c: Crowd, i: int) -> Places:
        parts = [_line(c, i, way, blocked) for way in ways]
        return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])

    return lines


def _end(way: str) -> Callable[[Crowd, int], Places]:
    """The cell at the border where such a line would end, if it is empty and not beside the thing."""

    def end(c: Crowd, i: int) -> Places:
        t, (height, width) = c.things[i], c.cells.shape
        if not (t.height if way in ("left", "right") else t.width) % 2:
            return none()
        row, column = t.top + t.height // 2, t.left + t.width // 2
        row, column = {"up": (0, column), "down": (height - 1, column), "left": (row, 0), "right": (row, width - 1)}[
            way
        ]
        away = max(t.top - row, row - t.bottom, t.left - column, column - t.right)
        return (np.array([row]), np.array([column])) if away > 1 and not c.cells[row, column] else none()

    return end


_TOGETHER = {"across": ("left", "right"), "along": ("up", "down"), "cross": tuple(DIRECTIONS)}
AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    **{f"spoke{name}": _lines(ways, True) for name, ways in {w: (w,) for w in DIRECTIONS}.items()},
    **{f"spoke{name}": _lines(ways, True) for name, ways in _TOGETHER.items()},
    **{f"farspoke{way}": _lines((way,), False) for way in DIRECTIONS},
    **{f"spokeend{way}": _end(way) for way in DIRECTIONS},
}


def _broad(cells: Cells) -> bool:
    """Whether a thing is of odd breadth, but more than a cell."""
    return any(side > 1 and side % 2 for t in things(cells, "corner") for side in t.cells.shape)


# By the beginning of regions: whether a grid has what they begin at.
SPOKES_TELL: dict[str, Callable[[Cells], bool]] = {"spoke": _broad, "farspoke": _broad}
