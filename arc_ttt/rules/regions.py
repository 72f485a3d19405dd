"""Regions of a thing and around it: which cells an act may colour.

A region gives the rows and columns of cells, all within the grid; those around a thing are empty cells alone.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules import (
    acts_paired,
    breaches,
    companions,
    contents,
    regions_aimed,
    regions_bent,
    regions_between,
    regions_border,
    regions_counted,
    regions_dotted,
    regions_drawn,
    regions_even,
    regions_halls,
    regions_led,
    regions_lines,
    regions_lit,
    regions_more,
    regions_pointed,
    regions_rooms,
    regions_shaped,
    regions_spokes,
    regions_symmetric,
    signs,
)
from arc_ttt.rules.crowds import ROOM, Crowd, ink_of
from arc_ttt.rules.places import DIRECTIONS, Places, free, none
from arc_ttt.rules.regions_aimed import OPPOSITE, way_to
from arc_ttt.rules.regions_more import where
from arc_ttt.rules.things import Thing, border, enclosed, rarest_ink, touching
from arc_ttt.types import Cells

NONE: Places = none()


def _rim(t: Thing) -> np.ndarray:
    mask = np.pad(t.cells != 0, 1)
    inner = mask[:-2, 1:-1] & mask[2:, 1:-1] & mask[1:-1, :-2] & mask[1:-1, 2:]
    rim: np.ndarray = (t.cells != 0) & ~inner
    return rim


def _grown(t: Thing, mask: np.ndarray) -> Places:
    rows, columns = np.nonzero(mask)
    return rows + t.top - 1, columns + t.left - 1


def _strip(cells: Cells, t: Thing, way: str, blocked: bool) -> Places:
    """The cells beside a thing in a direction, as broad as it, up to the border or (blocked) to what is in the way."""
    rows, columns = cells.shape
    box = {
        "up": (slice(0, t.top), slice(t.left, t.right + 1)),
        "down": (slice(t.bottom + 1, rows), slice(t.left, t.right + 1)),
        "left": (slice(t.top, t.bottom + 1), slice(0, t.left)),
        "right": (slice(t.top, t.bottom + 1), slice(t.right + 1, columns)),
    }[way]
    free = cells[box] == 0
    if blocked:
        axis = 1 if way in ("up", "down") else 0
        line = free.all(axis=axis)
        back = -1 if way in ("up", "left") else 1
        line = np.logical_and.accumulate(line[::back])[::back]
        free = free & (line[:, None] if axis else line[None])
    r, c = np.nonzero(free)
    return r + (box[0].start or 0), c + (box[1].start or 0)


def _joined(parts: list[Places]) -> Places:
    return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])


def _strips(ways: tuple[str, ...], blocked: bool) -> Callable[[Crowd, int], Places]:
    return lambda c, i: _joined([_strip(c.cells, c.things[i], w, blocked) for w in ways])


def _slant(c: Crowd, t: Thing, down: int, right: int) -> Places:
    """The diagonal outward from a corner of a thing's box, where it is empty."""
    row = t.bottom if down > 0 else t.top
    column = t.right if right > 0 else t.left
    steps = np.arange(1, 31)
    return free(c.cells, row + down * steps, column + right * steps)


def _slants(ways: tuple[tuple[int, int], ...]) -> Callable[[Crowd, int], Places]:
    return lambda c, i: _joined([_slant(c, c.things[i], *w) for w in ways])


def _bridges(c: Crowd, i: int, like: bool, across: bool, down: bool) -> Places:
    """The cells between a thing and the next one straight beside it (of its colour), as broad as both are."""
    t, found = c.things[i], [NONE]
    for k, o in enumerate(c.things):
        if k == i or (like and ink_of(o) != ink_of(t)):
            continue
        top, bottom = max(t.top, o.top), min(t.bottom, o.bottom)
        left, right = max(t.left, o.left), min(t.right, o.right)
        if across and top <= bottom and left > right + 1:
            box = slice(top, bottom + 1), slice(right + 1, left)
        elif down and left <= right and top > bottom + 1:
            box = slice(bottom + 1, top), slice(left, right + 1)
        else:
            continue
        if not c.cells[box].any():
            rows, columns = np.indices(c.cells[box].shape)
            found.append((rows.ravel() + box[0].start, columns.ravel() + box[1].start))
    return _joined(found)


def _ray(away: bool) -> Callable[[Crowd, int], Places]:
    """The empty cells beyond a thing in the direction in which its rarest colour lies from its middle, or in the other
    one, in line with that colour."""

    def ray(c: Crowd, i: int) -> Places:
        t = c.things[i]
        way = pointing(t)
        if way is None:
            return NONE
        down, right = DIRECTIONS[way if away else OPPOSITE[way]]
        places = []
        for r, k in np.argwhere(_lightest(t, False)):
            row, column = int(r) + t.top, int(k) + t.left
            while True:
                row, column = row + down, column + right
                if not (0 <= row < c.cells.shape[0] and 0 <= column < c.cells.shape[1]):
                    break
                if c.cells[row, column] == 0:
                    places.append((row, column))
                elif not (t.top <= row <= t.bottom and t.left <= column <= t.right):
                    break
        return (np.array([p[0] for p in places]), np.array([p[1] for p in places])) if places else NONE

    return ray


def _beam(away: bool) -> Callable[[Crowd, int], Places]:
    """The same as broad as the thing."""

    def beam(c: Crowd, i: int) -> Places:
        way = pointing(c.things[i])
        return NONE if way is None else _strip(c.cells, c.things[i], way if away else OPPOSITE[way], True)

    return beam


def _tips(c: Crowd, i: int) -> Places:
    """The empty cells in line with each end of a thing: a cell that has one neighbour only, seen from that one."""
    t = c.things[i]
    mask = np.pad(t.cells != 0, 1)
    if not 2 <= t.size <= 60:
        return NONE
    places = [NONE]
    for r, k in np.argwhere(mask):
        near = np.argwhere(mask[r - 1 : r + 2, k - 1 : k + 2]) - 1
        if len(near) == 2:
            down, right = (-near.sum(axis=0)).tolist()
            places.append(_straight(c.cells, int(r) + t.top - 1, int(k) + t.left - 1, down, right))
    return _joined(places)


def _straight(cells: Cells, row: int, column: int, down: int, right: int) -> Places:
    """The empty cells from a place on in a direction, up to the border or the first that is not empty."""
    rows, columns = [], []
    row, column = row + down, column + right
    while 0 <= row < cells.shape[0] and 0 <= column < cells.shape[1] and cells[row, column] == 0:
        rows.append(row)
        columns.append(column)
        row, column = row + down, column + right
    return np.array(rows, np.intp), np.array(columns, np.intp)


def _leaks(c: Crowd, i: int) -> Places:
    """The gaps in the sides of a thing's box, and the empty cells beyond them."""
    t = c.things[i]
    if min(t.cells.shape) < 3 or t.size < 5:
        return NONE
    places = [NONE]
    for way, line in (("up", t.cells[0]), ("down", t.cells[-1]), ("left", t.cells[:, 0]), ("right", t.cells[:, -1])):
        down, right = DIRECTIONS[way]
        gaps = np.flatnonzero(line == 0)
        if len(gaps) and line[0] and line[-1]:
            for k in gaps.tolist():
                row = t.top + k if right else t.bottom - 1 if down > 0 else t.top + 1
                column = t.left + k if down else t.right - 1 if right > 0 else t.left + 1
                places.append(_straight(c.cells, row, column, down, right))
    return _joined(places)


def _beam_large(c: Crowd, i: int, away: bool) -> Places:
    """The empty cells from a thing straight to the largest one, or away from it to the border."""
    sizes = [t.size for t in c.things]
    found = way_to(c, i, [k for k, s in enumerate(sizes) if s == max(sizes)])
    if found is None:
        return NONE
    way = found[0]
    return _strip(c.cells, c.things[i], OPPOSITE[way] if away else way, True)


def _edges(t: Thing) -> np.ndarray:
    """The empty cells of the sides of a thing's box."""
    mask: np.ndarray = t.cells == 0
    mask[1:-1, 1:-1] = False
    return mask


def _within(t: Thing) -> np.ndarray:
    """The empty cells of a thing's box that are not at its sides."""
    mask: np.ndarray = np.zeros(t.cells.shape, bool)
    mask[1:-1, 1:-1] = t.cells[1:-1, 1:-1] == 0
    return mask


def _whole(c: Crowd, i: int) -> Places:
    """All cells of the box of a part."""
    t = c.things[i]
    rows, columns = np.indices(t.cells.shape)
    return rows.ravel() + t.top, columns.ravel() + t.left


def _corners(t: Thing, coloured: bool = True) -> np.ndarray:
    mask: np.ndarray = np.zeros(t.cells.shape, bool)
    mask[[0, 0, -1, -1], [0, -1, 0, -1]] = True
    mask &= (t.cells != 0) == coloured
    return mask


def _centre(t: Thing) -> np.ndarray:
    mask = np.zeros(t.cells.shape, bool)
    mask[(t.height - 1) // 2 : t.height // 2 + 1, (t.width - 1) // 2 : t.width // 2 + 1] = True
    return mask


def _line(t: Thing, row: int | None, column: int | None) -> np.ndarray:
    mask = np.zeros(t.cells.shape, bool)
    if row is not None:
        mask[row] = True
    if column is not None:
        mask[:, column] = True
    mask &= t.cells != 0
    return mask


def straight_way(down: float, right: float) -> str | None:
    """The straight direction that is nearest to a way; none where it is aslant."""
    if abs(down) == abs(right):
        return None
    return ("down" if down > 0 else "up") if abs(down) > abs(right) else ("right" if right > 0 else "left")


def direction_of(t: Thing, ink: int) -> str | None:
    """The direction from the middle of a thing to its cells of a colour, if that is straight."""
    rows, columns = np.nonzero(t.cells == ink)
    if not ink or not len(rows):
        return None
    return straight_way(2 * float(rows.mean()) - t.height + 1, 2 * float(columns.mean()) - t.width + 1)


def pointing(t: Thing) -> str | None:
    """The direction from the middle of a thing to its rarest colour, if that is straight."""
    return direction_of(t, rarest_ink(t.cells))


def _lightest(t: Thing, most: bool) -> np.ndarray:
    """The cells of a many-coloured thing's rarest (most common) colour."""
    counts = np.bincount(t.cells[t.cells != 0], minlength=ROOM + 1)
    present = counts[counts > 0]
    if len(present) < 2:
        return np.zeros(t.cells.shape, bool)
    ink = int(np.flatnonzero(counts == (present.max() if most else present.min()))[0])
    mask: np.ndarray = t.cells == ink
    return mask


def _on(mask: Callable[[Thing], np.ndarray]) -> Callable[[Crowd, int], Places]:
    return lambda c, i: where(c.things[i], mask(c.things[i]))


def _beside(mask: Callable[[Thing], np.ndarray]) -> Callable[[Crowd, int], Places]:
    return lambda c, i: free(c.cells, *_grown(c.things[i], mask(c.things[i])))


def _holes(t: Thing) -> np.ndarray:
    return enclosed(t.cells) if min(t.cells.shape) > 2 else np.zeros(t.cells.shape, bool)


# Regions by name: on the thing itself, and around it (empty cells alone).
ON: dict[str, Callable[[Crowd, int], Places]] = {
    "all": _on(lambda t: t.cells != 0),
    "rim": _on(_rim),
    "core": _on(lambda t: (t.cells != 0) & ~_rim(t)),
    "corners": _on(_corners),
    "centre": _on(_centre),
    "top": _on(lambda t: _line(t, 0, None)),
    "bottom": _on(lambda t: _line(t, -1, None)),
    "leftside": _on(lambda t: _line(t, None, 0)),
    "rightside": _on(lambda t: _line(t, None, -1)),
    **contents.ON,
    "specks": _on(lambda t: _lightest(t, False)),
    "mass": _on(lambda t: _lightest(t, True)),
    "whole": _whole,
    **regions_more.ON,
    **regions_lines.ON,
    **regions_counted.ON,
    **regions_even.ON,
    **acts_paired.ON,
}
AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    "fill": lambda c, i: free(c.cells, *where(c.things[i], _holes(c.things[i]))),
    "box": lambda c, i: free(c.cells, *where(c.things[i], c.things[i].cells == 0)),
    "frame": _beside(lambda t: border((t.height + 2, t.width + 2))),
    "halo": _beside(lambda t: touching(t, corners=True)),
    "sides": _beside(touching),
    "outcorners": _beside(lambda t: _corners(Thing(0, 0, np.ones((t.height + 2, t.width + 2), np.uint8)))),
    **{f"beam{w}": _strips((w,), True) for w in DIRECTIONS},
    "beamacross": _strips(("left", "right"), True),
    "beamalong": _strips(("up", "down"), True),
    "beamcross": _strips(tuple(DIRECTIONS), True),
    **{f"bar{w}": _strips((w,), False) for w in DIRECTIONS},
    "baracross": _strips(("left", "right"), False),
    "baralong": _strips(("up", "down"), False),
    "barcross": _strips(tuple(DIRECTIONS), False),
    "slantul": _slants(((-1, -1),)),
    "slantur": _slants(((-1, 1),)),
    "slantll": _slants(((1, -1),)),
    "slantlr": _slants(((1, 1),)),
    "slants": _slants(((-1, -1), (-1, 1), (1, -1), (1, 1))),
    "within": lambda c, i: free(c.cells, *where(c.things[i], _within(c.things[i]))),
    "edges": lambda c, i: free(c.cells, *where(c.things[i], _edges(c.things[i]))),
    "boxcorners": lambda c, i: free(c.cells, *where(c.things[i], _corners(c.things[i], coloured=False))),
    "beamlarge": lambda c, i: _beam_large(c, i, False),
    "beamaway": lambda c, i: _beam_large(c, i, True),
    "tips": _tips,
    "leaks": _leaks,
    "boxleaks": lambda c, i: _joined([AROUND["box"](c, i), _leaks(c, i)]),
    "rayon": _ray(True),
    "rayback": _ray(False),
    "beamon": _beam(True),
    "beamback": _beam(False),
    "bridge": lambda c, i: _bridges(c, i, True, True, True),
    "bridgeacross": lambda c, i: _bridges(c, i, False, True, False),
    "bridgedown": lambda c, i: _bridges(c, i, False, False, True),
    "bridgeany": lambda c, i: _bridges(c, i, False, True, True),
    **regions_more.AROUND,
    **regions_aimed.AROUND,
    **regions_between.AROUND,
    **regions_pointed.AROUND,
    **regions_lines.AROUND,
    **regions_shaped.AROUND,
    **regions_counted.AROUND,
    **regions_symmetric.AROUND,
    **companions.AROUND,
    **regions_led.AROUND,
    **regions_border.AROUND,
    **regions_drawn.AROUND,
    **regions_lit.AROUND,
    **regions_even.AROUND,
    **regions_rooms.AROUND,
    **regions_halls.AROUND,
    **breaches.AROUND,
    **signs.AROUND,
    **regions_spokes.AROUND,
    **regions_bent.AROUND,
}
AROUND |= regions_dotted.dotted(AROUND) | regions_dotted.sides(lambda c, i: pointing(c.things[i]))
REGIONS = {**ON, **AROUND}
