"""Things → the same things with a constant pattern around each, read off demonstrations.

A pattern is a list of entries: whose pattern it is (a colour, 0 for any), a corner of the thing's bounding box, how far
down and to the right of it (m and p for minus and plus), whether it goes on as a ray or is painted on the thing alone,
and the ink, a colour or the thing's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np

from arc_ttt.rules.language import LINK, Argument, Kind, fits, operation
from arc_ttt.rules.things import Thing, things
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

REACH = 4
OWN = 10
_CORNERS = ("ul", "ur", "ll", "lr")
_ENTRY = re.compile(r"(\d)(ul|ur|ll|lr)([mp])(\d)([mp])(\d)(ray|on)?to(\d|own)")
# Patterns of more entries than this are no patterns; things in a grid beyond this number are noise.
MOST_ENTRIES, MOST_THINGS = 30, 60
_WORK = 0.4  # of an entry, in the units of `work`


class Entry(NamedTuple):
    """One cell of the pattern around things of `colour` (0: any)."""

    colour: int
    corner: str
    down: int
    right: int
    ink: int
    ray: bool = False
    on: bool = False

    def word(self) -> str:
        down, right = (f"{'mp'[v >= 0]}{abs(v)}" for v in (self.down, self.right))
        ray, ink = "ray" * self.ray + "on" * self.on, "own" if self.ink == OWN else self.ink
        return f"{self.colour}{self.corner}{down}{right}{ray}to{ink}"

    def places(self, cells: Cells, thing: Thing) -> Iterator[tuple[int, int]]:
        """The cell, or the cells up to the border or one that is not free."""
        row = (thing.top if self.corner[0] == "u" else thing.bottom) + self.down
        column = (thing.left if self.corner[1] == "l" else thing.right) + self.right
        while 0 <= row < cells.shape[0] and 0 <= column < cells.shape[1] and _is_free(cells, thing, row, column):
            if not self.on or _is_on(thing, row, column):
                yield row, column
            if not self.ray:
                break
            row, column = row + self.down, column + self.right


def is_pattern(word: str) -> bool:
    """Whether `word` is entries such as 1ulm1p0to7 joined by _."""
    return all(_ENTRY.fullmatch(entry) for entry in word.split("_"))


@lru_cache(maxsize=256)
def entries_of(word: str) -> tuple[Entry, ...]:
    found = []
    for entry in word.split("_"):
        match = _ENTRY.fullmatch(entry)
        assert match is not None
        colour, corner, s, down, t, right, ray, ink = match.groups()
        down, right = int(down) * (1 if s == "p" else -1), int(right) * (1 if t == "p" else -1)
        rays = ray == "ray" and bool(down or right)  # one that stays where it is would never end
        found.append(Entry(int(colour), corner, down, right, OWN if ink == "own" else int(ink), rays, ray == "on"))
    return tuple(found)


PATTERN = Kind("learned pattern", ("1ulm1p0to7", "0ulm1m1toown_0lrp1p1to3"), is_pattern)


@operation("any", link=LINK, pattern=PATTERN, weight=0)
def stamp_around(cells: Cells, link: str, pattern: str) -> Cells | None:
    """Around each thing a learned pattern is painted, on background cells and on the thing itself."""
    group = things(cells, link)
    entries = entries_of(pattern)
    colours = {e.colour for e in entries}
    if not group or (0 not in colours and not any(t.colour in colours for t in group)):
        return None
    out = cells.copy()
    for thing in group:
        colour = thing.colour
        for entry in entries:
            if entry.colour in (0, colour):
                for r, c in entry.places(cells, thing):
                    out[r, c] = colour if entry.ink == OWN else entry.ink
    return out


def _is_free(cells: Cells, thing: Thing, r: int, c: int) -> bool:
    return bool(cells[r, c] == 0) or _is_on(thing, r, c)


def _is_on(thing: Thing, r: int, c: int) -> bool:
    inside = 0 <= r - thing.top < thing.height and 0 <= c - thing.left < thing.width
    return inside and bool(thing.cells[r - thing.top, c - thing.left])


@fits("stamp_around")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(a.shape != b.shape for a, b in zip(shown, wanted, strict=True)):
        return
    changed = [a != b for a, b in zip(shown, wanted, strict=True)]
    if not any(c.any() for c in changed) or sum(int(c.sum()) for c in changed) > 1500:
        return
    tried = set()
    for link in ("corner", "mixed", "side"):
        groups = [things(a, link) for a in shown]
        boxes = tuple(tuple((t.box[0].start, t.box[1].start, t.cells.shape) for t in g) for g in groups)
        if max(map(len, groups)) > MOST_THINGS or boxes in tried:
            continue
        tried.add(boxes)
        for colours in ((0,), tuple(sorted({t.colour for g in groups for t in g}))):
            entries = _learned(shown, wanted, changed, groups, colours)
            if entries:
                yield link, "_".join(e.word() for e in entries)


def _learned(
    shown: Sequence[Cells],
    wanted: Sequence[Cells],
    changed: Sequence[np.ndarray],
    groups: Sequence[Sequence[Thing]],
    colours: Sequence[int],
) -> list[Entry]:
    """The fewest entries that explain every changed cell; none where some cell is left."""
    left = {(i, int(r), int(c)) for i, mask in enumerate(changed) for r, c in np.argwhere(mask)}
    candidates = {}
    for colour in colours:
        mine = [(i, t) for i, g in enumerate(groups) for t in g if colour in (0, t.colour)]
        if len(mine) < 2:
            continue
        corners = _CORNERS[:1] if all(t.height == t.width == 1 for _, t in mine) else _CORNERS
        for entry, places in _entries(colour, corners, shown, wanted, mine):
            if places & left:
                candidates[entry] = places & left
    chosen: list[Entry] = []
    while left and candidates and len(chosen) < MOST_ENTRIES:
        best = max(candidates, key=lambda e: (len(candidates[e]), not e.on, -abs(e.down) - abs(e.right), e.word()))
        chosen.append(best)
        left -= candidates.pop(best)
        candidates = {e: rest for e, p in candidates.items() if (rest := p & left)}
    return [] if left else sorted(_on_alone(chosen, shown, groups))


def _entries(
    colour: int,
    corners: Sequence[str],
    shown: Sequence[Cells],
    wanted: Sequence[Cells],
    mine: Sequence[tuple[int, Thing]],
) -> Iterator[tuple[Entry, set[tuple[int, int, int]]]]:
    """The entries that nothing wanted speaks against, with the cells that they paint."""
    steps = range(-REACH, REACH + 1)
    for corner, down, right in product(corners, steps, steps):
        worked(_WORK)
        for ray in (False, True) if max(abs(down), abs(right)) == 1 else (False,):
            found = _entry(Entry(colour, corner, down, right, 0, ray), shown, wanted, mine)
            if found is None and corner == "ul" and down >= 0 and right >= 0 and not ray:
                found = _entry(Entry(colour, corner, down, right, 0, on=True), shown, wanted, mine)
            if found is not None:
                yield found


def _on_alone(chosen: Sequence[Entry], shown: Sequence[Cells], groups: Sequence[Sequence[Thing]]) -> list[Entry]:
    """Where one entry is painted on the things alone, all are that may be."""

    def may_be(e: Entry) -> bool:
        mine = [(i, t) for i, g in enumerate(groups) for t in g if e.colour in (0, t.colour)]
        return not e.ray and all(_is_on(t, r, c) for i, t in mine for r, c in e.places(shown[i], t))

    some = any(e.on for e in chosen)
    return [e._replace(on=True) if some and may_be(e) else e for e in chosen]


def _entry(
    at: Entry, shown: Sequence[Cells], wanted: Sequence[Cells], mine: Sequence[tuple[int, Thing]]
) -> tuple[Entry, set[tuple[int, int, int]]] | None:
    """The entry at this place with the one ink that all things have there, and the cells that it paints."""
    inks: Counter[tuple[int, bool]] = Counter()
    places = set()
    for i, thing in mine:
        for r, c in at.places(shown[i], thing):
            ink = int(wanted[i][r, c])
            if ink == 0 and shown[i][r, c] == 0:
                return None
            inks[ink, ink == thing.colour] += 1
            if len({k for k, _ in inks}) > 1 and not all(own for _, own in inks):
                return None
            places.add((i, r, c))
    if sum(inks.values()) < 2 - at.on:  # of a place on the thing others are off it
        return None
    same = {k for k, _ in inks}
    return at._replace(ink=same.pop() if len(same) == 1 else OWN), places
