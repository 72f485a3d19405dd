"""Regions that tell what light does: the shadow of a thing, a cell away from it aslant or away from the one single
cell, and the beams that reach the border from it; and whether any does."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.moves_aimed import plug
from arc_ttt.rules.places import SLANTS, Places, free, none, places_of
from arc_ttt.rules.things import Thing

_MOST_THINGS, _MOST_PIECES = 40, 12


def _shade(c: Crowd, t: Thing, down: int, right: int) -> Places:
    """The empty cells that a thing would cover if it were moved."""
    rows, columns = np.nonzero(t.cells)
    return free(c.cells, rows + t.top + down, columns + t.left + right)


def _cast(way: tuple[int, int]) -> Callable[[Crowd, int], Places]:
    return lambda c, i: _shade(c, c.things[i], *way) if c.things[i].size > 1 else none()


def lamp_way(c: Crowd, i: int) -> tuple[int, int] | None:
    """The signs of the way (down, right) from the one single cell to a thing, none of that cell; 0 where it lies in
    the thing's rows or columns."""
    lamps = [o for o in c.things if o.size == 1]
    t = c.things[i]
    if len(lamps) != 1 or lamps[0] is t:
        return None
    row, column = lamps[0].top, lamps[0].left
    return int(t.top > row) - int(t.bottom < row), int(t.left > column) - int(t.right < column)


def _cast_away(c: Crowd, i: int) -> Places:
    way = lamp_way(c, i)
    return none() if way is None else _shade(c, c.things[i], *way)


def _beside(t: Thing) -> list[tuple[slice, slice]]:
    """What lies straight beside a thing, as broad as it, up to each border."""
    across, along = slice(t.left, t.right + 1), slice(t.top, t.bottom + 1)
    return [
        (slice(0, t.top), across),
        (slice(t.bottom + 1, None), across),
        (along, slice(0, t.left)),
        (along, slice(t.right + 1, None)),
    ]


def _escape(c: Crowd, i: int) -> Places:
    """The cells straight beside a thing, as broad as it, up to the border, where nothing is in the way."""
    if len(c.things) > _MOST_THINGS:
        return none()
    mask = np.zeros(c.cells.shape, bool)
    for box in _beside(c.things[i]):
        if not c.cells[box].any():
            mask[box] = True
    return places_of(mask)


def _escapes(c: Crowd) -> Sequence[int]:
    """In how many directions nothing lies straight beside a thing."""
    return [sum(not c.cells[box].any() for box in _beside(t)) for t in c.things]


def _fitting(c: Crowd) -> Sequence[int]:
    """Whether a thing fits into a gap elsewhere."""
    if len(c.things) > _MOST_PIECES:
        return [0] * len(c.things)
    return [int(plug(c, i) is not None) for i in range(len(c.things))]


AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    **{f"cast{name}": _cast(way) for name, way in SLANTS.items()},
    "castaway": _cast_away,
    "escape": _escape,
}
LIT: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "escapes": (_escapes, 4.0),
    "caught": (lambda c: [int(n == 0) for n in _escapes(c)], 4.0),
    "fitting": (_fitting, 4.0),
}
