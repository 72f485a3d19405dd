"""What tells at the border of a grid how far or in which colours others spread, and does not spread itself."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.things import things
from arc_ttt.types import Cells

_FEWEST_KEYS, _FEWEST_LISTED = 2, 2


def corner_tally(cells: Cells) -> np.ndarray | None:
    """The cells of the one line or single cell of a colour that lies in a corner of the grid."""
    found = []
    for t in things(cells, "side"):
        rows, columns = (t.top == 0 or t.bottom == len(cells) - 1), (t.left == 0 or t.right == cells.shape[1] - 1)
        if rows and columns and min(t.cells.shape) == 1 and max(t.cells.shape) < max(cells.shape) // 2:
            found.append(t)
    if len(found) != 1:
        return None
    mask = np.zeros(cells.shape, bool)
    mask[found[0].box] = True
    return mask


def _border_lines(cells: Cells) -> list[tuple[np.ndarray, np.ndarray]]:
    """The lines at the border of which nothing goes on into the grid, each with the cells of it in the grid."""
    found = []
    for at, next_ in (((0, ...), (1, ...)), ((-1, ...), (-2, ...)), ((..., 0), (..., 1)), ((..., -1), (..., -2))):
        line = cells[at]
        if min(cells.shape) > 1 and not ((line == cells[next_]) & (line != 0)).any():
            mask = np.zeros(cells.shape, bool)
            mask[at] = True
            found.append((line, mask))
    return found


def _key(cells: Cells) -> tuple[dict[int, int], np.ndarray] | None:
    """The bars of different colours in the one line at the border where there are several, each of a colour that is
    also elsewhere: the length of each, and their cells."""
    ways = []
    for line, mask in _border_lines(cells):
        on, counts = np.unique(line[line != 0], return_counts=True)
        runs = int(((line[1:] != line[:-1]) & (line[1:] != 0)).sum()) + int(line[0] != 0)
        if len(on) < _FEWEST_KEYS or runs != len(on):
            continue
        if all((cells[~mask] == c).any() for c in on.tolist()):
            ways.append((dict(zip(on.tolist(), counts.tolist(), strict=True)), mask & (cells != 0)))
    return ways[0] if len(ways) == 1 else None


def key_counts(cells: Cells) -> dict[int, int]:
    """The length of each colour's bar in the line of such bars at the border; none where there is no such line."""
    found = _key(cells)
    return found[0] if found else {}


def border_strip(cells: Cells) -> tuple[np.ndarray, list[int]] | None:
    """The cells and colours, from the left or the top on, of the one line at the border where several different ones
    lie side by side from its beginning and nothing else does."""
    ways = []
    for line, mask in _border_lines(cells):
        n = int((np.cumprod(line != 0)).sum())
        if _FEWEST_LISTED <= n < len(line) and not line[n:].any() and len(set(line[:n].tolist())) == n:
            ways.append((mask & (cells != 0), line[:n].tolist()))
    return ways[0] if len(ways) == 1 else None


TELLING: dict[str, Callable[[Cells], np.ndarray | None]] = {
    "corner": corner_tally,
    "key": lambda cells: (_key(cells) or (None, None))[1],
    "strip": lambda cells: (border_strip(cells) or (None, None))[0],
}
