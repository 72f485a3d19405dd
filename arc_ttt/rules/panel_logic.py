"""Panels in rows, one of which is empty: the other rows show how a panel is made of others in its row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import permutations

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation, tried_at_once
from arc_ttt.rules.panels import panels
from arc_ttt.types import Cells

MADE_SHOWN = Kind("what is shown of a made panel", ("alone", "filled"))
_MOST_LANES, _FEWEST_LANES = 6, 2
Mask = np.ndarray

_PAIRS: dict[str, Callable[[Mask, Mask], Mask]] = {
    "both": lambda a, b: a & b,
    "one": lambda a, b: a ^ b,
    "either": lambda a, b: a | b,
    "first": lambda a, b: a & ~b,
    "neither": lambda a, b: ~(a | b),
    "lacking": lambda a, b: ~(a & b),
    "alike": lambda a, b: ~(a ^ b),
}
LOGIC_WAY = Kind("how a panel is made", ("any", *_PAIRS))
_SINGLES: tuple[Callable[[Mask], Mask], ...] = (
    lambda a: a,
    lambda a: ~a,
    *(lambda a, k=k: np.rot90(a, k) for k in (1, 2, 3)),
    lambda a: a[:, ::-1],
    lambda a: a[::-1],
    lambda a: a.T,
)
# A row's other panels → where the last one is coloured, and its colour.
_Rule = Callable[[Sequence[Cells]], Cells]


def _ink(panel: Cells) -> int:
    """The one colour of a panel; 0 where it has none or several."""
    inks = np.unique(panel[panel != 0])
    return int(inks[0]) if len(inks) == 1 else 0


def _rules(order: Sequence[int], way: str) -> Iterator[_Rule]:
    """What may be made of panels: a mask of one or two of them, in this order, in the colour of one."""
    for ink in sorted(order):
        for i, j in permutations(order, 2):
            for pair in _PAIRS.values() if way == "any" else (_PAIRS[way],):
                yield lambda row, i=i, j=j, pair=pair, ink=ink: (  # type: ignore[misc]
                    pair(row[i] != 0, row[j] != 0) * np.uint8(_ink(row[ink]))
                )
        for i in order if way == "any" else ():
            for single in _SINGLES:
                yield lambda row, i=i, single=single, ink=ink: (  # type: ignore[misc]
                    single(row[i] != 0) * np.uint8(_ink(row[ink]))
                )


@lru_cache(maxsize=64)
def _made(raw: bytes, width: int, way: str) -> tuple[Cells, tuple[slice, slice]] | None:
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width)
    found = panels(cells)
    if found is None or len({cells[b].shape for b in found.flat}) > 1:
        return None
    empty = [(r, k) for r, row in enumerate(found.boxes) for k, b in enumerate(row) if not cells[b].any()]
    if len(empty) != 1:
        return None
    for turned in (False, True):
        boxes = [list(column) for column in zip(*found.boxes, strict=True)] if turned else found.boxes
        lane, at = empty[0][::-1] if turned else empty[0]
        if not (_FEWEST_LANES < len(boxes) + 1 <= _MOST_LANES + 1 and 2 < len(boxes[0]) <= _MOST_LANES):
            continue
        # A row without panels at the same place says too little.
        rows = [[cells[b] for b in row] for row in boxes]
        goals = [row.pop(at) for row in rows]
        known = [k for k in range(len(rows)) if k != lane]
        if len(known) < _FEWEST_LANES:
            continue
        # What is full everywhere tells a colour rather than a mask.
        order = sorted(range(len(rows[0])), key=lambda k: all(row[k].all() for row in rows))
        for rule in _rules(order, way):
            if all((out := rule(rows[k])).shape == goals[k].shape and (out == goals[k]).all() for k in known):
                made = rule(rows[lane])
                if made.any() and made.shape == goals[lane].shape:
                    return made, boxes[lane][at]
    return None


@operation("panels", way=LOGIC_WAY, shown=MADE_SHOWN, result=OTHER, weight=0)
def make_panel(cells: Cells, way: str, shown: str) -> Cells | None:
    """The one empty panel is made of the others in its row (column) as in all other rows one is: where both, one,
    either or none of two are coloured, or one turned or mirrored, in the colour of one; it is shown alone or filled."""
    found = _made(cells.tobytes(), cells.shape[1], way)
    if found is None:
        return None
    if shown == "alone":
        return np.ascontiguousarray(found[0])
    out = cells.copy()
    out[found[1]] = found[0]
    return out


tried_at_once("make_panel")
