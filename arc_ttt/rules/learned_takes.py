"""Grid → what one of its members shows, perhaps changed: which one, what of it and how, is read off demonstrations.

`take_by(corner, touches, v1, cells, fliphorizontal)`: the one thing that touches another colour, mirrored. Of several
members with the wanted value any will do if they show the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from arc_ttt.rules.companions import INKS
from arc_ttt.rules.crowds import FAR_MEMBERS, MEMBERS, MOST_THINGS, Crowd, crowd
from arc_ttt.rules.finishes import CHOSEN, finished, is_finish, ways_of
from arc_ttt.rules.language import LINK, OTHER, Argument, Kind, fits, operation, same
from arc_ttt.rules.named import names_of
from arc_ttt.rules.properties import is_property
from arc_ttt.rules.shown import SHOWS
from arc_ttt.rules.sources_more import IN_TURN
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

KEPT, MOST_FOUND, LEAST_CELLS = 4, 16, 4
_WORK = 5.0  # of what a member may show, in the units of `work`
_VALUE = re.compile(r"v\d{1,5}")

SHOWN = Kind("what is shown", tuple(SHOWS))
PROPERTY = Kind("property or two", ("any", "holed", "largest_holed"), is_property)
VALUE = Kind("wanted value", ("v0", "v1", "v2"), lambda word: _VALUE.fullmatch(word) is not None)
FINISH = Kind(
    "finish", ("same", "turn", "ink3", "solid1r1inner", "legendleftwards", "markdown", "specks3", "tagup"), is_finish
)


@operation("any", members=MEMBERS, name=PROPERTY, value=VALUE, shown=SHOWN, finish=FINISH, result=OTHER, weight=0)
def take_by(cells: Cells, members: str, name: str, value: str, shown: str, finish: str) -> Cells | None:
    """What the one thing (panel, room or part) with a certain property shows, perhaps turned, scaled or in one
    colour."""
    c = crowd(cells, members)
    if not 0 < len(c.things) <= MOST_THINGS:
        return None
    out = None
    for i, v in enumerate(c.values(name)):
        if v == int(value[1:]):
            what = SHOWS[shown](c, c.things[i])
            made = None if what is None or not what.size else finished(c, i, what, finish)
            if made is None or (out is not None and not same(out, made)):
                return None
            out = made
    return out


# --- learning ---


@fits("take_by")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    solid = {w.shape for w in wanted}
    even = len(solid) == 1 and all(bool((w == w.flat[0]).all()) and w.flat[0] for w in wanted)
    if not even and any(w.size > 9 * s.size for s, w in zip(shown, wanted, strict=True)):
        return
    found: list[tuple[float, tuple[str, ...]]] = []
    for rank, members, crowds in _crowds(shown):
        if members in FAR_MEMBERS and found:
            break
        ways = _solid_ways(crowds, wanted) if even else _ways(crowds, wanted)
        known: dict[_Wishes, list[tuple[float, str, int]]] = {}
        for way in dict.fromkeys(w for per_thing in ways[0] for w in per_thing):
            for bits, name, value in _names(crowds, ways, way, known):
                show, finish = way
                dear = bits + 0.3 * rank + list(SHOWS).index(show) + (0 if finish == "same" else 3)
                dear += 0.5 * finish.endswith((*IN_TURN, *INKS)) + 2.0 * (CHOSEN.search(finish) is not None)
                found.append((dear, (members, name, f"v{value}", show, finish)))
        if len(found) > MOST_FOUND:
            break
    if not found and not even:
        found = _nearly(shown, wanted)
    found.sort()
    for _, arguments in found[:KEPT]:
        yield arguments
    yield from _otherwise(shown, [arguments for _, arguments in found[:1]])


_Wishes: TypeAlias = "tuple[tuple[bool, ...], ...]"


def _names(
    crowds: Sequence[Crowd],
    ways: Sequence[Sequence[set[tuple[str, str]]]],
    way: tuple[str, str],
    known: dict[_Wishes, list[tuple[float, str, int]]],
) -> list[tuple[float, str, int]]:
    """What says which members a way makes the outputs of: it is known where another way is one of the same members."""
    wishes = tuple(tuple(way in w for w in per_thing) for per_thing in ways)
    if not all(any(w) for w in wishes):
        return []
    if wishes not in known:
        known[wishes] = list(names_of(crowds, wishes))
    return known[wishes]


def _otherwise(shown: Sequence[Cells], kept: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The same with things by another link that are the same in the demonstrations: in a test they may be others."""
    links = [str(m) for m in LINK.values]
    for members, *rest in (k for k in kept if k[0] in links):
        alike = [m for m in links if m != members and _mark(shown, m) == _mark(shown, members)]
        yield from ((m, *rest) for m in alike[:1])


def _nearly(shown: Sequence[Cells], wanted: Sequence[Cells]) -> list[tuple[float, tuple[str, ...]]]:
    """Members that show a grid of the wanted size and mostly the wanted cells: what is left, further steps may do."""
    found: list[tuple[float, tuple[str, ...]]] = []
    if any(w.size < LEAST_CELLS or w.shape == s.shape for s, w in zip(shown, wanted, strict=True)):
        return found
    for rank, members, crowds in _crowds(shown):
        for place, show in enumerate(("cells", "box", "within", "around")):
            wishes = [_nearest([SHOWS[show](c, t) for t in c.things], g) for c, g in zip(crowds, wanted, strict=True)]
            if all(any(w) for w in wishes):
                for bits, name, value in names_of(crowds, wishes):
                    found.append((bits + 0.3 * rank + place, (members, name, f"v{value}", show, "same")))
        if len(found) > KEPT:
            break
    return found


def _nearest(shown: Sequence[Cells | None], goal: Cells) -> list[bool]:
    """Which show most of the wanted cells, and more than half of them."""
    right = [int((s == goal).sum()) if s is not None and s.shape == goal.shape else 0 for s in shown]
    return [2 * n >= goal.size and n == max(right) for n in right]


def _crowds(shown: Sequence[Cells]) -> Iterator[tuple[int, str, list[Crowd]]]:
    """The members that there are, each way only once, with the rank of the way."""
    known: set[bytes] = set()
    for rank, members in enumerate(map(str, MEMBERS.values)):
        crowds = [crowd(s, members) for s in shown]
        if all(0 < len(c.things) <= MOST_THINGS for c in crowds):
            mark = _mark(shown, members)
            if mark not in known:
                known.add(mark)
                yield rank, members, crowds


def _mark(shown: Sequence[Cells], members: str) -> bytes:
    """The same for members that are the same things."""
    group = (t for s in shown for t in crowd(s, members).things)
    return b"".join(bytes((t.top, t.left, *t.cells.shape)) + t.cells.tobytes() for t in group)


def _ways(crowds: Sequence[Crowd], wanted: Sequence[Cells]) -> list[list[set[tuple[str, str]]]]:
    """For each member of each demonstration the ways in which it makes what is wanted."""
    found = []
    open_: set[tuple[str, str]] | None = None
    for c, goal in zip(crowds, wanted, strict=True):
        here = []
        for i in range(len(c.things)):
            worked(_WORK)
            here.append(ways_of(c, i, goal, open_))
        found.append(here)
        seen = set().union(*here)
        open_ = seen if open_ is None else open_ & seen
        if not open_:
            return [[set()]]
    return found


def _solid_ways(crowds: Sequence[Crowd], wanted: Sequence[Cells]) -> list[list[set[tuple[str, str]]]]:
    """The same for outputs that are rectangles of one colour and always of one size."""
    rows, columns = wanted[0].shape
    return [
        [
            {("cells", f"solid{rows}r{columns}{source}") for source in c.named(i).get(int(goal.flat[0]), ())}
            for i in range(len(c.things))
        ]
        for c, goal in zip(crowds, wanted, strict=True)
    ]
