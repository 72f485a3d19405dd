"""Things are joined, one to the next, in the order of a measure: by lines from middle to middle."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, makes, operation
from arc_ttt.rules.ordered_lines import BEND, path_between
from arc_ttt.rules.things import Thing, holes, things
from arc_ttt.types import Cells

_MEASURES: dict[str, Callable[[Thing], int]] = {
    "size": lambda t: t.size,
    "height": lambda t: t.height,
    "width": lambda t: t.width,
    "holes": holes,
    "top": lambda t: t.top + t.bottom,
    "left": lambda t: t.left + t.right,
}
RANKED = Kind("in which order", tuple(_MEASURES))
# All things, or those of one colour, or those of the colour that most of them have.
JOINED = Kind("what is joined", ("all", "most", *range(1, 10)))
# Read off demonstrations: the colour of either end (the first one has the least of the measure), of the one thing that
# is not joined, or a certain one.
LINE_INK = Kind(
    "colour of the lines",
    ("less", "more", "left", "ink5"),
    lambda word: re.fullmatch(r"less|more|left|ink[1-9]", word) is not None,
)
_FEWEST, _MOST = 2, 15


def _members(cells: Cells, joined: int | str) -> tuple[list[Thing], list[Thing]]:
    """The things that are joined, and the others."""
    found = things(cells, "corner")
    if joined == "most":
        inks = [t.colour for t in found]
        most = sorted(set(inks), key=inks.count)
        if len(most) > 1 and inks.count(most[-1]) == inks.count(most[-2]):
            return [], []
        joined = most[-1] if most else 0
    chosen = [t for t in found if joined in ("all", t.colour)]
    return chosen, [t for t in found if t not in chosen] if len(chosen) < len(found) <= 2 * _MOST else []


def _order(chosen: Sequence[Thing], measure: str) -> list[Thing] | None:
    """From least to most; None where two have as much."""
    if not _FEWEST <= len(chosen) <= _MOST:
        return None
    values = [_MEASURES[measure](t) for t in chosen]
    return [chosen[i] for i in np.argsort(values)] if len(set(values)) == len(values) else None


@operation("objects", "markers", joined=JOINED, measure=RANKED, ink=LINE_INK, bend=BEND, weight=0)
def join_by_rank(cells: Cells, joined: int | str, measure: str, ink: str, bend: str) -> Cells | None:
    """Things are joined, one to the next, in the order of a measure, by lines from middle to middle; what is coloured
    stays."""
    chosen, others = _members(cells, joined)
    order = _order(chosen, measure)
    if order is None or (ink == "left" and len({t.colour for t in others}) != 1):
        return None
    out = cells.copy()
    for a, b in pairwise(order):
        path = path_between(a.middle, b.middle, bend)
        if path is None:
            return None
        colour = {"less": a.colour, "more": b.colour, "left": others[0].colour if others else 0}.get(ink) or int(
            ink[-1]
        )
        for place in path:
            if cells[place] == 0:
                out[place] = colour
    return None if (out == cells).all() else out


@fits("join_by_rank")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The first measures that make the outputs, where only empty cells are painted; some must have three to join."""
    for s, w in zip(shown, wanted, strict=True):
        if s.shape != w.shape or (s != w)[s != 0].any() or (s == w).all():
            return
    if not all(_FEWEST <= len(things(s, "corner")) <= 2 * _MOST for s in shown):
        return
    new = set.intersection(*({int(c) for c in w[s != w]} for s, w in zip(shown, wanted, strict=True)))
    everywhere = set.intersection(*({t.colour for t in things(s, "corner")} for s in shown))
    inks = (*(f"ink{k}" for k in sorted(new)), "left", "less", "more")
    choices: list[int | str] = ["all", "most", *sorted(everywhere)]
    for joined in choices:
        groups = [_members(s, joined)[0] for s in shown]
        if not all(_FEWEST <= len(g) <= _MOST for g in groups) or max(map(len, groups)) <= _FEWEST:
            continue
        for measure in _MEASURES:
            if any(_order(g, measure) is None for g in groups):
                continue
            for bend in map(str, BEND.values):
                ink = next((i for i in inks if makes(join_by_rank, (joined, measure, i, bend), shown, wanted)), None)
                if ink is not None:
                    yield joined, measure, ink, bend
                    return
