"""Equal pieces put together to a rectangle: a colour of theirs lies on its rim, or sides that touch are alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from arc_ttt.rules.chosen import parts_of
from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.rules.things import colours
from arc_ttt.rules.work import worked
from arc_ttt.types import MAX_SIDE, Cells

PUT_PIECES = Kind("equal pieces", ("lumps", "panels", "insides"))
_MOST_PIECES, _MOST_LANES, _MOST_STEPS = 12, 3, 3000


def _pieces(cells: Cells, members: str) -> list[Cells]:
    """The boxes of the pieces, where several have one size."""
    found = [t.cells for t in parts_of(cells, members)]
    sizes = {p.shape for p in found}
    right = 2 <= len(found) <= _MOST_PIECES and len(sizes) == 1 and min(found[0].shape) > 1
    return found if right else []


def _place(first: bool, last: bool) -> int:
    """The lane of a piece that has the rim before it, behind it, at both sides (alone) or at none (in the middle)."""
    return 1 if first == last else 0 if first else 2


def _by_rim(pieces: Sequence[Cells], ink: int) -> Cells | None:
    places: dict[tuple[int, int], Cells] = {}
    for p in pieces:
        top, bottom, left, right = (bool((side == ink).all()) for side in (p[0], p[-1], p[:, 0], p[:, -1]))
        places[_place(top, bottom), _place(left, right)] = p
    rows, columns = (sorted({place[axis] for place in places}) for axis in (0, 1))
    if len(places) < len(pieces) or len(rows) * len(columns) != len(pieces) or len(pieces) < 2:
        return None
    return np.ascontiguousarray(np.vstack([np.hstack([places[r, c] for c in columns]) for r in rows]))


@operation("objects", "shapes", "panels", members=PUT_PIECES, result=OTHER, weight=0)
def assemble_by_rims(cells: Cells, members: str) -> Cells | None:
    """Pieces of one size are put together so that the sides that are all of a colour they share lie outside."""
    pieces = _pieces(cells, members)
    if not pieces or len(pieces) > _MOST_LANES**2:
        return None
    height, width = pieces[0].shape
    for ink in colours(cells):
        out = _by_rim(pieces, ink)
        if out is not None and max(out.shape) <= MAX_SIDE and out.shape != (height, width):
            return out
    return None


def _joined(pieces: Sequence[Cells], rows: int, columns: int) -> list[list[int]]:
    """Up to two orders (in reading order) in which all sides that touch are alike."""
    n = len(pieces)
    beside = [[bool((a[:, -1] == b[:, 0]).all()) for b in pieces] for a in pieces]
    below = [[bool((a[-1] == b[0]).all()) for b in pieces] for a in pieces]
    found: list[list[int]] = []
    stack: list[list[int]] = [[]]
    steps = 0
    while stack and len(found) < 2:
        order = stack.pop()
        steps += 1
        if steps > _MOST_STEPS:
            return []
        if len(order) == n:
            found.append(order)
            continue
        r, c = divmod(len(order), columns)
        for k in range(n):
            if k in order or (c and not beside[order[-1]][k]) or (r and not below[order[-columns]][k]):
                continue
            stack.append([*order, k])
    worked(steps / 100)
    return found


@operation("objects", "shapes", "panels", members=PUT_PIECES, result=OTHER, weight=0)
def assemble_by_edges(cells: Cells, members: str) -> Cells | None:
    """Pieces of one size are put together to a square, or else a rectangle, in the one way in which all sides that
    touch are alike."""
    pieces = _pieces(cells, members)
    if len(pieces) < 3:
        return None
    n, (height, width) = len(pieces), pieces[0].shape
    for rows in sorted((k for k in range(1, n + 1) if n % k == 0), key=lambda k: (abs(k * k - n), k)):
        columns = n // rows
        if max(rows * height, columns * width) > MAX_SIDE:
            continue
        orders = _joined(pieces, rows, columns)
        if len(orders) == 1:
            order = orders[0]
            lines = [np.hstack([pieces[k] for k in order[r * columns : (r + 1) * columns]]) for r in range(rows)]
            return np.ascontiguousarray(np.vstack(lines))
    return None
