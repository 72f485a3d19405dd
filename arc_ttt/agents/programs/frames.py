"""A task → the same task in other frames: with colours named by their role, turned, or thing by thing.

A rule that differs only in colours from one demonstration to the next is one rule where colours are called by their
role; operations that know directions are tried in others, or in one that each grid shows; and where each thing (or
panel) changes by itself, the things
of all demonstrations are the demonstrations.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from math import gcd

import numpy as np

from arc_ttt.agents.programs.frame import Frame, afterwards, within, wrapper
from arc_ttt.agents.programs.of_parts import parted
from arc_ttt.agents.programs.pieces import pieces
from arc_ttt.agents.programs.rooms import as_small, mended, rooms, tiled
from arc_ttt.agents.programs.taken import taken
from arc_ttt.agents.programs.targets import Grids, key
from arc_ttt.rules.blocks import coarse, refined
from arc_ttt.rules.chosen import parts_of
from arc_ttt.rules.features import feature
from arc_ttt.rules.frames import BUT, RANKED, SWAPPED, role_table, turn_into
from arc_ttt.rules.grounds import all_levelled, grounded
from arc_ttt.rules.joined import blown_up
from arc_ttt.rules.language import Program, Step
from arc_ttt.rules.panels import panels
from arc_ttt.rules.poses import POSES, Turn, pose_of
from arc_ttt.rules.poses import turned as posed
from arc_ttt.rules.refilled import HOW_OFTEN, OFTEN_FEATURE, made_smaller
from arc_ttt.rules.things import things
from arc_ttt.types import COLOURS, Cells

# Shares of the budget, to be divided by their sum.
AS_IS_SHARE, BACKGROUND_SHARE, ROLES_SHARE, MAPPED_SHARE, POSED_SHARE, TURNED_SHARE = 1.0, 0.8, 0.2, 0.2, 0.15, 0.1
# The share of the grids as they are where black is no background, and the part of the cells that tells it.
BLACK_SHARE, BRIGHT = 0.3, 0.5
FILLED_SHARE, TAKEN_SHARE = 0.6, 0.4
# Bits of a frame.
BACKGROUND_BITS, ROLES_BITS, MAPPED_BITS, POSED_BITS, TURNED_BITS = 2.0, 5.0, 6.0, 6.0, 5.0
FILLED_BITS, TAKEN_BITS = 4.0, 6.0
# Bits of a pose that a colour tells beyond those of others: it may be any.
COLOURED_BITS = 3.0
RENAMED_SHARE, RENAMED_BITS = 0.4, 5.0
SMALLER_SHARE, SMALLER_BITS = 0.4, 6.0
EACH_SHARE, EACH_BITS = 0.5, 6.0
# Frames with smaller outputs, and times that they are smaller, at most.
MOST_SMALLER, MOST_TIMES = 3, 10
GROUND_SHARE, GROUND_BITS = 0.8, 4.0
LEVEL_SHARE, LEVEL_BITS, SECTIONS_SHARE = 0.6, 4.0, 0.3
# Poses at most, and of those that seldom are so by chance, which come sooner.
MOST_POSED, MOST_TELLING = 5, 2
TELLING = ("line_below", "pointing_down", "largest_below_rest", "wall_across")
# Things that are looked at as demonstrations or tests of their own at most.
MOST_MAPPED = 10

Part = tuple[tuple[slice, slice], Cells]
# How each grid of a frame is turned.
Turns = tuple[Turn, ...]


def frames(
    inputs: Grids, outputs: Grids, without: Collection[str], ask: Callable[[], None] = lambda: None
) -> Iterator[Frame]:
    """The frames worth a search, the task as it is, or before its background, first; `ask` is called on the way."""
    as_is = Frame(inputs, outputs, AS_IS_SHARE, 0.0, lambda program: program)
    if "frames" in without:
        yield as_is
        return
    bright = any(np.bincount(g.ravel(), minlength=COLOURS)[1:].max() > np.count_nonzero(g == 0) for g in inputs)
    sets = {frozenset(g.ravel().tolist()) - {0} for g in inputs}
    plain, roles = all(map(_is_bright, inputs)), _background(inputs, len(outputs))
    yield from _rooms(inputs, outputs, roles if bright else None)
    if plain:  # black is a colour like others
        yield _roles(inputs, outputs, roles, AS_IS_SHARE, BACKGROUND_BITS)
        yield replace(as_is, share=BLACK_SHARE)
    else:
        yield as_is
        if bright:
            yield _roles(inputs, outputs, roles, BACKGROUND_SHARE, BACKGROUND_BITS)
    ground = _ground(inputs, outputs)
    if ground:
        yield _roles(inputs, outputs, f"{SWAPPED}{ground}", GROUND_SHARE, GROUND_BITS)
    yield from _levelled(inputs, outputs)
    # What is turned, or taken thing by thing, lies on a background: black, or what most of each grid is.
    lies = plain or all(g.all() for g in inputs)
    base = _roles(inputs, outputs, roles, BACKGROUND_SHARE, BACKGROUND_BITS) if lies else None
    lying, wanted = (base.inputs, base.outputs) if base else (inputs, outputs)
    turns: set[Turns] = set()
    for frame in _posed(lying, wanted, TELLING, MOST_TELLING, turns):
        yield within(base, frame) if base else frame
    if len(sets) > 1:
        yield from _named(inputs, outputs, sets, bright)
    yield from _pieces(inputs, outputs, roles if bright else None)
    yield from _filled(inputs, outputs)
    yield from _smaller(inputs, outputs)
    for way in parted(inputs, outputs):
        yield Frame(way.inputs, way.outputs, EACH_SHARE, EACH_BITS, wrapper("make_of_each", way.each, way.between))
    yield from _renamed(inputs, outputs, bright)
    for part in taken(inputs, outputs, ask):
        yield Frame(part.grids, outputs, TAKEN_SHARE, TAKEN_BITS + part.bits, afterwards(part.step))
    for frame in _further(lying, wanted, turns, ask):
        yield within(base, frame) if base else frame


def _further(inputs: Grids, outputs: Grids, turns: set[Turns], ask: Callable[[], None]) -> Iterator[Frame]:
    """The frames in which each thing is a demonstration, or the grids are turned in ways that are not in `turns`."""
    yield from _mapped(inputs, outputs, ask)
    ask()
    yield from _posed(inputs, outputs, POSES, MOST_POSED, turns)
    for turned in ("transposed", "upside_down"):
        yield Frame(
            tuple(turn_into(g, turned) for g in inputs),
            tuple(turn_into(g, turned) for g in outputs),
            TURNED_SHARE,
            TURNED_BITS,
            wrapper("in_frame", turned),
        )


def _background(inputs: Grids, n: int) -> str:
    """The roles in which the background is black: it is a certain colour where that is the most common one of all
    demonstrations, but only a colour in some test, and else the most common one of each grid."""
    most = [int(np.bincount(g.ravel()).argmax()) for g in inputs]
    shared = len(set(most[:n])) == 1 and all((g == most[0]).any() for g in inputs)
    return f"{SWAPPED}{most[0]}" if shared and most[0] and set(most) != {most[0]} else "background"


def _is_bright(cells: Cells) -> bool:
    """Whether most of a grid has one colour other than black."""
    return int(np.bincount(cells.ravel(), minlength=COLOURS)[1:].max()) > BRIGHT * cells.size


def _roles(inputs: Grids, outputs: Grids, roles: str, share: float, bits: float) -> Frame:
    tables = [role_table(g, roles) for g in inputs]
    return Frame(
        tuple(t[g] for t, g in zip(tables, inputs, strict=True)),
        tuple(t[g] for t, g in zip(tables, outputs, strict=False)),
        share,
        bits,
        wrapper("by_roles", roles),
    )


def _named(inputs: Grids, outputs: Grids, sets: Collection[frozenset[int]], bright: bool) -> Iterator[Frame]:
    """The frames in which colours are called by their role, each different one once: all of them but what is new in
    all outputs, or only those that not all inputs have; `sets` are the inputs' sets of colours."""
    new = frozenset.intersection(*(frozenset(g.ravel().tolist()) for g in outputs)) - {0} - frozenset().union(*sets)
    shared = frozenset.intersection(*sets)
    known = set()
    for kept in (new, new | shared) if shared else (new,):
        but = f"{BUT}{''.join(map(str, sorted(kept)))}" if kept else ""
        for roles in RANKED if bright else RANKED[:-1]:
            if roles == "by_count" and any(int(np.bincount(g.ravel()).argmax()) in kept for g in inputs):
                continue
            frame = _roles(inputs, outputs, f"{roles}{but}", ROLES_SHARE, ROLES_BITS)
            mark = key((*frame.inputs, *frame.outputs))
            if mark not in known:
                known.add(mark)
                yield frame


def _ground(inputs: Grids, outputs: Grids) -> int:
    """The most common colour of all outputs, where black and it are in all inputs but it is not the most common one in
    all of these: it may be a background in noise, black a colour. Black (0) where there is none."""
    before, after = ([np.bincount(g.ravel(), minlength=COLOURS) for g in grids] for grids in (inputs, outputs))
    most = {int(c.argmax()) for c in after}
    if len(most) != 1 or not all(c[0] for c in before):
        return 0
    ground = most.pop()
    return ground if all(c[ground] for c in before) and any(c.argmax() != ground for c in before) else 0


def _levelled(inputs: Grids, outputs: Grids) -> Iterator[Frame]:
    """The frames in which the grounds of all sections are one background, and each section is a demonstration."""
    found = [grounded(g) for g in inputs] if _same_sizes(inputs, outputs) else [[]]
    if not all(found):
        return
    shown = tuple(all_levelled(g, parts) for g, parts in zip(inputs, found, strict=True))
    wanted = tuple(all_levelled(g, parts) for g, parts in zip(outputs, found, strict=False))
    yield Frame(shown, wanted, LEVEL_SHARE, LEVEL_BITS, wrapper("on_grounds"))
    pairs = [(s[box], w[box]) for parts, s, w in zip(found, shown, wanted, strict=False) for box, _ in parts]
    tests = [s[box] for parts, s in zip(found[len(outputs) :], shown[len(outputs) :], strict=True) for box, _ in parts]
    if len(pairs) + len(tests) <= 2 * MOST_MAPPED and any((a != b).any() for a, b in pairs):
        grids = tuple(map(np.ascontiguousarray, (*(a for a, _ in pairs), *tests)))
        goals = tuple(np.ascontiguousarray(b) for _, b in pairs)
        yield Frame(grids, goals, SECTIONS_SHARE, MAPPED_BITS, wrapper("change_sections"))


def _pieces(inputs: Grids, outputs: Grids, roles: str | None) -> Iterator[Frame]:
    """The frames in which there is less to see, perhaps after a colour has become the background by its role."""
    base = _roles(inputs, outputs, roles, BACKGROUND_SHARE, BACKGROUND_BITS) if roles else None
    for piece in pieces(base.inputs, base.outputs) if base else pieces(inputs, outputs):
        frame = Frame(piece.inputs, piece.outputs, piece.share, piece.bits, piece.wrapped)
        yield within(base, frame) if base else frame


def _rooms(inputs: Grids, outputs: Grids, roles: str | None) -> Iterator[Frame]:
    """The frames in which each panel is one cell, perhaps after a colour has become the background by its role: what is
    so much smaller is looked at soon."""
    found = [room for ways in (mended, rooms, tiled, as_small) for room in ways(inputs, outputs)]
    yield from found
    if roles and not found:
        base = _roles(inputs, outputs, roles, BACKGROUND_SHARE, BACKGROUND_BITS)
        yield from (within(base, room) for room in rooms(base.inputs, base.outputs))


def _filled(inputs: Grids, outputs: Grids) -> Iterator[Frame]:
    """The frame in which the outputs have a cell for each panel or block, where these have one colour each."""
    made = [coarse(o) for o in outputs]
    if all(m is not None for m in made):
        small = tuple(m for m in made if m is not None)
        again = [refined(i, m) if m.shape == _panelled(i) else None for i, m in zip(inputs, small, strict=False)]
        if _are(again, outputs) and any(coarse(i) is None for i in inputs):
            yield Frame(inputs, small, FILLED_SHARE, FILLED_BITS, wrapper("fill_panels_with"))
        return
    if _same_sizes(inputs, outputs):
        small = tuple(_shrunk(o) for o in outputs)
        again = [blown_up(m, i.shape) for i, m in zip(inputs, small, strict=False)]
        if _are(again, outputs) and all(m.shape != o.shape and m.size > 1 for m, o in zip(small, outputs, strict=True)):
            yield Frame(inputs, small, FILLED_SHARE, FILLED_BITS, wrapper("fill_blocks_with"))


def _smaller(inputs: Grids, outputs: Grids) -> Iterator[Frame]:
    """The frames in which the outputs are as small as they are without becoming larger by what is counted."""
    most = 0
    for name in map(str, OFTEN_FEATURE.values):
        times = [feature(g, name) for g in inputs]
        if min(times) < 1 or max(times) > MOST_TIMES or len(set(times[: len(outputs)])) < 2:
            continue
        for how in map(str, HOW_OFTEN.values):
            small = [made_smaller(o, how, n) for o, n in zip(outputs, times, strict=False)]
            found = tuple(s for s in small if s is not None)
            if len(found) == len(outputs) and most < MOST_SMALLER:
                most += 1
                yield Frame(inputs, found, SMALLER_SHARE, SMALLER_BITS, wrapper("enlarge_made", how, name))


def _renamed(inputs: Grids, outputs: Grids, bright: bool) -> Iterator[Frame]:
    """The frame in which a colour of all inputs has the name of the new colour of all outputs, where it has gone and
    there are about as many cells of the new one: what moves may take another colour."""
    before, after = ([np.bincount(g.ravel(), minlength=COLOURS) for g in grids] for grids in (inputs, outputs))
    had, have = np.array(before), np.array(after)
    gone = np.flatnonzero((had > 0).all(axis=0) & (have == 0).all(axis=0))
    new = np.flatnonzero((have > 0).all(axis=0) & (had == 0).all(axis=0))
    if len(gone) != 1 or len(new) != 1 or not gone[0] or not new[0] or not _same_sizes(inputs, outputs):
        return
    lost, found = had[: len(have), gone[0]], have[:, new[0]]
    if ((found > lost) | (2 * found < lost)).any() or all(
        bool((o[i == gone[0]] == new[0]).all()) for i, o in zip(inputs, outputs, strict=False)
    ):
        return
    renamed = tuple(np.where(g == gone[0], new[0], g).astype(np.uint8) for g in inputs)
    base = _roles(renamed, outputs, "background", BACKGROUND_SHARE, BACKGROUND_BITS) if bright else None
    step = Step("replace", (int(gone[0]), int(new[0])))

    def wrapped(program: Program) -> Program:
        return (step, *(base.wrapped(program) if base else program))

    yield Frame(
        base.inputs if base else renamed,
        base.outputs if base else outputs,
        RENAMED_SHARE,
        RENAMED_BITS + (BACKGROUND_BITS if base else 0),
        wrapped,
    )


def _panelled(cells: Cells) -> tuple[int, int] | None:
    found = panels(cells)
    return None if found is None else (len(found.boxes), len(found.boxes[0]))


def _are(made: Sequence[Cells | None], outputs: Grids) -> bool:
    return all(
        m is not None and m.shape == o.shape and bool((m == o).all()) for m, o in zip(made, outputs, strict=True)
    )


def _shrunk(cells: Cells) -> Cells:
    """The smallest grid whose cells, as blocks of one size, make this one."""
    rows, columns = cells.shape
    down = gcd(rows, *(np.flatnonzero((cells[1:] != cells[:-1]).any(axis=1)) + 1).tolist())
    across = gcd(columns, *(np.flatnonzero((cells[:, 1:] != cells[:, :-1]).any(axis=0)) + 1).tolist())
    return np.ascontiguousarray(cells[::down, ::across])


def _mapped(inputs: Grids, outputs: Grids, ask: Callable[[], None]) -> Iterator[Frame]:
    """Frames in which each thing or panel of a demonstration is a demonstration, and each of a test a test."""
    if not _same_sizes(inputs, outputs):
        return
    ways: list[tuple[Callable[[Cells], list[Part]], Callable[[Program], Program]]] = [
        (lambda g, link=link: [(t.box, t.cells) for t in things(g, link)], wrapper("change_each", after=(link,)))  # type: ignore[misc]
        for link in ("side", "corner", "mixed")
    ]
    ways.append((_panels, wrapper("change_panels")))
    ways.append((lambda g: [(t.box, t.cells) for t in parts_of(g, "insides")], wrapper("change_insides")))
    seen = set()
    for parts, wrapped in ways:
        pairs = _pairs(parts, inputs, outputs, ask)
        tests = {key((c,)): c for g in inputs[len(outputs) :] for _, c in parts(g)}
        mark = key([c for p in pairs for c in p])
        if len(pairs) < 2 or not tests or mark in seen or all((a == b).all() for a, b in pairs):
            continue
        seen.add(mark)
        shown = (*(a for a, _ in pairs), *list(tests.values())[:MOST_MAPPED])
        yield Frame(shown, tuple(b for _, b in pairs), MAPPED_SHARE, MAPPED_BITS, wrapped)


def _posed(inputs: Grids, outputs: Grids, poses: Collection[str], most: int, known: set[Turns]) -> Iterator[Frame]:
    """Frames in which each grid is turned so that something of it lies where it does in the others, where not all
    demonstrations are turned alike, nor all grids as in a frame that is known; at most so many."""
    for pose in poses:
        turns = [pose_of(g, pose) for g in inputs]
        given = [t for t in turns if t is not None]
        mark = tuple(given)
        if len(given) < len(turns) or len(set(given[: len(outputs)])) < 2 or mark in known or not most:
            continue
        known.add(mark)
        most -= 1
        yield Frame(
            tuple(posed(g, t) for g, t in zip(inputs, given, strict=True)),
            tuple(posed(g, t) for g, t in zip(outputs, given, strict=False)),
            POSED_SHARE,
            POSED_BITS + COLOURED_BITS * pose.startswith("colour_"),
            wrapper("in_pose", pose),
        )


def _same_sizes(before: Sequence[Cells], after: Sequence[Cells]) -> bool:
    return all(a.shape == b.shape for a, b in zip(before, after, strict=False))


def _panels(cells: Cells) -> list[Part]:
    found = panels(cells)
    return [(box, np.ascontiguousarray(cells[box])) for box in found.flat] if found else []


def _pairs(
    parts: Callable[[Cells], list[Part]], inputs: Grids, outputs: Grids, ask: Callable[[], None]
) -> list[tuple[Cells, Cells]]:
    """Each different part of a demonstration with what becomes of it, the largest first; none if that is not one."""
    found: dict[bytes, tuple[Cells, Cells]] = {}
    for before, after in zip(inputs, outputs, strict=False):
        ask()
        for box, part in parts(before):
            new = np.ascontiguousarray(after[box])
            if (found.setdefault(key((part,)), (part, new))[1] != new).any():
                return []
    return sorted(found.values(), key=lambda p: -p[0].size)[:MOST_MAPPED]
