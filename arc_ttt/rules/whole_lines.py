"""Operations on the rows or columns of a grid as wholes: some of them are kept, or all take another order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from arc_ttt.rules.language import AXIS, DIRECTION, OTHER, Argument, Kind, fits, operation
from arc_ttt.types import MAX_SIDE, Cells

# The share of cells that must be right of lines that are kept.
LEAST_RIGHT = 0.6
LINES = Kind("number of lines", ("n1", "n3"), lambda word: re.fullmatch(r"n[1-9]\d?", word) is not None)
_ORDER = re.compile(r"o[1-9]\d?(_[1-9]\d?)*")
ORDER = Kind("order of lines", ("o2_1", "o3_1_2"), lambda word: _ORDER.fullmatch(word) is not None)


@operation("pattern", "small", side=DIRECTION, lines=LINES, result=OTHER, weight=0)
def keep_lines(cells: Cells, side: str, lines: str) -> Cells | None:
    """Only so many rows or columns at one side of the grid."""
    n = int(lines[1:])
    if n > cells.shape[0 if side in ("up", "down") else 1]:
        return None
    return {"up": cells[:n], "down": cells[-n:], "left": cells[:, :n], "right": cells[:, -n:]}[side].copy()


@fits("keep_lines")
def _fit_kept(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """What has the outputs' sizes, where these have one number of lines, and most cells right."""
    pairs = list(zip(shown, wanted, strict=True))
    for axis, sides in ((0, ("up", "down")), (1, ("left", "right"))):
        lines = {w.shape[axis] for w in wanted}
        if len(lines) > 1 or any(s.shape[1 - axis] != w.shape[1 - axis] for s, w in pairs):
            continue
        if all(s.shape == w.shape for s, w in pairs):
            return
        word = f"n{lines.pop()}"
        for side in sides:
            made = [keep_lines(s, side, word) for s in shown]
            right = [0.0 if m is None else float((m == w).mean()) for m, w in zip(made, wanted, strict=True)]
            if min(right) > LEAST_RIGHT:
                yield side, word


@operation("pattern", "small", axis=AXIS, order=ORDER, result=OTHER, weight=0)
def order_lines(cells: Cells, axis: str, order: str) -> Cells | None:
    """The rows (columns) with these numbers, from the top (left), in this order; the grid must have all of them."""
    at = [int(n) - 1 for n in order[1:].split("_")]
    lines = cells if axis == "horizontal" else cells.T
    if max(at) >= len(lines) or len(at) > MAX_SIDE:
        return None
    return np.ascontiguousarray(lines[at] if axis == "horizontal" else lines[at].T)


@fits("order_lines")
def _fit_order(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """One order that makes all outputs, and that is no plain turn of the lines."""
    for axis in ("horizontal", "vertical"):
        before = [s if axis == "horizontal" else s.T for s in shown]
        after = [w if axis == "horizontal" else w.T for w in wanted]
        counts = {(len(b), len(a)) for b, a in zip(before, after, strict=True)}
        if len(counts) > 1 or any(b.shape[1] != a.shape[1] for b, a in zip(before, after, strict=True)):
            continue
        given, made = counts.pop()
        order: list[int] = []
        for k in range(made):
            fit = [i for i in range(given) if all((b[i] == a[k]).all() for b, a in zip(before, after, strict=True))]
            if not fit:
                break
            order.append(next((i for i in fit if i not in order), fit[0]))
        if len(order) == made > 1 and {abs(b - a) for a, b in pairwise(order)} != {1}:
            yield axis, "o" + "_".join(str(i + 1) for i in order)
