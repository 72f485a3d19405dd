"""Views of the straight runs and the blocks of one colour that a cell lies in, whatever else touches these."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.learned_views import Scene, view
from arc_ttt.rules.learned_views_areas import VIEWS, scene
from arc_ttt.types import Cells

__all__ = ["VIEWS", "scene"]

_LEAST = 3  # cells of a run that is one


def _runs(cells: Cells) -> np.ndarray:
    """For each cell how many cells of its colour lie side by side in its row, itself one of them."""
    begins = np.ones(cells.shape, bool)
    begins[:, 1:] = cells[:, 1:] != cells[:, :-1]
    number = np.cumsum(begins.ravel()) - 1
    lengths: np.ndarray = np.bincount(number)[number]
    return lengths.reshape(cells.shape)


def _slanting_runs(cells: Cells) -> np.ndarray:
    """The same along its falling diagonal."""
    height, width = cells.shape
    rows, columns = np.indices(cells.shape)
    # Each diagonal as a row, at its ends a number that is no colour.
    sheared = np.full((height + width - 1, height + 1), 99, np.uint8)
    sheared[rows - columns + width - 1, rows] = cells
    return _runs(sheared)[rows - columns + width - 1, rows]


def _across(s: Scene) -> np.ndarray:
    return _runs(s.cells)


def _down(s: Scene) -> np.ndarray:
    return _runs(s.cells.T).T


def _slanting(s: Scene) -> np.ndarray:
    other = _slanting_runs(np.ascontiguousarray(s.cells[:, ::-1]))[:, ::-1]
    return np.maximum(_slanting_runs(s.cells), other)


def _in_longest(s: Scene) -> np.ndarray:
    """Whether a coloured cell is in one of the longest runs, across or down, that are no single cells."""
    runs = np.where(s.ink, np.maximum(_across(s), _down(s)), 0)
    return (runs == runs.max()) & (runs > 1)


def _in_block(s: Scene) -> np.ndarray:
    """Whether a coloured cell lies in a square of two by two cells of its colour."""
    c = s.cells
    corner = (c[1:, 1:] == c[:-1, 1:]) & (c[1:, 1:] == c[1:, :-1]) & (c[1:, 1:] == c[:-1, :-1]) & (c[1:, 1:] != 0)
    out = np.zeros(c.shape, bool)
    for rows in (slice(1, None), slice(None, -1)):
        for columns in (slice(1, None), slice(None, -1)):
            out[rows, columns] |= corner
    return out


view("runacross", 5)(_across)
view("rundown", 5)(_down)
view("inrunofthree", 4)(lambda s: s.ink & (np.maximum(s["runacross"], s["rundown"]) >= _LEAST))
view("inslantofthree", 4.5)(lambda s: s.ink & (_slanting(s) >= _LEAST))
view("acrosslonger", 4.5)(lambda s: s["runacross"] > s["rundown"])
view("inlongestrun", 4.5)(_in_longest)
view("inblock", 4)(_in_block)
