"""Single cells are joined by lines in the order in which a strip lists their colours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import things
from arc_ttt.types import Cells

# Read off demonstrations: the colour of the cell that a line comes from or leads to, or a certain one.
INKS = Kind(
    "colour of the lines", ("from", "to", "ink5"), lambda word: re.fullmatch(r"from|to|ink[1-9]", word) is not None
)
BEND = Kind("how they bend", ("straight", "across", "down"))
_FEWEST = 3
Place = tuple[int, int]


def _listed(cells: Cells) -> tuple[list[int], list[Place]] | None:
    """The different colours of a straight thing that lists several, from the left or the top on, and where the one
    cell of each lies elsewhere."""
    lists = [t for t in things(cells, "mixed") if min(t.cells.shape) == 1 and t.size >= _FEWEST and t.cells.all()]
    for t in lists:
        inks = t.cells.ravel().tolist()
        if len(set(inks)) < len(inks):
            continue
        rest = cells.copy()
        rest[t.box] = 0
        if all(np.count_nonzero(rest == ink) == 1 for ink in inks):
            return inks, [(int(r), int(c)) for ink in inks for r, c in np.argwhere(rest == ink)]
    return None


def path_between(a: Place, b: Place, bend: str) -> list[Place] | None:
    """The cells from one to the other, without both; None where they are not in line and lines do not bend."""
    (r, c), (q, d) = a, b
    down, right = int(np.sign(q - r)), int(np.sign(d - c))
    if bend == "straight":
        if r != q and c != d and abs(q - r) != abs(d - c):
            return None
        return [(r + k * down, c + k * right) for k in range(1, max(abs(q - r), abs(d - c)))]
    corner = (r, d) if bend == "across" else (q, c)
    first, second = path_between(a, corner, "straight") or [], path_between(corner, b, "straight") or []
    return [*first, *([corner] if corner not in (a, b) else []), *second]


@operation("shapes", "markers", ink=INKS, bend=BEND, weight=0)
def join_in_order(cells: Cells, ink: str, bend: str) -> Cells | None:
    """Single cells are joined by lines, one to the next, in the order in which a strip lists their colours."""
    found = _listed(cells)
    if found is None:
        return None
    inks, at = found
    out = cells.copy()
    for (a, first), (b, second) in pairwise(zip(at, inks, strict=True)):
        path = path_between(a, b, bend)
        if path is None:
            return None
        for place in path:
            if cells[place] == 0:
                out[place] = first if ink == "from" else second if ink == "to" else int(ink[-1])
    return out


@fits("join_in_order")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)) or any(_listed(s) is None for s in shown):
        return
    new = set.intersection(*({int(c) for c in w[s != w]} for s, w in zip(shown, wanted, strict=True)))
    for ink in ("from", "to", *(f"ink{k}" for k in sorted(new - {0}))):
        for bend in map(str, BEND.values):
            if makes(join_in_order, (ink, bend), shown, wanted):
                yield ink, bend
                return
