"""A panel is a key: pairs of things in it say what becomes of the things in the panel beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, product

import numpy as np

from arc_ttt.rules.language import OTHER, Argument, Kind, fits, operation
from arc_ttt.rules.panels import panels
from arc_ttt.rules.sources import turned_mask_of
from arc_ttt.rules.things import Thing, colours, things
from arc_ttt.types import Cells

_MOST_THINGS, _MOST_PAIRS = 40, 9
Pair = tuple[Thing, Thing]


# What a thing must have in common with the first of a pair.
_LIKE: dict[str, Callable[[Thing], object]] = {
    "colour": lambda t: t.colour,
    "shape": lambda t: t.form,
    "turned": turned_mask_of,
    "size": lambda t: t.size,
    "cells": lambda t: (t.cells.shape, t.cells.tobytes()),
}
LIKE = Kind("what is like the key", tuple(_LIKE))
BECOMES = Kind("what it becomes", ("colour", "thing", "shape"))
UNLISTED = Kind("what the key lacks", ("stays", "vanishes"))
SHOWN_PART = Kind("what is shown", ("grid", "picture"))


def _split(t: Thing) -> Pair | None:
    """A thing of two colours as two things side by side or one above the other."""
    inks = colours(t.cells)
    if len(inks) != 2 or not t.cells.all():
        return None
    for a, b in (inks, inks[::-1]):
        first, second = t.cells == a, t.cells == b
        if np.nonzero(first)[1].max() < np.nonzero(second)[1].min():
            k = int(first[0].sum())
            return Thing(t.top, t.left, t.cells[:, :k]), Thing(t.top, t.left + k, t.cells[:, k:])
    return None


def _pairs(key: Cells) -> list[Pair]:
    """Pairs side by side, else one above the other; of three in a line the one in the middle is a sign between them."""
    found = things(key, "mixed")
    split = [_split(t) for t in found]
    if found and all(split):
        return [p for p in split if p]
    if signed := _around_signs(key):
        return signed
    for flip in (False, True):
        image = np.ascontiguousarray(key.T) if flip else key
        lines: list[list[Thing]] = []
        last = -1
        for t in sorted(things(image, "mixed"), key=lambda t: t.top):
            if t.top > last:
                lines.append([])
            lines[-1].append(t)
            last = max(last, t.bottom)
        lines = [sorted(line, key=lambda t: t.left) for line in lines]
        apart = all(a.right < b.left for line in lines for a, b in pairwise(line))
        if lines and apart and all(2 <= len(line) <= 3 for line in lines):
            ends = [(line[0], line[-1]) for line in lines]
            return [(_flat(a), _flat(b)) for a, b in ends] if flip else ends
    return []


def _around_signs(key: Cells) -> list[Pair]:
    """What lies on both sides of each sign, side by side or one above the other: signs are the single cells that are
    all of a colour, two at least."""
    for ink in colours(key):
        signs = np.argwhere(key == ink).tolist()
        if len(signs) < 2 or any(t.size > 1 for t in things(key, "corner") if t.colour == ink):
            continue
        group = things(np.where(key == ink, np.uint8(0), key), "mixed")
        if len(group) != 2 * len(signs):
            continue
        for flip in (False, True):
            lie = [_flat(t) for t in group] if flip else list(group)
            pairs: list[Pair] = []
            for place in signs:
                row, column = place[::-1] if flip else place
                beside = [t for t in lie if t.top <= row <= t.bottom]
                before = [t for t in beside if t.right < column]
                behind = [t for t in beside if t.left > column]
                if before and behind:
                    pairs.append((max(before, key=lambda t: t.right), min(behind, key=lambda t: t.left)))
            if len({id(t) for p in pairs for t in p}) == len(group):
                return [(_flat(a), _flat(b)) for a, b in pairs] if flip else pairs
    return []


def _flat(t: Thing) -> Thing:
    return Thing(t.left, t.top, np.ascontiguousarray(t.cells.T))


def _parts(cells: Cells) -> tuple[list[Pair], tuple[slice, slice]] | None:
    """The pairs of the key, which is the smaller one of two panels that has pairs alone, and where the picture is."""
    found = panels(cells)
    if found is None or len(found.flat) != 2:
        return None
    first, second = sorted(found.flat, key=lambda b: cells[b].size)
    for key, picture in ((first, second), (second, first)):
        pairs = _pairs(np.ascontiguousarray(cells[key]))
        if pairs:
            return pairs, picture
    return None


@operation(
    "walls", "panels", "shapes", like=LIKE, becomes=BECOMES, unlisted=UNLISTED, shown=SHOWN_PART, result=OTHER, weight=0
)
def apply_key(cells: Cells, like: str, becomes: str, unlisted: str, shown: str) -> Cells | None:
    """One of two panels has pairs of things: in the other one what is like the first of a pair becomes as
    the second is, and what the key lacks stays or vanishes; both panels are shown, or only the other one."""
    parts = _parts(cells)
    if parts is None:
        return None
    pairs, box = parts
    picture = np.ascontiguousarray(cells[box])
    group = things(picture, "corner" if like != "cells" else "mixed")
    if len(pairs) > _MOST_PAIRS or len(group) > _MOST_THINGS:
        return None
    table = {_LIKE[like](a): (a, b) for a, b in pairs}
    if len(table) < len(pairs):
        return None
    new, done = _rewritten(picture, group, table, like, becomes, unlisted)
    if not done or (new == picture).all():
        return None
    if shown == "picture":
        return new
    out = cells.copy()
    out[box] = new
    return out


def _rewritten(
    picture: Cells, group: Sequence[Thing], table: dict[object, Pair], like: str, becomes: str, unlisted: str
) -> tuple[Cells, bool]:
    """The picture with all things as the key says, and whether it says something of one."""
    new = np.zeros_like(picture)
    done = False
    for t in group:
        pair = table.get(_LIKE[like](t))
        if pair is None:
            if unlisted == "stays":
                np.copyto(new[t.box], t.cells, where=t.cells != 0)
            continue
        done = True
        for r, c, ink in _made(t, pair, becomes):
            if 0 <= r < new.shape[0] and 0 <= c < new.shape[1]:
                new[r, c] = ink
    return new, done


def _made(t: Thing, pair: Pair, becomes: str) -> Iterator[tuple[int, int, int]]:
    """The cells of what a thing becomes: itself in the colour of the second of its pair, that one in the same
    place, or its shape in the thing's own colour."""
    if becomes == "colour":
        for r, c in np.argwhere(t.cells).tolist():
            yield t.top + r, t.left + c, pair[1].colour
        return
    new = pair[1]
    top, left = t.top + int((t.height - new.height) / 2), t.left + int((t.width - new.width) / 2)
    for r, c in np.argwhere(new.cells).tolist():
        yield top + r, left + c, int(new.cells[r, c]) if becomes == "thing" else t.colour


@fits("apply_key")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The words that make all outputs."""
    if any(_parts(s) is None for s in shown):
        return
    part = "grid" if all(s.shape == w.shape for s, w in zip(shown, wanted, strict=True)) else "picture"
    for like, becomes, unlisted in product(LIKE.values, BECOMES.values, UNLISTED.values):
        way = str(like), str(becomes), str(unlisted), part
        made = (apply_key(s, *way) for s in shown)
        if all(m is not None and m.shape == w.shape and (m == w).all() for m, w in zip(made, wanted, strict=True)):
            yield way
            return
