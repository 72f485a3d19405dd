"""Grid → as many cells as it has things of a kind that was inferred, or the grid scaled or repeated so many times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from arc_ttt.rules.crowds import FAR_MEMBERS, MEMBERS, MOST_THINGS, Crowd, crowd, ink_of
from arc_ttt.rules.language import OTHER, Argument, Kind, fits, operation
from arc_ttt.rules.learned_lists import winding
from arc_ttt.rules.properties import PROPERTIES, YES_OR_NO, bends, ends
from arc_ttt.rules.things import Thing, holes
from arc_ttt.types import MAX_SIDE, Cells

KEPT = 3
_FORM = re.compile(r"row|column|square|diagonal|(pad|padcolumns|snake)(\d\d?)r(\d\d?)")
_WHICH = re.compile(r"(is|not)(\d{1,5})([a-z]*)")
# What is counted of the things that are meant: how many they are, or one of these of the only such thing.
MEASURED: dict[str, Callable[[Thing], int]] = {
    "size": lambda t: t.size,
    "height": lambda t: t.height,
    "width": lambda t: t.width,
    "colours": lambda t: len(np.unique(t.cells[t.cells != 0])),
    "holes": holes,
    "specks": lambda t: int(((t.cells != 0) & (t.cells != ink_of(t))).sum()),
    "gaps": lambda t: t.height * t.width - t.size,
    "bends": bends,
    "ends": ends,
    "between": lambda t: max(max(t.cells.shape) - 2, 0) if min(t.cells.shape) == 1 else 0,
}

# All cells of all things that are meant, and the properties that these have or have not.
ALL_CELLS = "cells"
_WHOSE_CELLS = ("outer", "colour", "bordering", "held", "holds", "touches", "touching", "largest", "single", "twin")


def _is_which(word: str) -> bool:
    match = _WHICH.fullmatch(word)
    return match is not None and (not match[3] or match[3] in MEASURED or match[3] == ALL_CELLS)


WHICH = Kind("which", ("is0", "is1", "not0", "is1height"), _is_which)
FORM = Kind("form of a count", ("row", "square", "diagonal", "pad3r3"), lambda word: _FORM.fullmatch(word) is not None)
COUNTED = Kind("ink of a count", (*(f"ink{i}" for i in range(1, 10)), "own"))
GROWTH = Kind("growth", ("scaled", "tiled"))
PROPERTY = Kind("property", tuple(PROPERTIES))


def _counted(cells: Cells, members: str, name: str, which: str) -> tuple[int, int]:
    """How many members have (or have not) the property, and the one colour that they have."""
    c, match = crowd(cells, members), _WHICH.fullmatch(which)
    assert match is not None
    if len(c.things) > MOST_THINGS:
        return 0, 0
    return _count(c, name, match[1] == "is", int(match[2]), match[3])


def _count(c: Crowd, name: str, wish: bool, value: int, measure: str) -> tuple[int, int]:
    group = [t for t, v in zip(c.things, c.values(name), strict=True) if (v == value) == wish]
    inks = {ink_of(t) for t in group}
    ink = inks.pop() % 10 if len(inks) == 1 else 0
    if not measure or measure == ALL_CELLS:
        return sum(t.size for t in group) if measure else len(group), ink
    found = {MEASURED[measure](t) for t in group}
    return found.pop() if len(found) == 1 else 0, ink


@operation("any", members=MEMBERS, name=PROPERTY, which=WHICH, form=FORM, ink=COUNTED, result=OTHER, weight=0)
def count_by(cells: Cells, members: str, name: str, which: str, form: str, ink: str) -> Cells | None:
    """As many cells as there are things that have (or have not) a certain property, or as a measure of such a thing
    says: in a row, a column, a square's side or diagonal, or in a rectangle of fixed size."""
    n, own = _counted(cells, members, name, which)
    colour = own if ink == "own" else int(ink[-1])
    return _formed(n, form, colour) if n and colour else None


def _formed(n: int, form: str, ink: int) -> Cells | None:
    match = _FORM.fullmatch(form)
    assert match is not None
    if match[1]:
        rows, columns = int(match[2]), int(match[3])
        if not (0 < rows <= MAX_SIDE and 0 < columns <= MAX_SIDE and n <= rows * columns):
            return None
        out = np.zeros(rows * columns, np.uint8)
        out[:n] = ink
        if match[1] == "padcolumns":
            return np.ascontiguousarray(out.reshape(columns, rows).T)
        return winding(out.reshape(rows, columns), match[1])
    if n > MAX_SIDE:
        return None
    if form == "diagonal":
        return np.eye(n, dtype=np.uint8) * np.uint8(ink)
    return np.full({"row": (1, n), "column": (n, 1), "square": (n, n)}[form], ink, np.uint8)


@operation("any", members=MEMBERS, name=PROPERTY, which=WHICH, growth=GROWTH, result=OTHER, weight=0)
def grow_by(cells: Cells, members: str, name: str, which: str, growth: str) -> Cells | None:
    """The grid scaled up, or repeated across and down, as many times as there are things that have (or have not) a
    certain property, or as a measure of such a thing says."""
    n, _ = _counted(cells, members, name, which)
    return _grown(cells, n, growth) if n > 1 and n * max(cells.shape) <= MAX_SIDE else None


def _grown(cells: Cells, n: int, growth: str) -> Cells:
    out: Cells = np.kron(cells, np.ones((n, n), np.uint8)) if growth == "scaled" else np.tile(cells, (n, n))
    return out


@fits("count_by")
def _fit_count(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if max(w.size for w in wanted) > 100:
        return
    inks = [np.unique(w[w != 0]) for w in wanted]
    if not all(len(i) == 1 for i in inks):
        return
    colours = [int(i[0]) for i in inks]
    forms = ["row", "column", "square", "diagonal"]
    if len({w.shape for w in wanted}) == 1:
        forms = ["{}{}r{}".format(f, *wanted[0].shape) for f in ("pad", "padcolumns", "snake")]
    for form in forms:
        counts = [int(np.count_nonzero(w)) if form not in ("square", "diagonal") else len(w) for w in wanted]
        made = [_formed(n, form, ink) for n, ink in zip(counts, colours, strict=True)]
        if len(set(counts)) < 2 or not all(
            m is not None and m.shape == w.shape and bool((m == w).all()) for m, w in zip(made, wanted, strict=True)
        ):
            continue
        for found in _choices(shown, counts, colours):
            yield (*found[:3], form, found[3])
        return


@fits("grow_by")
def _fit_grow(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    counts = []
    for s, w in zip(shown, wanted, strict=True):
        n = w.shape[0] // s.shape[0]
        if n < 2 or w.shape != (n * s.shape[0], n * s.shape[1]):
            return
        counts.append(n)
    if len(set(counts)) < 2:
        return
    for growth in ("scaled", "tiled"):
        if all(bool((_grown(s, n, growth) == w).all()) for s, n, w in zip(shown, counts, wanted, strict=True)):
            for found in _choices(shown, counts, None):
                yield (*found[:3], growth)
            return


def _choices(
    shown: Sequence[Cells], counts: Sequence[int], colours: Sequence[int] | None
) -> Iterator[tuple[str, str, str, str]]:
    """Members, property and value of which there are so many, and where their colour is from."""
    kept = 0
    for measure in ("", ALL_CELLS, *MEASURED):
        for members in (str(m) for m in MEMBERS.values if m not in FAR_MEMBERS):
            crowds = [crowd(s, members) for s in shown]
            most = [1 if measure else n for n in counts]
            if not all(n <= len(c.things) <= MOST_THINGS for c, n in zip(crowds, most, strict=True)):
                continue
            # What nothing measures no property can single out.
            if measure in MEASURED and not all(
                any(MEASURED[measure](t) == n for t in c.things) for c, n in zip(crowds, counts, strict=True)
            ):
                continue
            # A measure is of things that are told apart by nothing but yes or no.
            for name in _WHOSE_CELLS if measure == ALL_CELLS else YES_OR_NO if measure else PROPERTIES:
                for way, ink in _ways(crowds, name, measure, counts, colours):
                    yield members, name, way + measure, ink
                    kept += 1
                    if kept == KEPT:
                        return
        if kept:
            return


def _ways(
    crowds: Sequence[Crowd], name: str, measure: str, counts: Sequence[int], colours: Sequence[int] | None
) -> Iterator[tuple[str, str]]:
    """The values of a property that are had (or not had) so that the counts are right, and where the colour is from."""
    if not measure and not _may_be(crowds[0].values(name), counts[0]):
        return
    values = sorted({v for c in crowds for v in c.values(name)})
    for wish in (True, False):
        for value in values if len(values) <= 12 and (wish or name != "any") else ():
            found = []
            for c, n in zip(crowds, counts, strict=True):
                found.append(_count(c, name, wish, value, measure))
                if found[-1][0] != n:
                    break
            if [n for n, _ in found] != list(counts):
                continue
            # All cells of a single thing are its size.
            if measure == ALL_CELLS and found == [_count(c, name, wish, value, "size") for c in crowds]:
                continue
            ink = "own"
            if colours is not None and [i for _, i in found] != list(colours):
                if len(set(colours)) > 1:
                    continue
                ink = f"ink{colours[0]}"
            yield f"{'is' if wish else 'not'}{value}", ink


def _may_be(values: Sequence[int], count: int) -> bool:
    """Whether so many of the first members have, or have not, one value, which need not be there."""
    numbers = Counter(values).values()
    return len(values) == count or any(n in (count, len(values) - count) for n in numbers)
