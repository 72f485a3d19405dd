"""Grid → what one of its members shows, perhaps changed: which one, what of it and how, is read off demonstrations.

`take_by(corner, touches, v1, cells, fliphorizontal)`: the one thing that touches another colour, mirrored. Of several
members with the wanted value any will do if they show the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np

from arc_ttt.rules.companions import INKS
from arc_ttt.rules.crowds import FAR_MEMBERS, MEMBERS, MOST_THINGS, Crowd, crowd
from arc_ttt.rules.language import LINK, OTHER, Argument, Kind, fits, operation, same
from arc_ttt.rules.legends import table_beside
from arc_ttt.rules.named import names_of
from arc_ttt.rules.properties import is_property
from arc_ttt.rules.shown import SHOWS, TURNS, shrunk
from arc_ttt.rules.sources import SOURCES
from arc_ttt.rules.sources_more import IN_TURN
from arc_ttt.rules.work import worked
from arc_ttt.types import COLOURS, Cells

KEPT, MOST_FOUND, LEAST_CELLS = 4, 16, 4
_WORK = 5.0  # of what a member may show, in the units of `work`


_INKED = re.compile(r"(shrunk|)(ink|swap|fill)([a-z]+|\d)")
_SOLID = re.compile(r"solid(\d\d?)r(\d\d?)([a-z]+)")
_VALUE = re.compile(r"v\d{1,5}")
_MARKS = ("markup", "markright", "markdown", "markleft")
_LEGENDS = tuple(f"legend{way}" for way in ("rightwards", "leftwards", "downwards", "upwards"))


def is_finish(word: str) -> bool:
    """Whether `word` says how a member is changed: turned, in one colour (inknear), emptied where it is coloured and
    coloured where not (swapown), coloured only there (fillspeck), before that scaled down (shrunkinkrest), or a
    rectangle of one colour (solid1r1own); recoloured as pairs of colours elsewhere say, read in a direction
    (legendrightwards); or turned until its rarest colour lies above (markup, where that is at a corner: up and left).
    """
    if word in TURNS or word in (*_LEGENDS, *_MARKS):
        return True
    if match := _INKED.fullmatch(word):
        return match[3] in SOURCES or match[3].isdecimal()
    match = _SOLID.fullmatch(word)
    return match is not None and match[3] in SOURCES


SHOWN = Kind("what is shown", tuple(SHOWS))
PROPERTY = Kind("property or two", ("any", "holed", "largest_holed"), is_property)
VALUE = Kind("wanted value", ("v0", "v1", "v2"), lambda word: _VALUE.fullmatch(word) is not None)
FINISH = Kind("finish", ("same", "turn", "ink3", "solid1r1inner", "legendleftwards", "markdown"), is_finish)


def _to_mark(box: Cells) -> int | None:
    """From the middle to the rarest colour of a box, or of its outline where that is full: 0 for up or up and left, 1
    for right or up and right, 2 for down or down and right, 3 for left or down and left."""
    outline = np.ones(box.shape, bool)
    outline[1:-1, 1:-1] = False
    if not box[outline].all():
        outline[:] = True
    counts = np.bincount(box[outline], minlength=COLOURS)[1:]
    present = counts[counts > 0]
    if len(present) < 2 or (present == present.min()).sum() > 1:
        return None
    rows, columns = np.nonzero(outline & (box == np.flatnonzero(counts == present.min())[0] + 1))
    down = int(np.sign(2 * int(rows.sum()) - len(rows) * (box.shape[0] - 1)))
    right = int(np.sign(2 * int(columns.sum()) - len(rows) * (box.shape[1] - 1)))
    ways = ((-1, 0), (0, 1), (1, 0), (0, -1)), ((-1, -1), (-1, 1), (1, 1), (1, -1))
    return next((way.index((down, right)) for way in ways if (down, right) in way), None)


def finished(c: Crowd, i: int, shown: Cells, finish: str) -> Cells | None:
    """What is shown of member `i`, changed."""
    if finish in TURNS:
        return np.ascontiguousarray(TURNS[finish](shown))
    t = c.things[i]
    if finish in _MARKS:
        at = _to_mark(c.cells[t.box])
        return None if at is None else np.ascontiguousarray(np.rot90(shown, at - _MARKS.index(finish)))
    if finish in _LEGENDS:
        table = table_beside(c.cells, t.box, finish.removeprefix("legend"))
        return None if table is None else table[shown]
    if match := _INKED.fullmatch(finish):
        colour = int(match[3]) if match[3].isdecimal() else c.inks(match[3])[i]
        form = shrunk(shown) if match[1] else shown
        if match[2] == "fill":
            return np.where(form == 0, np.uint8(colour), form) if colour else None
        on = (form != 0) == (match[2] == "ink")
        return on.astype(np.uint8) * np.uint8(colour) if colour else None
    match = _SOLID.fullmatch(finish)
    assert match is not None
    colour = c.inks(match[3])[i]
    sides = int(match[1]), int(match[2])
    return np.full(sides, colour, np.uint8) if colour and min(sides) > 0 and max(sides) <= 30 else None


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
                dear += 0.5 * finish.endswith((*IN_TURN, *INKS))
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
            here.append(_ways_of(c, i, goal, open_))
        found.append(here)
        seen = set().union(*here)
        open_ = seen if open_ is None else open_ & seen
        if not open_:
            return [[set()]]
    return found


def _ways_of(c: Crowd, i: int, goal: Cells, open_: set[tuple[str, str]] | None) -> set[tuple[str, str]]:
    """The ways in which member `i` makes `goal`; of the turns only those that are still open."""
    inks = np.unique(goal[goal != 0])
    ink = int(inks[0]) if len(inks) == 1 else 0
    ways: set[tuple[str, str]] = set()
    for show, make in SHOWS.items():
        what = make(c, c.things[i])
        if what is None or not what.size or not _may_be(what.shape, goal.shape):
            continue
        for finish, turn in TURNS.items():
            if (open_ is None or (show, finish) in open_) and same(turn(what), goal):
                ways.add((show, finish))
        if what.shape == goal.shape and bool(((what != 0) == (goal != 0)).all()) and not same(what, goal):
            ways |= _ways_by(c, i, what, goal, [(show, f) for f in _LEGENDS if open_ is None or (show, f) in open_])
        if sorted(what.shape) == sorted(goal.shape):
            ways |= _ways_by(c, i, what, goal, [(show, f) for f in _MARKS if open_ is None or (show, f) in open_])
        if ink:
            size = "" if what.shape == goal.shape else "shrunk"
            form = shrunk(what) if size else what
            for word in ("ink", "swap") if form.shape == goal.shape and form.size > 1 else ():
                if bool((((form != 0) == (word == "ink")) == (goal != 0)).all()):
                    ways |= {(show, f"{size}{word}{s}") for s in (ink, *c.named(i).get(ink, ()))}
        ways |= _filled_ways(c, i, what, goal, show)
    return ways


def _ways_by(c: Crowd, i: int, what: Cells, goal: Cells, ways: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the ways in which what member `i` shows becomes the goal."""
    made = ((way, finished(c, i, what, way[1])) for way in ways)
    return {way for way, m in made if m is not None and same(m, goal)}


def _filled_ways(c: Crowd, i: int, what: Cells, goal: Cells, show: str) -> set[tuple[str, str]]:
    """The ways in which what is shown makes `goal` with one colour in all its empty cells."""
    free = what == 0
    if what.shape != goal.shape or not free.any() or free.all():
        return set()
    ink = int(goal[free][0])
    if not ink or not same(np.where(free, np.uint8(ink), what), goal):
        return set()
    return {(show, f"fill{s}") for s in (ink, *c.named(i).get(ink, ()))}


def _may_be(shape: tuple[int, ...], goal: tuple[int, ...]) -> bool:
    """Whether a finish may make one shape of the other."""
    (h, w), (a, b) = shape, goal
    return {h, w} == {a, b} or (a <= h and b <= w) or (a % h == b % w == 0 and max(a // h, b // w) <= 3)


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
