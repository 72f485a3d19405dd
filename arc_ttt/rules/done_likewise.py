"""One thing of a grid shows what is to be done: what it has got in a colour of its own, the others get too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.acts import change_of
from arc_ttt.rules.crowds import Crowd, crowd, ink_of
from arc_ttt.rules.language import SAME, Argument, Kind, fits, makes, operation
from arc_ttt.rules.places import Places, none
from arc_ttt.rules.regions import REGIONS
from arc_ttt.rules.sources import turned_mask_of
from arc_ttt.rules.things import colours, grown, things
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

_MOST_THINGS, _MOST_MODELS, _MOST_CELLS, _MOST_INKS = 25, 3, 120, 4
_WAYS, _SLANTS = ("up", "down", "left", "right"), ("ul", "ur", "ll", "lr")
_WORK = 1.0  # of something that may have been done, in the units of `work`
# What may have been done to a thing, the likelier first.
_DONE: dict[str, tuple[str, ...]] = {
    "lines": (
        *(f"beam{w}" for w in _WAYS), "beamcross", "beamacross", "beamalong", *(f"slant{w}" for w in _SLANTS), "slants",
        *(f"bar{w}" for w in _WAYS), "barcross", "baracross", "baralong", "tips", "aimbeam", "aimback", "toborder",
        "tocorner", "tonext", "bridge", "linktwin", "linkkin", "stemupsize", "stemdownsize", "stemleftsize",
        "stemrightsize", *(f"stem{w}self" for w in _WAYS), *(f"thread{w}self" for w in _WAYS), "armsplus", "armsslant",
        "armsstar", "midway", *(f"spoke{w}" for w in _WAYS), "spokeacross", "spokealong",
        "spokecross", *(f"farspoke{w}" for w in _WAYS),
    ),
    "borders": (
        "halo", "frame", "fill", "within", "box", "edges", "outcorners", "boxcorners", "sides", "caps", "flaps",
        "farframe", "broadframe", "midplus", "axes", "axisacross", "axisalong", "inset", "hull", "lacksacross",
        "lacksdown", "lacksboth", "lacksturning", *(f"wedge{w}" for w in _WAYS), "reach2", "reach3",
    ),
    "copies": (
        *(f"{change}{w}" for change in ("copy", "mirror", "copygap", "mirrorgap", "row", "trail") for w in _WAYS),
        *(f"{change}{w}" for change in ("copy", "trail", "mirror") for w in _SLANTS),
    ),
    "parts": (
        "core", "rim", "corners", "centre", "top", "bottom", "leftside", "rightside", "middlerow", "middlecolumn",
        "middlelines", "spine", "waist", "falling", "rising", "crossed", "halfup", "halfdown", "halfleft", "halfright",
        "firstrows", "secondrows", "firstcolumns", "secondcolumns", "firstchecks", "secondchecks",
    ),
}  # fmt: skip
DONE = Kind("what one thing has got", tuple(_DONE))
MEMBERS = Kind("what is a thing", ("corner", "side"))
_ALIKE: dict[str, Callable[[Crowd, int], object]] = {
    "all": lambda c, i: 0,
    "colour": lambda c, i: ink_of(c.things[i]),
    "shape": lambda c, i: turned_mask_of(c.things[i]),
    "size": lambda c, i: c.things[i].size,
}
ALIKE = Kind("which things get it too", tuple(_ALIKE))
# Cells, at least, of which something can be told; and how far around a thing's box it may have got something.
_LEAST, _REACH = 2, 3


# What is done to a thing: the cells that it gets.
Deed = Callable[[Crowd, int], Places]


def _named(word: str) -> Deed:
    def places(c: Crowd, i: int) -> Places:
        if word in REGIONS:
            return REGIONS[word](c, i)
        change = change_of(c, i, word)
        return none() if change is None else change[1]

    return places


_NAMED: dict[str, tuple[Deed, ...]] = {done: tuple(map(_named, words)) for done, words in _DONE.items()}


def _classes(first: int, last: int, fine: bool) -> list[int]:
    """For the lines from some before a thing's box to as many behind it: how far before (negative) or behind
    (positive) they lie, or where within: at its first or last line (fine), or anywhere."""
    within = [0] * (last - first + 1)
    if fine:
        within[-1] = _REACH + 2
        within[0] = -_REACH - 2
    return [*range(-_REACH, 0), *within, *range(1, _REACH + 1)]


def _around(c: Crowd, i: int, fine: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The rows and columns of the empty cells around a thing, within the grid, and a number for where each lies."""
    t, (height, width) = c.things[i], c.cells.shape
    rows, columns = np.arange(t.top - _REACH, t.bottom + _REACH + 1), np.arange(t.left - _REACH, t.right + _REACH + 1)
    down, right = np.array(_classes(t.top, t.bottom, fine)), np.array(_classes(t.left, t.right, fine))
    kept, seen = (rows >= 0) & (rows < height), (columns >= 0) & (columns < width)
    rows, columns, down, right = rows[kept], columns[seen], down[kept], right[seen]
    r, k = np.nonzero(c.cells[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] == 0)
    return rows[r], columns[k], 100 * down[r] + right[k]


def _stretched(c: Crowd, i: int, mine: np.ndarray, fine: bool) -> Deed | None:
    """What a thing has around its box, as another one gets it that is higher or wider."""
    rows, columns, where = _around(c, i, fine)
    has = mine[rows, columns]
    got, lacking = np.unique(where[has]), where[~has]
    if not len(got) or np.isin(lacking, got).any():
        return None

    def places(c: Crowd, i: int) -> Places:
        rows, columns, where = _around(c, i, fine)
        at = np.isin(where, got)
        return rows[at], columns[at]

    return places


def _bare(cells: Cells, ink: int, done: str) -> Cells | None:
    """The grid as it was before one thing got cells of a colour: empty there, or in the colour of what lies around."""
    mine = cells == ink
    if not (1 if done == "parts" else _LEAST) <= np.count_nonzero(mine) <= _MOST_CELLS:
        return None
    if done != "parts":
        return np.where(mine, np.uint8(0), cells)
    beside = np.concatenate([cells[1:][mine[:-1]], cells[:-1][mine[1:]], cells[:, 1:][mine[:, :-1]]])
    beside = np.concatenate([beside, cells[:, :-1][mine[:, 1:]]])
    inks = np.bincount(beside[(beside != 0) & (beside != ink)], minlength=1)
    return np.where(mine, np.uint8(inks.argmax()), cells) if len(inks) > 1 else None


def _beside(mine: np.ndarray, bare: Cells) -> bool:
    """Whether all that has the colour lies no more than a cell away from things."""
    near = grown(grown(bare != 0))
    parts = things(mine.astype(np.uint8), "corner")
    return len(parts) <= _MOST_THINGS and all(bool(near[t.box][t.cells != 0].any()) for t in parts)


def _models(c: Crowd, mine: np.ndarray) -> list[int]:
    """The things that have, or touch, cells of the colour; none where they are many."""
    near = grown(mine)
    found = [i for i, t in enumerate(c.things) if bool((near[t.box] & (t.cells != 0)).any())]
    return found if len(found) <= min(_MOST_MODELS, max(2, len(c.things) - 1)) else []


def _deeds(c: Crowd, mine: np.ndarray, models: Sequence[int], done: str) -> Iterator[Deed]:
    yield from _NAMED[done]
    if done == "borders":
        for fine, i in product((False, True), models):
            deed = _stretched(c, i, mine, fine)
            if deed is not None:
                yield deed


def _told(c: Crowd, mine: np.ndarray, models: Sequence[int], done: str) -> Iterator[tuple[Deed, list[int]]]:
    """What makes all cells of the colour where it is done to some of the models, and to which."""
    number = np.count_nonzero(mine)
    for deed in _deeds(c, mine, models, done):
        worked(_WORK)
        covered, some = np.zeros(mine.shape, bool), []
        for i in models:
            places = deed(c, i)
            if len(places[0]) and bool(mine[places].all()):
                covered[places] = True
                some.append(i)
        if some and np.count_nonzero(covered) == number:
            yield deed, some


@operation("objects", "shapes", link=MEMBERS, done=DONE, alike=ALIKE, result=SAME, weight=0)
def do_likewise(cells: Cells, link: str, done: str, alike: str) -> Cells | None:
    """One thing has got something in a colour that is nowhere else (a line, a border, a copy, a part of another
    colour): the other things, or those like it, get the same."""
    counts = np.bincount(cells.ravel(), minlength=10)
    found = []
    for ink in sorted(colours(cells), key=lambda k: int(counts[k])):
        places = _done(cells, ink, link, done, alike)
        if places is not None:
            found.append((not places[1], ink, places[0]))
            if alike == "all" and places[1]:
                break
    out = cells.copy()
    for _, ink, places_of in sorted(found, key=lambda f: f[0])[: 1 if alike == "all" else None]:
        out[places_of] = ink
    return None if (out == cells).all() else out


def _done(cells: Cells, ink: int, link: str, done: str, alike: str) -> tuple[Places, bool] | None:
    """The cells that others get too, where some have got all that there is of a colour; and whether one of these others
    has the colour of one that has got it."""
    bare = _bare(cells, ink, done)
    if bare is None or not bare.any() or not _beside(cells == ink, bare):
        return None
    c = crowd(bare, link)
    if not 2 <= len(c.things) <= _MOST_THINGS:
        return None
    mine = cells == ink
    models = _models(c, mine)
    for deed, some in _told(c, mine, models, done) if models else ():
        kinds = {_ALIKE[alike](c, i) for i in some}
        others = [i for i in range(len(c.things)) if _ALIKE[alike](c, i) in kinds and i not in some]
        places = [deed(c, i) for i in others]
        if any(len(p[0]) for p in places):
            kin = {ink_of(c.things[i]) for i in some} & {ink_of(c.things[i]) for i in others}
            return (np.concatenate([p[0] for p in places]), np.concatenate([p[1] for p in places])), bool(kin)
    return None


@fits("do_likewise")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    # Only few colours are painted, which are there already.
    most = 1
    for s, w in zip(shown, wanted, strict=True):
        if s.shape != w.shape or (s == w).all():
            return
        inks = np.unique(w[s != w])
        if len(inks) > _MOST_INKS or not inks[0] or not np.isin(inks, s).all():
            return
        most = max(most, len(inks))
    for way in product(MEMBERS.values, DONE.values, ALIKE.values[most > 1 :]):
        if makes(do_likewise, way, shown, wanted):
            yield way
            return
