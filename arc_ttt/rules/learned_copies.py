"""Demonstrations → which things are copied to the places that others mark, how, and what stays: `copy_by`'s fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from arc_ttt.rules.copies import (
    BY_CELL,
    LIKE,
    MOST_TARGETS,
    PLACE,
    PLACES,
    SOURCE_FATE,
    TARGET_FATE,
    chosen_by,
    copy_by,
    corner_of,
    partner_of,
    same_thing,
)
from arc_ttt.rules.crowds import Crowd, crowd, ink_of
from arc_ttt.rules.language import LINK, Argument, fits
from arc_ttt.rules.places import within
from arc_ttt.rules.properties import PROPERTIES
from arc_ttt.rules.things import Thing
from arc_ttt.rules.work import worked
from arc_ttt.types import COLOURS, MAX_SIDE, Cells

KEPT, MOST_SOURCES, MOST_NAMES, MOST_CELLS = 3, 12, 4, 60
# Cells around a grid that a copy may stick out.
PAD = MAX_SIDE // 2 + 1
# Ways to name sources and targets that are tried, and that are handed on.
MOST_TRIED, MOST_MADE = 6, 2
# Bits of a target that has no source.
LEFT_BITS = 1.0
# Bits of ways to find the source of a target, in their order, and of one that says much where it is met.
LIKE_BITS, INSIDE_BITS = 1.5, 3.0
# The choice of every thing.
ALL = "anyv0"


@dataclass
class _Scene:
    """One demonstration for one kind of sources and one of targets."""

    source: Crowd
    target: Crowd
    wanted: Cells
    changed: np.ndarray

    @cached_property
    def padded(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """What was there and stays, what is wanted and what changes, with room around for copies that are cut off."""
        cells = self.source.cells
        return (
            np.pad((cells == self.wanted) & (cells != 0), PAD, constant_values=True),
            np.pad(self.wanted, PAD, constant_values=255),
            np.pad(self.changed, PAD),
        )


@fits("copy_by")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(a.shape != b.shape for a, b in zip(shown, wanted, strict=True)):
        return
    changed = [a != b for a, b in zip(shown, wanted, strict=True)]
    if not all(c.any() for c in changed) or any(2 * c.sum() > 1.5 * c.size for c in changed):
        return
    found: list[tuple[float, tuple[str, ...]]] = []
    known: set[bytes] = set()
    targets = _distinct(shown, (*LINK.values, "clumps", "colours", "panels", "rooms"), known)
    known.clear()
    for members, sources in _distinct(shown, (*LINK.values, "clumps", "boxes", "panels", "insides"), known):
        for link, marks in targets:
            if link == "rooms" and found:
                continue
            scenes = [_Scene(*z) for z in zip(sources, marks, wanted, changed, strict=True)]
            found += _learned(members, link, scenes)
        if len(found) > 2 * KEPT:
            break
    found.sort()
    for _, arguments in found[:KEPT]:
        yield arguments


def _distinct(shown: Sequence[Cells], names: Sequence[int | str], known: set[bytes]) -> list[tuple[str, list[Crowd]]]:
    """The crowds by these names that differ from those before."""
    found = []
    for name in map(str, names):
        worked(0.0)
        crowds = [crowd(a, name) for a in shown]
        if not all(0 < len(c.things) <= MOST_TARGETS for c in crowds):
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
        for place in sorted(set.intersection(*[{p for p, _, _ in h} for h in hits])):
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
    made = 0
    for bits, (source, target, like) in _named(scenes, pairs):
        worked(0.0)
        if made == MOST_MADE:
            break
        for fates in product(SOURCE_FATE.values, TARGET_FATE.values):
            arguments = (members, source, link, target, like, *how, *map(str, fates))
            if all(_makes(s, arguments) for s in scenes):
                yield bits, arguments
                made += 1
                break


def _explains(scene: _Scene, place: tuple[str, str], pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether all that changes may be a copy, or where a source or target was."""
    left = scene.changed.copy()
    for i, j in pairs:
        a, b = scene.source.things[i], scene.target.things[j]
        corner = corner_of(a, b, *place)
        if corner is None:
            return False
        rows, columns = np.nonzero(a.cells)
        rows, columns = rows + corner[0], columns + corner[1]
        inside = within(left, rows, columns)
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
        worked(0.0)
        if not 2 <= a.size <= MOST_CELLS or max(a.cells.shape) > PAD or a.cells.max() >= COLOURS:
            continue
        maps: dict[int, np.ndarray] = {}
        for j, b in enumerate(t.things):
            colour = 0 if ink == "own" else ink_of(b)
            if colour not in maps:
                maps[colour] = _occurs(scene, a, colour)
            here = maps[colour]
            if not here.any() or same_thing(a, b):
                continue
            seen = {(a.top, a.left)}
            for down, across in PLACES:
                corner = corner_of(a, b, down, across)
                if corner is None:
                    continue
                at = corner[0] + a.height, corner[1] + a.width
                if (corner in seen and (down not in BY_CELL or corner == (a.top, a.left))) or not (
                    0 <= at[0] < here.shape[0] and 0 <= at[1] < here.shape[1]
                ):
                    continue
                seen.add(corner)
                if here[at]:
                    found.append(((down, across), i, j))
    return found


def _occurs(scene: _Scene, a: Thing, colour: int) -> np.ndarray:
    """Where a copy of a thing (in `colour` if that is not 0) may lie, by its upper left corner, which may be as far out
    as it is high and wide: all within is as wanted, or what was there stays, and some changed cells are explained."""
    h, w = a.cells.shape
    stays, goal, changed = scene.padded
    rows, columns = scene.wanted.shape[0] + h, scene.wanted.shape[1] + w
    may = np.ones((rows, columns), bool)
    new = np.zeros((rows, columns), np.int16)
    for r, c in np.argwhere(a.cells).tolist():
        top, left = r + PAD - h, c + PAD - w
        box = np.s_[top : top + rows, left : left + columns]
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
    likes = [(_like_bits(k, like), like) for k, like in enumerate(map(str, LIKE.values))]
    ways = [(a + b + k, n, m, t) for (a, m), (b, t), (k, n) in product(sources, targets, likes)]
    # Where a source must be like its target, all things may be either.
    ways += [(a + 1.0 + k, n, m, ALL) for (a, m), (k, n) in product([*sources, (1.0, ALL)], likes[1:])]
    ways += [(b + 1.0 + k, n, ALL, t) for (b, t), (k, n) in product(targets, likes[1:])]
    found = []
    for bits, like, source, target in sorted(set(ways)):
        worked(0.0)
        left = _left_out(scenes, pairs, source, target, like)
        if left is not None:
            found.append((bits + LEFT_BITS * left, (source, target, like), left))
            if len(found) == MOST_TRIED:
                break
    if not found or any(left for *_, left in found):
        # Targets to which no source is like stay as they are: better few of them than many.
        wider = _choices([s.target for s in scenes], [{j for _, j in p} for p in pairs], wider=True)
        for (b, target), (k, like) in product(wider, likes[1:]):
            left = _left_out(scenes, pairs, ALL, target, like)
            if left is not None:
                found.append((b + 2.0 + k, (ALL, target, like), left))
    yield from (f[:2] for f in sorted(found))


def _like_bits(place: int, like: str) -> float:
    return INSIDE_BITS if like == "inside" else LIKE_BITS * place


def _left_out(
    scenes: Sequence[_Scene], pairs: Sequence[Sequence[tuple[int, int]]], source: str, target: str, like: str
) -> int | None:
    """How many targets have no source; None where another one has one that does not fit it, or none in a scene does."""
    left = 0
    for scene, right in zip(scenes, pairs, strict=True):
        sources, known, some = chosen_by(scene.source, source), set(right), False
        for j in chosen_by(scene.target, target):
            i = partner_of(scene.source, scene.target, sources, j, like)
            if i is not None and (i, j) not in known:
                return None
            some |= i is not None
            left += i is None
        if not some:
            return None
    return left


def _choices(crowds: Sequence[Crowd], right: Sequence[set[int]], wider: bool = False) -> list[tuple[float, str]]:
    """The few cheapest properties with a value that only things have that are right, and some of each grid; `wider`:
    that all of these have, and others too."""
    every = [set(range(len(c.things))) for c in crowds]
    found = []
    for name, (_, cost) in PROPERTIES.items():
        if name == "any":
            if not wider and all(r == e for r, e in zip(right, every, strict=True)):
                found.append((cost, ALL))
            continue
        values = [c.values(name) for c in crowds]
        ways = {f"v{v}" for v in set.intersection(*[{x[i] for i in r} for x, r in zip(values, right, strict=True)])}
        known = {v for x in values for v in x}
        ways |= {f"n{v}" for v in known} if 2 < len(known) <= 8 else set()
        for way in sorted(ways):
            groups = [{i for i, v in enumerate(x) if (v == int(way[1:])) == (way[0] == "v")} for x in values]
            if all(r <= g if wider else g and g <= r for g, r in zip(groups, right, strict=True)):
                lacking = sum(len(r ^ g) for g, r in zip(groups, right, strict=True))
                found.append((cost + 1.0 * (way[0] == "n") + (way == "v0") + 0.5 * lacking, name + way))
    found.sort()
    return found[:MOST_NAMES]
