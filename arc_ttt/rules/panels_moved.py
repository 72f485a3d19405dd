"""Panels that change places: what is in each of them moves to another one, as a whole."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.panels import panels
from arc_ttt.types import Cells

_MOST_PANELS = 49
# From the numbers of the panels, as they lie, to those whose contents they get (-1: nothing).
_MOVES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "right": lambda n: np.roll(n, 1, axis=1),
    "left": lambda n: np.roll(n, -1, axis=1),
    "down": lambda n: np.roll(n, 1, axis=0),
    "up": lambda n: np.roll(n, -1, axis=0),
    "out_right": lambda n: np.pad(n, ((0, 0), (1, 0)), constant_values=-1)[:, :-1],
    "out_left": lambda n: np.pad(n, ((0, 0), (0, 1)), constant_values=-1)[:, 1:],
    "out_down": lambda n: np.pad(n, ((1, 0), (0, 0)), constant_values=-1)[:-1],
    "out_up": lambda n: np.pad(n, ((0, 1), (0, 0)), constant_values=-1)[1:],
    "across": lambda n: n[:, ::-1],
    "upright": lambda n: n[::-1],
    "halfturn": lambda n: n[::-1, ::-1],
    "diagonal": lambda n: n.T,
    "order": lambda n: np.roll(n.ravel(), 1).reshape(n.shape),
}
MOVE = Kind("where panels move", tuple(_MOVES))


@operation("panels", move=MOVE, weight=0)
def move_panels(cells: Cells, move: str) -> Cells | None:
    """What is in each panel moves, as it is, to the next one in a direction (and round to the first one, or out), or to
    the mirror image of its place."""
    found = panels(cells)
    if found is None or not 1 < len(found.flat) <= _MOST_PANELS or len({cells[box].shape for box in found.flat}) > 1:
        return None
    numbers = np.arange(len(found.flat)).reshape(len(found.boxes), -1)
    moved = _MOVES[move](numbers)
    if moved.shape != numbers.shape:
        return None
    out = cells.copy()
    for box, number in zip(found.flat, moved.ravel().tolist(), strict=True):
        out[box] = cells[found.flat[number]] if number >= 0 else 0
    return None if (out == cells).all() else out
