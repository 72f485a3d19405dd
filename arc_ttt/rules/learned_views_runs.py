"""Views of the straight runs and the blocks of one colour that a cell lies in, whatever else touches these."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from arc_ttt.rules.learned_views import Scene, view
from arc_ttt.rules.learned_views_areas import VIEWS, scene
from arc_ttt.types import Cells

__all__ = ["VIEWS", "scene"]

Ints = npt.NDArray[np.int64]

_LEAST = 3  # cells of a run that is one


def _runs(cells: Cells) -> Ints:
    """For each cell how many cells of its colour lie side by side in its row, itself one of them."""
    begins = np.ones(cells.shape, bool)
    begins[:, 1:] = cells[:, 1:] != cells[:, :-1]
    number = np.cumsum(begins.ravel()) - 1
    lengths: Ints = np.bincount(number)[number]
    return lengths.reshape(cells.shape)


def _slanting_runs(cells: Cells) -> Ints:
    """The same along its falling diagonal."""
    height, width = cells.shape
    rows, columns = np.indices(cells.shape)
    # Each diagonal as a row, at its ends a number that is no colour.
    sheared = np.full((height + width - 1, height + 1), 99, np.uint8)
    sheared[rows - columns + width - 1, rows] = cells
    runs: Ints = _runs(sheared)[rows - columns + width - 1, rows]
    return runs


def _across(s: Scene) -> Ints:
    return _runs(s.cells)


def _down(s: Scene) -> Ints:
    return _runs(s.cells.T).T


def _slanting(s: Scene) -> Ints:
    other = _slanting_runs(np.ascontiguousarray(s.cells[:, ::-1]))[:, ::-1]
    longer: Ints = np.maximum(_slanting_runs(s.cells), other)
    return longer


def _in_longest(s: Scene) -> np.ndarray:
    """Whether a coloured cell is in one of the longest runs, across or down, that are no single cells."""
    runs = np.where(s.ink, np.maximum(_across(s), _down(s)), 0)
    longest: np.ndarray = (runs == runs.max()) & (runs > 1)
    return longest


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
