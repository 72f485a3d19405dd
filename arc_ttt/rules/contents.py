"""What a thing of two colours holds: the colour of its outline shuts in another one, which may fill it more or less.
And of which colour there is most at its shore."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.places import Places
from arc_ttt.rules.things import Thing, border, numbered, things, touching
from arc_ttt.rules.work import uncounted
from arc_ttt.types import COLOURS


@lru_cache(maxsize=64)
def shores(c: Crowd) -> list[np.ndarray]:
    """For each thing the colours of the coloured cells that touch it by a side."""
    framed = np.pad(c.cells, 1)
    found = []
    for t in c.things:
        around = framed[t.top : t.top + t.height + 2, t.left : t.left + t.width + 2][touching(t)]
        found.append(around[around != 0])
    return found


def shore_ink(c: Crowd) -> list[int]:
    """The one other colour that touches a thing by a side."""
    return [int(around[0]) if len(around) and (around == around[0]).all() else 0 for around in shores(c)]


def _shore_inks(c: Crowd) -> Sequence[int]:
    """How many colours touch a thing by a side."""
    return [len(np.unique(around)) for around in shores(c)]


@lru_cache(maxsize=64)
def _pieces(raw: bytes, width: int) -> np.ndarray:
    """Which thing of one colour each cell is of, with a cell around the grid; 0 where it is empty."""
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width)
    with uncounted():  # it is cached: what it tells must not hang on that
        return np.pad(numbered(things(cells, "corner"), cells.shape), 1)


def _bounds(c: Crowd) -> Sequence[int]:
    """How many separate things of one colour each bound a thing or room, at its sides."""
    labels = _pieces(c.cells.tobytes(), c.cells.shape[1])
    found = []
    for t in c.things:
        near = labels[t.top : t.top + t.height + 2, t.left : t.left + t.width + 2][touching(t)]
        found.append(len(np.unique(near[near > 0])))
    return found


def outline(t: Thing) -> int:
    """The colour of most of the coloured cells at the sides of a thing's box; 0 where two have as many."""
    counts = np.bincount(t.cells[border(t.cells.shape)], minlength=COLOURS + 1)[1:]
    return int(counts.argmax()) + 1 if (counts == counts.max()).sum() == 1 else 0


def _held(t: Thing) -> np.ndarray:
    """The cells of a thing that have not the colour of its outline."""
    coloured = t.cells[t.cells != 0]
    if not len(coloured) or (coloured == coloured[0]).all():
        return np.zeros(t.cells.shape, bool)
    ink = outline(t)
    held: np.ndarray = (t.cells != 0) & (t.cells != ink) & (ink > 0)
    return held


def _content(c: Crowd) -> list[int]:
    found = []
    for t in c.things:
        inks = np.unique(t.cells[_held(t)])
        found.append(int(inks[0]) if len(inks) == 1 and inks[0] < COLOURS else 0)
    return found


def _shore(c: Crowd) -> list[int]:
    """The colour that most of the cells have that touch a thing by a side; 0 where two have as many, or none."""
    found = []
    for around in shores(c):
        counts = np.bincount(around, minlength=COLOURS)
        found.append(int(counts.argmax()) if len(around) and (counts == counts.max()).sum() == 1 else 0)
    return found


def _filling(c: Crowd) -> Sequence[int]:
    """0 where a thing holds nothing, 1 where it holds less than there are empty cells in its box, 2 as much, 3 more."""
    found = []
    for t in c.things:
        held, free = int(_held(t).sum()), int((t.cells == 0).sum())
        found.append(2 + int(np.sign(held - free)) if held else 0)
    return found


def _tied(c: Crowd) -> Sequence[int]:
    """Whether two colours or more have the most cells of a thing, or it has none."""
    found = []
    for t in c.things:
        counts = np.bincount(t.cells[t.cells != 0], minlength=COLOURS)
        found.append(int((counts == counts.max()).sum() > 1))
    return found


def _contents(c: Crowd, i: int) -> Places:
    t = c.things[i]
    rows, columns = np.nonzero(_held(t))
    return rows + t.top, columns + t.left


CONTENT: dict[str, Callable[[Crowd], list[int]]] = {"content": _content}
SHORE: dict[str, Callable[[Crowd], list[int]]] = {"shore": _shore}
FILLED: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "filling": (_filling, 4.0),
    "tied": (_tied, 4.0),
    "bounds": (_bounds, 4.5),
    "shoreinks": (_shore_inks, 4.5),
}
ON: dict[str, Callable[[Crowd, int], Places]] = {"filling": _contents}
