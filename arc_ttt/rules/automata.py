"""Rows that follow from each other: whether a cell is coloured is told by the three cells above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import DIRECTION, Argument, Kind, fits, operation, table_word
from arc_ttt.rules.learned_colours import TABLE, table_of
from arc_ttt.types import Cells

_RULE = re.compile(r"on[1-7]{1,7}")
STEP = Kind("rows from one to the next", (1, 2, 3))
# The numbers of three cells, left to right as binary digits, below which a cell is coloured.
RULE = Kind("cells above", ("on5", "on25", "on7"), lambda word: _RULE.fullmatch(word) is not None)
_LEAST = 3


def _laid(cells: Cells, direction: str) -> Cells:
    """The grid so that rows follow downwards."""
    return {"down": cells, "up": cells[::-1], "right": cells.T, "left": cells[:, ::-1].T}[direction]


def _laid_back(cells: Cells, direction: str) -> Cells:
    back = {"down": cells, "up": cells[::-1], "right": cells.T, "left": cells.T[:, ::-1]}[direction]
    return np.ascontiguousarray(back)


def _first(turned: Cells) -> tuple[int, int] | None:
    """The one row with coloured cells, and their one colour."""
    rows = np.flatnonzero(turned.any(axis=1))
    if len(rows) != 1 or turned.shape[1] < _LEAST:
        return None
    inks = np.unique(turned[rows[0]])
    inks = inks[inks != 0]
    return (int(rows[0]), int(inks[0])) if len(inks) == 1 else None


def _triples(row: np.ndarray) -> np.ndarray:
    """For each cell the number of the three cells around it, itself in the middle."""
    on = np.pad(row != 0, 1).astype(np.intp)
    triples: np.ndarray = 4 * on[:-2] + 2 * on[1:-1] + on[2:]
    return triples


@operation("lines", "edge", "pattern", direction=DIRECTION, step=STEP, rule=RULE, table=TABLE, weight=0)
def follow_rows(cells: Cells, direction: str, step: int, rule: str, table: str) -> Cells | None:
    """From the one coloured row (or column) others follow, each from the one before, as far as the border: a cell is
    coloured where the three cells above it are as was learned, in the colour that follows that of the row above."""
    turned = _laid(cells, direction)
    first = _first(turned)
    if first is None:
        return None
    (at, ink), after = first, table_of(table)
    out = turned.copy()
    wanted = [int(n) for n in rule[2:]]
    for row in range(at + step, len(out), step):
        on = np.isin(_triples(out[row - step]), wanted)
        if not on.any():
            break
        if ink not in after:
            return None
        ink = after[ink]
        out[row, on] = ink
    return None if (out == turned).all() else _laid_back(out, direction)


# --- learning ---


@fits("follow_rows")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(a.shape != b.shape for a, b in zip(shown, wanted, strict=True)):
        return
    for direction in map(str, DIRECTION.values):
        pairs = [(_laid(a, direction), _laid(b, direction)) for a, b in zip(shown, wanted, strict=True)]
        if any(_first(a) is None for a, _ in pairs):
            continue
        for step in (1, 2, 3):
            seen: dict[int, bool] = {}
            after: dict[int, int] = {}
            if all(_read(a, b, step, seen, after) for a, b in pairs) and any(seen.values()) and not seen.get(0):
                yield direction, step, "on" + "".join(str(n) for n in sorted(seen) if seen[n]), table_word(after)


def _read(before: Cells, goal: Cells, step: int, seen: dict[int, bool], after: dict[int, int]) -> bool:
    """Enter below which triples cells are coloured, and which colour follows which; whether nothing speaks against
    it."""
    first = _first(before)
    if first is None or (goal[: first[0] + 1] != before[: first[0] + 1]).any():
        return False
    at, ink = first
    for row in range(at + 1, len(goal)):
        if (row - at) % step:
            if goal[row].any():
                return False
            continue
        above, here = goal[row - step], goal[row]
        if not above.any():
            if here.any():
                return False
            continue
        for triple, on in zip(_triples(above).tolist(), (here != 0).tolist(), strict=True):
            if seen.setdefault(triple, on) != on:
                return False
        inks = np.unique(here[here != 0])
        if len(inks) > 1 or (len(inks) and after.setdefault(ink, int(inks[0])) != inks[0]):
            return False
        ink = int(inks[0]) if len(inks) else ink
    return True
