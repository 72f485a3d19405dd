"""Grid → those of its members that have a property, in the order of a measure or of a strip of colours, put side by
side with equal gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from math import factorial, log2

import numpy as np

from arc_ttt.rules.chosen import RANK, ordered
from arc_ttt.rules.crowds import FAR_MEMBERS, MEMBERS, MOST_THINGS, Crowd, crowd, ink_of
from arc_ttt.rules.language import AXIS, OTHER, Argument, Kind, fits, operation, same
from arc_ttt.rules.lined_up import LEVEL, MOST_GAP, MOST_LINED, side_by_side
from arc_ttt.rules.named import names_of
from arc_ttt.rules.panels import panels
from arc_ttt.rules.properties import is_property
from arc_ttt.rules.shown import SHOWS
from arc_ttt.rules.strips import strip
from arc_ttt.rules.things import Thing
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

_KEPT, _NAMES, _LEAST_BITS = 6, 4, 3.0
_GAP = re.compile(r"g0|g[1-3]c(\d|wall)")
_VALUE = re.compile(r"v\d{1,5}")
_STRIP = "strip"
# Orders that are no measure: as a strip at the border lists their colours.
ORDER = Kind("order of those that are put", (*RANK.values, _STRIP))
NAME = Kind("property of those that are put", ("any", "holed", "largest_holed"), is_property)
VALUE = Kind("value of those that are put", ("v0", "v1"), lambda word: _VALUE.fullmatch(word) is not None)
SHOWN = Kind("what is put of each", ("cells", "box", "within"))
# A gap of one cell that is empty (g1c0), of a colour, or of the colour of the lines between panels (g2cwall).
GAP = Kind("coloured gap", ("g0", "g1c0", "g2c5", "g1cwall"), lambda word: _GAP.fullmatch(word) is not None)


def _listed(cells: Cells, members: str) -> tuple[Crowd, list[int]] | None:
    """The members beside a strip of colours, and those of these colours in its order."""
    found = strip(cells)
    if found is None:
        return None
    inks, rest = found
    c = crowd(np.ascontiguousarray(rest), members)
    if not 0 < len(c.things) <= MOST_THINGS:
        return None
    chosen = [i for i, t in enumerate(c.things) if ink_of(t) in inks]
    chosen.sort(key=lambda i: inks.index(ink_of(c.things[i])))
    return (c, chosen) if len({ink_of(c.things[i]) for i in chosen}) == len(chosen) else None


def _wall(cells: Cells) -> int:
    found = panels(cells)
    return found.ink if found else 0


@operation(
    "objects",
    "panels",
    members=MEMBERS,
    name=NAME,
    value=VALUE,
    order=ORDER,
    shown=SHOWN,
    axis=AXIS,
    level=LEVEL,
    gap=GAP,
    result=OTHER,
    weight=0,
)
def arrange_by(
    cells: Cells, members: str, name: str, value: str, order: str, shown: str, axis: str, level: str, gap: str
) -> Cells | None:
    """The things (panels, parts) with a certain property are put side by side (horizontal) or one below the other, in
    the order of a measure or of a strip of colours at the border, with empty or coloured lines between."""
    if order == _STRIP:
        listed = _listed(cells, members)
        if listed is None:
            return None
        c, chosen = listed
        group: list[Thing] = [c.things[i] for i in chosen]
    else:
        c = crowd(cells, members)
        if not 0 < len(c.things) <= MOST_THINGS or members == "rooms":
            return None
        having = [t for t, v in zip(c.things, c.values(name), strict=True) if v == int(value[1:])]
        group = ordered(having, order) if 2 <= len(having) <= MOST_LINED and all(t.size for t in having) else []
    parts = [SHOWS[shown](c, t) for t in group]
    if not parts or any(p is None or not p.size for p in parts):
        return None
    wide = int(gap[1])
    ink = 0 if not wide else _wall(cells) if gap.endswith("wall") else int(gap[-1])
    return side_by_side([p for p in parts if p is not None], axis, level, wide, ink)


# --- learning ---

_Read = tuple[list[int], int, int]  # the parts from the left on, how broad the gaps are, and their colour


def _lies(goal: Cells, part: Cells, left: int, level: str) -> bool:
    """Whether a part is what is seen from a column of the goal on, level at one side and empty beside."""
    high, wide = part.shape
    room = len(goal) - high
    top = {"far": room, "near": 0, "middle": room // 2}[level]
    seen = goal[:, left : left + wide]
    if seen.shape[1] < wide or (seen[top : top + high] != part).any():
        return False
    return not room or not (seen[:top].any() or seen[top + high :].any())


def _read(parts: Sequence[Cells | None], goal: Cells, level: str) -> Iterator[_Read]:
    """Which parts make the goal, side by side, for each gap that may be."""
    high, wide = goal.shape
    group = [(i, p) for i, p in enumerate(parts) if p is not None and 0 < len(p) <= high and 0 < p.shape[1] < wide]
    if not group or max(len(p) for _, p in group) < high or sum(p.shape[1] + MOST_GAP for _, p in group) < wide:
        return
    group.sort(key=lambda f: -f[1].shape[1])
    first = next((f for f in group if _lies(goal, f[1], 0, level)), None)
    for gap in range(MOST_GAP + 1) if first is not None else ():
        found: list[int] = []
        ink, left, fit = -1, 0, first
        while fit is not None:
            found.append(fit[0])
            left += fit[1].shape[1]
            if left == wide:
                if len(found) > 1:
                    yield found, gap, max(ink, 0)
                break
            between = goal[:, left : left + gap]
            if gap and (between != (between.flat[0] if ink < 0 else ink)).any():
                break
            ink = int(between.flat[0]) if gap else 0
            left += gap
            fit = next((f for f in group if f[0] not in found and _lies(goal, f[1], left, level)), None)


@fits("arrange_by")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Members of which some make the outputs, what says which these are, and the measures in whose order they lie."""
    if any(w.size > 2 * s.size or max(w.shape) < 3 or w.size < 6 for s, w in zip(shown, wanted, strict=True)):
        return
    strips = all(strip(s) is not None for s in shown)
    most = max(len(set(w.ravel().tolist())) for w in wanted)
    kept = 0
    for members in (m for m in map(str, MEMBERS.values) if m not in FAR_MEMBERS and m != "rooms"):
        for found in _of_members(shown, wanted, members, strips and most > 1):
            yield found
            kept += 1
            if kept == _KEPT:
                return


def _of_members(
    shown: Sequence[Cells], wanted: Sequence[Cells], members: str, strips: bool
) -> Iterator[tuple[Argument, ...]]:
    crowds = [crowd(s, members) for s in shown]
    if not all(2 <= len(c.things) <= MOST_THINGS for c in crowds):
        return
    for show in map(str, SHOWN.values):
        worked(2.0 * len(crowds))
        parts = [[SHOWS[show](c, t) for t in c.things] for c in crowds]
        for axis in map(str, AXIS.values):
            across = axis == "horizontal"
            lines = [[p if across or p is None else p.T for p in group] for group in parts]
            goals = [w if across else w.T for w in wanted]
            for level in map(str, LEVEL.values):
                reads = []
                for group, goal in zip(lines, goals, strict=True):
                    reads.append(list(_read(group, goal, level)))
                    if not reads[-1]:
                        break
                if len(reads) == len(shown) and all(reads):
                    yield from _told(crowds, shown, wanted, reads, (members, show, axis, level), strips)
                    break


def _told(
    crowds: Sequence[Crowd],
    shown: Sequence[Cells],
    wanted: Sequence[Cells],
    reads: Sequence[Sequence[_Read]],
    words: tuple[str, str, str, str],
    strips: bool,
) -> Iterator[tuple[Argument, ...]]:
    members, show, axis, level = words
    for gap in sorted(set.intersection(*({g for _, g, _ in r} for r in reads))):
        chosen = [next(r for r in read if r[1] == gap) for read in reads]
        inks = {ink for _, _, ink in chosen}
        # A gap of another colour in each grid can only be that of its lines.
        if len(inks) > 1 and any(ink != _wall(s) for (_, _, ink), s in zip(chosen, shown, strict=True)):
            continue
        word = "g0" if not gap else f"g{gap}c{'wall' if len(inks) > 1 else inks.pop()}"
        orders = [found for found, _, _ in chosen]
        if strips:
            way = (members, "any", "v0", _STRIP, show, axis, level, word)
            made = [arrange_by(s, *way) for s in shown]
            if all(m is not None and same(m, w) for m, w in zip(made, wanted, strict=True)):
                yield way
        ranks = _ranks([[c.things[i] for i in order] for c, order in zip(crowds, orders, strict=True)])
        if ranks:
            wishes = [[i in order for i in range(len(c.things))] for c, order in zip(crowds, orders, strict=True)]
            names = [(name, f"v{value}") for _, name, value in sorted(names_of(crowds, wishes))[:_NAMES]]
            # In a test one property may say nothing where another does, which matters more than the order.
            for said, rank in [*((n, ranks[0]) for n in names), *((n, r) for n in names[:1] for r in ranks[1:])]:
                yield members, *said, rank, show, axis, level, word


def _ranks(groups: Sequence[Sequence[Thing]]) -> list[str]:
    """The first two measures in whose order the groups are; none where that says too little."""
    if sum(log2(factorial(len(g))) for g in groups) < _LEAST_BITS:
        return []
    return list(islice((r for r in map(str, RANK.values) if all(_is(ordered(g, r), g) for g in groups)), 2))


def _is(found: Sequence[Thing], group: Sequence[Thing]) -> bool:
    return len(found) == len(group) and all(a is b for a, b in zip(found, group, strict=True))
