"""What may become of one thing of a grid: a region of it or around it takes a colour, or it moves, turns, is repeated.

An act is a word: a region and where its colour is from (`fill3`, `framenear`, `all0`: the thing vanishes), or a change
(`fliphorizontal`, `slidedown`, `movep1m2`: down and right, m for minus).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np

from arc_ttt.rules.crowds import ROOM, SOURCES, Crowd, ink_of
from arc_ttt.rules.things import Thing, enclosed
from arc_ttt.types import COLOURS, Cells

Places = tuple[np.ndarray, np.ndarray]  # rows, columns
DIRECTIONS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
# What a thing becomes: whether it goes from where it is, and what is painted: places and colours.
Change = tuple[bool, Places, np.ndarray]
SAME = "same"
_OPPOSITE = {"up": "down", "down": "up", "left": "right", "right": "left"}
_NONE: Places = (np.zeros(0, np.intp), np.zeros(0, np.intp))


def _where(t: Thing, mask: np.ndarray) -> Places:
    rows, columns = np.nonzero(mask)
    return rows + t.top, columns + t.left


def _free(cells: Cells, places: Places) -> Places:
    """The places within the grid that are empty."""
    rows, columns = places
    inside = (rows >= 0) & (columns >= 0) & (rows < cells.shape[0]) & (columns < cells.shape[1])
    rows, columns = rows[inside], columns[inside]
    empty = cells[rows, columns] == 0
    return rows[empty], columns[empty]


def _rim(t: Thing) -> np.ndarray:
    mask = np.pad(t.cells != 0, 1)
    inner = mask[:-2, 1:-1] & mask[2:, 1:-1] & mask[1:-1, :-2] & mask[1:-1, 2:]
    rim: np.ndarray = (t.cells != 0) & ~inner
    return rim


def _around(t: Thing, corners: bool) -> np.ndarray:
    """The cells around a thing, in its box with one more cell at each side."""
    mask = np.pad(t.cells != 0, 1)
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    grown[:-1] |= mask[1:]
    grown[:, 1:] |= (grown if corners else mask)[:, :-1]
    grown[:, :-1] |= (grown if corners else mask)[:, 1:]
    if corners:  # sideways growth of what has grown down and up
        wide = mask.copy()
        wide[1:] |= mask[:-1]
        wide[:-1] |= mask[1:]
        grown = wide.copy()
        grown[:, 1:] |= wide[:, :-1]
        grown[:, :-1] |= wide[:, 1:]
    return grown & ~mask


def _ring(t: Thing) -> np.ndarray:
    ring = np.zeros((t.height + 2, t.width + 2), bool)
    ring[[0, -1]] = ring[:, [0, -1]] = True
    return ring


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
        if way in ("up", "left"):
            line = np.logical_and.accumulate(line[::-1])[::-1]
        else:
            line = np.logical_and.accumulate(line)
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
    return _free(c.cells, (row + down * steps, column + right * steps))


def _slants(ways: tuple[tuple[int, int], ...]) -> Callable[[Crowd, int], Places]:
    return lambda c, i: _joined([_slant(c, c.things[i], *w) for w in ways])


def _bridges(c: Crowd, i: int, like: bool, across: bool, down: bool) -> Places:
    """The cells between a thing and the next one straight beside it (of its colour), as broad as both are."""
    t, found = c.things[i], [_NONE]
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
            return _NONE
        down, right = DIRECTIONS[way if away else _OPPOSITE[way]]
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
        return (np.array([p[0] for p in places]), np.array([p[1] for p in places])) if places else _NONE

    return ray


def _tips(c: Crowd, i: int) -> Places:
    """The empty cells in line with each end of a thing: a cell that has one neighbour only, seen from that one."""
    t = c.things[i]
    mask = np.pad(t.cells != 0, 1)
    if not 2 <= t.size <= 60:
        return _NONE
    places = [_NONE]
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
        return _NONE
    places = [_NONE]
    for way, line in (("up", t.cells[0]), ("down", t.cells[-1]), ("left", t.cells[:, 0]), ("right", t.cells[:, -1])):
        down, right = DIRECTIONS[way]
        gaps = np.flatnonzero(line == 0)
        if len(gaps) and line[0] and line[-1]:
            for k in gaps.tolist():
                row = t.top + k if right else t.bottom - 1 if down > 0 else t.top + 1
                column = t.left + k if down else t.right - 1 if right > 0 else t.left + 1
                places.append(_straight(c.cells, row, column, down, right))
    return _joined(places)


def _whole(c: Crowd, i: int) -> Places:
    """All cells of the box of a part."""
    t = c.things[i]
    rows, columns = np.indices(t.cells.shape)
    return rows.ravel() + t.top, columns.ravel() + t.left


def _corners(t: Thing) -> np.ndarray:
    mask = np.zeros(t.cells.shape, bool)
    mask[[0, 0, -1, -1], [0, -1, 0, -1]] = True
    return mask & (t.cells != 0)


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
    return mask & (t.cells != 0)


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
    return lambda c, i: _where(c.things[i], mask(c.things[i]))


def _beside(mask: Callable[[Thing], np.ndarray]) -> Callable[[Crowd, int], Places]:
    return lambda c, i: _free(c.cells, _grown(c.things[i], mask(c.things[i])))


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
    "specks": _on(lambda t: _lightest(t, False)),
    "mass": _on(lambda t: _lightest(t, True)),
    "whole": _whole,
}
AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    "fill": lambda c, i: _free(c.cells, _where(c.things[i], _holes(c.things[i]))),
    "box": lambda c, i: _free(c.cells, _where(c.things[i], c.things[i].cells == 0)),
    "frame": _beside(_ring),
    "halo": _beside(lambda t: _around(t, True)),
    "sides": _beside(lambda t: _around(t, False)),
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
    "tips": _tips,
    "leaks": _leaks,
    "boxleaks": lambda c, i: _joined([AROUND["box"](c, i), _leaks(c, i)]),
    "rayon": _ray(True),
    "rayback": _ray(False),
    "bridge": lambda c, i: _bridges(c, i, True, True, True),
    "bridgeacross": lambda c, i: _bridges(c, i, False, True, False),
    "bridgedown": lambda c, i: _bridges(c, i, False, False, True),
    "bridgeany": lambda c, i: _bridges(c, i, False, True, True),
}
REGIONS = {**ON, **AROUND}


# --- moves and turns ---


def _put(cells: Cells, patch: Cells, top: int, left: int) -> tuple[Places, np.ndarray]:
    """The places and colours of a patch within the grid."""
    rows, columns = np.nonzero(patch)
    inks = patch[rows, columns]
    rows, columns = rows + top, columns + left
    inside = (rows >= 0) & (columns >= 0) & (rows < cells.shape[0]) & (columns < cells.shape[1])
    return (rows[inside], columns[inside]), inks[inside]


def _steps(c: Crowd, t: Thing, way: str) -> int:
    """How far a thing can go in a direction before the border or another thing."""
    down, right = DIRECTIONS[way]
    rows, columns = np.nonzero(t.cells)
    if not len(rows):
        return 0
    rows, columns = rows + t.top, columns + t.left
    others = c.cells.copy()
    others[rows, columns] = 0
    for n in range(1, 31):
        r, k = rows + n * down, columns + n * right
        if r.min() < 0 or k.min() < 0 or r.max() >= others.shape[0] or k.max() >= others.shape[1] or others[r, k].any():
            return n - 1
    return 0


def _move(c: Crowd, i: int, down: int, right: int) -> Change:
    t = c.things[i]
    return (True, *_put(c.cells, t.cells, t.top + down, t.left + right))


def _slide(way: str) -> Callable[[Crowd, int], Change]:
    def slide(c: Crowd, i: int) -> Change:
        n = _steps(c, c.things[i], way)
        return _move(c, i, n * DIRECTIONS[way][0], n * DIRECTIONS[way][1])

    return slide


def _edge(way: str) -> Callable[[Crowd, int], Change]:
    def edge(c: Crowd, i: int) -> Change:
        t, (rows, columns) = c.things[i], c.cells.shape
        down = {"up": -t.top, "down": rows - 1 - t.bottom}.get(way, 0)
        right = {"left": -t.left, "right": columns - 1 - t.right}.get(way, 0)
        return _move(c, i, down, right)

    return edge


def _step(way: str, gap: int = 0) -> Callable[[Crowd, int], Change]:
    def step(c: Crowd, i: int) -> Change:
        t, (down, right) = c.things[i], DIRECTIONS[way]
        return _move(c, i, down * (t.height + gap), right * (t.width + gap))

    return step


def _pull(c: Crowd, i: int, goals: list[int]) -> Change | None:
    """Straight towards the nearest of the goals that lies straight beside a thing, until they touch."""
    t = c.things[i]
    best: tuple[int, str] | None = None
    for k in goals:
        o = c.things[k]
        if k == i:
            continue
        if o.left <= t.right and o.right >= t.left:
            way = "down" if o.top > t.bottom else "up"
        elif o.top <= t.bottom and o.bottom >= t.top:
            way = "right" if o.left > t.right else "left"
        else:
            continue
        if best is None or c.gaps[i, k] < best[0]:
            best = int(c.gaps[i, k]), way
    return _slide(best[1])(c, i) if best else None


def _pull_near(c: Crowd, i: int) -> Change | None:
    return _pull(c, i, [k for k, o in enumerate(c.things) if ink_of(o) != ink_of(c.things[i])])


def _pull_large(c: Crowd, i: int) -> Change | None:
    sizes = [t.size for t in c.things]
    return _pull(c, i, [k for k, s in enumerate(sizes) if s == max(sizes)])


def _towards_mass(c: Crowd, i: int) -> Change | None:
    """The way its rarest colour lies, as far as it can."""
    way = pointing(c.things[i])
    return _slide(way)(c, i) if way else None


def pointing(t: Thing) -> str | None:
    """The direction from the middle of a thing to its rarest colour, if that is straight."""
    counts = np.bincount(t.cells[t.cells != 0], minlength=ROOM + 1)
    present = counts[counts > 0]
    if len(present) < 2 or (present == present.min()).sum() > 1:
        return None
    rows, columns = np.nonzero(t.cells == int(np.flatnonzero(counts == present.min())[0]))
    down, right = 2 * float(rows.mean()) - t.height + 1, 2 * float(columns.mean()) - t.width + 1
    if abs(down) == abs(right):
        return None
    return ("down" if down > 0 else "up") if abs(down) > abs(right) else ("right" if right > 0 else "left")


def _turned(turn: Callable[[Cells], Cells]) -> Callable[[Crowd, int], Change | None]:
    def change(c: Crowd, i: int) -> Change | None:
        t = c.things[i]
        new = turn(t.cells)
        return (True, *_put(c.cells, new, t.top, t.left)) if new.shape == t.cells.shape else None

    return change


def _copied(way: str, mirrored: bool, gap: int, often: int) -> Callable[[Crowd, int], Change]:
    """Copies beside a thing in a direction, each mirrored against the one before if it says so."""

    def change(c: Crowd, i: int) -> Change:
        t, (down, right) = c.things[i], DIRECTIONS[way]
        rows, columns, inks = [_NONE[0]], [_NONE[1]], [np.zeros(0, np.uint8)]
        patch = t.cells
        for n in range(1, often + 1):
            if mirrored:
                patch = patch[::-1] if down else patch[:, ::-1]
            top, left = t.top + n * down * (t.height + gap), t.left + n * right * (t.width + gap)
            if not (-t.height < top < c.cells.shape[0] and -t.width < left < c.cells.shape[1]):
                break
            (r, k), ink = _put(c.cells, patch, top, left)
            rows.append(r)
            columns.append(k)
            inks.append(ink)
        return False, (np.concatenate(rows), np.concatenate(columns)), np.concatenate(inks)

    return change


def _completed(views: Callable[[Cells], list[Cells]]) -> Callable[[Crowd, int], Change | None]:
    """A thing laid upon images of itself in its box; what is there already stays."""

    def change(c: Crowd, i: int) -> Change | None:
        t = c.things[i]
        out = np.zeros_like(t.cells)
        for image in views(t.cells):
            if image.shape != out.shape:
                return None
            out = np.where(out == 0, image, out)
        out[t.cells != 0] = 0
        rows, columns = np.nonzero(out)
        places = rows + t.top, columns + t.left
        empty = c.cells[places] == 0
        return False, (places[0][empty], places[1][empty]), out[rows, columns][empty]

    return change


def _mirror(cells: Cells) -> Cells:
    return cells[:, ::-1]


def _flip(cells: Cells) -> Cells:
    return cells[::-1]


CHANGES: dict[str, Callable[[Crowd, int], Change | None]] = {
    **{f"slide{w}": _slide(w) for w in DIRECTIONS},
    **{f"edge{w}": _edge(w) for w in DIRECTIONS},
    **{f"step{w}": _step(w) for w in DIRECTIONS},
    "pullnear": _pull_near,
    "pulllarge": _pull_large,
    "slidepointing": _towards_mass,
    "fliphorizontal": _turned(_mirror),
    "flipvertical": _turned(_flip),
    "turn": _turned(lambda c: np.rot90(c, 2)),
    "turnleft": _turned(np.rot90),
    "turnright": _turned(lambda c: np.rot90(c, 3)),
    "transpose": _turned(lambda c: c.T),
    **{f"copy{w}": _copied(w, False, 0, 1) for w in DIRECTIONS},
    **{f"mirror{w}": _copied(w, True, 0, 1) for w in DIRECTIONS},
    **{f"trail{w}": _copied(w, False, 0, 30) for w in DIRECTIONS},
    **{f"row{w}": _copied(w, False, 1, 30) for w in DIRECTIONS},
    "completehorizontal": _completed(lambda c: [c, c[:, ::-1]]),
    "completevertical": _completed(lambda c: [c, c[::-1]]),
    "completeboth": _completed(lambda c: [c, c[::-1], c[:, ::-1], c[::-1, ::-1]]),
    "completeturning": _completed(lambda c: [np.rot90(c, k) for k in range(4)]),
}
_MOVE = re.compile(r"move([mp])(\d\d?)([mp])(\d\d?)")


def move_word(down: int, right: int) -> str:
    """The act that moves a thing so far."""
    return "move" + "".join(f"{'mp'[v >= 0]}{abs(v)}" for v in (down, right))


@cache
def _parsed(word: str) -> tuple[str, str] | None:
    """Region and source of an act that colours; None of others."""
    for region in sorted(REGIONS, key=len, reverse=True):
        rest = word.removeprefix(region)
        if rest != word and (rest in SOURCES or (rest.isdecimal() and len(rest) == 1)):
            return region, rest
    return None


def is_act(word: str) -> bool:
    """Whether `word` names an act."""
    return word == SAME or word in CHANGES or _MOVE.fullmatch(word) is not None or _parsed(word) is not None


def change_of(c: Crowd, i: int, word: str) -> Change | None:
    """What the act `word` makes of thing `i`; None where it cannot be done."""
    if word == SAME:
        return False, _NONE, np.zeros(0, np.uint8)
    if word in CHANGES:
        return CHANGES[word](c, i)
    if match := _MOVE.fullmatch(word):
        a, down, b, right = match.groups()
        return _move(c, i, int(down) * (1 if a == "p" else -1), int(right) * (1 if b == "p" else -1))
    found = _parsed(word)
    assert found is not None
    region, source = found
    places = REGIONS[region](c, i)
    ink = int(source) if source.isdecimal() else c.inks(source)[i]
    if not ink and not source.isdecimal() and len(places[0]):
        return None
    return False, places, np.full(len(places[0]), ink, np.uint8)


def offsets(t: Thing, wanted: Cells) -> Iterator[tuple[int, int]]:
    """How far down and right a thing may have moved to be where it is in `wanted`, the shortest ways first."""
    if t.height > wanted.shape[0] or t.width > wanted.shape[1]:
        return
    windows = np.lib.stride_tricks.sliding_window_view(wanted, t.cells.shape)
    mask = t.cells != 0
    hits = (windows[:, :, mask] == t.cells[mask]).all(axis=2)
    found = [(int(r) - t.top, int(c) - t.left) for r, c in np.argwhere(hits)]
    yield from sorted(found, key=lambda m: (abs(m[0]) + abs(m[1]), m))


@cache
def dear(act: str) -> int:
    """How far-fetched an act is among those that explain as much."""
    if act == SAME:
        return 0
    found = _parsed(act)
    if found is None:
        return 30 if act.startswith("move") else 20 + list(CHANGES).index(act)
    return list(REGIONS).index(found[0]) + (0 if found[1].isdecimal() else 1 + list(SOURCES).index(found[1]) // 2)
