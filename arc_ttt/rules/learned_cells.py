"""A cell's new colour as a function of what it sees: a table over one to three views, learned from demonstrations.

`paint_by_views(ink_enclosed, 0x0tosame_0x1to4_1x0tosame)` names the views and for each combination of their values
the new colour: `same`, a colour's number, or a view whose colour is copied (`newrayup`: it must be another one than
before). A grid with a combination that the table lacks is not changed by guess: the operation does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, operation
from arc_ttt.rules.learned_views_parts import VIEWS, scene
from arc_ttt.types import Cells

_PAIRS = 6144  # pairs of cells that a set of views must tell apart, at most, before all cells are looked at
_BEAM = 32  # pairs of views that are extended by a third one
_KEPT = 4  # tables that a fit yields
_DEAREST = 18.0  # a table that costs more is rather learnt by heart than understood
_TRIED = 80  # sets of views that are looked at on all cells
_OUTPUTS = 12  # views whose colour may be copied
_NEW = "new"
_BITS = np.array([bin(i).count("1") for i in range(256)], np.uint16)
_ENTRY = re.compile(r"(\d+(?:x\d+)*)to([a-z]+|\d)")


def is_views(word: str) -> bool:
    """Whether `word` is names of views like `ink_enclosed`."""
    return all(name in VIEWS for name in word.split("_"))


def is_cases(word: str) -> bool:
    """Whether `word` is entries like `0x1to4`, all with as many values, their keys different."""
    entries = [_ENTRY.fullmatch(part) for part in word.split("_")]
    keys = [e[1] for e in entries if e]
    outputs = [e[2] for e in entries if e]
    return (
        len(keys) == len(entries) == len(set(keys))
        and len({k.count("x") for k in keys}) == 1
        and all(o == "same" or o.isdecimal() or _is_colour(o) or _is_colour(o.removeprefix(_NEW)) for o in outputs)
    )


def _is_colour(name: str) -> bool:
    return name in VIEWS and VIEWS[name].colour


VIEW_NAMES = Kind("views", ("ink_enclosed", "own"), is_views)
CASES = Kind("cases", ("0x0tosame_0x1to4_1x0tosame", "0tosame_1to2_2toown"), is_cases)


def painted(cells: Cells, views: str, cases: str) -> Cells | None:
    """`cells` with every cell changed as the table says; None if a combination is not in it."""
    names = views.split("_")
    entries = _ENTRY.findall(cases)
    if entries[0][0].count("x") + 1 != len(names):
        return None
    here = scene(cells)
    keys = _keys([here[n] for n in names])
    table: dict[int, str] = {_key(k): o for k, o in entries}
    present = np.flatnonzero(np.bincount(keys.ravel())).tolist()
    if any(k not in table for k in present):
        return None
    out = cells.copy()
    for k in present:
        if table[k] != "same":
            at = keys == k
            np.copyto(out, _output(cells, table[k].removeprefix(_NEW)), where=at)
            if table[k].startswith(_NEW) and (out == cells)[at].any():
                return None
    return out if out.max() <= 9 else None


@operation("any", views=VIEW_NAMES, cases=CASES, weight=0)
def paint_by_views(cells: Cells, views: str, cases: str) -> Cells | None:
    """Change each cell's colour as a table says for what the cell sees."""
    return painted(cells, views, cases)


def _keys(maps: Sequence[np.ndarray]) -> np.ndarray:
    keys = maps[0].astype(np.uint16)
    for m in maps[1:]:
        keys = keys * 16 + m
    return keys


def _key(text: str) -> int:
    key = 0
    for part in text.split("x"):
        key = 16 * key + int(part)
    return key


def _output(cells: Cells, name: str) -> np.ndarray:
    return np.full_like(cells, int(name)) if name.isdecimal() else scene(cells)[name]


# --- learning ---


@dataclass(frozen=True)
class _Lesson:
    """All demonstrations' cells in a row: `looks` (views, cells), what could have made each cell's new colour as the
    bits of `allowed` (cells), the `demonstration` that a cell belongs to; views and outputs by name with costs."""

    names: list[str]
    costs: np.ndarray
    looks: np.ndarray
    outputs: list[str]
    prices: list[float]
    allowed: np.ndarray
    demonstration: np.ndarray


def _lesson(grids: Sequence[Cells], wanted: Sequence[Cells], names: Sequence[str]) -> _Lesson | None:
    scenes = [scene(g) for g in grids]
    own = np.concatenate([g.ravel() for g in grids])
    goal = np.concatenate([g.ravel() for g in wanted])
    changed = own != goal
    if not changed.any():
        return None
    looks = np.stack([np.concatenate([s[n].ravel() for s in scenes]) for n in names])
    outputs, prices = ["same"], [0.0]
    makes = [~changed]
    for colour in np.unique(goal[changed]).tolist():
        outputs.append(str(colour))
        prices.append(2.0)
        makes.append(goal == colour)
    # Colours are copied from the views that explain most changed cells.
    copies = [(n, i) for i, n in enumerate(names) if VIEWS[n].colour and n != "own"]
    explains = [int((looks[i] == goal)[changed].sum()) for _, i in copies]
    order = sorted(range(len(copies)), key=lambda k: (-explains[k], VIEWS[copies[k][0]].cost))[:_OUTPUTS]
    for k in order:
        if explains[k]:
            outputs.append(copies[k][0])
            prices.append(VIEWS[copies[k][0]].cost)
            makes.append(looks[copies[k][1]] == goal)
    allowed = np.zeros(len(goal), np.uint32)
    for bit, made in enumerate(makes):
        allowed |= made.astype(np.uint32) << np.uint32(bit)
    if not allowed.all():
        return None
    # Views that are the same on all cells, or the same as a cheaper one, say nothing more.
    seen: set[bytes] = set()
    kept = []
    for i in np.argsort([VIEWS[n].cost for n in names], kind="stable").tolist():
        raw = looks[i].tobytes()
        if raw not in seen and (looks[i] != looks[i][0]).any():
            seen.add(raw)
            kept.append(i)
    belongs = np.concatenate([np.full(g.size, d, np.uint8) for d, g in enumerate(grids)])
    return _Lesson(
        [names[i] for i in kept],
        np.array([VIEWS[names[i]].cost for i in kept]),
        looks[kept],
        outputs,
        prices,
        allowed,
        belongs,
    )


def _conflicts(lesson: _Lesson) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of cells that no output could have made both, as two arrays of numbers; a sample spread evenly."""
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
    """Sets of up to three views that tell all sampled conflicting cells apart; small ones first."""
    first, second = _conflicts(lesson)
    if not len(first):  # one output makes all cells
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
        best = max(range(len(gains)), key=lambda b: (gains[b] > 0, b == 0, gains[b] - 0.2 * lesson.prices[b]))
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
        f"{_digits(int(v), len(views))}to{_NEW if VIEWS.get(lesson.outputs[c]) and not u else ''}{lesson.outputs[c]}"
        for v, c, u in zip(values, chosen, unchanged, strict=True)
    )
    return cost, "_".join(lesson.names[v] for v in views), cases


def _digits(key: int, count: int) -> str:
    return "x".join(str(key >> 4 * (count - 1 - i) & 15) for i in range(count))


@fits("paint_by_views")
def _fit(grids: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(g.shape != w.shape for g, w in zip(grids, wanted, strict=True)):
        return
    lesson = _lesson(grids, wanted, list(VIEWS))
    if lesson is None:
        return
    tables = []
    for tried, views in enumerate(_separating(lesson)):
        if tried == _TRIED:
            break
        table = _table(lesson, views)
        if table and table[0] <= _DEAREST:
            tables.append(table)
    for _, views_word, cases in sorted(tables)[:_KEPT]:
        yield views_word, cases
