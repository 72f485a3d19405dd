"""Each thing of a grid does one of a few acts, as a property of it decides; which, is read off demonstrations.

`act_by(corner, holed, 0tosame_1tofill3)`: things with a hole are filled with 3, the others stay as they are. A thing
whose property has a value that no demonstration shows is not changed by guess: the operation does not apply.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import combinations

import numpy as np

from arc_ttt.rules.acts import ALSO, SAME, change_of, dear, is_act
from arc_ttt.rules.acts_seen import more_acts, possible_acts
from arc_ttt.rules.changes import Change
from arc_ttt.rules.crowds import FAR_MEMBERS, MEMBERS, MOST_THINGS, Crowd, crowd
from arc_ttt.rules.language import Argument, Kind, fits, operation
from arc_ttt.rules.properties import (
    KEY_NAMES,
    OF_A_COLOUR,
    PROPERTIES,
    YES_OR_NO,
    is_property,
    property_cost,
    thresholds,
)
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

PROPERTY = Kind("property or two", ("any", "holed", "held_hastwin"), is_property)
_ENTRY = re.compile(r"(\d{1,5}|else)to([a-z][a-z0-9]*)")
_ELSE = -1
# Properties of which one value may be told from all others.
_COUNTED = ("colour", "size", "height", "width", "holes", "twins", "samesize", "samecolour", "gaps", "colours")
# Cases of a table at most, tables yielded, and bits above which one is learnt by heart.
MOST_CASES, KEPT, DEAREST = 8, 3, 20.0
# Acts of a table at most.
MOST_ACTS = 12
# Pairs of things, of which one cannot have done what the other did, that are looked at.
MOST_UNLIKE = 60
# Acts that differ in their colour alone are one table of colours: each but the first may have so many bits more.
COLOUR_BITS = 1.5
# A colour that says what to do may have as many cases as there are colours.
LEGEND_BITS = 9.0
ACT_BITS, CASE_BITS, LONELY_BITS = 4.0, 0.5, 2.0
_WORK = 0.014  # of a thing whose acts are compared, in the units of `work`
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
# Acts of a table, at least, of which some may be needless.
_MANY_ACTS = 2


def is_cases(word: str) -> bool:
    """Whether `word` is entries such as 1tofill3 joined by _, their values different; `else` stands for all others."""
    entries = [_ENTRY.fullmatch(e) for e in word.split("_")]
    known = all(e is not None and all(map(is_act, e[2].split(ALSO))) for e in entries)
    return known and len({e[1] for e in entries if e}) == len(entries)


@lru_cache(maxsize=256)
def _table(word: str) -> dict[int, str]:
    return {_ELSE if value == "else" else int(value): act for value, act in _ENTRY.findall(word)}


def _word(acts: dict[int, str]) -> str:
    return "_".join(f"{'else' if v == _ELSE else v}to{a}" for v, a in sorted(acts.items(), key=lambda e: e[0] % 10**6))


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
        act = table.get(value, table.get(_ELSE))
        if act is None:
            return None
        for k, one in enumerate(act.split(ALSO)):
            change = change_of(c, i, one)
            if change is None:
                return None
            changes.append((k, i, change))
    return _performed(c, changes)


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
    apart, unlike = _apart(possible)
    plain = [n for n in PROPERTIES if apart <= _most_acts(n)]
    plain += thresholds(crowds) if apart <= 2 else ()
    tables = _decisions(plain, crowds, possible, owner, before)
    single = FAR.get(link, 0.0) > MOST_PAIRED or apart > _most_acts("colour") or most < MUCH_EXPLAINED * before
    if all(explained < before for explained, *_ in tables) and len(crowds) > 1 and not single:
        keys = [k for k in KEY_NAMES if len({v for c in crowds for v in c.values(k)} - {0}) > 1]
        pairs = [f"{a}_{b}" for a, b in combinations(YES_OR_NO, 2)] if apart <= 4 else []
        pairs += [f"{k}_{a}" for k in ("colour", *keys) for a in OF_A_COLOUR]
        tables += _decisions(_told(pairs, crowds, unlike), crowds, possible, owner, before)
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


def _apart(possible: Sequence[dict[str, float]]) -> tuple[int, list[tuple[int, int]]]:
    """Of so many things, found one by one, no two can have done the same, so a table has as many acts at least; and
    some pairs of things that cannot have, so that what they have in common decides nothing."""
    worked(_WORK * len(possible))
    order = sorted(range(len(possible)), key=lambda i: len(possible[i]))
    chosen: list[int] = []
    pairs: list[tuple[int, int]] = []
    for i in order:
        unlike = [k for k in chosen if possible[i].keys().isdisjoint(possible[k])]
        pairs += [(k, i) for k in unlike]
        if len(unlike) == len(chosen) <= MOST_ACTS:
            chosen.append(i)
        if len(pairs) > MOST_UNLIKE:
            break
    return len(chosen), pairs


def _told(names: Iterable[str], crowds: Sequence[Crowd], unlike: Sequence[tuple[int, int]]) -> list[str]:
    """The pairs of properties of which one or the other is different for all pairs of things that are not alike."""
    if not unlike:
        return list(names)
    known: dict[str, int] = {}

    def mask(name: str) -> int:
        if name not in known:
            values = [v for c in crowds for v in c.values(name)]
            known[name] = sum(1 << n for n, (i, k) in enumerate(unlike) if values[i] != values[k])
        return known[name]

    every = (1 << len(unlike)) - 1
    pairs = ((name, name.split("_")) for name in names)
    return [name for name, (a, b) in pairs if mask(a) | mask(b) == every]


@cache
def _most_acts(name: str) -> int:
    """How many acts, one of them that a thing stays as it is, a table of this property may have at most: its values
    are too few for more, or the bits are."""
    if name == "any":
        return 1
    if name in YES_OR_NO:
        return 2
    legend = LEGEND_BITS * (name in ("colour", *KEY_NAMES))
    most = 1
    while most <= MOST_ACTS and ACT_BITS * most + CASE_BITS * (most + 1) <= DEAREST + legend + COLOUR_BITS * (most - 1):
        most += 1
    return most


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
            owners[value if value in table else _ELSE].append((number, d, i))
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
            made = act_by(c.cells, c.link, name, _word(acts))
            if made is None:
                return None
            left.append(made != w)
        if not any(m.any() for m in left):
            return (ACT_BITS + 1) * more, _word(acts)
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


def _decisions(
    names: Iterable[str],
    crowds: Sequence[Crowd],
    possible: Sequence[dict[str, float]],
    owner: Sequence[int],
    before: float,
) -> list[tuple[float, float, str, str]]:
    """(changed cells explained, bits, property, acts) where things of one class may all have done the same."""
    tables = []
    agreed = _agreeing(possible)
    for name in names:
        classes: dict[int, list[int]] = defaultdict(list)
        for i, v in enumerate(v for c in crowds for v in c.values(name)):
            classes[v].append(i)
        if len(classes) < 1 + (name != "any") + name.count("_"):
            continue
        for acts, members in _plainer(_tables(name, classes, agreed), possible, before):
            if (len(acts) > 1 and len(set(acts.values())) == 1) or set(acts.values()) == {SAME}:
                continue
            lonely = sum(len({owner[i] for i in group}) == 1 for group in members)
            bits = property_cost(name) + CASE_BITS * len(acts) + ACT_BITS * len(set(acts.values()) - {SAME})
            bits += (ACT_BITS + 1) * sum(act.count(ALSO) for act in set(acts.values()))
            bits += LONELY_BITS * lonely if len(crowds) > 1 else 0
            dearest = DEAREST + LEGEND_BITS * (name.partition("_")[0] in ("colour", *KEY_NAMES))
            if bits <= dearest + COLOUR_BITS * _colours_alone(acts.values()):
                explained = sum(
                    possible[i][act] for act, group in zip(acts.values(), members, strict=True) for i in group
                )
                tables.append((explained, bits, name, _word(acts)))
    return tables


def _plainer(
    tables: Iterable[tuple[dict[int, str], list[list[int]]]], possible: Sequence[dict[str, float]], before: float
) -> Iterator[tuple[dict[int, str], list[list[int]]]]:
    """The tables, and those of two acts and more also without the acts of things that may stay as they are, as long
    as the others explain all the changed cells."""
    for acts, members in tables:
        yield acts, members
        if len(set(acts.values()) - {SAME}) < _MANY_ACTS:
            continue
        gains = [sum(possible[i][act] for i in group) for act, group in zip(acts.values(), members, strict=True)]
        more, plain = sum(gains) - before, dict(acts)
        for gain, value, group in sorted(zip(gains, acts, members, strict=True)):
            if acts[value] != SAME and gain <= more and all(SAME in possible[i] for i in group):
                plain[value] = SAME
                more -= gain
        if plain != acts:
            yield plain, members


def _colours_alone(acts: Iterable[str]) -> int:
    """How many acts there are beyond the first where they differ in their colour alone; none where they do not."""
    done = set(acts) - {SAME}
    return len(done) - 1 if len({act.rstrip("0123456789") for act in done}) == 1 else 0


def _tables(
    name: str, classes: dict[int, list[int]], agreed: Callable[[list[int]], str]
) -> Iterator[tuple[dict[int, str], list[list[int]]]]:
    """Acts by value, and the things of each case: one case for each value, or one value against all others, or those of
    one colour against all others. `agreed` says what a group may have done."""
    if len(classes) <= MOST_CASES:
        acts = {value: agreed(members) for value, members in classes.items()}
        if "" not in acts.values():
            yield acts, list(classes.values())
    if name.startswith("colour_"):
        for colour in {v // 10 for v in classes}:
            mine = {v: group for v, group in classes.items() if v // 10 == colour}
            others = [i for v, group in classes.items() if v not in mine for i in group]
            if 1 < len(mine) <= MOST_CASES and others:
                acts = {v: agreed(group) for v, group in mine.items()} | {_ELSE: agreed(others)}
                if "" not in acts.values():
                    yield acts, [*mine.values(), others]
    if (name in _COUNTED or name.startswith("colour_")) and len(classes) > 2:
        for value, members in classes.items():
            others = [i for v, group in classes.items() if v != value for i in group]
            acts = {value: agreed(members), _ELSE: agreed(others)}
            if "" not in acts.values():
                yield acts, [members, others]


def _agreeing(possible: Sequence[dict[str, float]]) -> Callable[[list[int]], str]:
    """What groups of things agree on, each group asked once: many properties make the same ones."""
    known: dict[tuple[int, ...], str] = {}

    def agreed(members: list[int]) -> str:
        key = tuple(members)
        if key not in known:
            known[key] = _agreed(members, possible)
        return known[key]

    return agreed


def _agreed(members: Sequence[int], possible: Sequence[dict[str, float]]) -> str:
    """The act that all these things may have done and that explains most; an empty word where there is none."""
    worked(_WORK * len(members))
    common = set(possible[members[0]])
    for i in members[1:]:
        common &= possible[i].keys()
        if not common:
            return ""
    return max(common, key=lambda a: (sum(possible[i][a] for i in members), -dear(a), a))
