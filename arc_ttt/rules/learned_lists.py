"""Grid → the colours of some of its members in an order, as a line, in rows of a rectangle, or as bars.

Which members count, their order and what the length of a bar is are read off demonstrations.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from arc_ttt.rules.chosen import RANK, ranked_values
from arc_ttt.rules.crowds import FAR_MEMBERS, MEMBERS, MOST_THINGS, Crowd, crowd, ink_of
from arc_ttt.rules.language import OTHER, Argument, Kind, fits, makes, operation
from arc_ttt.rules.properties import PROPERTIES
from arc_ttt.rules.things import Thing, holes, things
from arc_ttt.types import Cells

KEPT, MOST_LISTED = 3, 16
# Members that are listed where nothing else says the list.
LINES = ("rows", "columns", "sections", "centres", "quarters")
# Lists of one kind of members.
MOST_ALIKE = 2
_WHICH = re.compile(r"(is|not)(\d{1,5})")
_FORM = re.compile(r"(row|column)(\d\d?|s)(?:(first|last)(\d\d?))?|(pad|snake)(\d\d?)r(\d\d?)|diagonal|rising")
_BARS = re.compile(r"(bars|columns|backbars|standing)(\d\d?)?")
WHICH = Kind("which", ("is0", "is1", "not0"), lambda word: _WHICH.fullmatch(word) is not None)
# A row of three cells' height is row3, one that is as high as it is long rows; row3last9 is at the end of nine cells.
FORM = Kind(
    "form", ("row1", "column1", "pad3r3", "rows", "column2last5"), lambda word: _FORM.fullmatch(word) is not None
)
WIDTH = Kind("width", ("bars", "bars3", "standing"), lambda word: _BARS.fullmatch(word) is not None)


def _larges(t: Thing) -> int:
    """How many of its parts have several cells."""
    return sum(p.size > 1 for p in things(t.cells, "side"))


def _squares(t: Thing) -> int:
    """How many of its parts are full squares of two cells a side and more."""
    return sum(p.size == p.height * p.width and p.height == p.width > 1 for p in things(t.cells, "side"))


LENGTHS: dict[str, Callable[[Thing], int]] = {
    "size": lambda t: t.size,
    "pieces": lambda t: len(things(t.cells, "corner")),
    "parts": lambda t: len(things(t.cells, "side")),
    "height": lambda t: t.height,
    "width": lambda t: t.width,
    "holes": holes,
    "specks": lambda t: int(((t.cells != 0) & (t.cells != ink_of(t))).sum()),
    "larges": _larges,
    "squares": _squares,
}
# The place of a thing among those that have a bar, the least of a measure first.
PLACES: dict[str, Callable[[Thing], int]] = {
    "sizeplace": lambda t: t.size,
    "heightplace": lambda t: t.height,
    "widthplace": lambda t: t.width,
    "holesplace": holes,
    "lowness": lambda t: -t.bottom,
    "leftness": lambda t: t.left,
}
LENGTH = Kind("length", (*LENGTHS, *PLACES))
PROPERTY = Kind("property", tuple(PROPERTIES), lambda word: word in PROPERTIES)


def _members(c: Crowd, name: str, which: str, rank: str) -> list[Thing] | None:
    """The members that count, in order; None where two that differ in colour have the same rank."""
    match = _WHICH.fullmatch(which)
    assert match is not None
    group = [t for t, v in zip(c.things, c.values(name), strict=True) if (v == int(match[2])) == (match[1] == "is")]
    if not 0 < len(group) <= MOST_LISTED or not all(t.size for t in group):
        return None
    return _in_order(group, rank)


def _in_order(group: Sequence[Thing], rank: str) -> list[Thing] | None:
    values = ranked_values(group, rank)
    order = sorted(range(len(group)), key=lambda i: (-values[i], ink_of(group[i])))
    for a, b in pairwise(order):
        if values[a] == values[b] and ink_of(group[a]) != ink_of(group[b]):
            return None
    return [group[i] for i in order]


@operation("any", members=MEMBERS, name=PROPERTY, which=WHICH, rank=RANK, form=FORM, result=OTHER, weight=0)
def list_by(cells: Cells, members: str, name: str, which: str, rank: str, form: str) -> Cells | None:
    """The colours of the things that have (or have not) a certain property, in the order of a measure: in a row, in a
    column (perhaps as broad as it is long, or at one end of a longer one), in the rows of a rectangle, perhaps every
    second one backwards, or on a diagonal."""
    c = crowd(cells, members)
    if not 0 < len(c.things) <= MOST_THINGS or members == "rooms":
        return None
    group = _members(c, name, which, rank)
    return None if group is None else formed([ink_of(t) for t in group], form)


def formed(inks: Sequence[int], form: str) -> Cells | None:
    match = _FORM.fullmatch(form)
    assert match is not None
    if form in ("diagonal", "rising"):
        square = np.diag(np.array(inks, np.uint8))
        return square if form == "diagonal" else np.ascontiguousarray(square[::-1])
    if match[1]:
        line = np.repeat(np.array([inks], np.uint8), len(inks) if match[2] == "s" else int(match[2]), axis=0)
        if match[3]:
            more = int(match[4]) - line.shape[1]
            if not 0 <= more < 30:
                return None
            line = np.pad(line, ((0, 0), (more, 0) if match[3] == "last" else (0, more)))
        return line if match[1] == "row" else np.ascontiguousarray(line.T)
    rows, columns = int(match[6]), int(match[7])
    if len(inks) > rows * columns or not 0 < max(rows, columns) <= 30:
        return None
    out = np.zeros(rows * columns, np.uint8)
    out[: len(inks)] = inks
    return winding(out.reshape(rows, columns), match[5])


def winding(cells: Cells, way: str) -> Cells:
    """Every second row backwards, for a snake."""
    out = cells.copy()
    if way == "snake":
        out[1::2] = out[1::2, ::-1]
    return out


def _lengths(group: Sequence[Thing], length: str) -> list[int]:
    if length in LENGTHS:
        return [LENGTHS[length](t) for t in group]
    values = [PLACES[length](t) for t in group]
    order = sorted(set(values))
    return [order.index(v) + 1 for v in values]


@operation(
    "any", members=MEMBERS, name=PROPERTY, which=WHICH, rank=RANK, length=LENGTH, width=WIDTH, result=OTHER, weight=0
)
def bars_by(cells: Cells, members: str, name: str, which: str, rank: str, length: str, width: str) -> Cells | None:
    """A bar in each row (or column) for the things that have (or have not) a certain property, in the order of one
    measure and as long as another says."""
    c = crowd(cells, members)
    if not 0 < len(c.things) <= MOST_THINGS or members == "rooms":
        return None
    group = _members(c, name, which, rank)
    if group is None:
        return None
    lengths = _lengths(group, length)
    match = _BARS.fullmatch(width)
    assert match is not None
    columns = int(match[2]) if match[2] else max(lengths)
    if not 0 < columns <= 30 or max(lengths) > columns or min(lengths) < 1:
        return None
    out = np.zeros((len(group), columns), np.uint8)
    for row, t, n in zip(out, group, lengths, strict=True):
        row[:n] = ink_of(t)
    # From the right, or from the bottom on.
    out = out[:, ::-1] if match[1] in ("backbars", "standing") else out
    return np.ascontiguousarray(out if match[1] in ("bars", "backbars") else out.T)


# --- learning ---


@fits("list_by")
def _fit_list(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if max(w.size for w in wanted) > 100 or min(w.size for w in wanted) == max(w.size for w in wanted) == 1:
        return
    for form, lists in readings(wanted):
        if max(map(len, lists)) > MOST_LISTED:
            continue
        for members, name, which, rank in _fitting(shown, lists, ink_of):
            yield members, name, which, rank, form


def _bar_forms(wanted: Sequence[Cells]) -> Iterator[tuple[str, list[Cells]]]:
    """The outputs as rows of bars that begin at the left, where they are so, end there, stand or hang."""
    yield "bars", list(wanted)
    yield "columns", [w.T for w in wanted]
    yield "backbars", [w[:, ::-1] for w in wanted]
    yield "standing", [w[::-1].T for w in wanted]


@fits("bars_by")
def _fit_bars(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if len({w.shape for w in wanted}) == 1 and max(w.size for w in wanted) > 100:
        return
    for word, made in _bar_forms(wanted):
        if any(not w.any(axis=1).all() or len(w) > MOST_LISTED for w in made):
            continue
        if all(w.size == 1 for w in made):
            continue
        lists = []
        for w in made:
            bars = [(int(row[0]), int(np.count_nonzero(row))) for row in w]
            if any((row[:n] != ink).any() or not ink for row, (ink, n) in zip(w, bars, strict=True)):
                break
            lists.append(bars)
        if len(lists) < len(made) or len({n for bars in lists for _, n in bars}) == 1:
            continue
        full = all(max(n for _, n in bars) == w.shape[1] for bars, w in zip(lists, made, strict=True))
        width = word if full else f"{word}{made[0].shape[1]}"
        yield from _bars_of(shown, wanted, lists, width)


def _bars_of(
    shown: Sequence[Cells], wanted: Sequence[Cells], lists: Sequence[list[tuple[int, int]]], width: str
) -> Iterator[tuple[Argument, ...]]:
    """Whose bars the lists of (colour, length) are."""
    for length, measure in LENGTHS.items():
        for found in _fitting(shown, lists, lambda t, m=measure: (ink_of(t), m(t))):  # type: ignore[misc]
            yield (*found, length, width)
    # Lengths from one on without a gap may be places in an order.
    if all(len({n for _, n in bars}) == max(n for _, n in bars) for bars in lists):
        for found in _fitting(shown, [[ink for ink, _ in bars] for bars in lists], ink_of):
            ways = ((*found, length, width) for length in PLACES)
            yield from [way for way in ways if makes(bars_by, way, shown, wanted)][:1]


def readings(wanted: Sequence[Cells]) -> Iterator[tuple[str, list[list[int]]]]:
    """The forms that all outputs may have, with the colours that each then lists."""
    for form, turn in (("row", False), ("column", True)):
        lines = [w.T if turn else w for w in wanted]
        if len({len(x) for x in lines}) == 1 and all(bool((x == x[:1]).all() and x.all()) for x in lines):
            yield f"{form}{len(lines[0])}", [x[0].tolist() for x in lines]
        elif all(x.shape[0] == x.shape[1] and bool((x == x[:1]).all() and x.all()) for x in lines):
            yield f"{form}s", [x[0].tolist() for x in lines]
        elif len({x.shape for x in lines}) == 1 and all(bool((x == x[:1]).all() and x.any()) for x in lines):
            for end, step in (("last", -1), ("first", 1)):
                lists = [x[0].tolist()[::step] for x in lines]
                counts = [sum(map(bool, x)) for x in lists]
                # In one line the cells that are filled from the first on are told below.
                if all(all(x[:n]) for x, n in zip(lists, counts, strict=True)) and (end == "last" or len(lines[0]) > 1):
                    whole = [x[:n][::step] for x, n in zip(lists, counts, strict=True)]
                    yield f"{form}{len(lines[0])}{end}{lines[0].shape[1]}", whole
    yield from _diagonals(wanted)
    if len({w.shape for w in wanted}) == 1:
        for way in ("pad", "snake"):
            lines = [winding(w, way).ravel() for w in wanted]
            lists = [x[: int(np.count_nonzero(x))].tolist() for x in lines]
            if all(all(x) for x in lists) and (way == "snake" or len({len(x) for x in lists}) > 1):
                yield f"{way}{wanted[0].shape[0]}r{wanted[0].shape[1]}", lists


def _diagonals(wanted: Sequence[Cells]) -> Iterator[tuple[str, list[list[int]]]]:
    for form, step in (("diagonal", 1), ("rising", -1)):
        squares = [w[::step] for w in wanted]
        if all(w.shape[0] == w.shape[1] > 1 and np.array_equal(np.diag(w.diagonal()), w) for w in squares):
            yield form, [w.diagonal().tolist() for w in squares]


def _fitting(
    shown: Sequence[Cells], lists: Sequence[Sequence[object]], says: Callable[[Thing], object]
) -> Iterator[tuple[str, str, str, str]]:
    """Members, property, which value of it, and order of those that say the wanted lists."""
    kept = 0
    bags = [Counter(x) for x in lists]
    known: set[tuple[object, ...]] = set()
    near = [m for m in map(str, MEMBERS.values) if m != "rooms" and m not in FAR_MEMBERS]
    for members in (*near, *LINES):
        if members in LINES and kept:
            return
        crowds = [crowd(s, members) for s in shown]
        if not all(len(x) <= len(c.things) <= MOST_THINGS for c, x in zip(crowds, lists, strict=True)):
            continue
        words = [[says(t) if t.size else None for t in c.things] for c in crowds]
        if any(b - Counter(w) for b, w in zip(bags, words, strict=True)):
            continue
        mine = 0
        for name, which, chosen in _choices(crowds, words, bags):
            mark = tuple((t.top, t.left, t.cells.tobytes()) for group in chosen for t in group)
            # What an order cannot say of these things no other name for them can.
            if mark in known:
                continue
            rank = _order(chosen, lists, says, members == "panels")
            if rank is None:
                known.add(mark)
                continue
            yield members, name, which, rank
            mine += 1
            if mine == MOST_ALIKE:
                break
        kept += mine
        if kept >= KEPT:
            return


def _order(
    chosen: Sequence[Sequence[Thing]],
    lists: Sequence[Sequence[object]],
    says: Callable[[Thing], object],
    coloured: bool,
) -> str | None:
    """The first measure that puts the things into the wanted order in every demonstration."""
    for rank in map(str, RANK.values):
        if "cells_of" not in rank or coloured:
            orders = (_in_order(group, rank) for group in chosen)
            if all(o is not None and [says(t) for t in o] == list(x) for o, x in zip(orders, lists, strict=True)):
                return rank
    return None


def _may_say(values: Sequence[int], words: Sequence[object], bag: Counter[object]) -> bool:
    """Whether those of the first members that have, or have not, one value say what is listed; no other need be there
    for that they have not."""
    mine: dict[int, Counter[object]] = {}
    for value, word in zip(values, words, strict=True):
        mine.setdefault(value, Counter())[word] += 1
    everything = Counter(words)
    return everything == bag or any(bag in (some, everything - some) for some in mine.values())


def _choices(
    crowds: Sequence[Crowd], words: Sequence[Sequence[object]], bags: Sequence[Counter[object]]
) -> Iterator[tuple[str, str, list[list[Thing]]]]:
    """The properties and values of which those members have (or lack) it that say what is listed, and these members."""
    for name in PROPERTIES:
        if not _may_say(crowds[0].values(name), words[0], bags[0]):
            continue
        numbers = [c.values(name) for c in crowds]
        values = {v for x in numbers for v in x}
        for way in ("is", "not"):
            for value in sorted(values):
                if len(values) > 6 or (name == "any" and way == "not"):
                    break
                chosen = [[(v == value) == (way == "is") for v in x] for x in numbers]
                if all(
                    Counter(w for w, yes in zip(word, mine, strict=True) if yes) == b
                    for word, mine, b in zip(words, chosen, bags, strict=True)
                ):
                    groups = [
                        [t for t, yes in zip(c.things, mine, strict=True) if yes]
                        for c, mine in zip(crowds, chosen, strict=True)
                    ]
                    if all(0 < len(g) <= MOST_LISTED and all(t.size for t in g) for g in groups):
                        yield name, f"{way}{value}", groups
