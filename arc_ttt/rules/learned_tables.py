"""Tables learned from demonstrations: what is wanted at a place as a function of one to three things seen there.

A place is whatever there is to decide on: a cell, a position in panels that lie upon each other, a panel. What is seen
there are *views*, small numbers by name; what may be written there are *outputs*: fixed colours, or colours that are
read off some map. A table is two words: the views' names (`ink_enclosed`), and for each combination of their values
the output (`0x0tosame_0x1to4_1x0tosame`). `newrayup` is the output of `rayup` where it must change the cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from arc_ttt.rules.language import Kind
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

_PAIRS = 6144  # pairs of places that a set of views must tell apart, at most, before all places are looked at
_BEAM = 32  # pairs of views that are extended by a third one
_TRIED = 80  # sets of views that are looked at on all places
_COPIES = 12  # maps whose colours may be copied
_BITS = np.array([bin(i).count("1") for i in range(256)], np.uint16)
_ENTRY = re.compile(r"(\d+(?:x\d+)*)to([a-z]+|\d)")
_TABLE_WORK, _BYTES = 0.014, 28_000  # of a table for each place; bytes compared by a unit of work
_NEW = "new"
SAME = "same"  # the output that leaves a cell as it is


def views_kind(names: Callable[[str], bool], *examples: str) -> Kind:
    """Words of names of views, joined by `_`."""
    return Kind("views", examples, lambda word: all(map(names, word.split("_"))))


def cases_kind(outputs: Callable[[str], bool], *examples: str) -> Kind:
    """Words of entries like `0x1to4`, joined by `_`, all with as many values, their keys different."""

    def check(word: str) -> bool:
        entries = [_ENTRY.fullmatch(part) for part in word.split("_")]
        keys = [e[1] for e in entries if e]
        made = [e[2] for e in entries if e]
        return (
            len(keys) == len(entries) == len(set(keys))
            and len({k.count("x") for k in keys}) == 1
            and all(o == SAME or o.isdecimal() or outputs(o) or outputs(o.removeprefix(_NEW)) for o in made)
        )

    return Kind("cases", examples, check)


def looked_up(views: str, cases: str, look: Callable[[str], np.ndarray], old: Cells) -> Cells | None:
    """What the table makes of the maps that `look` gives by name; None if a combination of values is not in it, or
    there is no colour to copy. `old` is what `same` means."""
    names = views.split("_")
    entries = _ENTRY.findall(cases)
    if entries[0][0].count("x") + 1 != len(names):
        return None
    keys = _keys([look(n) for n in names])
    table: dict[int, str] = {_key(k): o for k, o in entries}
    out = np.zeros(keys.shape, np.uint8)
    for k in np.flatnonzero(np.bincount(keys.ravel())).tolist():
        output = table.get(k)
        if output is None:
            return None
        at = keys == k
        if output == SAME:
            np.copyto(out, old, where=at)
        elif output.isdecimal():
            out[at] = int(output)
        else:
            made = look(output.removeprefix(_NEW))
            np.copyto(out, made, where=at)
            if output.startswith(_NEW) and (made == old)[at].any():
                return None
    return out if out.max(initial=0) <= 9 else None


def _keys(maps: Sequence[np.ndarray]) -> np.ndarray:
    keys = maps[0].astype(np.uint16)
    for m in maps[1:]:
        keys = keys * 16 + m
    return keys


def _key(text: str) -> int:
    key = 0
    for part in text.split("x"):
        key = 16 * key + int(part)
    return key % 2**16


# --- learning ---


@dataclass(frozen=True)
class View:
    """A named map of numbers 0–15; `colour` says that they are colours (10: none), `cost` how far-fetched it is."""

    name: str
    cost: float
    colour: bool = False


@dataclass(frozen=True)
class _Lesson:
    """All demonstrations' places in a row: `looks` (views, places), what could have made what is wanted at each
    place as the bits of `allowed` (places), the `demonstration` that a place belongs to; names with costs."""

    names: list[str]
    costs: np.ndarray
    looks: np.ndarray
    outputs: list[str]
    prices: list[float]
    copied: list[bool]
    allowed: np.ndarray
    demonstration: np.ndarray


def learn(
    views: Sequence[View],
    looks: np.ndarray,
    goal: np.ndarray,
    demonstration: np.ndarray,
    dearest: float,
    old: np.ndarray,
) -> list[tuple[float, str, str]]:
    """(cost, views, cases) of tables that make `goal` (places) of what is `old`, which is not the same everywhere, out
    of `looks` (views, places), cheap ones first.

    Costs count about bits; a combination of values that only one demonstration has costs more: without that
    demonstration it would have been missed.
    """
    lesson = _lesson(views, looks, goal, demonstration, old)
    tables = []
    for tried, chosen in enumerate(_separating(lesson)):
        if tried == _TRIED:
            break
        worked(_TABLE_WORK * len(goal))
        table = _table(lesson, chosen)
        if table and table[0] <= dearest:
            tables.append(table)
    return sorted(tables)


def _lesson(
    views: Sequence[View], looks: np.ndarray, goal: np.ndarray, demonstration: np.ndarray, old: np.ndarray
) -> _Lesson:
    changed = old != goal
    outputs, prices, copied, makes = [SAME], [0.0], [False], [~changed]
    for colour in np.unique(goal[changed]).tolist():
        outputs.append(str(colour))
        prices.append(2.0)
        copied.append(False)
        makes.append(goal == colour)
    # Colours are copied from the views that explain most changed places; to become empty takes no view.
    copies = [i for i, v in enumerate(views) if v.colour and v.name != "own"]
    explains = {i: int((looks[i] == goal)[changed & (goal != 0)].sum()) for i in copies}
    for i in sorted(copies, key=lambda k: (-explains[k], views[k].cost))[:_COPIES]:
        if explains[i]:
            outputs.append(views[i].name)
            prices.append(views[i].cost)
            copied.append(True)
            makes.append(looks[i] == goal)
    allowed = np.zeros(len(goal), np.uint32)
    for bit, made in enumerate(makes):
        allowed |= made.astype(np.uint32) << np.uint32(bit)
    # Views that are the same everywhere, or the same as a cheaper one, say nothing more.
    seen: set[bytes] = set()
    kept: list[int] = []
    for i in np.argsort([v.cost for v in views], kind="stable").tolist():
        raw = looks[i].tobytes()
        if raw not in seen and ((looks[i] != looks[i][0]).any() or not kept):
            seen.add(raw)
            kept.append(i)
    return _Lesson(
        [views[i].name for i in kept],
        np.array([views[i].cost for i in kept]),
        looks[kept],
        outputs,
        prices,
        copied,
        allowed,
        demonstration,
    )


def _conflicts(lesson: _Lesson) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of places that no output could have made both, as two arrays of numbers; a sample spread evenly."""
    changed = np.flatnonzero(lesson.allowed & 1 == 0)
    some = changed[_spread(len(changed), 96)]
    others = np.arange(len(lesson.allowed))[_spread(len(lesson.allowed), 700)]
    others = np.union1d(others, some)
    clash = (lesson.allowed[some][:, None] & lesson.allowed[others][None]) == 0
    first, second = np.nonzero(clash)
    at = _spread(len(first), _PAIRS)
    return some[first[at]], others[second[at]]


def _spread(count: int, most: int) -> np.ndarray:
    """At most `most` of the numbers below `count`, spread by a fixed shuffle."""
    if count <= most:
        return np.arange(count)
    return np.sort(np.random.default_rng(0).choice(count, most, replace=False))


def _separating(lesson: _Lesson) -> Iterator[tuple[int, ...]]:
    """Sets of up to three views that tell all sampled conflicting places apart; small ones first."""
    first, second = _conflicts(lesson)
    if not len(first):  # one output makes all places
        yield (0,)
        return
    alike = np.packbits(lesson.looks[:, first] == lesson.looks[:, second], axis=1)
    alike = np.ascontiguousarray(np.pad(alike, ((0, 0), (0, -alike.shape[1] % 8)))).view(np.uint64)
    count = len(alike)
    left = _BITS[alike.view(np.uint8)].sum(axis=1)
    singles = np.flatnonzero(left == 0).tolist()
    yield from ((i,) for i in singles)
    rest = np.flatnonzero(left > 0)
    # One of two views that tell all pairs apart must do so for half of them.
    pairs: list[tuple[int, int]] = []
    beam: list[tuple[int, int, int]] = []
    for i in rest[left[rest] <= 0.67 * len(first)].tolist():
        worked(alike.nbytes / _BYTES)
        both = alike[i] & alike
        open_pairs = both.any(axis=1)
        open_pairs[singles] = True
        pairs += [(i, j) if i < j else (j, i) for j in np.flatnonzero(~open_pairs).tolist()]
        still = _BITS[both.view(np.uint8)].sum(axis=1) + (lesson.costs * len(first) / 400).astype(int)
        for j in np.argpartition(still, min(4, count - 1))[:4].tolist():
            beam.append((int(still[j]), min(i, j), max(i, j)))
    yield from sorted(set(pairs), key=lambda p: float(lesson.costs[list(p)].sum()))
    found = set(pairs)
    triples = set()
    for _, i, j in sorted(set(beam))[:_BEAM]:
        if (i, j) in found or i in singles or j in singles:
            continue
        worked(alike.nbytes / _BYTES)
        closed = ~(alike[i] & alike[j] & alike).any(axis=1)
        for k in np.flatnonzero(closed).tolist():
            triple = tuple(sorted((i, j, k)))
            if k not in singles and not any(p in found for p in combinations(triple, 2)):
                triples.add(triple)
    yield from sorted(triples, key=lambda p: float(lesson.costs[list(p)].sum()))


def _table(lesson: _Lesson, views: tuple[int, ...]) -> tuple[float, str, str] | None:
    """(cost, views, cases) of the table over these views; None if some combination has no output."""
    keys = _keys([lesson.looks[v] for v in views])
    values, at = np.unique(keys, return_inverse=True)
    order = np.argsort(at, kind="stable")
    starts = np.searchsorted(at[order], np.arange(len(values)))
    masks = np.bitwise_and.reduceat(lesson.allowed[order], starts)
    if not masks.all():
        return None
    # Few different outputs, the cheap ones first.
    chosen = np.full(len(values), -1)
    price = 0.0
    while (chosen < 0).any():
        gains: list[int] = [int(((masks >> b) & 1)[chosen < 0].sum()) for b in range(len(lesson.outputs))]
        best = max(
            range(len(gains)),
            key=lambda b: (gains[b] > 0, lesson.outputs[b] == SAME, gains[b] - 0.2 * lesson.prices[b]),
        )
        chosen[(chosen < 0) & (((masks >> best) & 1) == 1)] = best
        price += lesson.prices[best]
    last = int(lesson.demonstration[-1])
    lonely = 0
    if last:
        low = np.full(len(values), 255)
        high = np.zeros(len(values), int)
        np.minimum.at(low, at, lesson.demonstration)
        np.maximum.at(high, at, lesson.demonstration)
        lonely = int((low == high).sum())
    cost = float(lesson.costs[list(views)].sum()) + price + 0.3 * len(values) + 2.0 * lonely
    unchanged = np.bitwise_or.reduceat(lesson.allowed[order] & 1, starts) == 1
    cases = "_".join(
        f"{_digits(int(v), len(views))}to{_NEW if lesson.copied[c] and not u else ''}{lesson.outputs[c]}"
        for v, c, u in zip(values, chosen, unchanged, strict=True)
    )
    return cost, "_".join(lesson.names[v] for v in views), cases


def _digits(key: int, count: int) -> str:
    return "x".join(str(key >> 4 * (count - 1 - i) & 15) for i in range(count))
