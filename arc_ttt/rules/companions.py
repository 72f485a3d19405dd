"""What the company of a thing says of it: those in one box with it, the row that it is in, the light that falls on
it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.places import Places, places_of
from arc_ttt.types import Cells

# Things in a row, at least, of which one may be out of it, or in which colours come in turn.
_FEWEST_IN_ROW, _FEWEST_IN_TURN = 4, 5
_MOST_THINGS = 40
_HELD = 10


def within_box(c: Crowd) -> np.ndarray:
    """(things, things) whether the second one lies in the first one's box, away from its sides."""
    top, left, bottom, right = (
        np.array([getattr(t, side) for t in c.things], int) for side in ("top", "left", "bottom", "right")
    )
    within: np.ndarray = (
        (top[:, None] < top[None])
        & (left[:, None] < left[None])
        & (bottom[:, None] > bottom[None])
        & (right[:, None] > right[None])
    )
    return within


def _inmates(c: Crowd) -> list[int]:
    """How many others a thing holds in its box; of a thing that is held, ten more than how many its holder has."""
    within = within_box(c)
    holds = within.sum(axis=1)
    return [
        _HELD + int(holds[within[:, i]].min()) if within[:, i].any() else int(n) for i, n in enumerate(holds.tolist())
    ]


def _ahead(c: Crowd) -> list[tuple[int, int]]:
    """For each thing the nearest single cell straight beside it (its colour), and the number of things up to it; zeros
    where there is none, and for single cells."""
    found = []
    sides = [(t.top, t.bottom, t.left, t.right) for t in c.things]
    singles = [(s, ink_of(t)) for s, t in zip(sides, c.things, strict=True) if t.size == 1]
    for t, (top, bottom, left, right) in zip(c.things, sides, strict=True):
        best: list[tuple[int, int, int]] = []
        for (row, _, column, _), ink in singles if t.size > 1 and len(c.things) <= _MOST_THINGS else ():
            if left <= column <= right and not top <= row <= bottom:
                low, high = (row, top) if row < top else (bottom, row)
                between = sum(a > low and b < high and k <= column <= m for a, b, k, m in sides)
            elif top <= row <= bottom and not left <= column <= right:
                low, high = (column, left) if column < left else (right, column)
                between = sum(k > low and m < high and a <= row <= b for a, b, k, m in sides)
            else:
                continue
            best.append((high - low, between + 1, ink))
        found.append(min(best)[1:] if best else (0, 0))
    return found


def _touched(c: Crowd) -> list[int]:
    """The colour of the one other thing that touches the same colour by a side; of the colour itself nothing."""
    touching = c.inks("touching")
    found = []
    for i, ink in enumerate(touching):
        mates = [k for k, other in enumerate(touching) if other == ink and k != i] if ink else []
        found.append(ink_of(c.things[mates[0]]) if len(mates) == 1 else 0)
    return found


def _rows_of(c: Crowd) -> list[list[int]]:
    """The things whose boxes begin and end in the same rows, from left to right, or columns, from the top down."""
    rows: dict[tuple[int, int, int], list[int]] = {}
    for i, t in enumerate(c.things):
        rows.setdefault((0, t.top, t.bottom), []).append(i)
        rows.setdefault((1, t.left, t.right), []).append(i)
    return [
        sorted(row, key=lambda i: (c.things[i].left, c.things[i].top))
        for row in rows.values()
        if len(row) >= _FEWEST_IN_TURN
    ]


def _beat(c: Crowd) -> list[int]:
    """The colour whose turn it is at a thing's place, in a row (column) of things whose colours come in turn, but for
    one at most."""
    found = [0] * len(c.things)
    for row in _rows_of(c) if len(c.things) <= 2 * _MOST_THINGS else ():
        inks = [ink_of(c.things[i]) for i in row]
        for period in range(1, len(inks) // 2 + 1):
            turn = [Counter(inks[k::period]).most_common(2) for k in range(period)]
            wrong = sum(1 for k, ink in enumerate(inks) if ink != turn[k % period][0][0])
            if wrong <= 1 and all(len(t) == 1 or t[0][1] > t[1][1] for t in turn):
                if len({t[0][0] for t in turn}) > 1:
                    for k, i in enumerate(row):
                        found[i] = turn[k % period][0][0]
                break
    return found


def _row_shift(c: Crowd) -> list[tuple[int, int]]:
    """How far down and right a thing must go to be in one row (column) with most others; nowhere for those in it."""
    tops, lefts = [t.top for t in c.things], [t.left for t in c.things]
    least = max(_FEWEST_IN_ROW - 1, len(tops) - 2)
    shifts = [(0, 0)] * len(tops)
    if not _FEWEST_IN_ROW <= len(tops) <= _MOST_THINGS:
        return shifts
    (top, across), *_ = Counter(tops).most_common(1)
    (left, down), *_ = Counter(lefts).most_common(1)
    if across >= least and across > down:
        return [(top - t, 0) for t in tops]
    return [(0, left - k) for k in lefts] if down >= least and down > across else shifts


def _rejoin(c: Crowd, i: int) -> tuple[Cells, int, int] | None:
    """Straight into the row (column) that most others are in."""
    t, (down, right) = c.things[i], _row_shift(c)[i]
    return (t.cells, t.top + down, t.left + right) if down or right else None


def _lee(c: Crowd, i: int) -> Places:
    """The empty cells beyond each cell of a thing, away from the one thing that lies at a border."""
    rows, columns = c.cells.shape
    sides = [(t.top == 0, t.left == 0, t.bottom == rows - 1, t.right == columns - 1) for t in c.things]
    lamps = [s for s in sides if any(s)]
    t = c.things[i]
    if len(lamps) != 1 or sum(lamps[0]) != 1 or any(sides[i]):
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    mask = t.mask(c.cells.shape)
    axis, back = (0, 1, 0, 1)[lamps[0].index(True)], lamps[0].index(True) > 1
    lit = np.flip(mask, axis) if back else mask
    lit = np.logical_or.accumulate(lit, axis=axis)
    return places_of((np.flip(lit, axis) if back else lit) & (c.cells == 0))


INMATES: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "inmates": (_inmates, 4.5),
    "queue": (lambda c: [n for n, _ in _ahead(c)], 4.0),
    "astray": (lambda c: [int(shift != (0, 0)) for shift in _row_shift(c)], 4.0),
}
INKS: dict[str, Callable[[Crowd], list[int]]] = {
    "queuehead": lambda c: [ink for _, ink in _ahead(c)],
    "comate": _touched,
    "beat": _beat,
}
AROUND: dict[str, Callable[[Crowd, int], Places]] = {"lee": _lee}
PLACED: dict[str, Callable[[Crowd, int], tuple[Cells, int, int] | None]] = {"rejoin": _rejoin}
