"""Sheets of one colour each that overlap, what they share in a colour of its own: it is given to one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import MARK, Argument, Kind, fits, operation
from arc_ttt.rules.layers import Layer, unordered
from arc_ttt.rules.things import colours, things
from arc_ttt.types import Cells

# From a sheet and the grid to a measure: the sheet with the most of it gets what it shares.
_MEASURES: dict[str, Callable[[Layer, Cells], int]] = {
    "area": lambda s, g: int(s.mask.sum()),
    "seen": lambda s, g: int((g == s.colour).sum()),
    "height": lambda s, g: int(s.mask.any(axis=1).sum()),
    "width": lambda s, g: int(s.mask.any(axis=0).sum()),
    "top": lambda s, g: int(s.mask.any(axis=1).argmax()),
    "left": lambda s, g: int(s.mask.any(axis=0).argmax()),
    "lying": lambda s, g: int(s.mask.any(axis=0).sum()) - int(s.mask.any(axis=1).sum()),
    "number": lambda s, g: s.colour,
}
GETS = Kind("which sheet gets it", tuple(f"{most}_{m}" for m in _MEASURES for most in ("most", "least")))


@operation("objects", mark=MARK, gets=GETS, weight=0)
def settle_overlap(cells: Cells, mark: int, gets: str) -> Cells | None:
    """Where rectangles or frames overlap there is a colour of its own: these cells take the colour of that one of them
    which has the most (or the least) of a measure."""
    if not (cells == mark).any():
        return None
    sheets = unordered(cells, mark)
    if sheets is None:
        return None
    most, _, name = gets.partition("_")
    measure, sign = _MEASURES[name], 1 if most == "most" else -1
    out = cells.copy()
    for t in things((cells == mark).astype(np.uint8), "side"):
        where = t.mask(cells.shape)
        mine = [s for s in sheets if s.mask[where].all()]
        worth = sorted(((sign * measure(s, cells), s.colour) for s in mine), reverse=True)
        if len(worth) < 2 or worth[0][0] == worth[1][0]:
            return None
        out[where] = worth[0][1]
    return out


@fits("settle_overlap")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The one colour that all grids have and that is replaced in all of them, and what decides."""
    marks = set(colours(shown[0]))
    for s, w in zip(shown, wanted, strict=True):
        if s.shape != w.shape:
            return
        marks &= set(np.unique(s[s != w]).tolist())
        if len(marks) != 1 or (s != w)[s != next(iter(marks))].any():
            return
    (mark,) = marks
    for gets in GETS.values:
        made = (settle_overlap(s, mark, str(gets)) for s in shown)
        if all(m is not None and bool((m == w).all()) for m, w in zip(made, wanted, strict=True)):
            yield mark, gets
