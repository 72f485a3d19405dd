"""Grid → all its things at once, and what can be said of each: properties, and colours that are associated with it.

A property is a number (0–99999) for each thing; a thing's class in a rule with cases is the value of one property.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np

from arc_ttt.rules.chosen import PARTS, parts_of
from arc_ttt.rules.language import LINK, Kind
from arc_ttt.rules.things import Thing, colours, holes, things
from arc_ttt.types import Cells

# More things than this are noise.
MOST_THINGS = 40
# The number that marks the cells of a room: it is no colour.
ROOM = 10
# What the members of a crowd are: things by a link, the regions of the background, or the parts of a grid.
MEMBERS = Kind("members", (*LINK.values, "rooms", "colours", *(p for p in PARTS.values if p not in ("things", "lumps", "pieces"))))


def ink_of(t: Thing) -> int:
    """Its commonest colour; 0 of one that is empty."""
    return t.colour if t.size else 0


def _rooms(cells: Cells) -> tuple[Thing, ...]:
    return things(np.where(cells == 0, np.uint8(ROOM), np.uint8(0)), "side")


def _colours(cells: Cells) -> tuple[Thing, ...]:
    """For each colour all its cells as one thing."""
    found = []
    for colour in colours(cells):
        mask = cells == colour
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        box = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        found.append(Thing(int(rows[0]), int(columns[0]), box.astype(np.uint8) * np.uint8(colour)))
    return tuple(found)


class Crowd:
    """The things of a grid by one link; `values(name)` and `inks(name)` have one number for each of them."""

    def __init__(self, cells: Cells, link: str) -> None:
        self.cells = cells
        if link == "rooms":
            self.things = _rooms(cells)
        elif link == "colours":
            self.things = _colours(cells)
        else:
            self.things = things(cells, link) if link in LINK.values else parts_of(cells, link)
        self.link = link
        self._values: dict[str, list[int]] = {}
        self._inks: dict[str, list[int]] = {}
        self._named: list[dict[int, list[str]]] = []
        self._gaps: np.ndarray | None = None

    def values(self, name: str) -> list[int]:
        """The property `name` of each thing; of two joined by _, ten times the first plus the second."""
        if name not in self._values:
            first, _, second = name.partition("_")
            if second:
                pairs = zip(self.values(first), self.values(second), strict=True)
                self._values[name] = [10 * a + b for a, b in pairs]
            else:
                self._values[name] = [int(v) for v in PROPERTIES[name][0](self)]
        return self._values[name]

    def inks(self, name: str) -> list[int]:
        """The colour that `name` says of each thing; 0 where there is none."""
        if name not in self._inks:
            self._inks[name] = [int(v) % ROOM for v in SOURCES[name](self)]
        return self._inks[name]

    def named(self, i: int) -> dict[int, list[str]]:
        """The sources that say each colour of thing `i`."""
        if not self._named:
            self._named = [{} for _ in self.things]
            for source in SOURCES:
                for names, colour in zip(self._named, self.inks(source), strict=True):
                    names.setdefault(colour, []).append(source)
        return self._named[i]

    @property
    def gaps(self) -> np.ndarray:
        """(things, things) the cells between two things' boxes, the longer way of the two; great on the diagonal."""
        if self._gaps is None:
            top, left, bottom, right = (
                np.array([getattr(t, side) for t in self.things]) for side in ("top", "left", "bottom", "right")
            )
            down = np.maximum(top[None] - bottom[:, None], top[:, None] - bottom[None])
            across = np.maximum(left[None] - right[:, None], left[:, None] - right[None])
            self._gaps = np.maximum(np.maximum(down, across), 0)
            np.fill_diagonal(self._gaps, 999)
        return self._gaps


@lru_cache(maxsize=128)
def _crowd(raw: bytes, width: int, link: str) -> Crowd:
    return Crowd(np.frombuffer(raw, np.uint8).reshape(-1, width), link)


def crowd(cells: Cells, link: str) -> Crowd:
    """The crowd of a grid."""
    return _crowd(cells.tobytes(), cells.shape[1], link)


# --- colours that are associated with a thing ---


def _other(c: Crowd, near: Callable[[int, np.ndarray], np.ndarray]) -> list[int]:
    """The one colour of the things, of another colour than its own, that `near` (index, gaps) chooses."""
    colour = np.array([ink_of(t) for t in c.things])
    found = []
    for i in range(len(c.things)):
        at = near(i, c.gaps[i]) & (colour != colour[i])
        inks = np.unique(colour[at])
        found.append(int(inks[0]) if len(inks) == 1 else 0)
    return found


def _nearest(c: Crowd) -> list[int]:
    colour = np.array([ink_of(t) for t in c.things])
    found = []
    for i in range(len(c.things)):
        gaps = np.where(colour == colour[i], 999, c.gaps[i])
        inks = np.unique(colour[gaps == gaps.min()])
        found.append(int(inks[0]) if gaps.min() < 999 and len(inks) == 1 else 0)
    return found


def _inside(c: Crowd) -> np.ndarray:
    """(things, things) whether the second one's box lies in the first one's."""
    top, left, bottom, right = (
        np.array([getattr(t, side) for t in c.things]) for side in ("top", "left", "bottom", "right")
    )
    within: np.ndarray = (
        (top[:, None] <= top[None])
        & (left[:, None] <= left[None])
        & (bottom[:, None] >= bottom[None])
        & (right[:, None] >= right[None])
    )
    np.fill_diagonal(within, False)
    return within


def _touching(c: Crowd) -> list[int]:
    """The one other colour that touches a thing by a side."""
    framed = np.pad(c.cells, 1)
    found = []
    for t in c.things:
        mask = np.pad(t.cells != 0, 1)
        grown = mask.copy()
        grown[1:] |= mask[:-1]
        grown[:-1] |= mask[1:]
        grown[:, 1:] |= mask[:, :-1]
        grown[:, :-1] |= mask[:, 1:]
        around = framed[t.top : t.top + t.height + 2, t.left : t.left + t.width + 2][grown & ~mask]
        inks = np.unique(around[around != 0])
        found.append(int(inks[0]) if len(inks) == 1 else 0)
    return found


def _rarest(t: Thing) -> int:
    counts = np.bincount(t.cells[t.cells != 0], minlength=11)
    present = counts[counts > 0]
    if len(present) < 2 or (present == present.min()).sum() > 1:
        return 0
    return int(np.flatnonzero(counts == present.min())[0])


def _of_twin(key: Callable[[Thing], object]) -> Callable[[Crowd], list[int]]:
    """The one other colour of the things that have a thing's shape."""

    def inks(c: Crowd) -> list[int]:
        keys = [key(t) for t in c.things]
        found = []
        for t, k in zip(c.things, keys, strict=True):
            others = {ink_of(o) for o, other in zip(c.things, keys, strict=True) if other == k} - {ink_of(t)}
            found.append(others.pop() if len(others) == 1 else 0)
        return found

    return inks


def _mask(t: Thing) -> int:
    return crc32(bytes(t.cells.shape) + (t.cells != 0).tobytes()) % 99991


def _turned_mask(t: Thing) -> int:
    return _turned((t.cells != 0).tobytes(), t.width)


@lru_cache(maxsize=4096)
def _turned(raw: bytes, width: int) -> int:
    """The same number for all turns and mirror images of a mask."""
    mask = np.frombuffer(raw, bool).reshape(-1, width)
    views = [m[::a, ::b] for m in (mask, mask.T) for a in (1, -1) for b in (1, -1)]
    return min(crc32(bytes(v.shape) + v.tobytes()) for v in views) % 99991


def _largest_ink(c: Crowd) -> list[int]:
    size = [t.size for t in c.things]
    best = {ink_of(t) for t in c.things if t.size == max(size)}
    return [best.pop()] * len(size) if len(best) == 1 else [0] * len(size)


def _single_in_line(across: bool) -> Callable[[Crowd], list[int]]:
    """The colour of the nearest thing that has cells in a thing's rows (across) or columns."""

    def inks(c: Crowd) -> list[int]:
        found = []
        for i, t in enumerate(c.things):
            best, ink = 999, 0
            for k, o in enumerate(c.things):
                shared = (
                    o.top <= t.bottom and o.bottom >= t.top if across else o.left <= t.right and o.right >= t.left
                )
                if k != i and shared and ink_of(o) != ink_of(t) and c.gaps[i, k] < best:
                    best, ink = int(c.gaps[i, k]), ink_of(o)
            found.append(ink)
        return found

    return inks


SOURCES: dict[str, Callable[[Crowd], Sequence[int]]] = {
    "own": lambda c: [ink_of(t) % ROOM for t in c.things],
    "near": _nearest,
    "touching": _touching,
    "inner": lambda c: _other(c, lambda i, g: _inside(c)[i]),
    "outer": lambda c: _other(c, lambda i, g: _inside(c)[:, i]),
    "rarest": lambda c: [_rarest(t) for t in c.things],
    "twin": _of_twin(_mask),
    "turnedtwin": _of_twin(_turned_mask),
    "inrow": _single_in_line(True),
    "incolumn": _single_in_line(False),
    "largest": _largest_ink,
}


# --- properties ---


def _each(measure: Callable[[Thing], int]) -> Callable[[Crowd], Sequence[int]]:
    return lambda c: [measure(t) for t in c.things]


def _rank(measure: Callable[[Thing], int]) -> Callable[[Crowd], Sequence[int]]:
    """0 for the things with the greatest measure, 1 for the next, …"""

    def ranks(c: Crowd) -> Sequence[int]:
        values = [measure(t) for t in c.things]
        order = sorted(set(values), reverse=True)
        return [order.index(v) for v in values]

    return ranks


def _best(measure: Callable[[Thing], int]) -> Callable[[Crowd], Sequence[int]]:
    """1 for the things with the greatest measure."""

    def best(c: Crowd) -> Sequence[int]:
        values = [measure(t) for t in c.things]
        return [int(v == max(values)) for v in values]

    return best


def _count(key: Callable[[Thing], object]) -> Callable[[Crowd], Sequence[int]]:
    """How many things have each one's key."""

    def counts(c: Crowd) -> Sequence[int]:
        keys = [key(t) for t in c.things]
        seen = Counter(keys)
        return [seen[k] for k in keys]

    return counts


def _bordering(c: Crowd) -> Sequence[int]:
    rows, columns = c.cells.shape
    return [int(t.top == 0 or t.left == 0 or t.bottom == rows - 1 or t.right == columns - 1) for t in c.things]


def _mirrored(t: Thing) -> int:
    return int((t.cells == t.cells[:, ::-1]).all()) + 2 * int((t.cells == t.cells[::-1]).all())


def _side(t: Thing, rows: int, columns: int) -> tuple[int, int]:
    return int(np.sign(2 * t.top + t.height - rows)) + 1, int(np.sign(2 * t.left + t.width - columns)) + 1


def _common(key: Callable[[Thing], object]) -> Callable[[Crowd], Sequence[int]]:
    """1 for things whose key is the most frequent one."""

    def common(c: Crowd) -> Sequence[int]:
        keys = [key(t) for t in c.things]
        seen = Counter(keys)
        return [int(seen[k] == max(seen.values())) for k in keys]

    return common


def _has(name: str) -> Callable[[Crowd], Sequence[int]]:
    return lambda c: [int(v > 0) for v in c.inks(name)]


def _ink(name: str) -> Callable[[Crowd], Sequence[int]]:
    return lambda c: c.inks(name)


def _size(t: Thing) -> int:
    return t.size


# By name: what is measured, and its cost in bits.
PROPERTIES: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "any": (_each(lambda t: 0), 0.0),
    "colour": (_each(ink_of), 2.0),
    "largest": (_best(_size), 2.5),
    "smallest": (_best(lambda t: -t.size), 2.5),
    "single": (_each(lambda t: int(t.size == 1)), 2.0),
    "size": (_each(_size), 3.0),
    "sizerank": (_rank(_size), 3.5),
    "sizeranksup": (_rank(lambda t: -t.size), 3.5),
    "holes": (_each(holes), 2.5),
    "holed": (_each(lambda t: int(holes(t) > 0)), 2.5),
    "bordering": (_bordering, 2.5),
    "square": (_each(lambda t: int(t.height == t.width)), 3.0),
    "full": (_each(lambda t: int(t.size == t.height * t.width)), 2.5),
    "lying": (_each(lambda t: int(np.sign(t.width - t.height)) + 1), 3.0),
    "line": (_each(lambda t: int(min(t.height, t.width) == 1)), 3.0),
    "shape": (_each(_turned_mask), 3.5),
    "view": (_each(_mask), 4.0),
    "twins": (_count(_mask), 3.5),
    "alone": (lambda c: [int(v == 1) for v in c.values("twins")], 3.0),
    "turnedtwins": (_count(_turned_mask), 4.0),
    "commonshape": (_common(_turned_mask), 3.5),
    "samecells": (_count(lambda t: (t.cells.shape, t.cells.tobytes())), 4.0),
    "samecolour": (_count(ink_of), 4.0),
    "commoncolour": (_common(ink_of), 3.5),
    "samesize": (_count(_size), 4.0),
    "mirrored": (_each(_mirrored), 4.0),
    "symmetric": (_each(lambda t: int(_mirrored(t) > 0)), 3.5),
    "colours": (_each(lambda t: len(np.unique(t.cells[t.cells != 0]))), 3.0),
    "rarest": (_ink("rarest"), 3.0),
    "height": (_each(lambda t: t.height), 3.5),
    "width": (_each(lambda t: t.width), 3.5),
    "heightrank": (_rank(lambda t: t.height), 4.0),
    "widthrank": (_rank(lambda t: t.width), 4.0),
    "tallest": (_best(lambda t: t.height), 3.5),
    "shortest": (_best(lambda t: -t.height), 3.5),
    "widest": (_best(lambda t: t.width), 3.5),
    "highest": (_best(lambda t: -t.top), 3.5),
    "lowest": (_best(lambda t: t.bottom), 3.5),
    "leftmost": (_best(lambda t: -t.left), 3.5),
    "rightmost": (_best(lambda t: t.right), 3.5),
    "touches": (_has("touching"), 3.0),
    "touching": (_ink("touching"), 3.5),
    "holds": (lambda c: _inside(c).any(axis=1), 3.0),
    "held": (lambda c: _inside(c).any(axis=0), 3.0),
    "inner": (_ink("inner"), 3.5),
    "outer": (_ink("outer"), 3.5),
    "near": (_ink("near"), 4.0),
    "hastwin": (_has("turnedtwin"), 4.0),
    "twin": (_ink("twin"), 4.5),
    "fromleft": (_rank(lambda t: -t.left), 4.0),
    "fromtop": (_rank(lambda t: -t.top), 4.0),
    "upper": (lambda c: [_side(t, *c.cells.shape)[0] for t in c.things], 4.0),
    "righter": (lambda c: [_side(t, *c.cells.shape)[1] for t in c.things], 4.0),
    "odd": (_each(lambda t: t.size % 2), 5.0),
    "oddheight": (_each(lambda t: t.height % 2), 4.5),
    "oddwidth": (_each(lambda t: t.width % 2), 4.5),
    "gaps": (_each(lambda t: t.height * t.width - t.size), 4.5),
}
# Those that only say yes or no: two of them together may be one property.
YES_OR_NO = (
    "largest", "smallest", "single", "holed", "bordering", "square", "full", "line", "alone", "commonshape",
    "commoncolour", "symmetric", "touches", "holds", "held", "hastwin",
)  # fmt: skip


def is_property(word: str) -> bool:
    """Whether `word` is a property, or two that say yes or no, joined by _."""
    parts = word.split("_")
    return word in PROPERTIES or (len(parts) == 2 and parts[0] != parts[1] and all(p in YES_OR_NO for p in parts))


def property_cost(word: str) -> float:
    """Bits of a property; two cost more than both."""
    return sum(PROPERTIES[p][1] for p in word.split("_")) + 2.0 * word.count("_")
