"""Each thing of a grid does one of a few acts, as a property of it decides; which, is read off demonstrations.

`act_by(corner, holed, 0tosame_1tofill3)`: things with a hole are filled with 3, the others stay as they are. A thing
whose property has a value that no demonstration shows is not changed by guess: the operation does not apply.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np

from arc_ttt.rules.acts import (
    AROUND,
    CHANGES,
    DIRECTIONS,
    ON,
    REGIONS,
    SAME,
    Change,
    change_of,
    dear,
    is_act,
    move_word,
    offsets,
)
from arc_ttt.rules.crowds import (
    MEMBERS,
    MOST_THINGS,
    PROPERTIES,
    SOURCES,
    YES_OR_NO,
    Crowd,
    crowd,
    is_property,
    property_cost,
)
from arc_ttt.rules.language import Argument, Kind, fits, operation
from arc_ttt.types import COLOURS, Cells

PROPERTY = Kind("property or two", ("any", "holed", "held_hastwin"), is_property)
_ENTRY = re.compile(r"(\d{1,5}|else)to([a-z][a-z0-9]*)")
_ELSE = -1
# Properties of which one value may be told from all others.
_COUNTED = ("colour", "size", "height", "width", "holes", "twins", "samesize", "samecolour", "gaps", "colours")
# Cases of a table at most, offsets tried for a thing, tables yielded, and bits above which one is learnt by heart.
MOST_CASES, MOST_OFFSETS, KEPT, DEAREST = 8, 6, 3, 20.0
# Members that can move, and the regions of those that cannot.
MOVING = ("corner", "side", "mixed")
ROOM_REGIONS, PART_REGIONS = ("all", "rim", "core", "corners", "centre"), ("all", "whole", "specks", "mass")
ACT_BITS, CASE_BITS, LONELY_BITS = 4.0, 0.5, 2.0


def is_cases(word: str) -> bool:
    """Whether `word` is entries such as 1tofill3 joined by _, their values different; `else` stands for all others."""
    entries = [_ENTRY.fullmatch(e) for e in word.split("_")]
    return all(e is not None and is_act(e[2]) for e in entries) and len({e[1] for e in entries if e}) == len(entries)


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
        change = None if act is None else change_of(c, i, act)
        if change is None:
            return None
        changes.append(change)
    return _performed(c, changes)


def _performed(c: Crowd, changes: Sequence[Change]) -> Cells:
    out = c.cells.copy()
    for t, (gone, _, _) in zip(c.things, changes, strict=True):
        if gone:
            out[t.box][t.cells != 0] = 0
    for _, places, inks in changes:
        out[places] = inks
    return out


# --- learning ---


@fits("act_by")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(a.shape != b.shape for a, b in zip(shown, wanted, strict=True)):
        return
    changed = [a != b for a, b in zip(shown, wanted, strict=True)]
    if not all(c.any() for c in changed):
        return
    found: list[tuple[bool, float, str, str, str]] = []
    known = set()
    for link in ("corner", "side", "mixed", "rooms", "panels", "boxes", "insides"):
        crowds = [crowd(a, link) for a in shown]
        if not all(0 < len(c.things) <= MOST_THINGS for c in crowds):
            continue
        mark = tuple((t.top, t.left, t.cells.tobytes()) for c in crowds for t in c.things)
        if mark not in known:
            known.add(mark)
            found += _learned(link, crowds, wanted, changed)
    found.sort()
    kept = [f for f in found if not f[0]] or found[:1]
    for _, _, link, name, acts in kept[:KEPT]:
        yield link, name, acts


def _learned(
    link: str, crowds: Sequence[Crowd], wanted: Sequence[Cells], changed: Sequence[np.ndarray]
) -> list[tuple[bool, float, str, str, str]]:
    """(whether cells are left wrong, bits, link, property, acts) of tables that nothing speaks against."""
    possible = _possible(link, crowds, wanted, changed)
    if possible is None:
        return []
    owner = [d for d, c in enumerate(crowds) for _ in c.things]
    tables = _decisions(PROPERTIES, crowds, possible, owner)
    if not tables and len(crowds) > 1:
        tables = _decisions((f"{a}_{b}" for a, b in combinations(YES_OR_NO, 2)), crowds, possible, owner)
    found = []
    for bits, name, word in sorted(tables)[: 3 * KEPT]:
        made = [act_by(c.cells, link, name, word) for c in crowds]
        if not all(m is not None for m in made):
            continue
        left = sum(int((m != w).sum()) for m, w in zip(made, wanted, strict=True))
        before = sum(int(c.sum()) for c in changed)
        if left < 0.5 * before:
            found.append((left > 0, bits + left, link, name, word))
    return found


def _decisions(
    names: Iterable[str], crowds: Sequence[Crowd], possible: Sequence[dict[str, float]], owner: Sequence[int]
) -> list[tuple[float, str, str]]:
    """(bits, property, acts) where things of one class may all have done the same."""
    tables = []
    for name in names:
        classes: dict[int, list[int]] = defaultdict(list)
        for i, v in enumerate(v for c in crowds for v in c.values(name)):
            classes[v].append(i)
        if len(classes) < 1 + (name != "any") + name.count("_"):
            continue
        for acts, members in _tables(name, classes, possible):
            if (len(acts) > 1 and len(set(acts.values())) == 1) or set(acts.values()) == {SAME}:
                continue
            lonely = sum(len({owner[i] for i in group}) == 1 for group in members)
            bits = property_cost(name) + CASE_BITS * len(acts) + ACT_BITS * len(set(acts.values()) - {SAME})
            bits += LONELY_BITS * lonely if len(crowds) > 1 else 0
            if bits <= DEAREST:
                tables.append((bits, name, _word(acts)))
    return tables


def _tables(
    name: str, classes: dict[int, list[int]], possible: Sequence[dict[str, float]]
) -> Iterator[tuple[dict[int, str], list[list[int]]]]:
    """Acts by value, and the things of each case: one case for each value, or one value against all others."""
    if len(classes) <= MOST_CASES:
        acts = {value: _agreed(members, possible) for value, members in classes.items()}
        if "" not in acts.values():
            yield acts, list(classes.values())
    if name in _COUNTED and len(classes) > 2:
        for value, members in classes.items():
            others = [i for v, group in classes.items() if v != value for i in group]
            acts = {value: _agreed(members, possible), _ELSE: _agreed(others, possible)}
            if "" not in acts.values():
                yield acts, [members, others]


def _agreed(members: Sequence[int], possible: Sequence[dict[str, float]]) -> str:
    """The act that all these things may have done and that explains most; an empty word where there is none."""
    common = set(possible[members[0]])
    for i in members[1:]:
        common &= possible[i].keys()
        if not common:
            return ""
    return max(common, key=lambda a: (sum(possible[i][a] for i in members), -dear(a), a))


def _possible(
    link: str, crowds: Sequence[Crowd], wanted: Sequence[Cells], changed: Sequence[np.ndarray]
) -> list[dict[str, float]] | None:
    """For each thing of all demonstrations the acts that nothing wanted speaks against, with the number of changed
    cells that each explains; None where one has none."""
    on = any(bool((m & (c.cells != 0)).any()) for c, m in zip(crowds, changed, strict=True))
    new = any(bool((m & (c.cells == 0)).any()) for c, m in zip(crowds, changed, strict=True))
    lost = any(bool((m & (w == 0)).any()) for w, m in zip(wanted, changed, strict=True))
    if link in MOVING:
        regions = [r for r in (*(ON if on else ()), *(AROUND if new else ())) if r != "whole"]
    else:
        regions = list(ROOM_REGIONS if link == "rooms" else PART_REGIONS)
    words = [w for w in CHANGES if (lost or on) or w.startswith(("copy", "mirror", "trail", "row", "complete"))]
    words = [w for w in words if new or not w.startswith(("slide", "edge", "step", "pull", "copy", "mirror", "trail"))]
    if link == "rooms":
        words = []
    elif link not in MOVING:
        words = [w for w in words if w.startswith(("flip", "turn", "transpose", "complete"))]
    possible: list[dict[str, float]] = []
    useful: set[str] = set()
    for d, (c, goal, mask) in enumerate(zip(crowds, wanted, changed, strict=True)):
        if d == 2 or (d == 1 and len(possible) > 5):  # what two demonstrations have no use for is not tried further
            regions = [r for r in regions if r in useful]
            words = [w for w in words if w in useful]
        for i, t in enumerate(c.things):
            acts: dict[str, float] = {}
            here = t.cells != 0
            kept = bool((goal[t.box] == c.cells[t.box])[here].all())
            if kept:
                acts[SAME] = 0.0
            for region in regions:
                if not kept and region in AROUND:
                    continue
                _colour(acts, c, i, region, goal, mask, useful)
            for word in words:
                if word.startswith(("trail", "row")) and not _starts(c, i, word, goal):
                    continue
                _change(acts, c, i, word, goal, mask, useful)
            if (lost or on) and new and not kept and link in MOVING:
                for n, (down, right) in enumerate(offsets(t, goal)):
                    if n == MOST_OFFSETS:
                        break
                    _change(acts, c, i, move_word(down, right), goal, mask, useful)
            if not acts:
                return None
            possible.append(acts)
    return possible


def _starts(c: Crowd, i: int, word: str, goal: Cells) -> bool:
    """Whether the first cell of the first copy beside a thing may be wanted."""
    t, gap = c.things[i], word.startswith("row")
    down, right = DIRECTIONS[word.removeprefix("row").removeprefix("trail")]
    row, column = t.top + down * (t.height + gap), t.left + right * (t.width + gap)
    column += int(np.flatnonzero(t.cells[0])[0])
    inside = 0 <= row < goal.shape[0] and 0 <= column < goal.shape[1]
    return not inside or bool(goal[row, column] == t.cells[0][t.cells[0] != 0][0])


def _colour(
    acts: dict[str, float], c: Crowd, i: int, region: str, goal: Cells, mask: np.ndarray, useful: set[str]
) -> None:
    """Enter the acts that colour a region as is wanted."""
    places = REGIONS[region](c, i)
    if region in ON:
        t = c.things[i]
        rest = goal[t.box] == c.cells[t.box]
        rest[places[0] - t.top, places[1] - t.left] = True
        if not rest[t.cells != 0].all():
            return
    if not len(places[0]):
        if region in useful:
            acts.update({f"{region}{s}": 0.0 for s in (*SOURCES, *range(COLOURS))})
        return
    inks = goal[places]
    ink = int(inks[0])
    if (inks != ink).any():
        return
    explained = float(mask[places].sum())
    if explained:
        useful.add(region)
    if ink or region in ON:
        acts[f"{region}{ink}"] = explained
    if ink:
        for source in c.named(i).get(ink, ()):
            acts[f"{region}{source}"] = explained


def _change(acts: dict[str, float], c: Crowd, i: int, word: str, goal: Cells, mask: np.ndarray, useful: set[str]) -> None:
    """Enter the change `word` if what it makes is wanted."""
    change = change_of(c, i, word)
    if change is None:
        return
    gone, places, inks = change
    if (goal[places] != inks).any():
        return
    t = c.things[i]
    explained = mask.copy() if gone else None
    value = float(mask[places].sum())
    if explained is not None:
        left = t.cells != 0
        stays = np.zeros(mask.shape, bool)
        stays[places] = True
        left = left & ~stays[t.box]
        if (goal[t.box] == c.cells[t.box])[left].any():
            return
        value += float(left.sum())
    elif not (goal[t.box] == c.cells[t.box])[t.cells != 0].all():
        return
    acts[word] = value
    if value:
        useful.add(word)
