"""Grid → those of its members that have a property, close together in the order in which they lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.crowds import FAR_MEMBERS, MEMBERS, MOST_THINGS, Crowd, crowd
from arc_ttt.rules.language import AXIS, OTHER, Argument, Kind, fits, operation, same
from arc_ttt.rules.properties import PROPERTIES, property_cost
from arc_ttt.rules.shown import SHOWS
from arc_ttt.types import MAX_SIDE, Cells

_MOST, _KEPT, _MOST_VALUES = 8, 2, 6
PROPERTY = Kind("property of those that are gathered", tuple(PROPERTIES))
VALUE = Kind(
    "value of those that are gathered", ("v0", "v1", "v2"), lambda word: word[:1] == "v" and word[1:].isdecimal()
)
SHOWN = Kind("what is gathered of each", ("cells", "box", "within"))


def _joined(c: Crowd, chosen: Sequence[bool], shown: str, axis: str) -> Cells | None:
    """What the chosen members show, side by side (horizontal) or one below the other; None where that is no rectangle,
    or where two lie abreast."""
    across = axis == "horizontal"
    group = [t for t, yes in zip(c.things, chosen, strict=True) if yes]
    if not 2 <= len(group) <= _MOST:
        return None
    group.sort(key=lambda t: (t.left, t.top) if across else (t.top, t.left))
    places = [t.left if across else t.top for t in group]
    parts = [SHOWS[shown](c, t) for t in group]
    if len(set(places)) < len(places) or any(p is None or not p.size for p in parts):
        return None
    lines = [p for p in parts if p is not None]
    if len({p.shape[0 if across else 1] for p in lines}) > 1:
        return None
    if sum(p.shape[1 if across else 0] for p in lines) > MAX_SIDE:
        return None
    return np.concatenate(lines, axis=1 if across else 0)


@operation(
    "objects", "panels", members=MEMBERS, name=PROPERTY, value=VALUE, shown=SHOWN, axis=AXIS, result=OTHER, weight=0
)
def gather_by(cells: Cells, members: str, name: str, value: str, shown: str, axis: str) -> Cells | None:
    """The things (panels, parts) with a certain property are put side by side (horizontal) or one below the other, in
    the order in which they lie."""
    c = crowd(cells, members)
    if not 2 <= len(c.things) <= MOST_THINGS:
        return None
    return _joined(c, [v == int(value[1:]) for v in c.values(name)], shown, axis)


@fits("gather_by")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Members of which some fill the outputs, and the properties that say which."""
    if any(w.size > s.size for s, w in zip(shown, wanted, strict=True)):
        return
    found = []
    for rank, members in enumerate(m for m in map(str, MEMBERS.values) if m not in FAR_MEMBERS and m != "rooms"):
        crowds = [crowd(s, members) for s in shown]
        if not all(2 <= len(c.things) <= MOST_THINGS for c in crowds):
            continue
        for show in SHOWN.values:
            for axis in map(str, AXIS.values):
                if not all(_may_fill(c, w, str(show), axis) for c, w in zip(crowds, wanted, strict=True)):
                    continue
                may = [_pieces(c, w, str(show), axis) for c, w in zip(crowds, wanted, strict=True)]
                if all(sum(m) > 1 for m in may):
                    found += [
                        (bits + 0.3 * rank, (members, name, value, str(show), axis))
                        for bits, name, value in _names(crowds, wanted, may, str(show), axis)
                    ]
        if len(found) >= _KEPT:
            break
    for _, arguments in sorted(found)[:_KEPT]:
        yield arguments


def _may_fill(c: Crowd, goal: Cells, shown: str, axis: str) -> bool:
    """Whether members that are as broad as the goal are, two at least, as long as it in all, or longer."""
    less = 2 if shown == "within" else 0
    long, broad = (0, 1) if axis == "vertical" else (1, 0)
    lengths = [t.cells.shape[long] - less for t in c.things if t.cells.shape[broad] - less == goal.shape[broad]]
    short = [n for n in lengths if 0 < n < goal.shape[long]]
    return len(short) > 1 and sum(short) >= goal.shape[long]


def _pieces(c: Crowd, goal: Cells, shown: str, axis: str) -> list[bool]:
    """Which members show a piece of the goal that goes from one side to the other."""
    whole = goal if axis == "vertical" else goal.T
    found = []
    for t in c.things:
        part = SHOWS[shown](c, t)
        if part is None or not part.size:
            found.append(False)
            continue
        piece = part if axis == "vertical" else part.T
        n = len(piece)
        fits_ = piece.shape[1] == whole.shape[1] and n < len(whole)
        found.append(fits_ and any(bool((whole[i : i + n] == piece).all()) for i in range(len(whole) - n + 1)))
    return found


def _names(
    crowds: Sequence[Crowd], wanted: Sequence[Cells], may: Sequence[Sequence[bool]], shown: str, axis: str
) -> Iterator[tuple[float, str, str]]:
    """The properties and values of which only members have it that show pieces, and these are the outputs."""
    for name in PROPERTIES:
        values = {v for v, m in zip(crowds[0].values(name), may[0], strict=True) if m}
        values -= {v for v, m in zip(crowds[0].values(name), may[0], strict=True) if not m}
        for value in sorted(values)[:_MOST_VALUES]:
            made = (_joined(c, [v == value for v in c.values(name)], shown, axis) for c in crowds)
            if all(m is not None and same(m, w) for m, w in zip(made, wanted, strict=True)):
                yield property_cost(name), name, f"v{value}"
