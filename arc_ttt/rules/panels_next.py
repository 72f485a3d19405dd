"""Panels of which each is made of the one before in the same way: the next one, or those that are still empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.rules.panels import panels
from arc_ttt.types import Cells

NEXT = Kind("next panel", ("alone", "walled", "appended"))
_LEAST, _MOST, _FARTHEST = 3, 16, 3
Change = Callable[[Cells], Cells]


def _shifted(cells: Cells, down: int, right: int) -> Cells:
    """Moved down and right; what leaves the panel is cut off."""
    rows, columns = cells.shape
    out = np.zeros_like(cells)
    if abs(down) >= rows or abs(right) >= columns:
        return out
    out[max(0, down) : rows + min(0, down), max(0, right) : columns + min(0, right)] = cells[
        max(0, -down) : rows - max(0, down), max(0, -right) : columns - max(0, right)
    ]
    return out


def _moved(down: int, right: int) -> Change:
    return lambda c: _shifted(c, down, right)


def _rolled(down: int, right: int) -> Change:
    return lambda c: np.roll(c, (down, right), (0, 1))


def _grown(down: int, right: int) -> Change:
    """What lies there, and beyond it the same again."""
    return lambda c: np.where(c == 0, _shifted(c, down, right), c)


def _turned(quarters: int) -> Change:
    return lambda c: np.ascontiguousarray(np.rot90(c, quarters))


def _changes() -> Iterator[Change]:
    """The ways in which one panel may become the next, the plainest first."""
    reach = range(-_FARTHEST, _FARTHEST + 1)
    ways = sorted(((r, c) for r in reach for c in reach if r or c), key=lambda w: abs(w[0]) + abs(w[1]))
    for change in (_moved, _grown, _rolled):
        yield from (change(*way) for way in ways)
    yield from (_turned(k) for k in (1, 3, 2))
    yield lambda c: c[:, ::-1]
    yield lambda c: c[::-1]


CHANGES = tuple(_changes())


def _going_on(shown: Sequence[Cells], more: int) -> list[Cells] | None:
    """So many panels more, where each of those that are shown becomes the next one in the same way."""
    if not _LEAST <= len(shown) <= _MOST or len({p.shape for p in shown}) > 1:
        return None
    if all((p == shown[0]).all() for p in shown):
        return None
    for change in CHANGES:
        last, right = shown[0], True
        for panel in shown[1:]:
            last = change(last)
            if last.shape != panel.shape or (last != panel).any():
                right = False
                break
        if right:
            found = []
            for _ in range(more):
                last = change(last)
                found.append(last)
            return found if all(p.any() for p in found) else None
    return None


def _boxes(cells: Cells) -> list[list[tuple[slice, slice]]] | None:
    """The boxes of panels by rows, or the squares of a grid three times as long as wide and more."""
    found = panels(cells)
    if found is not None:
        return found.boxes
    (rows, columns), side = cells.shape, min(cells.shape)  # a strip of squares
    if max(rows, columns) % side or max(rows, columns) < _LEAST * side or side < 2:
        return None
    boxes = [slice(k, k + side) for k in range(0, max(rows, columns), side)]
    return [[(b, slice(0, side))] for b in boxes] if rows > columns else [[(slice(0, side), b) for b in boxes]]


@operation("panels", form=NEXT, result=OTHER, weight=0)
def next_panel(cells: Cells, form: str) -> Cells | None:
    """Each of the panels in a row or column is made of the one before in the same way (moved, grown or turned): the one
    that comes next, perhaps with the walls around it, or behind the others."""
    boxes = _boxes(cells)
    if boxes is None or min(len(boxes), len(boxes[0])) > 1:
        return None
    across = len(boxes) == 1
    flat = [box for row in boxes for box in row]
    found = _going_on([cells[b] for b in flat], 1)
    if found is None:
        return None
    if form == "alone":
        return found[0]
    # Laid across: from the wall before the last panel to the wall behind it.
    grid, new = (cells, found[0]) if across else (cells.T, found[0].T)
    rows, columns = flat[-1] if across else (flat[-1][1], flat[-1][0])
    before = flat[-2][1 if across else 0].stop
    first, behind = columns.start - before, grid.shape[1] - columns.stop
    if behind not in (0, first) or (form == "walled" and not behind):
        return None
    part = grid[:, before:].copy()
    part[rows, first : first + new.shape[1]] = new
    if form == "appended":
        part = np.concatenate([grid, part[:, first if behind else 0 :]], axis=1)
    return np.ascontiguousarray(part if across else part.T)


@operation("panels", weight=0)
def continue_panels(cells: Cells) -> Cells | None:
    """Each panel is made of the one before in the same way (moved, grown or turned), as they are read: the empty ones
    after them go on so."""
    boxes = _boxes(cells)
    if boxes is None:
        return None
    flat = [box for row in boxes for box in row]
    full = [bool(cells[b].any()) for b in flat]
    many = sum(full)
    if many == len(flat) or not all(full[:many]):
        return None
    found = _going_on([cells[b] for b in flat[:many]], len(flat) - many)
    if found is None or cells[flat[-1]].shape != found[0].shape:
        return None
    out = cells.copy()
    for box, panel in zip(flat[many:], found, strict=True):
        if out[box].shape != panel.shape:
            return None
        out[box] = panel
    return out
