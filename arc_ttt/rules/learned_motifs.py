"""From single cells a motif goes on, again and again, by one step: dotted and zigzag lines, read off demonstrations.

`draw_motif(2, line, m2p2, m1p0to5_m2p0to5_m2p1to5)`: through each 2 a staircase of 5, two up and two to the right with
each step. A place is how far down and to the right of the cell it is (m and p for minus and plus).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, operation
from arc_ttt.rules.things import things
from arc_ttt.types import MAX_SIDE, Cells

_PLACE = re.compile(r"([mp])(\d\d?)([mp])(\d\d?)")
_ENTRY = re.compile(r"[mp]\d\d?[mp]\d\d?to(\d|own)")
_OWN, _UNKNOWN = 10, -1
# The longest step, cells of a motif and cells that have one at most, and motifs that are handed on.
MOST_STEP, MOST_CELLS, MOST_MARKS, KEPT = 5, 10, 8, 2
_SIDE = 2 * MAX_SIDE - 1
_AT = MAX_SIDE - 1  # where in a map of places the cell itself is

SOURCE = Kind("cells that begin", ("x", *range(1, 10)))
# On one side, on both by the same step, or also turned or mirrored.
_IMAGES: dict[str, tuple[Callable[[np.ndarray], np.ndarray], ...]] = {
    "ray": (),
    "line": (),
    "back": (lambda m: m[::-1, ::-1],),
    "across": (lambda m: m[:, ::-1],),
    "upright": (lambda m: m[::-1],),
    "cross": (np.rot90, lambda m: m[::-1, ::-1], lambda m: np.rot90(m, 3)),
}
GOING = Kind("how it goes on", tuple(_IMAGES))
_NOWHERE = {"p0p0", "m0m0", "m0p0", "p0m0"}
STEP = Kind("step", ("p1p1", "m2p2"), lambda word: _PLACE.fullmatch(word) is not None and word not in _NOWHERE)
MOTIF = Kind("motif", ("p1p0to5", "m1p0toown_m2p0toown"), lambda word: all(map(_ENTRY.fullmatch, word.split("_"))))


def _place(word: str) -> tuple[int, int]:
    match = _PLACE.match(word)
    assert match is not None
    a, down, b, right = match.groups()
    return int(down) * (1 if a == "p" else -1), int(right) * (1 if b == "p" else -1)


def _word(down: int, right: int) -> str:
    return "".join(f"{'mp'[v >= 0]}{abs(v)}" for v in (down, right))


@lru_cache(maxsize=256)
def _map(going: str, step: str, motif: str) -> np.ndarray:
    """(places) the colour at each place around a cell, _OWN for the cell's own, 0 for nothing."""
    down, right = _place(step)
    out = np.zeros((_SIDE, _SIDE), np.int8)
    for entry in motif.split("_"):
        place, _, ink = entry.rpartition("to")
        r, c = _place(place)
        for k in range(-2 * MAX_SIDE if going == "line" else 0, 2 * MAX_SIDE):
            y, x = _AT + r + k * down, _AT + c + k * right
            if 0 <= y < _SIDE and 0 <= x < _SIDE and (y, x) != (_AT, _AT):
                out[y, x] = _OWN if ink == "own" else int(ink)
    for image in [turn(out) for turn in _IMAGES[going]]:
        out = np.where(out == 0, image, out)
    return out


def _marks(cells: Cells, source: int | str) -> list[tuple[int, int]]:
    """The cells that begin: all of a colour, or all that are things by themselves."""
    if source == "x":
        return [(t.top, t.left) for t in things(cells, "corner") if t.size == 1]
    return [(int(r), int(c)) for r, c in np.argwhere(cells == source)]


def _around(r: int, c: int, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """The part of a map of places that a grid of `shape` shows around one of its cells."""
    return slice(_AT - r, _AT - r + shape[0]), slice(_AT - c, _AT - c + shape[1])


@operation("few", "markers", source=SOURCE, going=GOING, step=STEP, motif=MOTIF, weight=0)
def draw_motif(cells: Cells, source: int | str, going: str, step: str, motif: str) -> Cells | None:
    """From single cells on a motif is painted over empty cells again and again, each time moved by the same step, on
    one side or on both, perhaps turned or mirrored to the others, too."""
    marks = _marks(cells, source)
    if not 0 < len(marks) <= MOST_MARKS:
        return None
    places = _map(going, step, motif)
    out = cells.copy()
    for r, c in marks:
        part = places[_around(r, c, cells.shape)]
        new = (part > 0) & (cells == 0)
        out[new] = np.where(part == _OWN, cells[r, c], part)[new]
    return None if (out == cells).all() else out


# --- learning ---


@fits("draw_motif")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Cells around which all demonstrations show the same, and the steps by which that repeats itself."""
    if any(s.shape != w.shape or (s != w)[s != 0].any() for s, w in zip(shown, wanted, strict=True)):
        return
    present = set.intersection(*(set(np.unique(s).tolist()) for s in shown)) - {0}
    kept = 0
    for source in (*sorted(present), "x"):
        marks = [_marks(s, source) for s in shown]
        if not all(0 < len(m) <= MOST_MARKS for m in marks):
            continue
        seen = _seen(shown, wanted, marks)
        if seen is None or not (seen > 0).any():
            continue
        for going, step, motif in _motifs(seen):
            made = (draw_motif(s, source, going, step, motif) for s in shown)
            if all(m is not None and bool((m == w).all()) for m, w in zip(made, wanted, strict=True)):
                yield source, going, step, motif
                kept += 1
                if kept == KEPT:
                    return


def _seen(
    shown: Sequence[Cells], wanted: Sequence[Cells], marks: Sequence[Sequence[tuple[int, int]]]
) -> np.ndarray | None:
    """The map of places that the cells agree on; what only one of several cells has within its grid is not known, and
    what is painted around some of them alone is another one's. None where a place is painted in two colours."""
    low = np.full((_SIDE, _SIDE), 99, np.int8)
    high = np.full((_SIDE, _SIDE), _UNKNOWN, np.int8)
    count = np.zeros((_SIDE, _SIDE), np.int8)
    own = len({int(s[at]) for s, m in zip(shown, marks, strict=True) for at in m}) > 1
    for s, w, here in zip(shown, wanted, marks, strict=True):
        empty = s == 0
        for r, c in here:
            part = _around(r, c, s.shape)
            ink = np.where((w == s[r, c]) & (w > 0), _OWN, w).astype(np.int8) if own else w.astype(np.int8)
            low[part] = np.where(empty, np.minimum(low[part], ink), low[part])
            high[part] = np.where(empty, np.maximum(high[part], ink), high[part])
            count[part] += empty
    alone = all(len(m) == 1 for m in marks)
    if alone and (low != high)[high > 0].any():
        return None
    known = count >= min(2, sum(map(len, marks)))
    return np.where(~known, _UNKNOWN, np.where(low == high, high, 0)).astype(np.int8)


def _shifted(places: np.ndarray, down: int, right: int) -> np.ndarray:
    """The map moved; what comes from outside is not known."""
    out = np.full_like(places, _UNKNOWN)
    h, w = places.shape
    out[max(0, down) : h + min(0, down), max(0, right) : w + min(0, right)] = places[
        max(0, -down) : h - max(0, down), max(0, -right) : w - max(0, right)
    ]
    return out


def _motifs(seen: np.ndarray) -> Iterator[tuple[str, str, str]]:
    """(how it goes on, step, motif) by which what is seen repeats itself, short steps first."""
    steps = [(r, c) for r in range(-MOST_STEP, MOST_STEP + 1) for c in range(-MOST_STEP, MOST_STEP + 1) if r or c]
    painted = seen > 0
    count = int(painted.sum())
    for down, right in sorted(steps, key=lambda s: (abs(s[0]) + abs(s[1]), s)):
        before = _shifted(seen, down, right)
        again = (before > 0) & (seen >= 0)
        again[_AT, _AT] = False
        wrong = again & (before != seen)
        if not wrong.any() and 2 * int(again.sum()) >= count:
            yield from _motif("ray", seen, painted & (before <= 0), down, right)
            if (down, right) > (0, 0):
                ahead = _ahead(down, right)
                both = painted & (ahead > 0) & (ahead <= down * down + right * right)
                yield from _motif("line", seen, both, down, right)
        elif again.any():
            side = _ahead(down, right) > 0
            later = side & (_shifted(side.astype(np.int8), down, right) > 0)
            if not (wrong & later).any() and 4 * int((again & later).sum()) >= count:
                first = painted & side & ((before <= 0) | ~later)
                for going in ("back", "across", "upright")[(down, right) < (0, 0) :]:
                    yield from _motif(going, seen, first, down, right)
            first = painted & _quarter() & (before <= 0)
            if (down, right) >= (0, 0) and 4 * int(first.sum()) < count:
                yield from _motif("cross", seen, first, down, right)


def _ahead(down: int, right: int) -> np.ndarray:
    """How far each place lies ahead in a direction, times the length of the step."""
    at = np.arange(_SIDE) - _AT
    ahead: np.ndarray = at[:, None] * down + at[None] * right
    return ahead


def _quarter() -> np.ndarray:
    """The places of one of four sides: below, up to the diagonal on its right."""
    at = np.arange(_SIDE) - _AT
    quarter: np.ndarray = (at[:, None] > 0) & (at[None] >= -at[:, None] + 1) & (at[None] <= at[:, None])
    return quarter


def _motif(going: str, seen: np.ndarray, cells: np.ndarray, down: int, right: int) -> Iterator[tuple[str, str, str]]:
    at = np.argwhere(cells)
    if 0 < len(at) <= MOST_CELLS:
        inks = ["own" if seen[r, c] == _OWN else str(int(seen[r, c])) for r, c in at]
        entries = [f"{_word(int(r) - _AT, int(c) - _AT)}to{ink}" for (r, c), ink in zip(at, inks, strict=True)]
        yield going, _word(down, right), "_".join(entries)
