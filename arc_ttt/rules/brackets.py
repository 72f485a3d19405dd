"""Rectangles of which the four corners are marked by angles, and what is said of a thing by what lies in its box."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from arc_ttt.rules.things import Thing, colours
from arc_ttt.types import Cells

_MOST_ANGLES, _LEAST_SIDE = 20, 4


def _angles(mask: np.ndarray, down: int, right: int) -> np.ndarray:
    """(rows, columns) bool: cells of a mask with a neighbour down and to the right (1), or up and to the left (-1), but
    none in the other two directions nor aslant between both."""
    wide = np.pad(mask, 1)
    rows, columns = mask.shape

    def at(r: int, c: int) -> np.ndarray:
        return wide[1 + r : 1 + r + rows, 1 + c : 1 + c + columns]

    found: np.ndarray = mask & at(down, 0) & at(0, right) & ~at(-down, 0) & ~at(0, -right) & ~at(down, right)
    return found


def _boxes(mask: np.ndarray) -> list[tuple[int, int, int, int]]:
    """(top, left, bottom, right) of the rectangles that four angles of a mask mark, with open sides between them."""
    first = [(int(r), int(c)) for r, c in np.argwhere(_angles(mask, 1, 1))]
    if not 0 < len(first) <= _MOST_ANGLES:
        return []
    upper, lower, last = _angles(mask, 1, -1), _angles(mask, -1, 1), _angles(mask, -1, -1)
    found = []
    for r, c in first:
        right = np.flatnonzero(upper[r, c + _LEAST_SIDE - 1 :])[:1] + c + _LEAST_SIDE - 1
        down = np.flatnonzero(lower[r + _LEAST_SIDE - 1 :, c])[:1] + r + _LEAST_SIDE - 1
        if not len(right) or not len(down) or not last[down[0], right[0]]:
            continue
        b, k = int(down[0]), int(right[0])
        sides = (mask[r, c : k + 1], mask[b, c : k + 1], mask[r : b + 1, c], mask[r : b + 1, k])
        if not any(side.all() for side in sides):
            found.append((r, c, b, k))
    return found


def brackets(cells: Cells) -> tuple[Thing, ...]:
    """The rectangles whose corners are marked by angles of one colour, without what lies in them."""
    found = []
    for colour in colours(cells):
        mask = cells == colour
        if 2 * np.count_nonzero(mask) > mask.size:
            continue
        for top, left, bottom, right in _boxes(mask):
            edge = np.array(mask[top : bottom + 1, left : right + 1])
            edge[1:-1, 1:-1] = False
            found.append(Thing(top, left, edge.astype(np.uint8) * np.uint8(colour)))
    return tuple(found)


def holds_kin(cells: Cells, group: Sequence[Thing]) -> Sequence[int]:
    """1 for things in whose box lie cells of their own colour that are not theirs, 2 where there are no others."""
    found = []
    for t in group:
        if t.cells.all() or not t.size or min(t.cells.shape) < 3:
            found.append(0)
            continue
        rest = cells[t.box][(t.cells == 0) & (cells[t.box] != 0)]
        own = rest == t.colour
        found.append(int(own.any()) + int(len(own) > 0 and own.all()))
    return found
