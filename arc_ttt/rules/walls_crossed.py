"""Regions of the background, and how many walls, one cell broad, are crossed on the way to them: from the region in a
corner of the grid, or from the border."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.things import numbered

_CORNERS = {"ul": (0, 0), "ur": (0, -1), "ll": (-1, 0), "lr": (-1, -1)}
_UNKNOWN, _FEWEST = 9, 2


def _neighbours(labels: np.ndarray) -> dict[int, set[int]]:
    """The rooms on the other sides of one cell of a wall."""
    found: dict[int, set[int]] = {}
    for lines in (labels, labels.T):
        wall = (lines[:, 1:-1] == 0) & (lines[:, :-2] != 0) & (lines[:, 2:] != 0) & (lines[:, :-2] != lines[:, 2:])
        for a, b in zip(lines[:, :-2][wall].tolist(), lines[:, 2:][wall].tolist(), strict=True):
            found.setdefault(a, set()).add(b)
            found.setdefault(b, set()).add(a)
    return found


def _crossed(neighbours: dict[int, set[int]], begin: Iterable[int], rooms: int) -> list[int]:
    """The fewest walls between each room and those at which it begins; a large number where there is no way."""
    found = dict.fromkeys(begin, 0)
    edge = list(found)
    while edge:
        edge = [b for a in edge for b in neighbours.get(a, ()) if found.setdefault(b, found[a] + 1) == found[a] + 1]
        edge = list(dict.fromkeys(edge))
    return [found.get(n, _UNKNOWN) for n in range(1, rooms + 1)]


def _alternating(corner: str) -> Callable[[Crowd], Sequence[int]]:
    """Whether the number of walls is odd, however one goes; none is where that depends on the way."""

    def odd(c: Crowd) -> Sequence[int]:
        none = [0] * len(c.things)
        if c.link != "rooms" or len(none) < _FEWEST:
            return none
        labels = numbered(c.things, c.cells.shape)
        begin, neighbours = int(labels[_CORNERS[corner]]), _neighbours(labels)
        if not begin:
            return none
        walls = _crossed(neighbours, [begin], len(none))
        if _UNKNOWN in walls or any((walls[a - 1] + walls[b - 1]) % 2 == 0 for a, g in neighbours.items() for b in g):
            return none
        return [n % 2 for n in walls]

    return odd


def _from_border(c: Crowd) -> Sequence[int]:
    """How many walls lie between a room and the border, by the way that crosses the fewest."""
    if c.link != "rooms":
        return [0] * len(c.things)
    labels = numbered(c.things, c.cells.shape)
    edges = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    return _crossed(_neighbours(labels), sorted(set(edges[edges != 0].tolist())), len(c.things))


# By name: what is measured, and its cost in bits.
CROSSED: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "wallsout": (_from_border, 4.0),
    **{f"walls{corner}": (_alternating(corner), 4.0) for corner in _CORNERS},
}
