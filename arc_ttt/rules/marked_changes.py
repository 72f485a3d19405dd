"""Things that a mark touches are mirrored, turned or recoloured in their place; the marks vanish or stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.colouring import negative
from arc_ttt.rules.language import MARK, Argument, Kind, fits, operation
from arc_ttt.rules.spread import reverse_rings
from arc_ttt.rules.things import colours, things, with_sides
from arc_ttt.types import Cells

_MOST_THINGS = 40


def _swapped(cells: Cells) -> Cells | None:
    """Two colours change places."""
    inks = colours(cells)
    if len(inks) != 2:
        return None
    return np.where(cells == inks[0], np.uint8(inks[1]), np.where(cells == inks[1], np.uint8(inks[0]), cells))


_CHANGES: dict[str, Callable[[Cells], Cells | None]] = {
    "across": lambda c: c[:, ::-1],
    "down": lambda c: c[::-1],
    "half": lambda c: c[::-1, ::-1],
    "left": lambda c: np.rot90(c) if c.shape[0] == c.shape[1] else None,
    "right": lambda c: np.rot90(c, 3) if c.shape[0] == c.shape[1] else None,
    "rings": reverse_rings,
    "swapped": _swapped,
    "inverted": negative,
}
CHANGED = Kind("change of marked things", tuple(_CHANGES))
MARKS = Kind("marks afterwards", ("vanish", "stay"))
WHOM = Kind("things that change", ("marked", "unmarked"))


@operation("objects", "spotted", mark=MARK, change=CHANGED, whom=WHOM, marks=MARKS, weight=0)
def change_marked(cells: Cells, mark: int, change: str, whom: str, marks: str) -> Cells | None:
    """Things of any colours that a cell of colour `mark` touches (or those that none touches) are mirrored, turned,
    inverted, their two colours swapped or those of their rings reversed; the marks vanish or stay."""
    spots = cells == mark
    rest = np.where(spots, np.uint8(0), cells)
    group = things(rest, "mixed")
    if not spots.any() or not 2 <= len(group) <= _MOST_THINGS:
        return None
    near = with_sides(spots)
    touched = [bool(near[t.box][t.cells != 0].any()) for t in group]
    if all(touched) or not any(touched):
        return None
    out = rest.copy() if marks == "vanish" else cells.copy()
    for t, marked in zip(group, touched, strict=True):
        if marked == (whom == "marked"):
            new = _CHANGES[change](t.cells)
            if new is None:
                return None
            out[t.box][t.cells != 0] = 0
            np.copyto(out[t.box], new, where=new != 0)
    return None if (out == cells).all() else out


@fits("change_marked")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The mark and the change that make all outputs."""
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    for mark in sorted(set.intersection(*(set(colours(s)) for s in shown))):
        # A mark that is larger than what it marks is none; it vanishes or stays everywhere alike.
        if any(2 * np.count_nonzero(s == mark) > np.count_nonzero(s) for s in shown):
            continue
        gone = [not (w[s == mark] == mark).any() for s, w in zip(shown, wanted, strict=True)]
        for change, whom in product(_CHANGES, WHOM.values) if len(set(gone)) == 1 else ():
            way = mark, change, str(whom), "vanish" if gone[0] else "stay"
            made = (change_marked(s, *way) for s in shown)
            if all(m is not None and bool((m == w).all()) for m, w in zip(made, wanted, strict=True)):
                yield way
                return
