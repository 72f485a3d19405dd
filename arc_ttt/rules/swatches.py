"""Swatches: a small pattern beside a cell or a line of a colour says what fills the things of that colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import Thing, colours, things
from arc_ttt.types import Cells

FILLED = Kind("what a swatch fills", ("cells", "within"))
BEGINS = Kind("where its pattern begins", ("thing", "grid"))
_MOST_CELLS, _MOST_SWATCHES = 40, 9


@dataclass(frozen=True)
class Swatch:
    ink: int
    pattern: Cells
    thing: Thing


def _swatch(t: Thing, elsewhere: set[int]) -> Swatch | None:
    """The one colour of a thing that also lies elsewhere, and the full rectangle of its other cells, several colours
    beside which cells of that one lie."""
    inks = colours(t.cells)
    if not 3 <= t.size <= _MOST_CELLS or len(inks) < 2:
        return None
    found = []
    for ink in elsewhere & set(inks):
        rest = (t.cells != 0) & (t.cells != ink)
        rows, columns = np.flatnonzero(rest.any(axis=1)), np.flatnonzero(rest.any(axis=0))
        box = t.cells[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        if box.size > 1 and rest.sum() == box.size and len(colours(box)) > 1:
            found.append(Swatch(ink, np.ascontiguousarray(box), t))
    return found[0] if len(found) == 1 else None


def _swatches(cells: Cells) -> tuple[list[Swatch], list[Thing]]:
    """The swatches, one for each colour, and the other things."""
    group = things(cells, "mixed")
    mixed = [t for t in group if len(colours(t.cells)) > 1]
    if not mixed or len(mixed) > _MOST_SWATCHES:
        return [], []
    plain = {t.colour for t in group if len(colours(t.cells)) == 1}
    found = [s for t in mixed if (s := _swatch(t, plain))]
    if len({s.ink for s in found}) < len(found):
        return [], []
    known = {id(s.thing) for s in found}
    return found, [t for t in group if id(t) not in known]


@operation("shapes", filled=FILLED, begins=BEGINS, weight=0)
def fill_by_swatch(cells: Cells, filled: str, begins: str) -> Cells | None:
    """Small patterns beside a cell or a line of a colour are swatches: the things of that colour (or what is empty in
    their box) are filled with the pattern, again and again from their corner or the grid's on."""
    swatches, rest = _swatches(cells)
    if not swatches:
        return None
    table = {s.ink: s.pattern for s in swatches}
    out, done = cells.copy(), False
    for t in rest:
        pattern = table.get(t.colour)
        if pattern is None or len(colours(t.cells)) > 1:
            continue
        mask = t.cells != 0
        if filled == "within":
            mask = cells[t.box] == 0
        if not mask.any():
            continue
        top, left = (0, 0) if begins == "grid" else (t.top, t.left)
        if begins == "thing" and filled == "within":
            top, left = t.top + int(mask.any(axis=1).argmax()), t.left + int(mask.any(axis=0).argmax())
        rows, columns = np.nonzero(mask)
        rows, columns = rows + t.top, columns + t.left
        h, w = pattern.shape
        out[rows, columns] = pattern[(rows - top) % h, (columns - left) % w]
        done = True
    return out if done else None


@fits("fill_by_swatch")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if all(s.shape == w.shape and _swatches(s)[0] for s, w in zip(shown, wanted, strict=True)):
        ways: product[tuple[Argument, ...]] = product(FILLED.values, BEGINS.values)
        yield from (way for way in ways if makes(fill_by_swatch, way, shown, wanted))
