"""Panels in a row that become each other by one and the same change: what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from arc_ttt.rules.along_border import border_of
from arc_ttt.rules.blocks import IMAGES
from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.rules.panels import panels
from arc_ttt.rules.things import paste
from arc_ttt.types import COLOURS, Cells

_FEWEST, _MOST, _FARTHEST = 3, 12, 3

Change = Callable[[Cells], Cells]


def _round(cells: Cells, by: int) -> Cells:
    """The outermost ring goes round by so many cells, clockwise."""
    if min(cells.shape) < 2:
        return cells
    out, ring = cells.copy(), border_of(cells.shape)
    out[ring] = np.roll(cells[ring], by)
    return out


def _moved(cells: Cells, down: int, right: int) -> Cells:
    """What leaves is lost."""
    out = np.zeros_like(cells)
    paste(out, cells, down, right)
    return out


def _rolled(cells: Cells, down: int, right: int) -> Cells:
    return np.roll(cells, (down, right), (0, 1))


def _changes() -> Iterator[Change]:
    """What may become of a panel, the likelier first."""
    yield from (IMAGES[way] for way in "iklrhvta")
    steps = sorted(
        ((r, k) for r in range(-_FARTHEST, _FARTHEST + 1) for k in range(-_FARTHEST, _FARTHEST + 1) if r or k),
        key=lambda s: (abs(s[0]) + abs(s[1]), s),
    )
    for move in (_rolled, _moved):
        for down, right in steps:
            yield partial(move, down=down, right=right)
    for by in (1, -1, 2, -2, 3, -3):
        yield partial(_round, by=by)


_CHANGES = tuple(_changes())


def _colours(before: Sequence[Cells], after: Sequence[Cells]) -> np.ndarray | None:
    """What each colour becomes, if that is always the same; 255 where it is not seen."""
    table = np.full(COLOURS, 255, np.uint8)
    for a, b in zip(before, after, strict=True):
        for old, new in set(zip(a.ravel().tolist(), b.ravel().tolist(), strict=True)):
            if table[old] not in (255, new):
                return None
            table[old] = new
    return table


def _next(group: Sequence[Cells], more: int) -> list[Cells] | None:
    """The grids that come after some of one size."""
    if all((a == b).all() for a, b in pairwise(group)):
        return None
    for change in _CHANGES:
        moved = [change(g) for g in group]
        if moved[0].shape != group[0].shape:
            continue
        table = _colours(moved[:-1], group[1:])
        if table is None or table[0]:
            continue
        found, last = [], group[-1]
        for _ in range(more):
            last = table[change(last)]
            if (last == 255).any():
                break
            found.append(last)
        else:
            return found
    return None


NEXT = Kind("what is shown", ("filled", "next"))


@operation("panels", "pattern", shown=NEXT, result=OTHER, weight=0)
def panels_in_turn(cells: Cells, shown: str) -> Cells | None:
    """Panels become each other from one to the next by the same change: a turn, a move, going round their border, other
    colours. The empty ones that come after them are filled, or the next one alone is shown."""
    found = panels(cells)
    if found is None or not _FEWEST <= len(found.flat) <= _MOST or len({cells[b].shape for b in found.flat}) > 1:
        return None
    group = [np.ascontiguousarray(cells[b]) for b in found.flat]
    empty = 0
    while empty < len(group) and not group[-1 - empty].any():
        empty += 1
    known = group[: len(group) - empty]
    if len(known) < _FEWEST or (shown == "filled") != (empty > 0):
        return None
    after = _next(known, max(1, empty))
    if after is None or shown == "next":
        return None if after is None else np.ascontiguousarray(after[0])
    out = cells.copy()
    for box, grid in zip(found.flat[len(known) :], after, strict=True):
        out[box] = grid
    return out
