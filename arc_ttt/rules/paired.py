"""Grid → cells that move to the next one in line, where their two colours belong together; which do, is learnt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from arc_ttt.rules.language import DIRECTION, Argument, Kind, fits, operation
from arc_ttt.types import Cells

_PAIRS = re.compile(r"[1-9]w[1-9](?:_[1-9]w[1-9])*")
PAIRS = Kind("colours that belong together", ("1w2", "1w2_3w4"), lambda word: _PAIRS.fullmatch(word) is not None)
_TURNS = {"left": 0, "up": 1, "right": 2, "down": 3}
# From rows of a grid: row, place of a cell, place of the next one before it.
_Meeting = tuple[int, int, int]


def _turned(cells: Cells, direction: str) -> Cells:
    """So that the direction is to the left."""
    return np.ascontiguousarray(np.rot90(cells, _TURNS[direction]))


def _meetings(rows: Cells) -> Iterator[_Meeting]:
    """The neighbours in a row, but for empty cells."""
    for r, row in enumerate(rows):
        at = np.flatnonzero(row).tolist()
        yield from ((r, b, a) for a, b in pairwise(at))


@operation("cells", "noise", "spotted", direction=DIRECTION, pairs=PAIRS, weight=0)
def join_pairs(cells: Cells, direction: str, pairs: str) -> Cells | None:
    """Cells move in a direction until they touch the next cell in their line, where the two colours belong together."""
    rows = _turned(cells, direction)
    known = {frozenset(map(int, p.split("w"))) for p in pairs.split("_")}
    out = rows.copy()
    for r, b, a in _meetings(rows):
        if frozenset((int(rows[r, a]), int(rows[r, b]))) in known:
            # What lies before it may itself have moved.
            to = int(np.flatnonzero(out[r, :b])[-1]) + 1
            out[r, b], out[r, to] = 0, rows[r, b]
    return None if (out == rows).all() else np.ascontiguousarray(np.rot90(out, -_TURNS[direction]))


@fits("join_pairs")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    for a, b in zip(shown, wanted, strict=True):
        if a.shape != b.shape or (np.sort(a, axis=None) != np.sort(b, axis=None)).any():
            return
    for direction in map(str, DIRECTION.values):
        moved: set[frozenset[int]] = set()
        stayed: set[frozenset[int]] = set()
        for a, b in zip(shown, wanted, strict=True):
            before, after = _turned(a, direction), _turned(b, direction)
            for r, at, goal in _meetings(before):
                pair = frozenset((int(before[r, at]), int(before[r, goal])))
                if at - goal > 1:
                    (moved if not after[r, at] else stayed).add(pair)
        if not moved or moved & stayed:
            continue
        word = "_".join(f"{min(p)}w{max(p)}" for p in sorted(moved, key=sorted))
        made = [join_pairs(a, direction, word) for a in shown]
        if all(m is not None and bool((m == b).all()) for m, b in zip(made, wanted, strict=True)):
            yield direction, word
