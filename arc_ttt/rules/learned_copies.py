"""Things of a grid are copied (or moved) to the places that other things mark; which, where and how, is read off.

`copy_by(mixed, coloursv2, corner, colourv5, one, middle, middle, own, goes, covered)`: the thing of two colours moves
to every thing of colour 5, middle upon middle. A source is the only one of its kind, or for each target the one that is
like it in something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from arc_ttt.rules.crowds import MEMBERS, Crowd, crowd, ink_of
from arc_ttt.rules.language import LINK, Argument, Kind, fits, operation
from arc_ttt.rules.properties import PROPERTIES
from arc_ttt.rules.sources import mask_of, turned_mask_of
from arc_ttt.rules.things import Thing, paste
from arc_ttt.types import COLOURS, MAX_SIDE, Cells

KEPT, MOST_SOURCES, MOST_TARGETS, MOST_NAMES, MOST_CELLS = 3, 12, 30, 4, 60
_CHOICE = re.compile(r"([a-z]+)([vn])(\d{1,5})")


def is_choice(word: str) -> bool:
    """Whether `word` is a property and a value that is wanted (v) or not wanted (n)."""
    match = _CHOICE.fullmatch(word)
    return match is not None and match[1] in PROPERTIES


TARGETS = Kind("members that are targets", (*LINK.values, "colours"))
CHOICE = Kind("which things", ("coloursv2", "singlev1", "colourn3"), is_choice)
# How the source for a target is found among those that may be.
_LIKE: dict[str, Callable[[Crowd, Crowd, int, int], object]] = {
    "one": lambda s, t, i, j: True,
    "colour": lambda s, t, i, j: ink_of(s.things[i]) == ink_of(t.things[j]),
    "shape": lambda s, t, i, j: mask_of(s.things[i]) == mask_of(t.things[j]),
    "turnedshape": lambda s, t, i, j: turned_mask_of(s.things[i]) == turned_mask_of(t.things[j]),
    "box": lambda s, t, i, j: s.things[i].cells.shape == t.things[j].cells.shape,
    "size": lambda s, t, i, j: s.things[i].size == t.things[j].size,
    "row": lambda s, t, i, j: s.things[i].top <= t.things[j].bottom and s.things[i].bottom >= t.things[j].top,
    "column": lambda s, t, i, j: s.things[i].left <= t.things[j].right and s.things[i].right >= t.things[j].left,
}
LIKE = Kind("source of a target", tuple(_LIKE))
PLACE = Kind("place", ("middle", "first", "last", "before", "after"))
_PLACES = tuple((str(a), str(b)) for a in PLACE.values for b in PLACE.values)
COPY_INK = Kind("ink of a copy", ("own", "target"))
SOURCE_FATE = Kind("source afterwards", ("stays", "goes"))
TARGET_FATE = Kind("target afterwards", ("covered", "on_top", "goes"))


def _chosen(c: Crowd, choice: str) -> list[int]:
    match = _CHOICE.fullmatch(choice)
    assert match is not None
    return [i for i, v in enumerate(c.values(match[1])) if (v == int(match[3])) == (match[2] == "v")]


def _along(at: int, extent: int, own: int, place: str) -> int:
    """Where something of length `own` begins that is placed to a span of length `extent` from `at` on."""
    return {
        "middle": at + (extent - own) // 2,
        "first": at,
        "last": at + extent - own,
        "before": at - own,
        "after": at + extent,
    }[place]


def _corner(source: Thing, target: Thing, down: str, across: str) -> tuple[int, int]:
    return (
        _along(target.top, target.height, source.height, down),
        _along(target.left, target.width, source.width, across),
    )


def _same_thing(a: Thing, b: Thing) -> bool:
    return a is b or (a.top == b.top and a.left == b.left and a.cells.shape == b.cells.shape)


def _partner(s: Crowd, t: Crowd, sources: Sequence[int], j: int, like: str) -> int | None:
    """The one source that is like a target; of several equal ones the first."""
    found = [i for i in sources if not _same_thing(s.things[i], t.things[j]) and _LIKE[like](s, t, i, j)]
    if not found or any(not _alike(s.things[found[0]], s.things[i]) for i in found[1:]):
        return None
    return found[0]


def _alike(a: Thing, b: Thing) -> bool:
    return a.cells.shape == b.cells.shape and bool((a.cells == b.cells).all())


@operation(
    "shapes", "markers",
    members=MEMBERS, source=CHOICE, link=TARGETS, target=CHOICE, like=LIKE, down=PLACE, across=PLACE, ink=COPY_INK,
    source_fate=SOURCE_FATE, target_fate=TARGET_FATE, weight=0,
)  # fmt: skip
def copy_by(
    cells: Cells,
    members: str,
    source: str,
    link: str,
    target: str,
    like: str,
    down: str,
    across: str,
    ink: str,
    source_fate: str,
    target_fate: str,
) -> Cells | None:
    """A thing is copied to the places that other things mark, the one that there is or the one that is like the mark;
    which things, how the copies lie to the marks, and what stays, was learned."""
    if members == "rooms":
        return None
    s, t = crowd(cells, members), crowd(cells, link)
    if not 0 < len(s.things) <= MOST_TARGETS or not 0 < len(t.things) <= MOST_TARGETS:
        return None
    sources = _chosen(s, source)
    pairs = [(j, _partner(s, t, sources, j, like)) for j in _chosen(t, target)]
    made = [(j, i) for j, i in pairs if i is not None and s.things[i].size > 0]
    if not made:
        return None
    out = cells.copy()
    gone = [s.things[i] for i in sources] if source_fate == "goes" else []
    gone += [t.things[j] for j, _ in made] if target_fate == "goes" else []
    for thing in gone:
        out[thing.box][thing.cells != 0] = 0
    for j, i in made:
        a, b = s.things[i], t.things[j]
        patch = a.cells if ink == "own" else np.where(a.cells != 0, np.uint8(ink_of(b)), np.uint8(0))
        paste(out, patch, *_corner(a, b, down, across))
    for thing in [t.things[j] for j, _ in made] if target_fate == "on_top" else []:
        paste(out, thing.cells, thing.top, thing.left)
    return out


# --- learning ---


@dataclass
class _Scene:
    """One demonstration for one kind of sources and one of targets."""

    source: Crowd
    target: Crowd
    wanted: Cells
    changed: np.ndarray


@fits("copy_by")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(a.shape != b.shape for a, b in zip(shown, wanted, strict=True)):
        return
    changed = [a != b for a, b in zip(shown, wanted, strict=True)]
    if not all(c.any() for c in changed) or any(2 * c.sum() > 1.5 * c.size for c in changed):
        return
    found: list[tuple[float, tuple[str, ...]]] = []
    known: set[bytes] = set()
    targets = _distinct(shown, (*LINK.values, "colours"), known, 1)
    known.clear()
    for members, sources in _distinct(shown, (*LINK.values, "clumps", "boxes", "panels", "insides"), known, 1):
        for link, marks in targets:
            scenes = [_Scene(*z) for z in zip(sources, marks, wanted, changed, strict=True)]
            found += _learned(members, link, scenes)
        if len(found) > 2 * KEPT:
            break
    found.sort()
    for _, arguments in found[:KEPT]:
        yield arguments


def _distinct(
    shown: Sequence[Cells], names: Sequence[int | str], known: set[bytes], fewest: int
) -> list[tuple[str, list[Crowd]]]:
    """The crowds by these names that differ from those before."""
    found = []
    for name in map(str, names):
        crowds = [crowd(a, name) for a in shown]
        if not all(fewest <= len(c.things) <= MOST_TARGETS for c in crowds):
            continue
        mark = b"".join(bytes((t.top, t.left, *t.cells.shape)) + t.cells.tobytes() for c in crowds for t in c.things)
        if mark not in known:
            known.add(mark)
            found.append((name, crowds))
    return found


def _learned(members: str, link: str, scenes: Sequence[_Scene]) -> list[tuple[float, tuple[str, ...]]]:
    for ink in ("own", "target"):
        hits: list[list[tuple[tuple[str, str], int, int]]] = []
        for scene in scenes:
            hits.append(_hits(scene, ink))
            if not hits[-1]:
                break
        found: list[tuple[float, tuple[str, ...]]] = []
        for place in set.intersection(*[{p for p, _, _ in h} for h in hits]):
            pairs = [[(i, j) for p, i, j in h if p == place] for h in hits]
            if all(_explains(s, place, p) for s, p in zip(scenes, pairs, strict=True)):
                far = _far(place) + 2.0 * (ink == "target")
                found += [(bits + far, a) for bits, a in _placed(members, link, scenes, pairs, (*place, ink))]
        if found:
            return found
    return []


def _placed(
    members: str,
    link: str,
    scenes: Sequence[_Scene],
    pairs: Sequence[Sequence[tuple[int, int]]],
    how: tuple[str, str, str],
) -> Iterator[tuple[float, tuple[str, ...]]]:
    """The arguments, with sources, targets and what becomes of them, that make all outputs."""
    for bits, (source, target, like) in _named(scenes, pairs):
        for fates in product(SOURCE_FATE.values, TARGET_FATE.values):
            arguments = (members, source, link, target, like, *how, *map(str, fates))
            if all(_makes(s, arguments) for s in scenes):
                yield bits, arguments
                break


def _explains(scene: _Scene, place: tuple[str, str], pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether all that changes may be a copy, or where a source or target was."""
    left = scene.changed.copy()
    for i, j in pairs:
        a, b = scene.source.things[i], scene.target.things[j]
        top, first = _corner(a, b, *place)
        rows, columns = np.nonzero(a.cells)
        rows, columns = rows + top, columns + first
        inside = (rows >= 0) & (columns >= 0) & (rows < left.shape[0]) & (columns < left.shape[1])
        left[rows[inside], columns[inside]] = False
        for t in (a, b):
            left[t.box][t.cells != 0] = False
    return not left.any()


def _makes(scene: _Scene, arguments: Sequence[str]) -> bool:
    made = copy_by(scene.source.cells, *arguments)
    return made is not None and bool((made == scene.wanted).all())


def _far(place: tuple[str, str]) -> float:
    return 0.5 * sum(PLACE.values.index(p) for p in place) + 1.0 * (place[0] != place[1])


def _hits(scene: _Scene, ink: str) -> list[tuple[tuple[str, str], int, int]]:
    """(place, source, target) of all copies that nothing wanted speaks against and that explain something."""
    found = []
    s, t = scene.source, scene.target
    for i, a in enumerate(s.things):
        if not 2 <= a.size <= MOST_CELLS or max(a.cells.shape) > MAX_SIDE // 2 + 1 or a.cells.max() >= COLOURS:
            continue
        maps: dict[int, np.ndarray] = {}
        for j, b in enumerate(t.things):
            colour = 0 if ink == "own" else ink_of(b)
            if colour not in maps:
                maps[colour] = _occurs(scene, a, colour)
            here = maps[colour]
            if not here.any() or _same_thing(a, b):
                continue
            seen = {(a.top, a.left)}
            for down, across in _PLACES:
                top, left = _corner(a, b, down, across)
                at = top + a.height, left + a.width
                if (top, left) in seen or not (0 <= at[0] < here.shape[0] and 0 <= at[1] < here.shape[1]):
                    continue
                seen.add((top, left))
                if here[at]:
                    found.append(((down, across), i, j))
    return found


def _occurs(scene: _Scene, a: Thing, colour: int) -> np.ndarray:
    """Where a copy of a thing (in `colour` if that is not 0) may lie, by its upper left corner, which may be as far out
    as it is high and wide: all within is as wanted, or what was there stays, and some changed cells are explained."""
    h, w = a.cells.shape
    cells, wanted = scene.source.cells, scene.wanted
    pad = ((h, h), (w, w))
    stays = np.pad((cells == wanted) & (cells != 0), pad, constant_values=True)
    goal = np.pad(wanted, pad, constant_values=255)
    changed = np.pad(scene.changed, pad)
    rows, columns = cells.shape[0] + h, cells.shape[1] + w
    may = np.ones((rows, columns), bool)
    new = np.zeros((rows, columns), np.int16)
    for r, c in np.argwhere(a.cells).tolist():
        box = np.s_[r : r + rows, c : c + columns]
        right = goal[box] == (colour or a.cells[r, c])
        may &= right | stays[box]
        new += right & changed[box]
    may &= new > 0
    return may


def _named(
    scenes: Sequence[_Scene], pairs: Sequence[Sequence[tuple[int, int]]]
) -> Iterator[tuple[float, tuple[str, str, str]]]:
    """Sources and targets named by properties such that every target's source is one that fits it."""
    if any(len({i for i, _ in p}) > MOST_SOURCES for p in pairs):
        return
    targets = _choices([s.target for s in scenes], [{j for _, j in p} for p in pairs])
    sources = _choices([s.source for s in scenes], [{i for i, _ in p} for p in pairs])
    kept = 0
    for bits, like, source, target in sorted(
        (a + b + 1.5 * k, like, source, target)
        for (a, source), (b, target), (k, like) in product(sources, targets, enumerate(map(str, LIKE.values)))
    ):
        if all(_fits(s, set(p), source, target, like) for s, p in zip(scenes, pairs, strict=True)):
            yield bits, (source, target, like)
            kept += 1
            if kept == 2:
                return


def _fits(scene: _Scene, pairs: set[tuple[int, int]], source: str, target: str, like: str) -> bool:
    """Whether every target has one source, and that fits it."""
    sources = _chosen(scene.source, source)
    some = False
    for j in _chosen(scene.target, target):
        i = _partner(scene.source, scene.target, sources, j, like)
        if i is not None:
            if (i, j) not in pairs:
                return False
            some = True
    return some


def _choices(crowds: Sequence[Crowd], right: Sequence[set[int]]) -> list[tuple[float, str]]:
    """The few cheapest properties with a value that only things have that are right, and some of each grid."""
    every = [set(range(len(c.things))) for c in crowds]
    found = []
    for name, (_, cost) in PROPERTIES.items():
        if name == "any":
            if all(r == e for r, e in zip(right, every, strict=True)):
                found.append((cost, "anyv0"))
            continue
        values = [c.values(name) for c in crowds]
        ways = {f"v{v}" for v in set.intersection(*[{x[i] for i in r} for x, r in zip(values, right, strict=True)])}
        known = {v for x in values for v in x}
        ways |= {f"n{v}" for v in known} if 2 < len(known) <= 8 else set()
        for way in sorted(ways):
            groups = [{i for i, v in enumerate(x) if (v == int(way[1:])) == (way[0] == "v")} for x in values]
            if all(g and g <= r for g, r in zip(groups, right, strict=True)):
                lacking = sum(len(r - g) for g, r in zip(groups, right, strict=True))
                found.append((cost + 1.0 * (way[0] == "n") + (way == "v0") + 0.5 * lacking, name + way))
    found.sort()
    return found[:MOST_NAMES]
