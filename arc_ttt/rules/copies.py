"""Things of a grid are copied (or moved) to the places that other things mark; which, where and how, is read off.

`copy_by(mixed, coloursv2, corner, colourv5, one, middle, middle, own, goes, covered)`: the thing of two colours moves
to every thing of colour 5, middle upon middle. A source is the only one of its kind, or for each target the one that is
like it in something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from arc_ttt.rules.crowds import MEMBERS, Crowd, crowd, ink_of
from arc_ttt.rules.language import LINK, Kind, operation
from arc_ttt.rules.properties import PROPERTIES
from arc_ttt.rules.sources import mask_of, turned_mask_of
from arc_ttt.rules.things import Thing, paste
from arc_ttt.types import Cells

# More sources or targets than this are noise.
MOST_TARGETS = 30
_CHOICE = re.compile(r"([a-z]+)([vn])(\d{1,5})")


def is_choice(word: str) -> bool:
    """Whether `word` is a property and a value that is wanted (v) or not wanted (n)."""
    match = _CHOICE.fullmatch(word)
    return match is not None and match[1] in PROPERTIES


TARGETS = Kind("members that are targets", (*LINK.values, "colours", "rooms", "panels", "clumps"))
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
    "inside": lambda s, t, i, j: _fits_inside(s.things[i], t.things[j]),
    "part": lambda s, t, i, j: bool((s.things[i].cells == ink_of(t.things[j])).any()),
}


def _fits_inside(source: Thing, target: Thing) -> bool:
    """Whether a thing is as high and wide as what is within the sides of another one's box, and all of that is free."""
    h, w = source.cells.shape
    return target.cells.shape == (h + 2, w + 2) and not target.cells[1:-1, 1:-1].any()


LIKE = Kind("source of a target", tuple(_LIKE))
# `cell`: the source's first cell of the target's colour comes to lie where the target begins; `bend`: the one corner of
# its box at which both a full row and a full column of it end.
PLACE = Kind("place", ("middle", "first", "last", "before", "after", "cell", "bend"))
BY_CELL = ("cell", "bend")
PLACES = (*((str(a), str(b)) for a in PLACE.values[:5] for b in PLACE.values[:5]), *((p, p) for p in BY_CELL))
COPY_INK = Kind("ink of a copy", ("own", "target"))
SOURCE_FATE = Kind("source afterwards", ("stays", "goes", "moves"))
TARGET_FATE = Kind("target afterwards", ("covered", "on_top", "goes"))


def chosen_by(c: Crowd, choice: str) -> list[int]:
    match = _CHOICE.fullmatch(choice)
    assert match is not None
    return [i for i, v in enumerate(c.values(match[1])) if (v == int(match[3])) == (match[2] == "v")]


def _along(at: int, extent: int, own: int, place: str, cell: int) -> int:
    """Where something of length `own`, whose cell to be placed by is at `cell`, begins that is placed to a span of
    length `extent` from `at` on."""
    return {
        "middle": at + (extent - own) // 2,
        "first": at,
        "last": at + extent - own,
        "before": at - own,
        "after": at + extent,
        "cell": at - cell,
        "bend": at - cell,
    }[place]


def corner_of(source: Thing, target: Thing, down: str, across: str) -> tuple[int, int] | None:
    """Where a copy of a source begins; None where it has no cell to be placed by."""
    row = column = 0
    if "cell" in (down, across):
        hits = np.flatnonzero(source.cells == ink_of(target))
        if not len(hits):
            return None
        row, column = divmod(int(hits[0]), source.width)
    elif "bend" in (down, across):
        bend = _bend(source)
        if bend is None:
            return None
        row, column = bend
    return (
        _along(target.top, target.height, source.height, down, row),
        _along(target.left, target.width, source.width, across, column),
    )


def _bend(t: Thing) -> tuple[int, int] | None:
    """The only corner of a thing's box at which a full row and a full column of it meet."""
    own = t.cells != 0
    rows, columns = ([k for k in (0, -1) if own.take(k, axis=a).all()] for a in (0, 1))
    if len(rows) != 1 or len(columns) != 1 or min(own.shape) < 2:
        return None
    return rows[0] % t.height, columns[0] % t.width


def same_thing(a: Thing, b: Thing) -> bool:
    return a is b or (a.top == b.top and a.left == b.left and a.cells.shape == b.cells.shape)


def partner_of(s: Crowd, t: Crowd, sources: Sequence[int], j: int, like: str) -> int | None:
    """The one source that is like a target; of several equal ones the first."""
    found = [i for i in sources if not same_thing(s.things[i], t.things[j]) and _LIKE[like](s, t, i, j)]
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
    if members == "rooms" or (link == "rooms" and (ink == "target" or target_fate != "covered")):
        return None
    s, t = crowd(cells, members), crowd(cells, link)
    if not 0 < len(s.things) <= MOST_TARGETS or not 0 < len(t.things) <= MOST_TARGETS:
        return None
    sources = chosen_by(s, source)
    pairs = [(j, partner_of(s, t, sources, j, like)) for j in chosen_by(t, target)]
    made = [(j, i) for j, i in pairs if i is not None and s.things[i].size > 0]
    if not made:
        return None
    out = cells.copy()
    used = sources if source_fate == "goes" else sorted({i for _, i in made})
    gone = [s.things[i] for i in used] if source_fate != "stays" else []
    gone += [t.things[j] for j, _ in made] if target_fate == "goes" else []
    for thing in gone:
        out[thing.box][thing.cells != 0] = 0
    for j, i in made:
        a, b = s.things[i], t.things[j]
        patch = a.cells if ink == "own" else np.where(a.cells != 0, np.uint8(ink_of(b)), np.uint8(0))
        corner = corner_of(a, b, down, across)
        if corner is None:
            return None
        paste(out, patch, *corner)
    for thing in [t.things[j] for j, _ in made] if target_fate == "on_top" else []:
        paste(out, thing.cells, thing.top, thing.left)
    return out
