"""Regions that symmetry gives: what a thing lacks to be its own mirror image, its middle and the axes within its box,
and its mirror image beyond a line or another thing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.places import Places, free, none
from arc_ttt.rules.regions_aimed import way_to
from arc_ttt.rules.things import Thing
from arc_ttt.types import Cells

_Images = Callable[[np.ndarray], list[np.ndarray]]
_FEWEST = 3


def _lacks(images: _Images) -> Callable[[Crowd, int], Places]:
    """The empty cells of a thing's box of which an image is a cell of it."""

    def lacks(c: Crowd, i: int) -> Places:
        t = c.things[i]
        if t.size < _FEWEST or t.size == t.cells.size:
            return none()
        own = t.cells != 0
        mask = np.zeros(own.shape, bool)
        for image in images(own):
            if image.shape != own.shape:
                return none()
            mask |= image
        rows, columns = np.nonzero(mask & ~own)
        return free(c.cells, rows + t.top, columns + t.left)

    return lacks


# How far an axis may lie from the middle of a box, in half cells, and the share of its cells that a thing may lack.
_MOST_OFF, _MOST_LACKING = 2, 0.34
# The same of two axes, each of which may bring back what the other one has lost, and cells of a thing with such axes.
_MOST_LACKING_BOTH, _MOST_DOUBLED = 0.6, 60


def _lacks_least(c: Crowd, i: int) -> Places:
    """The empty cells that a thing lacks to be its own mirror image, left to right or top to bottom, about the axis for
    which it lacks the fewest; its box may lack lines on one side."""
    t = c.things[i]
    if t.size < 2 * _FEWEST or min(t.cells.shape) < _FEWEST:
        return none()
    own = {(int(r), int(k)) for r, k in np.argwhere(t.cells)}
    best: tuple[int, int, list[tuple[int, int]]] | None = None
    for off in sorted(range(-_MOST_OFF, _MOST_OFF + 1), key=abs):
        for across in (True, False):
            total = (t.width if across else t.height) - 1 + off
            lacking = [p for r, k in own if (p := (r, total - k) if across else (total - r, k)) not in own]
            if best is None or (len(lacking), abs(off)) < best[:2]:
                best = len(lacking), abs(off), lacking
    if best is None or not 0 < best[0] <= _MOST_LACKING * t.size:
        return none()
    rows, columns = np.array(sorted(best[2])).T
    return free(c.cells, rows + t.top, columns + t.left)


def _doubled(mask: np.ndarray, off: int) -> np.ndarray:
    """A mask with its image top to bottom about an axis so many half cells below the middle; as many rows are added."""
    more = np.zeros((abs(off), mask.shape[1]), bool)
    longer = np.concatenate([mask, more] if off > 0 else [more, mask])
    doubled: np.ndarray = longer | longer[::-1]
    return doubled


def _lacks_axes(c: Crowd, i: int) -> Places:
    """The empty cells that a thing lacks to be its own mirror image both ways, about the two axes for which it lacks
    the fewest; its box may lack lines on a side each way."""
    t = c.things[i]
    if not 2 * _FEWEST <= t.size <= _MOST_DOUBLED or min(t.cells.shape) < _FEWEST:
        return none()
    offs = sorted(range(-_MOST_OFF, _MOST_OFF + 1), key=abs)
    best: tuple[int, int, int, int, np.ndarray] | None = None
    for down in offs:
        half = _doubled(t.cells != 0, down).T
        for right in offs:
            whole = _doubled(half, right)
            size = int(np.count_nonzero(whole))
            if best is None or (size, abs(down) + abs(right)) < best[:2]:
                best = size, abs(down) + abs(right), min(down, 0), min(right, 0), whole
    if best is None or not t.size < best[0] <= (1 + _MOST_LACKING_BOTH) * t.size:
        return none()
    columns, rows = np.nonzero(best[4])
    return free(c.cells, rows + t.top + best[2], columns + t.left + best[3])


def _middle(length: int) -> slice:
    return slice((length - 1) // 2, length // 2 + 1)


def _heart(plus: bool) -> Callable[[Crowd, int], Places]:
    """The empty cells in the middle of a thing's box, perhaps with those beside them."""

    def heart(c: Crowd, i: int) -> Places:
        t = c.things[i]
        if min(t.cells.shape) < _FEWEST:
            return none()
        mask = np.zeros(t.cells.shape, bool)
        rows, columns = _middle(t.height), _middle(t.width)
        mask[rows, columns] = True
        if plus:
            mask[rows.start - 1 : rows.stop + 1, columns] = True
            mask[rows, columns.start - 1 : columns.stop + 1] = True
        down, across = np.nonzero(mask)
        return free(c.cells, down + t.top, across + t.left)

    return heart


def _axes(c: Crowd, i: int) -> Places:
    """The empty cells within a thing's box in its middle row and column."""
    t = c.things[i]
    if min(t.cells.shape) < _FEWEST:
        return none()
    mask = np.zeros(t.cells.shape, bool)
    mask[_middle(t.height)] = True
    mask[:, _middle(t.width)] = True
    rows, columns = np.nonzero(mask)
    return free(c.cells, rows + t.top, columns + t.left)


def _slants(c: Crowd, i: int) -> Places:
    """The empty cells on both diagonals of a thing's square box."""
    t = c.things[i]
    if t.height != t.width or t.height < _FEWEST:
        return none()
    line = np.arange(t.height)
    rows, columns = np.concatenate([line, line]), np.concatenate([line, line[::-1]])
    return free(c.cells, rows + t.top, columns + t.left)


def _reflected(c: Crowd, t: Thing, way: str, first: int, last: int) -> Places:
    """The empty places of a thing's mirror image over the lines from `first` to `last`, which lie in the way."""
    rows, columns = np.nonzero(t.cells)
    rows, columns = rows + t.top, columns + t.left
    if way in ("up", "down"):
        rows = first + last - rows
    else:
        columns = first + last - columns
    return free(c.cells, rows, columns)


def _over_next(c: Crowd, i: int) -> Places:
    """The empty places of a thing's mirror image over the nearest thing of another colour straight beside it."""
    t = c.things[i]
    found = way_to(c, i, [k for k, o in enumerate(c.things) if ink_of(o) != ink_of(t)])
    if found is None:
        return none()
    way, o = found[0], c.things[found[1]]
    return _reflected(c, t, way, *((o.top, o.bottom) if way in ("up", "down") else (o.left, o.right)))


def lines(cells: Cells) -> list[tuple[int, int, int]]:
    """(first row, last row, colour) of all bands of full rows of one colour."""
    found: list[tuple[int, int, int]] = []
    for k in np.flatnonzero((cells == cells[:, :1]).all(axis=1) & (cells[:, 0] != 0)).tolist():
        ink = int(cells[k, 0])
        if found and found[-1][1:] == (k - 1, ink):
            found[-1] = (found[-1][0], k, ink)
        else:
            found.append((k, k, ink))
    return found


def _over_line(c: Crowd, i: int) -> Places:
    """The empty places of a thing's mirror image over the nearest straight line from border to border."""
    t = c.things[i]
    ways: list[tuple[int, str, int, int]] = []
    for cells, low, high, names in (
        (c.cells, t.top, t.bottom, ("up", "down")),
        (c.cells.T, t.left, t.right, ("left", "right")),
    ):
        for first, last, _ in lines(cells):
            if last < low:
                ways.append((low - last, names[0], first, last))
            elif first > high:
                ways.append((first - high, names[1], first, last))
    if not ways or t.size > c.cells.size // 4:
        return none()
    _, way, first, last = min(ways)
    return _reflected(c, t, way, first, last)


def line_ink(c: Crowd) -> list[int]:
    """The one colour of the straight lines from border to border."""
    inks = {ink for cells in (c.cells, c.cells.T) for _, _, ink in lines(cells)}
    return [inks.pop() if len(inks) == 1 else 0] * len(c.things)


AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    "heart": _heart(False),
    "heartplus": _heart(True),
    "inaxes": _axes,
    "inslants": _slants,
    "lacksboth": _lacks(lambda m: [m[::-1], m[:, ::-1], m[::-1, ::-1]]),
    "lacksacross": _lacks(lambda m: [m[:, ::-1]]),
    "lacksdown": _lacks(lambda m: [m[::-1]]),
    "lacksleast": _lacks_least,
    "lacksaxes": _lacks_axes,
    "lacksturning": _lacks(lambda m: [np.rot90(m, k) for k in (1, 2, 3)]),
    "overnext": _over_next,
    "overline": _over_line,
}
