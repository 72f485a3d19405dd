"""What may become of one thing of a grid: a region of it or around it takes a colour, or it moves, turns, is repeated.

An act is a word: a region and where its colour is from (`fill3`, `framenear`, `all0`: the thing vanishes), or a change
(`fliphorizontal`, `slidedown`, `movep1m2`: down and right, m for minus), perhaps in another colour (`slidedownin5`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np

from arc_ttt.rules.changes import CHANGES, Change, moved
from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.regions import NONE, REGIONS
from arc_ttt.rules.sources import SOURCES
from arc_ttt.rules.things import Thing
from arc_ttt.types import Cells

SAME = "same"
# Between several acts of one thing.
ALSO = "also"

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


def region_of(word: str) -> str:
    """The region that an act colours; nothing of others."""
    found = _parsed(word)
    return found[0] if found else ""


_ALSO_DEAR = 20
# Between a change and the colour in which the thing is then.
IN = "in"


@cache
def inked(word: str) -> tuple[str, str] | None:
    """Change and source of an act that changes a thing and its colour; None of others."""
    base, found, source = word.rpartition(IN)
    while found:
        known = base in CHANGES or _MOVE.fullmatch(base) is not None
        if known and (source in SOURCES or (source.isdecimal() and len(source) == 1)):
            return base, source
        base, found, rest = base.rpartition(IN)
        source = rest + IN + source
    return None


def is_act(word: str) -> bool:
    """Whether `word` names an act."""
    plain = word == SAME or word in CHANGES or _MOVE.fullmatch(word) is not None or _parsed(word) is not None
    return plain or inked(word) is not None


def change_of(c: Crowd, i: int, word: str) -> Change | None:
    """What the act `word` makes of thing `i`; None where it cannot be done."""
    if word == SAME:
        return False, NONE, np.zeros(0, np.uint8)
    if word in CHANGES:
        return CHANGES[word](c, i)
    if match := _MOVE.fullmatch(word):
        a, down, b, right = match.groups()
        return moved(c, i, int(down) * (1 if a == "p" else -1), int(right) * (1 if b == "p" else -1))
    found = _parsed(word)
    if found is None:
        return _inked_change(c, i, word)
    region, source = found
    places = REGIONS[region](c, i)
    ink = int(source) if source.isdecimal() else c.inks(source)[i]
    if not ink and not source.isdecimal() and len(places[0]):
        return None
    return False, places, np.full(len(places[0]), ink, np.uint8)


def _inked_change(c: Crowd, i: int, word: str) -> Change | None:
    found = inked(word)
    assert found is not None
    change, source = change_of(c, i, found[0]), found[1]
    ink = int(source) if source.isdecimal() else c.inks(source)[i]
    if change is None or not ink:
        return None
    gone, places, inks = change
    return gone, places, np.full(len(inks), ink, np.uint8)


def offsets(t: Thing, wanted: Cells, inks: bool) -> Iterator[tuple[int, int]]:
    """How far down and right a thing may have moved to be where it is in `wanted`, the shortest ways first; without
    `inks`, in any one colour."""
    if t.height > wanted.shape[0] or t.width > wanted.shape[1]:
        return
    windows = np.lib.stride_tricks.sliding_window_view(wanted, t.cells.shape)
    mask = t.cells != 0
    seen = windows[:, :, mask]
    hits = (seen == t.cells[mask]).all(axis=2) if inks else (seen == seen[:, :, :1]).all(axis=2) & (seen[:, :, 0] != 0)
    found = [(int(r) - t.top, int(c) - t.left) for r, c in np.argwhere(hits)]
    yield from sorted(found, key=lambda m: (abs(m[0]) + abs(m[1]), m))


@cache
def dear(act: str) -> int:
    """How far-fetched an act is among those that explain as much."""
    if act == SAME:
        return 0
    if ALSO in act:
        return sum(map(dear, act.split(ALSO))) + _ALSO_DEAR
    found = _parsed(act)
    if found is None:
        both = inked(act)
        if both is not None:
            return dear(both[0]) + 15 + (0 if both[1].isdecimal() else 1 + list(SOURCES).index(both[1]) // 2)
        return 30 if act.startswith("move") else 20 + list(CHANGES).index(act)
    return list(REGIONS).index(found[0]) + (0 if found[1].isdecimal() else 1 + list(SOURCES).index(found[1]) // 2)
