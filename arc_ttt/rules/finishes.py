"""What is shown of a member is finished: turned, scaled, or all of it, its specks or its ground in another colour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.language import same
from arc_ttt.rules.legends import table_beside
from arc_ttt.rules.plates import tag_side
from arc_ttt.rules.shown import SHOWS, TURNS, shrunk
from arc_ttt.rules.sources import SOURCES
from arc_ttt.rules.things import border, rarest_ink
from arc_ttt.types import COLOURS, Cells

_INKED = re.compile(r"(shrunk|)(ink|swap|fill)([a-z]+|\d)")
_SOLID = re.compile(r"solid(\d\d?)r(\d\d?)([a-z]+)")
_MARKS = ("markup", "markright", "markdown", "markleft")
_TAGS = ("tagup", "tagright", "tagdown", "tagleft")
# What is shown that may lie beside a tag.
_TAGGED = ("cells", "box", "within")
_LEGENDS = tuple(f"legend{way}" for way in ("rightwards", "leftwards", "downwards", "upwards"))

_PAINTED = re.compile(r"(specks|ground)([a-z]+|\d)")
# The commonest or rarest colour of the one member, or those, of which something is so.
CHOSEN = re.compile(r"(own|rarest)of([a-z]+)$")
_CHOOSING = (
    "largest", "smallest", "single", "alone", "full", "holed", "symmetric", "bordering", "hasrare", "lowest",
    "highest", "leftmost", "rightmost", "mostspecks", "tallest", "widest", "central", "remote",
)  # fmt: skip


def _is_colour(word: str) -> bool:
    match = CHOSEN.fullmatch(word)
    return word in SOURCES or word.isdecimal() or (match is not None and match[2] in _CHOOSING)


def is_finish(word: str) -> bool:
    """Whether `word` says how a member is changed: turned, in one colour (inknear), emptied where it is coloured and
    coloured where not (swapown), coloured only there (fillspeck), before that scaled down (shrunkinkrest), or a
    rectangle of one colour (solid1r1own); recoloured as pairs of colours elsewhere say, read in a direction
    (legendrightwards); turned until its rarest colour lies above (markup, where that is at a corner: up and left), or
    what is attached to it (tagup); with all but its commonest colour in another one (specksnear), or that one
    (groundrarestoflargest: in the rarest colour of the largest member).
    """
    if word in TURNS or word in (*_LEGENDS, *_MARKS, *_TAGS):
        return True
    if match := _INKED.fullmatch(word):
        return _is_colour(match[3])
    if match := _PAINTED.fullmatch(word):
        return _is_colour(match[2])
    match = _SOLID.fullmatch(word)
    return match is not None and match[3] in SOURCES


def _to_mark(box: Cells) -> int | None:
    """From the middle to the rarest colour of a box, or of its outline where that is full: 0 for up or up and left, 1
    for right or up and right, 2 for down or down and right, 3 for left or down and left."""
    outline = border(box.shape)
    if not box[outline].all():
        outline[:] = True
    ink = rarest_ink(box[outline])
    if not ink:
        return None
    rows, columns = np.nonzero(outline & (box == ink))
    down = int(np.sign(2 * int(rows.sum()) - len(rows) * (box.shape[0] - 1)))
    right = int(np.sign(2 * int(columns.sum()) - len(rows) * (box.shape[1] - 1)))
    ways = ((-1, 0), (0, 1), (1, 0), (0, -1)), ((-1, -1), (-1, 1), (1, 1), (1, -1))
    return next((way.index((down, right)) for way in ways if (down, right) in way), None)


@lru_cache(maxsize=64)
def _chosen_inks(c: Crowd, ink: str, name: str) -> int:
    """The one colour, commonest or rarest, of the members that have a property; 0 where all have it, or they differ."""
    values = c.values(name)
    inks = {k for k, v in zip(c.inks(ink), values, strict=True) if v == 1}
    return inks.pop() if len(inks) == 1 and 0 in values else 0


@lru_cache(maxsize=64)
def _chosen_names(c: Crowd) -> dict[int, list[str]]:
    """The words that say each colour so."""
    found: dict[int, list[str]] = {}
    for name in _CHOOSING if len(c.things) > 1 else ():
        for word in ("own", "rarest"):
            found.setdefault(_chosen_inks(c, word, name), []).append(f"{word}of{name}")
    return found


def _colour(c: Crowd, i: int, word: str) -> int:
    if word.isdecimal():
        return int(word)
    if word in SOURCES:
        return c.inks(word)[i]
    match = CHOSEN.fullmatch(word)
    return 0 if match is None else _chosen_inks(c, match[1], match[2])


def _part(shown: Cells, word: str) -> np.ndarray | None:
    """Which cells have the commonest colour (ground), or another one (specks); None where there is one colour alone."""
    counts = np.bincount(shown[shown != 0], minlength=COLOURS)
    if (counts > 0).sum() < 2:
        return None
    common: np.ndarray = shown == counts.argmax()
    return common if word == "ground" else (shown != 0) & ~common


def finished(c: Crowd, i: int, shown: Cells, finish: str) -> Cells | None:
    """What is shown of member `i`, changed."""
    if finish in TURNS:
        return np.ascontiguousarray(TURNS[finish](shown))
    t = c.things[i]
    if finish in _MARKS or finish in _TAGS:
        to, words = (_to_mark(c.cells[t.box]), _MARKS) if finish in _MARKS else (tag_side(c.cells, t), _TAGS)
        return None if to is None else np.ascontiguousarray(np.rot90(shown, to - words.index(finish)))
    if finish in _LEGENDS:
        table = table_beside(c.cells, t.box, finish.removeprefix("legend"))
        return None if table is None else np.asarray(table[shown], np.uint8)
    if match := _SOLID.fullmatch(finish):
        colour, sides = c.inks(match[3])[i], (int(match[1]), int(match[2]))
        return np.full(sides, colour, np.uint8) if colour and min(sides) > 0 and max(sides) <= 30 else None
    return _inked(c, i, shown, finish)


def _inked(c: Crowd, i: int, shown: Cells, finish: str) -> Cells | None:
    """What is shown of member `i`, some of it in a colour."""
    if match := _PAINTED.fullmatch(finish):
        colour, part = _colour(c, i, match[2]), _part(shown, match[1])
        return np.where(part, np.uint8(colour), shown) if colour and part is not None else None
    match = _INKED.fullmatch(finish)
    assert match is not None
    colour, form = _colour(c, i, match[3]), shrunk(shown) if match[1] else shown
    if not colour:
        return None
    if match[2] == "fill":
        return np.where(form == 0, np.uint8(colour), form)
    on: np.ndarray = (form != 0) == (match[2] == "ink")
    return np.asarray(on.astype(np.uint8) * np.uint8(colour))


def ways_of(c: Crowd, i: int, goal: Cells, open_: set[tuple[str, str]] | None) -> set[tuple[str, str]]:
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
            turns = (*_MARKS, *_TAGS) if show in _TAGGED else _MARKS
            ways |= _ways_by(c, i, what, goal, [(show, f) for f in turns if open_ is None or (show, f) in open_])
        if ink:
            size = "" if what.shape == goal.shape else "shrunk"
            form = shrunk(what) if size else what
            for word in ("ink", "swap") if form.shape == goal.shape and form.size > 1 else ():
                if bool((((form != 0) == (word == "ink")) == (goal != 0)).all()):
                    ways |= {(show, f"{size}{word}{s}") for s in _saying(c, i, ink)}
        ways |= _filled_ways(c, i, what, goal, show) | _repainted_ways(c, i, what, goal, show)
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
    return {(show, f"fill{s}") for s in _saying(c, i, ink)}


def _repainted_ways(c: Crowd, i: int, what: Cells, goal: Cells, show: str) -> set[tuple[str, str]]:
    """The ways in which what is shown makes `goal` with all its specks, or all of its commonest colour, in another
    one."""
    if what.shape != goal.shape or bool(((what != 0) != (goal != 0)).any()):
        return set()
    ways: set[tuple[str, str]] = set()
    for word in ("specks", "ground"):
        at = _part(what, word)
        if at is not None:
            ink = int(goal[at][0])
            if ink and same(np.where(at, np.uint8(ink), what), goal) and bool((what[at] != ink).any()):
                ways |= {(show, f"{word}{s}") for s in _saying(c, i, ink)}
    return ways


def _saying(c: Crowd, i: int, ink: int) -> Iterator[int | str]:
    """The words that say a colour of member `i`."""
    yield ink
    yield from c.named(i).get(ink, ())
    yield from _chosen_names(c).get(ink, ())


def _may_be(shape: tuple[int, ...], goal: tuple[int, ...]) -> bool:
    """Whether a finish may make one shape of the other."""
    (h, w), (a, b) = shape, goal
    return {h, w} == {a, b} or (a <= h and b <= w) or (a % h == b % w == 0 and max(a // h, b // w) <= 3)
