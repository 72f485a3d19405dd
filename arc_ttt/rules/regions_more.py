"""Further regions of a thing and around it: its halves, what lies in its box, its axes, and the middle of what lies
between two things."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.places import Places, places_of
from arc_ttt.rules.things import Thing


def where(t: Thing, mask: np.ndarray) -> Places:
    rows, columns = np.nonzero(mask)
    return rows + t.top, columns + t.left


def _half(way: str) -> Callable[[Crowd, int], Places]:
    """The half of a thing's box on one side; of an odd number of lines the middle one is in none."""

    def half(c: Crowd, i: int) -> Places:
        t = c.things[i]
        down, across = np.arange(t.height)[:, None], np.arange(t.width)[None]
        inside = {
            "up": 2 * down < t.height - 1,
            "down": 2 * down > t.height - 1,
            "left": 2 * across < t.width - 1,
            "right": 2 * across > t.width - 1,
        }[way]
        return where(t, (t.cells != 0) & inside)

    return half


def _every_second(first: int, across: bool) -> Callable[[Crowd, int], Places]:
    """Every second row or column of a thing."""

    def lines(c: Crowd, i: int) -> Places:
        t = c.things[i]
        mask = t.cells != 0
        count = np.arange(t.height)[:, None] if across else np.arange(t.width)[None]
        return where(t, mask & (count % 2 == first))

    return lines


def _checker(first: int) -> Callable[[Crowd, int], Places]:
    def checker(c: Crowd, i: int) -> Places:
        t = c.things[i]
        rows, columns = np.indices(t.cells.shape)
        return where(t, (t.cells != 0) & ((rows + columns) % 2 == first))

    return checker


def _axes(across: bool, along: bool) -> Callable[[Crowd, int], Places]:
    """The empty cells of the whole rows and columns through the middle of a thing."""

    def axes(c: Crowd, i: int) -> Places:
        t = c.things[i]
        mask = np.zeros(c.cells.shape, bool)
        if across:
            mask[t.top + (t.height - 1) // 2 : t.top + t.height // 2 + 1] = True
        if along:
            mask[:, t.left + (t.width - 1) // 2 : t.left + t.width // 2 + 1] = True
        return places_of(mask & (c.cells == 0))

    return axes


def _others(c: Crowd, i: int) -> Places:
    """The cells of a thing's box that are not its own, empty or not."""
    t = c.things[i]
    return where(t, t.cells == 0)


def _span(c: Crowd, i: int) -> Places:
    """The empty cells in the middle of what lies between a thing and the next one straight beside it: not those at the
    edges of what they share."""
    t = c.things[i]
    mask = np.zeros(c.cells.shape, bool)
    for k, o in enumerate(c.things):
        top, bottom = max(t.top, o.top), min(t.bottom, o.bottom)
        left, right = max(t.left, o.left), min(t.right, o.right)
        if k == i:
            continue
        if bottom - top > 1 and left > right + 1:
            box = slice(top + 1, bottom), slice(right + 1, left)
        elif right - left > 1 and top > bottom + 1:
            box = slice(bottom + 1, top), slice(left + 1, right)
        else:
            continue
        if not c.cells[box].any():
            mask[box] = True
    return places_of(mask)


def _midway(plus: bool) -> Callable[[Crowd, int], Places]:
    """The empty cells halfway between a thing and another of its colour that lies in line, perhaps with the cells
    beside them."""

    def midway(c: Crowd, i: int) -> Places:
        t = c.things[i]
        mask = np.zeros(c.cells.shape, bool)
        for k, o in enumerate(c.things):
            down, right = (t.top + t.bottom + o.top + o.bottom), (t.left + t.right + o.left + o.right)
            straight = (t.top, t.height) == (o.top, o.height) or (t.left, t.width) == (o.left, o.width)
            if k != i and straight and ink_of(t) == ink_of(o) and down % 4 == right % 4 == 0:
                row, column = down // 4, right // 4
                mask[row, column] = True
                if plus:
                    mask[max(0, row - 1) : row + 2, column] = True
                    mask[row, max(0, column - 1) : column + 2] = True
        return places_of(mask & (c.cells == 0))

    return midway


def _broad_frame(c: Crowd, i: int) -> Places:
    """The empty cells around a thing's box, half as far as it is high or wide, whichever is less."""
    t = c.things[i]
    return _within(c, t, min(t.height, t.width) // 2)


def _within(c: Crowd, t: Thing, reach: int) -> Places:
    """The empty cells around a thing's box that are no farther away than `reach`."""
    mask = np.zeros(c.cells.shape, bool)
    if reach:
        mask[max(0, t.top - reach) : t.bottom + 1 + reach, max(0, t.left - reach) : t.right + 1 + reach] = True
    return places_of(mask & (c.cells == 0))


def _inset(c: Crowd, i: int) -> Places:
    """The empty cells of the frame one cell within a thing's box."""
    t = c.things[i]
    mask = np.zeros(c.cells.shape, bool)
    if min(t.cells.shape) > 2:
        mask[t.top + 1 : t.bottom, t.left + 1 : t.right] = True
        mask[t.top + 2 : t.bottom - 1, t.left + 2 : t.right - 1] = False
    return places_of(mask & (c.cells == 0))


def _beyond(c: Crowd, i: int) -> Places:
    """Aslant outside of each corner of a thing's box that the thing leaves empty as much again as is empty there."""
    t = c.things[i]
    mask = np.zeros(c.cells.shape, bool)
    for down, right in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
        part = t.cells[::-down, ::-right]
        side = 0
        while side < min(part.shape) and not part[: side + 1, : side + 1].any():
            side += 1
        top = t.top - side if down < 0 else t.bottom + 1
        left = t.left - side if right < 0 else t.right + 1
        mask[max(0, top) : max(0, top + side), max(0, left) : max(0, left + side)] = True
    return places_of(mask & (c.cells == 0))


ON: dict[str, Callable[[Crowd, int], Places]] = {
    **{f"half{w}": _half(w) for w in ("up", "down", "left", "right")},
    **{f"{w}rows": _every_second(k, True) for k, w in enumerate(("first", "second"))},
    **{f"{w}columns": _every_second(k, False) for k, w in enumerate(("first", "second"))},
    **{f"{w}checks": _checker(k) for k, w in enumerate(("first", "second"))},
}
AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    "axisacross": _axes(True, False),
    "axisalong": _axes(False, True),
    "axes": _axes(True, True),
    "others": _others,
    "span": _span,
    "midway": _midway(False),
    "midplus": _midway(True),
    "broadframe": _broad_frame,
    **{f"reach{n}": lambda c, i, n=n: _within(c, c.things[i], n) for n in (2, 3, 4)},  # type: ignore[misc]
    "inset": _inset,
    "beyond": _beyond,
}
