"""Dead ends: cells that only one way leads to are taken away, again and again, until only loops and ways between marks
are left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, makes, operation
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

# What wears away: empty cells (the ways of a maze), any coloured ones, those of one colour; it is read off.
_WORN = ("empty", "any", *(f"ink{c}" for c in range(1, 10)))
WORN = Kind("what wears away", _WORN, lambda word: word in _WORN)
# Which cells hold it: those alike, or any (in a maze: marks too).
HELD = Kind("what holds", ("alike", "marks"))
# So many of its sides must be held.
TIES = Kind("sides that hold", ("two", "three"))
LEFT = Kind("what is left of it", tuple(range(10)))
_MOST_STEPS, _WORK = 200, 0.4


@operation("walls", "lines", what=WORN, holds=HELD, ties=TIES, ink=LEFT, weight=0)
def wear_away(cells: Cells, what: str, holds: str, ties: str, ink: int) -> Cells | None:
    """Cells of a kind, of which only one side is held by others of the kind or by marks, vanish or take a colour, and
    so again those that are then held by one side only; or all that are held by two sides only."""
    worn = cells != 0 if what == "any" else cells == (0 if what == "empty" else int(what[-1]))
    now = worn.copy()
    if holds == "marks":
        counts = np.bincount(cells[~worn], minlength=10)
        # Of a maze the walls are no marks.
        walls = int(counts[1:].argmax()) + 1
        marks = ~worn & (cells != 0) & (cells != (walls if what == "empty" else 0))
        if not marks.any():
            return None
    else:
        marks = np.zeros(cells.shape, bool)
    least = 2 if ties == "two" else 3
    for _ in range(_MOST_STEPS):
        worked(_WORK)
        padded = np.pad(now | marks, 1).astype(np.int8)
        sides = padded[2:, 1:-1] + padded[:-2, 1:-1] + padded[1:-1, 2:] + padded[1:-1, :-2]
        gone = now & (sides < least)
        if not gone.any():
            break
        now &= ~gone
    gone = worn & ~now
    out = np.where(gone, np.uint8(ink), cells)
    return None if (out == cells).all() or not now.any() else out


@fits("wear_away")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """All that changes becomes one colour; where it was of one, this alone may wear away."""
    pairs = list(zip(shown, wanted, strict=True))
    if any(s.shape != w.shape or (s == w).all() for s, w in pairs):
        return
    inks = {int(c) for s, w in pairs for c in np.unique(w[s != w])}
    lost = {int(c) for s, w in pairs for c in np.unique(s[s != w])}
    if len(inks) != 1 or (0 in lost and len(lost) > 1):
        return
    kinds = ["empty"] if lost == {0} else [*(f"ink{c}" for c in lost if len(lost) == 1), "any"]
    for what in kinds:
        for holds in map(str, HELD.values):
            for ties in map(str, TIES.values):
                arguments = (what, holds, ties, next(iter(inks)))
                if makes(wear_away, arguments, shown, wanted):
                    yield arguments
                    return
