"""Dotted lines: cells at equal steps in a row, a column or aslant go on so, up to what is in the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from arc_ttt.rules.fronts import cycle
from arc_ttt.rules.language import Argument, Kind, fits, makes, operation
from arc_ttt.rules.places import inside
from arc_ttt.types import Cells

# Where dotted lines run; each cell belongs to the one with the smallest steps.
RUN = Kind("where dotted lines run", ("rows", "columns", "straight", "slants"))
# To both sides; to the side where something lies ahead, away from the nearer border, or in reading order.
ONWARD = Kind("to which side they go on", ("both", "towards", "away", "forth", "back"))
# Up to what is in the way, or behind it to the border.
UNTIL = Kind("how far they go on", ("blocked", "border"))
_RUNS = {
    "rows": ((0, 1),),
    "columns": ((1, 0),),
    "straight": ((0, 1), (1, 0)),
    "slants": ((1, 1), (1, -1)),
}
_MOST_CELLS, _MOST_STEP = 80, 8


class _Line(NamedTuple):
    """The places of its cells, at equal steps, and their colours."""

    at: tuple[tuple[int, int], ...]
    inks: tuple[int, ...]
    step: tuple[int, int]


def _lone(cells: Cells) -> set[tuple[int, int]]:
    """The coloured cells with none of their colour beside them."""
    padded = np.pad(cells, 1)
    near = np.zeros(cells.shape, bool)
    for down in (0, 1, 2):
        for right in (0, 1, 2):
            if (down, right) != (1, 1):
                near |= padded[down : down + cells.shape[0], right : right + cells.shape[1]] == cells
    return {(int(r), int(c)) for r, c in np.argwhere((cells != 0) & ~near)}


def _next(cells: Cells, lone: set[tuple[int, int]], at: tuple[int, int], way: tuple[int, int]) -> int:
    """How many steps away the next coloured cell is, if it stands alone, too, and not right beside it; 0 otherwise."""
    for k in range(1, _MOST_STEP + 1):
        r, c = at[0] + k * way[0], at[1] + k * way[1]
        if not inside(cells, r, c):
            return 0
        if cells[r, c]:
            return k if (r, c) in lone and k > 1 else 0
    return 0


def _lines(cells: Cells, run: str) -> list[_Line]:
    """The longest lines of cells at equal steps: of one colour, or with colours that are seen again."""
    lone = _lone(cells)
    if not 1 < len(lone) <= _MOST_CELLS:
        return []
    found = []
    for way in _RUNS[run]:
        ahead = {at: _next(cells, lone, at, way) for at in lone}
        for at in sorted(lone):
            k = ahead[at]
            before = (at[0] - k * way[0], at[1] - k * way[1])
            if not k or ahead.get(before, 0) == k:
                continue
            line = [at]
            while ahead.get(line[-1], 0) == k:
                line.append((line[-1][0] + k * way[0], line[-1][1] + k * way[1]))
            inks = tuple(int(cells[p]) for p in line)
            if cycle(inks) < len(inks):
                found.append(_Line(tuple(line), inks, (k * way[0], k * way[1])))
    # Of two lines through a cell the one with the smaller steps is meant.
    found.sort(key=lambda n: max(abs(n.step[0]), abs(n.step[1])))
    kept: list[_Line] = []
    taken: set[tuple[int, int]] = set()
    for line_ in found:
        if not taken & set(line_.at):
            kept.append(line_)
            taken |= set(line_.at)
    return kept


def _ends_ahead(cells: Cells, at: tuple[int, int], way: tuple[int, int]) -> tuple[int, bool]:
    """How far the border or what is in the way lies ahead, and whether it is the latter."""
    k = 1
    while inside(cells, at[0] + k * way[0], at[1] + k * way[1]):
        if cells[at[0] + k * way[0], at[1] + k * way[1]]:
            return k, True
        k += 1
    return k, False


def _sides(cells: Cells, line: _Line, onward: str) -> list[int]:
    """Those of its two ends, 0 for the first one, at which it goes on."""
    if onward in ("both", "forth", "back"):
        return {"both": [0, 1], "forth": [1], "back": [0]}[onward]
    unit = int(np.sign(line.step[0])), int(np.sign(line.step[1]))
    first = _ends_ahead(cells, line.at[0], (-unit[0], -unit[1]))
    last = _ends_ahead(cells, line.at[-1], unit)
    if onward == "towards":
        return [0] if first[1] and not last[1] else [1] if last[1] and not first[1] else []
    return [1] if first[0] < last[0] else [0] if last[0] < first[0] else []


@operation("spotted", "markers", run=RUN, onward=ONWARD, until=UNTIL, weight=0)
def dashes_go_on(cells: Cells, run: str, onward: str, until: str) -> Cells | None:
    """Dotted lines go on at their own steps with their colours in turn, up to what is in the way or to the border."""
    lines = _lines(cells, run)
    if not lines:
        return None
    out = cells.copy()
    for line in lines:
        period = cycle(line.inks)
        for end in _sides(cells, line, onward):
            sign = 1 if end else -1
            step = sign * line.step[0], sign * line.step[1]
            unit = int(np.sign(step[0])), int(np.sign(step[1]))
            (r, c), n = line.at[-1 if end else 0], len(line.at) - 1 if end else 0
            reach = _ends_ahead(cells, (r, c), unit)[0] if until == "blocked" else max(cells.shape)
            far = max(abs(step[0]), abs(step[1]))
            for k in range(1, (reach - 1) // far + 1):
                y, x = r + k * step[0], c + k * step[1]
                if not inside(cells, y, x):
                    break
                if not cells[y, x]:
                    out[y, x] = line.inks[(n + sign * k) % period]
    return None if (out == cells).all() else out


@fits("dashes_go_on")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """All that makes the outputs, where only empty cells are painted and there are lines."""
    for s, w in zip(shown, wanted, strict=True):
        if s.shape != w.shape or (s != w)[s != 0].any() or (s == w).all() or len(_lone(s)) > _MOST_CELLS:
            return
    for run in map(str, RUN.values):
        if not all(_lines(s, run) for s in shown):
            continue
        for onward in map(str, ONWARD.values):
            for until in map(str, UNTIL.values):
                if makes(dashes_go_on, (run, onward, until), shown, wanted):
                    yield run, onward, until
                    break
