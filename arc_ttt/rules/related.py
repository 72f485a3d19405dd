"""What others say of a thing: the colour on two opposite sides of it, what points at it, and what a key says to all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.regions_pointed import aim
from arc_ttt.rules.things import Thing, numbered


def flank(c: Crowd) -> list[int]:
    """The one colour other than its own that is met first on both sides of a thing in one of its rows, or in one of
    its columns; 0 for none or two."""
    across, down = _first_met(c.cells), _first_met(np.ascontiguousarray(c.cells.T))
    found = []
    for t in c.things:
        inks = set[int]()
        for (before, behind), lines, low, high in (
            (across, slice(t.top, t.bottom + 1), t.left, t.right),
            (down, slice(t.left, t.right + 1), t.top, t.bottom),
        ):
            one, other = before[lines, low], behind[lines, high]
            inks |= set(one[one == other].tolist())
        inks -= {0, ink_of(t)}
        found.append(inks.pop() if len(inks) == 1 else 0)
    return found


def _first_met(lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each cell of the rows the first colour before it, and behind it; 0 for none."""
    found = []
    for image in (lines, lines[:, ::-1]):
        at = np.where(image != 0, np.arange(1, image.shape[1] + 1), 0)
        last = np.maximum.accumulate(at, axis=1)
        framed = np.pad(image, ((0, 0), (1, 0)))
        met = np.take_along_axis(framed, np.pad(last, ((0, 0), (1, 0)))[:, :-1], axis=1)
        found.append(met)
    return found[0], found[1][:, ::-1]


def _targets(c: Crowd) -> list[list[int]]:
    """For each thing those that point at it: it is the first one in their way."""
    labels = numbered(c.things, c.cells.shape)
    found: list[list[int]] = [[] for _ in c.things]
    for i, t in enumerate(c.things):
        way = aim(t)
        hit = _first(labels, t, i + 1, way) if way else 0
        if hit:
            found[hit - 1].append(i)
    return found


def _first(labels: np.ndarray, t: Thing, own: int, way: tuple[int, int]) -> int:
    """The number of the first other thing from the middle of a thing on, in the way; 0 for none."""
    row, column = t.top + (t.height - 1) // 2, t.left + (t.width - 1) // 2
    while 0 <= row < labels.shape[0] and 0 <= column < labels.shape[1]:
        if labels[row, column] not in (0, own):
            return int(labels[row, column])
        row, column = row + way[0], column + way[1]
    return 0


def pointer(c: Crowd) -> list[int]:
    """The one colour of the things that point at a thing; 0 for none or two."""
    inks = [{ink_of(c.things[k]) for k in by} for by in _targets(c)]
    return [i.pop() if len(i) == 1 else 0 for i in inks]


def pointed_at(c: Crowd) -> list[int]:
    """Whether another thing points at it."""
    return [int(bool(by)) for by in _targets(c)]


RELATED: dict[str, Callable[[Crowd], list[int]]] = {"flank": flank, "pointer": pointer}
SAID: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "pointedat": (pointed_at, 4.0),
    "flanked": (lambda c: [int(v > 0) for v in c.inks("flank")], 4.0),
}
