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
from arc_ttt.rules.things import shifted
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


def _rolled(cells: Cells, down: int, right: int) -> Cells:
    return np.roll(cells, (down, right), (0, 1))


def _changes() -> Iterator[Change]:
    """What may become of a panel, the likelier first."""
    yield from (IMAGES[way] for way in "iklrhvta")
    steps = sorted(
        ((r, k) for r in range(-_FARTHEST, _FARTHEST + 1) for k in range(-_FARTHEST, _FARTHEST + 1) if r or k),
        key=lambda s: (abs(s[0]) + abs(s[1]), s),
    )
    for move in (_rolled, shifted):
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


def _drifted(group: Sequence[Cells], more: int) -> list[Cells] | None:
    """What comes after grids in which each colour moves on by a step of its own, turned back or let in again at the
    borders."""
    inks = sorted(set(np.unique(group[0]).tolist()) - {0})
    found = [np.zeros_like(group[0]) for _ in range(more)]
    moving = False
    for ink in inks:
        masks = [g == ink for g in group]
        for wraps in (False, True):
            places = _places(masks, more, wraps)
            if places is not None:
                break
        else:
            return None
        moving |= places[0] != places[1]
        rows, columns = np.nonzero(masks[0])
        rows, columns = rows - rows.min(), columns - columns.min()
        for g, (r, c) in zip(found, places[len(group) :], strict=True):
            at = (rows + r) % g.shape[0], (columns + c) % g.shape[1]
            if g[at].any():
                return None
            g[at] = ink
    return found if moving and all((np.isin(g, (0, *inks))).all() for g in group) else None


def _places(masks: Sequence[np.ndarray], more: int, wraps: bool) -> list[tuple[int, int]] | None:
    """Where the box of a colour begins, grid by grid, and in further ones; None where it moves or looks otherwise."""
    boxes = []
    for mask in masks:
        rows, columns = np.nonzero(mask)
        if not len(rows):
            return None
        boxes.append((rows.min(), columns.min(), mask[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]))
    if any(b[2].shape != boxes[0][2].shape or (b[2] != boxes[0][2]).any() for b in boxes):
        return None
    axes = []
    for k in (0, 1):
        known = [int(b[k]) for b in boxes]
        size = masks[0].shape[k]
        series = _series(known, len(known) + more, size if wraps else size - boxes[0][2].shape[k], wraps)
        if series is None:
            return None
        axes.append(series)
    return list(zip(*axes, strict=True))


def _series(known: Sequence[int], n: int, most: int, wraps: bool) -> list[int] | None:
    """n numbers at equal steps that begin as those known do, and are turned back at 0 and at the greatest one."""
    apart = known[1] - known[0]
    for first in (apart, apart + most, apart - most) if wraps else (apart,):
        found, step = [known[0]], first
        for _ in range(n - 1):
            if not wraps and not 0 <= found[-1] + step <= most:
                step = -step
            found.append((found[-1] + step) % most if wraps else found[-1] + step)
        if found[: len(known)] == list(known) and min(found) >= 0 and (wraps or max(found) <= most):
            return found
    return None


# The empty panels filled, or the next one alone; drifted and drifting: as each colour moves on by steps of its own.
NEXT = Kind("what is shown", ("filled", "next", "drifted", "drifting"))


@operation("panels", "pattern", shown=NEXT, result=OTHER, weight=0)
def panels_in_turn(cells: Cells, shown: str) -> Cells | None:
    """Panels become each other from one to the next by the same change: a turn, a move, going round their border, other
    colours; or each colour moves on by steps of its own and bounces at the borders. The empty ones that come after them
    are filled, or the next one alone is shown."""
    found = panels(cells)
    if found is None or not _FEWEST <= len(found.flat) <= _MOST or len({cells[b].shape for b in found.flat}) > 1:
        return None
    group = [np.ascontiguousarray(cells[b]) for b in found.flat]
    empty = 0
    while empty < len(group) and not group[-1 - empty].any():
        empty += 1
    known = group[: len(group) - empty]
    if len(known) < _FEWEST or (shown in ("filled", "drifted")) != (empty > 0):
        return None
    after = (_next if shown in ("filled", "next") else _drifted)(known, max(1, empty))
    if after is None or shown in ("next", "drifting"):
        return None if after is None else np.ascontiguousarray(after[0])
    out = cells.copy()
    for box, grid in zip(found.flat[len(known) :], after, strict=True):
        out[box] = grid
    return out
