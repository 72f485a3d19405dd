"""Lines that join like cells, over what they may cross, and what becomes of two lines that cross each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import INK, Argument, Kind, fits, makes, operation
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

# What the lines pass and where they are seen: over all, in empty cells only, or over the cells of one colour only.
OVER = Kind("over", ("all", "empty", *range(1, 10)))
# Which line is on top where two cross, and whether the other one ends before it.
CROSSING = Kind("crossing", ("upright", "level", "gapupright", "gaplevel"))
_MOST_JOINED = 60
_WORK = 0.05  # of a line, in the units of `work`


def _spans(line: np.ndarray, over: int | str) -> list[tuple[int, int]]:
    """Neighbouring like cells of a line with something to paint between them, and only what may be passed."""
    free = (line == 0) if over == "empty" else (line == 0) | (line == over)
    at = np.flatnonzero((line != 0) & (line != over))
    found = []
    last: dict[int, int] = {}
    for k in at.tolist():
        ink = int(line[k])
        start = last.get(ink)
        if start is not None and k > start + 1:
            between = slice(start + 1, k)
            if over == "all" or free[between].all():
                found.append((start, k))
        last[ink] = k
    return found


def _drawn(cells: Cells, over: int | str) -> Cells | None:
    """The lines across, on an empty grid."""
    out = np.zeros_like(cells)
    n = 0
    for line, new in zip(cells, out, strict=True):
        for a, b in _spans(line, over):
            worked(_WORK)
            n += 1
            seen = slice(a + 1, b)
            may = line[seen] == (0 if over == "empty" else over) if over != "all" else line[seen] != line[a]
            new[seen][may] = line[a]
    return out if n <= _MOST_JOINED else None


@operation("ends", "cells", "barrier", over=OVER, crossing=CROSSING, weight=0)
def tie_alike(cells: Cells, over: int | str, crossing: str) -> Cells | None:
    """Neighbouring like cells of a row or column are joined by a line of their colour: over all that is between,
    through empty cells only, or seen only over one colour; where two lines cross, one is on top, and the other may end
    before it."""
    across, down = _drawn(cells, over), _drawn(np.ascontiguousarray(cells.T), over)
    if across is None or down is None:
        return None
    down = down.T
    upper, lower = (down, across) if crossing.endswith("upright") else (across, down)
    lower = lower.copy()
    if crossing.startswith("gap"):
        met = (upper != 0) & (lower != 0)
        if crossing.endswith("level"):
            met, turned = met.T, lower.T
        else:
            turned = lower
        beside = met.copy()
        beside[:, 1:] |= met[:, :-1]
        beside[:, :-1] |= met[:, 1:]
        turned[beside] = 0
    lines = np.where(upper != 0, upper, lower)
    out = np.where(lines != 0, lines, cells)
    return None if (out == cells).all() else out


@fits("tie_alike")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """What the lines pass, and which is on top; where none cross, the first."""
    if any(s.shape != w.shape or ((w == 0) & (s != 0)).any() for s, w in zip(shown, wanted, strict=True)):
        return
    struck = {int(c) for s, w in zip(shown, wanted, strict=True) for c in np.unique(s[s != w])}
    passed: list[int | str] = [*sorted(struck - {0})] if 0 not in struck else ["empty", "all"]
    for over in passed if len(passed) < 3 else ["all"]:
        for crossing in map(str, CROSSING.values):
            if makes(tie_alike, (over, crossing), shown, wanted):
                yield over, crossing
                break


@operation("ends", "cells", over=OVER, ink=INK, weight=0)
def tie_crossed(cells: Cells, over: int | str, ink: int) -> Cells | None:
    """Neighbouring like cells of a row or column are joined by a line of their colour, over all, empty cells or one
    colour; cells where two lines cross take another colour."""
    across, down = _drawn(cells, over), _drawn(np.ascontiguousarray(cells.T), over)
    if across is None or down is None or not ((across != 0) & (down.T != 0)).any():
        return None
    lines = np.where((across != 0) & (down.T != 0), np.uint8(ink), np.maximum(across, down.T))
    out = np.where(lines != 0, lines, cells)
    return None if (out == cells).all() else out
