"""Lines within a thing (its diagonals, its middle row and column), what lies just beyond its ends, and its shadows at
the borders of the grid, and dotted lines that it sends there."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.places import DIRECTIONS, Places, none, places_of
from arc_ttt.rules.things import Thing

_FEWEST = 2
# Larger things send no dotted lines.
_MOST_SHOOTING = 12


def _diagonal(t: Thing, rising: bool) -> np.ndarray:
    """The diagonal of a square thing, another one has none."""
    mask = np.eye(t.height, dtype=bool) if t.height == t.width else np.zeros(t.cells.shape, bool)
    return mask[:, ::-1] if rising else mask


def _middle(t: Thing, across: bool) -> np.ndarray:
    """The middle row (column), of an even number of lines both in the middle."""
    mask = np.zeros(t.cells.shape, bool)
    if across:
        mask[(t.height - 1) // 2 : t.height // 2 + 1] = True
    else:
        mask[:, (t.width - 1) // 2 : t.width // 2 + 1] = True
    return mask


def _on(*masks: Callable[[Thing], np.ndarray]) -> Callable[[Crowd, int], Places]:
    def on(c: Crowd, i: int) -> Places:
        t = c.things[i]
        rows, columns = np.nonzero(np.logical_or.reduce([mask(t) for mask in masks]) & (t.cells != 0))
        return rows + t.top, columns + t.left

    return on


def _falling(t: Thing) -> np.ndarray:
    return _diagonal(t, False)


def _rising(t: Thing) -> np.ndarray:
    return _diagonal(t, True)


def _middle_row(t: Thing) -> np.ndarray:
    return _middle(t, True)


def _middle_column(t: Thing) -> np.ndarray:
    return _middle(t, False)


def _spine(t: Thing) -> np.ndarray:
    """The middle line (or two) along the longer side; a square has none."""
    return _middle(t, t.width > t.height) if t.width != t.height else np.zeros(t.cells.shape, bool)


def _waist(t: Thing) -> np.ndarray:
    return _middle(t, t.width < t.height) if t.width != t.height else np.zeros(t.cells.shape, bool)


def _caps(c: Crowd, i: int) -> Places:
    """The empty cell just beyond each end of a thing: of a cell that has one neighbour only, seen from that one."""
    t = c.things[i]
    rows: list[int] = []
    columns: list[int] = []
    mask = np.pad(t.cells != 0, 1)
    for r, k in np.argwhere(mask) if _FEWEST <= t.size <= 60 else ():
        near = np.argwhere(mask[r - 1 : r + 2, k - 1 : k + 2]) - 1
        if len(near) == 2:
            down, right = (-near.sum(axis=0)).tolist()
            row, column = int(r) + t.top - 1 + down, int(k) + t.left - 1 + right
            if 0 <= row < c.cells.shape[0] and 0 <= column < c.cells.shape[1] and c.cells[row, column] == 0:
                rows.append(row)
                columns.append(column)
    return np.array(rows, np.intp), np.array(columns, np.intp)


def _shadow(way: str) -> Callable[[Crowd, int], Places]:
    """The empty cells of a border of the grid that lie straight below (above, beside) a thing."""

    def shadow(c: Crowd, i: int) -> Places:
        t = c.things[i]
        end = 0 if way in ("up", "left") else -1
        mask = np.zeros(c.cells.shape, bool)
        if way in ("up", "down"):
            mask[end, t.left : t.right + 1] = True
        else:
            mask[t.top : t.bottom + 1, end] = True
        return places_of(mask & (c.cells == 0))

    return shadow


def _dots(*names: str) -> Callable[[Crowd, int], Places]:
    """Every second one of the empty cells straight beyond a thing in some directions, a cell away from it at first, as
    far as something is in the way."""

    ways = [DIRECTIONS[name] for name in names]

    def dots(c: Crowd, i: int) -> Places:
        t = c.things[i]
        if t.size > _MOST_SHOOTING:
            return none()
        found = [none()]
        framed = np.pad(t.cells != 0, 1)
        inner = framed[1:-1, 1:-1]
        for down, right in ways:
            ahead = framed[1 + down : t.height + 1 + down, 1 + right : t.width + 1 + right]
            for r, k in np.argwhere(inner & ~ahead).tolist():
                row, column = r + t.top, k + t.left
                if down:
                    line = c.cells[row + 1 :, column] if down > 0 else c.cells[:row, column][::-1]
                else:
                    line = c.cells[row, column + 1 :] if right > 0 else c.cells[row, :column][::-1]
                met = line.nonzero()[0]
                steps = np.arange(2, 1 + (int(met[0]) if len(met) else len(line)), 2)
                if len(steps):
                    found.append((row + down * steps, column + right * steps))
        return np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])

    return dots


ON: dict[str, Callable[[Crowd, int], Places]] = {
    "middlerow": _on(_middle_row),
    "middlecolumn": _on(_middle_column),
    "middlelines": _on(_middle_row, _middle_column),
    "spine": _on(_spine),
    "waist": _on(_waist),
    "falling": _on(_falling),
    "rising": _on(_rising),
    "crossed": _on(_falling, _rising),
}
AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    "caps": _caps,
    **{f"dots{way}": _dots(way) for way in DIRECTIONS},
    "dotscross": _dots(*DIRECTIONS),
    **{f"shadow{way}": _shadow(way) for way in ("up", "down", "left", "right")},
}
