"""Each thing of a grid does one of a few acts, as a property of it decides; which, is read off demonstrations.

`act_by(corner, holed, 0tosame_1tofill3)`: things with a hole are filled with 3, the others stay as they are. A thing
whose property has a value that no demonstration shows is not changed by guess: the operation does not apply.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np

from arc_ttt.rules.acts import ALSO, SAME, change_of, dear, is_act
from arc_ttt.rules.acts_decided import ACT_BITS, DEAREST, ELSE, apart_acts, decisions, most_acts, telling, word_of
from arc_ttt.rules.acts_seen import more_acts, possible_acts
from arc_ttt.rules.changes import Change
from arc_ttt.rules.crowds import FAR_MEMBERS, MEMBERS, MOST_THINGS, ROOM, Crowd, crowd
from arc_ttt.rules.language import Argument, Kind, fits, operation
from arc_ttt.rules.properties import (
    KEY_NAMES,
    OF_A_COLOUR,
    PROPERTIES,
    YES_OR_NO,
    is_property,
    thresholds,
)
from arc_ttt.types import Cells

PROPERTY = Kind("property or two", ("any", "holed", "held_hastwin"), is_property)
_ENTRY = re.compile(r"(\d{1,5}|else)to([a-z][a-z0-9]*)")
KEPT = 3  # tables yielded
# The part of the changed cells that single acts of all things must be able to explain, and that from which on pairs of
# properties are looked at, too.
LEAST_EXPLAINED, MUCH_EXPLAINED = 0.3, 0.7
# Members that are seldom meant here, with their bits.
FAR = FAR_MEMBERS | {"colours": 2.0}
# Bits of members, at most, of which two properties together may decide.
MOST_PAIRED = 2.5
# Tables that are extended by further acts, and acts that are added at most.
MOST_EXTENDED, MOST_MORE, MOST_WAYS = 2, 3, 25
# Things of a case that change, for which acts around them are looked for.
MOST_LATER = 12


def is_cases(word: str) -> bool:
    """Whether `word` is entries such as 1tofill3 joined by _, their values different; `else` stands for all others."""
    entries = [_ENTRY.fullmatch(e) for e in word.split("_")]
    known = all(e is not None and all(map(is_act, e[2].split(ALSO))) for e in entries)
    return known and len({e[1] for e in entries if e}) == len(entries)


@lru_cache(maxsize=256)
def _table(word: str) -> dict[int, str]:
    return {ELSE if value == "else" else int(value): act for value, act in _ENTRY.findall(word)}


ACTS = Kind("acts by case", ("0tosame_1tofill3", "0toall0_1tosame", "0toframenear"), is_cases)


@operation("any", link=MEMBERS, name=PROPERTY, acts=ACTS, weight=0)
def act_by(cells: Cells, link: str, name: str, acts: str) -> Cells | None:
    """Each thing changes in a way of its own (takes a colour, moves, turns, is filled or framed), as a property of it
    decides."""
    c = crowd(cells, link)
    if not 0 < len(c.things) <= MOST_THINGS:
        return None
    table = _table(acts)
    changes = []
    for i, value in enumerate(c.values(name)):
        act = table.get(value, table.get(ELSE))
        if act is None:
            return None
        for k, one in enumerate(act.split(ALSO)):
            change = change_of(c, i, one)
            if change is None:
                return None
            changes.append((k, i, change))
    made = _performed(c, changes)
    return made if made.max() < ROOM else None  # an empty room has no colour to carry


def _performed(c: Crowd, changes: Sequence[tuple[int, int, Change]]) -> Cells:
    """All first acts, then all second ones, …"""
    out = c.cells.copy()
    for _, i, (gone, _, _) in changes:
        if gone:
            t = c.things[i]
            out[t.box][t.cells != 0] = 0
    for _, _, (_, places, inks) in sorted(changes, key=lambda e: e[:2]):
        out[places] = inks
    return out


# --- learning ---


@fits("act_by")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(a.shape != b.shape for a, b in zip(shown, wanted, strict=True)):
        return
    changed = [a != b for a, b in zip(shown, wanted, strict=True)]
    busy = sum(bool(c.any()) for c in changed)
    if busy < len(changed) and (busy < 2 or 2 * busy < len(changed)):
        return
    found: list[tuple[bool, float, str, str, str]] = []
    known: dict[object, str] = {}
    twins: dict[str, str] = {}
    for link in (
        "corner",
        "side",
        "mixed",
        "rooms",
        "panels",
        "boxes",
        "insides",
        "quads",
        "brackets",
        "chambers",
        "colours",
        "clumps",
        "loose",
        "rowspans",
        "columnspans",
        "rowruns",
        "columnruns",
        "everything",
        "places",
        "sections",
        "centres",
        "groups",
    ):
        if link in FAR and any(not f[0] for f in found):
            break
        crowds = [crowd(a, link) for a in shown]
        if not all(0 < len(c.things) <= MOST_THINGS for c in crowds):
            continue
        mark = tuple((t.top, t.left, t.cells.tobytes()) for c in crowds for t in c.things)
        if mark in known:
            twins.setdefault(known[mark], link)
        else:
            known[mark] = link
            dearer = FAR.get(link, 0.0)
            learned = _learned(link, crowds, wanted, changed)
            found += [(left, bits + dearer, link, name, acts) for left, bits, _, name, acts in learned]
    found.sort()
    kept = [f for f in found if not f[0]] or found[:1]
    for _, _, link, name, acts in kept[:KEPT]:
        yield link, name, acts
    # What are the same things in the demonstrations may be others in a test.
    for _, _, link, name, acts in kept[:1]:
        if link in twins:
            yield twins[link], name, acts


def _learned(
    link: str, crowds: Sequence[Crowd], wanted: Sequence[Cells], changed: Sequence[np.ndarray]
) -> list[tuple[bool, float, str, str, str]]:
    """(whether cells are left wrong, bits, link, property, acts) of tables that nothing speaks against."""
    possible = possible_acts(link, crowds, wanted, changed)
    if possible is None:
        return []
    owner = [d for d, c in enumerate(crowds) for _ in c.things]
    before = sum(int(c.sum()) for c in changed)
    # No table explains more than this; little is not worth a look where nothing changes that more acts could follow.
    most = sum(max(acts.values(), default=0.0) for acts in possible)
    if most < LEAST_EXPLAINED * before and all(SAME in acts for acts in possible):
        return []
    apart, unlike = apart_acts(possible)
    plain = [n for n in PROPERTIES if apart <= most_acts(n)]
    plain += thresholds(crowds) if apart <= 2 else ()
    tables = decisions(plain, crowds, possible, owner, before)
    single = FAR.get(link, 0.0) > MOST_PAIRED or apart > most_acts("colour") or most < MUCH_EXPLAINED * before
    if all(explained < before for explained, *_ in tables) and len(crowds) > 1 and not single:
        keys = [k for k in KEY_NAMES if len({v for c in crowds for v in c.values(k)} - {0}) > 1]
        pairs = [f"{a}_{b}" for a, b in combinations(YES_OR_NO, 2)] if apart <= 4 else []
        pairs += [f"{k}_{a}" for k in ("colour", *keys) for a in OF_A_COLOUR]
        tables += decisions(telling(pairs, crowds, unlike), crowds, possible, owner, before)
    found, extended = [], 0
    # What explains less than all is not the whole of it.
    tables.sort(key=lambda t: (t[0] < before, t[1:]))
    whole = sum(t[0] >= before for t in tables)
    for _, bits, name, word in [*tables[: min(whole, 3 * KEPT)], *tables[whole:][: 2 * KEPT]]:
        made = [act_by(c.cells, link, name, word) for c in crowds]
        left = sum(w.size if m is None else int((m != w).sum()) for m, w in zip(made, wanted, strict=True))
        if left < 0.5 * before:
            found.append((left > 0, bits + left, link, name, word))
        if 0 < left < 0.95 * before and extended < MOST_EXTENDED:
            extended += 1
            longer = _extended(crowds, wanted, changed, name, word, possible)
            if longer is not None and bits + longer[0] <= DEAREST + ACT_BITS:
                found.append((False, bits + longer[0], link, name, longer[1]))
    return found


def _extended(
    crowds: Sequence[Crowd],
    wanted: Sequence[Cells],
    changed: Sequence[np.ndarray],
    name: str,
    word: str,
    possible: Sequence[dict[str, float]],
) -> tuple[float, str] | None:
    """The table with further acts of the things of each case, as they explain most of what is left; its additional
    bits. None where cells are left."""
    table = _table(word)
    owners: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    number = 0
    for d, c in enumerate(crowds):
        for i, value in enumerate(c.values(name)):
            owners[value if value in table else ELSE].append((number, d, i))
            number += 1
    acts = dict(table)
    ways: dict[int, list[str]] = {}
    for value, members in owners.items():
        known = [possible[n] for n, _, _ in members]
        if len(members) <= MOST_LATER and not any(SAME in acts for acts in known):
            later = (more_acts(crowds[d], i, wanted[d], changed[d]) for _, d, i in members)
            known = [after | acts for after, acts in zip(later, known, strict=True)]
        common = set(known[0]).intersection(*(acts.keys() for acts in known[1:]))
        worth = {w: sum(acts[w] for acts in known) for w in common}
        single = [w for w in worth if worth[w] > 0 and ALSO not in w]
        ways[value] = sorted(single, key=lambda w: (-worth[w], dear(w), w))[:MOST_WAYS]
    for more in range(MOST_MORE + 1):
        left = []
        for c, w in zip(crowds, wanted, strict=True):
            made = act_by(c.cells, c.link, name, word_of(acts))
            if made is None:
                return None
            left.append(made != w)
        if not any(m.any() for m in left):
            return (ACT_BITS + 1) * more, word_of(acts)
        best = max(
            (
                (_gain(crowds, members, way, left), -dear(way), way, value)
                for value, members in owners.items()
                for way in ways[value]
                if way not in acts[value].split(ALSO)
            ),
            default=(0, 0, "", 0),
        )
        if best[0] <= 0:
            return None
        _, _, way, value = best
        acts[value] = way if acts[value] == SAME else acts[value] + ALSO + way
    return None


def _gain(
    crowds: Sequence[Crowd], members: Sequence[tuple[int, int, int]], way: str, left: Sequence[np.ndarray]
) -> int:
    """How many of the cells that are left an act of these things (number, demonstration, thing) paints; none where it
    does so in one demonstration only."""
    gain = [0] * len(left)
    for _, d, i in members:
        change = change_of(crowds[d], i, way)
        if change is not None and not change[0]:
            gain[d] += int(left[d][change[1]].sum())
    return sum(gain) if sum(g > 0 for g in gain) >= min(2, len(left)) else 0
