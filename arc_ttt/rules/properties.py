"""What is measured on each thing of a crowd: properties.

A property is a number (0–99999) for each thing; its value is the thing's class in a rule with cases.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from arc_ttt.rules.among_others import AMONG_OTHERS
from arc_ttt.rules.brackets import holds_kin
from arc_ttt.rules.companions import INMATES
from arc_ttt.rules.contents import FILLED
from arc_ttt.rules.crowds import OVER, PROPERTIES, Crowd, ink_of
from arc_ttt.rules.enclosures import SURROUNDED
from arc_ttt.rules.extremes import EXTREMES
from arc_ttt.rules.facing import FACING
from arc_ttt.rules.held_like import HELD_LIKE
from arc_ttt.rules.keys import KEYED, KEYS
from arc_ttt.rules.moves_aimed import contacts
from arc_ttt.rules.moves_pointed import HOPS
from arc_ttt.rules.partners import PARTNERED
from arc_ttt.rules.partners_more import VIA
from arc_ttt.rules.plans import plan_odd
from arc_ttt.rules.properties_afar import AFAR
from arc_ttt.rules.properties_more import MORE
from arc_ttt.rules.rails import OPEN
from arc_ttt.rules.regions_drawn import DRAWN
from arc_ttt.rules.regions_even import AMONG
from arc_ttt.rules.regions_led import specks
from arc_ttt.rules.regions_lit import LIT
from arc_ttt.rules.related import SAID
from arc_ttt.rules.run_into import STRUCK
from arc_ttt.rules.shot_at import SHOT
from arc_ttt.rules.signs import SIGNED
from arc_ttt.rules.sources import inside, mask_of, scaled_turned_mask_of, turned_mask_of
from arc_ttt.rules.things import Thing, diagonally_mirrored, enclosed, holes, things
from arc_ttt.rules.turns import TURNS
from arc_ttt.rules.walls_crossed import CROSSED

__all__ = ["PROPERTIES"]

# A measure of more values than this is not cut in two.
MOST_VALUES = 12


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


def _like(source: str) -> Callable[[Crowd], Sequence[int]]:
    """Whether a thing of many cells has the colour that a source says; 2 for a single cell of it."""
    return lambda c: [
        int(ink_of(t) == ink and ink > 0) * (1 + int(t.size == 1))
        for t, ink in zip(c.things, c.inks(source), strict=True)
    ]


def _has_larger(c: Crowd) -> Sequence[int]:
    """Whether a larger thing has the same colour."""
    largest: dict[int, int] = {}
    for t in c.things:
        largest[ink_of(t)] = max(largest.get(ink_of(t), 0), t.size)
    return [int(t.size < largest[ink_of(t)]) for t in c.things]


def _in_line_with_kin(c: Crowd) -> Sequence[int]:
    """Whether a thing of the same colour lies straight beside."""
    return [
        int(
            any(
                o is not t
                and ink_of(o) == ink_of(t)
                and ((o.top <= t.bottom and o.bottom >= t.top) or (o.left <= t.right and o.right >= t.left))
                for o in c.things
            )
        )
        for t in c.things
    ]


def _size(t: Thing) -> int:
    return t.size


def _has_rare(c: Crowd) -> Sequence[int]:
    """Whether a thing has a cell of the grid's rarest colour."""
    return [int(ink > 0 and bool((t.cells == ink).any())) for t, ink in zip(c.things, c.inks("rare"), strict=True)]


def _crossed(c: Crowd, rows: np.ndarray, columns: np.ndarray) -> Sequence[int]:
    """In how many ways (in its rows, in its columns) some of these cells lie straight beside a thing."""
    found = []
    for t in c.things:
        down = (rows >= t.top) & (rows <= t.bottom)
        across = (columns >= t.left) & (columns <= t.right)
        found.append(int((down & ~across).any()) + int((across & ~down).any()))
    return found


def _crossed_by_rare(c: Crowd) -> Sequence[int]:
    """In how many ways (in its rows, in its columns) cells of the grid's rarest colour lie straight beside a thing."""
    ink = c.inks("rare")[0] if c.things else 0
    rows, columns = np.nonzero(c.cells == ink) if ink else (np.empty(0, int), np.empty(0, int))
    return _crossed(c, rows, columns)


def _crossed_by_loners(c: Crowd) -> Sequence[int]:
    """In how many ways (in its rows, in its columns) single cells that touch nothing lie straight beside a thing."""
    full = np.pad(c.cells != 0, 1).astype(np.int32)
    lines = full[:-2] + full[1:-1] + full[2:]
    around = lines[:, :-2] + lines[:, 1:-1] + lines[:, 2:]
    rows, columns = np.nonzero((c.cells != 0) & (around == 1))
    return _crossed(c, rows, columns)


def _has_line_mark(c: Crowd) -> Sequence[int]:
    """Whether a thing has a cell of the colour that marks the lines between panels."""
    return [int(ink > 0 and bool((t.cells == ink).any())) for t, ink in zip(c.things, c.inks("linemark"), strict=True)]


def _central(c: Crowd) -> Sequence[int]:
    """1 for the things whose middles are closest to the grid's."""
    rows, columns = c.cells.shape
    away = [abs(2 * t.top + t.height - rows) + abs(2 * t.left + t.width - columns) for t in c.things]
    return [int(a == min(away)) for a in away]


def _between(c: Crowd) -> Sequence[int]:
    """Whether others lie straight beside a thing on two opposite sides."""
    found = []
    for t in c.things:
        beside = [o for o in c.things if o is not t and o.top <= t.bottom and o.bottom >= t.top]
        below = [o for o in c.things if o is not t and o.left <= t.right and o.right >= t.left]
        across = any(o.right < t.left for o in beside) and any(o.left > t.right for o in beside)
        down = any(o.bottom < t.top for o in below) and any(o.top > t.bottom for o in below)
        found.append(int(across or down))
    return found


def _remote(c: Crowd) -> Sequence[int]:
    """1 for the things whose nearest other is farthest away."""
    if len(c.things) < 2:
        return [0] * len(c.things)
    away = c.gaps.min(axis=1)
    return [int(a == away.max()) for a in away]


def _with_rare(c: Crowd) -> np.ndarray:
    """Which things have a cell of the grid's rarest colour."""
    return np.array(c.values("hasrare"), bool)


def _nearest_rare(c: Crowd) -> Sequence[int]:
    """1 for the other things that are nearest to one with the rarest colour; 2 for such a one itself."""
    rare = _with_rare(c)
    if not rare.any() or rare.all():
        return [0] * len(c.things)
    away = np.where(rare, 999, c.gaps[:, rare].min(axis=1))
    return [2 if r else int(a == away.min()) for r, a in zip(rare, away, strict=True)]


def _in_line_with_rare(c: Crowd) -> Sequence[int]:
    """1 for the other things straight beside one with the rarest colour; 2 for such a one itself."""
    rare = _with_rare(c)
    marks = [t for t, r in zip(c.things, rare, strict=True) if r]
    return [
        2
        if r
        else int(
            any((o.top <= t.bottom and o.bottom >= t.top) or (o.left <= t.right and o.right >= t.left) for o in marks)
        )
        for t, r in zip(c.things, rare, strict=True)
    ]


def _turn_symmetric(t: Thing) -> int:
    """2 for what looks the same after a quarter turn, 1 after half a turn."""
    half = bool((t.cells == t.cells[::-1, ::-1]).all())
    quarter = t.height == t.width and bool((t.cells == np.rot90(t.cells)).all())
    return int(half) + int(quarter)


def _room(t: Thing) -> int:
    """The number of enclosed cells."""
    return int(enclosed(t.cells).sum()) if min(t.cells.shape) > 2 else 0


def bends(t: Thing) -> int:
    """How often a thing is bent: squares of two by two cells of which it has three."""
    mask = (t.cells != 0).astype(np.uint8)
    return int((mask[1:, 1:] + mask[:-1, 1:] + mask[1:, :-1] + mask[:-1, :-1] == 3).sum())


def ends(t: Thing) -> int:
    """How many of its cells have no more than one neighbour in it, sides alone."""
    mask = np.pad((t.cells != 0).astype(np.uint8), 1)
    near = mask[2:, 1:-1] + mask[:-2, 1:-1] + mask[1:-1, 2:] + mask[1:-1, :-2]
    return int((near[mask[1:-1, 1:-1] > 0] <= 1).sum())


def _hub(c: Crowd) -> Sequence[int]:
    """2 for things that touch several others, more than any of these does, 1 for others that touch something, 0 for the
    rest."""
    touching = contacts(c)
    counts = touching.sum(axis=1)
    return [int(n > 0) + int(n > 1 and n > max(counts[row])) for n, row in zip(counts, touching, strict=True)]


# By name: what is measured, and its cost in bits.
PROPERTIES |= {
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
    "shape": (_each(turned_mask_of), 3.5),
    "view": (_each(mask_of), 4.0),
    "form": (_each(scaled_turned_mask_of), 4.5),
    "twins": (_count(mask_of), 3.5),
    "alone": (lambda c: [int(v == 1) for v in c.values("twins")], 3.0),
    "turnedtwins": (_count(turned_mask_of), 4.0),
    "commonshape": (_common(turned_mask_of), 3.5),
    "samecells": (_count(lambda t: (t.cells.shape, t.cells.tobytes())), 4.0),
    "samecolour": (_count(ink_of), 4.0),
    "commoncolour": (_common(ink_of), 3.5),
    "samesize": (_count(_size), 4.0),
    "mirrored": (_each(_mirrored), 4.0),
    "diagonal": (_each(diagonally_mirrored), 4.5),
    "symmetric": (_each(lambda t: int(_mirrored(t) > 0)), 3.5),
    "colours": (_each(lambda t: len(np.unique(t.cells[t.cells != 0]))), 3.0),
    "rarest": (_ink("rarest"), 3.0),
    "specks": (_each(specks), 3.5),
    "mostspecks": (_best(specks), 3.0),
    "mostcolours": (_best(lambda t: len(np.unique(t.cells[t.cells != 0]))), 3.0),
    "height": (_each(lambda t: t.height), 3.5),
    "width": (_each(lambda t: t.width), 3.5),
    "heightrank": (_rank(lambda t: t.height), 4.0),
    "widthrank": (_rank(lambda t: t.width), 4.0),
    "tallest": (_best(lambda t: t.height), 3.5),
    "shortest": (_best(lambda t: -t.height), 3.5),
    "widest": (_best(lambda t: t.width), 3.5),
    "narrowest": (_best(lambda t: -t.width), 3.5),
    "highest": (_best(lambda t: -t.top), 3.5),
    "lowest": (_best(lambda t: t.bottom), 3.5),
    "leftmost": (_best(lambda t: -t.left), 3.5),
    "rightmost": (_best(lambda t: t.right), 3.5),
    "touches": (_has("touching"), 3.0),
    "touching": (_ink("touching"), 3.5),
    "holds": (lambda c: [int(row.any()) for row in inside(c)], 3.0),
    "held": (lambda c: [int(column.any()) for column in inside(c).T], 3.0),
    "inner": (_ink("inner"), 3.5),
    "outer": (_ink("outer"), 3.5),
    "near": (_ink("near"), 4.0),
    "hastwin": (_has("turnedtwin"), 4.0),
    "twin": (_ink("twin"), 4.5),
    "fromleft": (_rank(lambda t: -t.left), 4.0),
    "fromtop": (_rank(lambda t: -t.top), 4.0),
    "likespeck": (_like("speck"), 3.5),
    "likeorigin": (_like("origin"), 4.0),
    "likerare": (_like("rare"), 3.0),
    "haslarger": (_has_larger, 3.5),
    "inlinewithkin": (_in_line_with_kin, 4.0),
    "upper": (lambda c: [_side(t, *c.cells.shape)[0] for t in c.things], 4.0),
    "righter": (lambda c: [_side(t, *c.cells.shape)[1] for t in c.things], 4.0),
    "odd": (_each(lambda t: t.size % 2), 5.0),
    "oddheight": (_each(lambda t: t.height % 2), 4.5),
    "oddwidth": (_each(lambda t: t.width % 2), 4.5),
    "hasrare": (_has_rare, 3.5),
    "nearestrare": (_nearest_rare, 4.0),
    "crossrare": (_crossed_by_rare, 4.5),
    "crossloners": (_crossed_by_loners, 4.6),
    "haslinemark": (_has_line_mark, 3.5),
    "inlinewithrare": (_in_line_with_rare, 4.5),
    "central": (_central, 4.0),
    "between": (_between, 4.0),
    "remote": (_remote, 4.5),
    "turnsymmetric": (_each(_turn_symmetric), 4.5),
    "room": (_each(_room), 4.0),
    "roomiest": (_best(_room), 4.0),
    "fullest": (_best(lambda t: 1000 * t.size // (t.height * t.width)), 4.0),
    "emptiest": (_best(lambda t: -1000 * t.size // (t.height * t.width)), 4.5),
    "commonsize": (_common(_size), 4.0),
    "bends": (_each(bends), 4.0),
    "ends": (_each(ends), 4.0),
    "parts": (_each(lambda t: len(things(t.cells, "side"))), 4.0),
    "mostparts": (_best(lambda t: len(things(t.cells, "side"))), 4.0),
    "fewestparts": (_best(lambda t: -len(things(t.cells, "side"))), 4.5),
    "gaps": (_each(lambda t: t.height * t.width - t.size), 4.5),
    **MORE,
    "hub": (_hub, 4.0),
    **TURNS,
    **SAID,
    **INMATES,
    **HOPS,
    **OPEN,
    **KEYED,
    **SURROUNDED,
    **LIT,
    **AMONG,
    **DRAWN,
    **HELD_LIKE,
    **SIGNED,
    **FILLED,
    **SHOT,
    **STRUCK,
    **CROSSED,
    **FACING,
    **EXTREMES,
    **AMONG_OTHERS,
    "holdskin": (lambda c: holds_kin(c.cells, c.things), 4.0),
    "planned": (_ink("planned"), 4.5),
    "peer": (_ink("peer"), 4.5),
    "planodd": (lambda c: plan_odd(c.cells, c.things), 4.0),
    **PARTNERED,
    **VIA,
    **AFAR,
}
# Those that only say yes or no: two of them together may be one property.
YES_OR_NO = (
    "largest", "smallest", "single", "holed", "bordering", "square", "full", "line", "alone", "commonshape",
    "commoncolour", "symmetric", "touches", "holds", "held", "hastwin", "haslarger", "inlinewithkin", "hasrare",
    "between", "shut", "close", "wide",
)  # fmt: skip
# These and the colour may be one property: things of that colour of which it is so.
OF_A_COLOUR = (*YES_OR_NO, *SAID, "holders", "holes", "oddinrow", "oddincolumn", "oddinpanel", "bends")
# These say what a key does; what it says may depend on what such a one says of each thing.
KEY_NAMES = tuple(KEYS)


# Those of which a rule may say that they are more than a number, with the bits of that.
MEASURED, OVER_BITS = ("size", "height", "width", "gaps", "slant"), 2.5
_OVER = re.compile(rf"({'|'.join(MEASURED)}){OVER}\d{{1,3}}")


def is_property(word: str) -> bool:
    """Whether `word` is a property, two that say yes or no, joined by _, or the colour or a key and such a one,
    or whether one is more than a number."""
    parts = word.split("_")
    pair = len(parts) == 2 and parts[0] != parts[1] and all(p in YES_OR_NO for p in parts)
    pair |= len(parts) == 2 and parts[0] in ("colour", *KEY_NAMES) and parts[1] in OF_A_COLOUR
    return word in PROPERTIES or pair or _OVER.fullmatch(word) is not None


def property_cost(word: str) -> float:
    """Bits of a property; two cost more than both."""
    if _OVER.fullmatch(word):
        return PROPERTIES[word.partition(OVER)[0]][1] + OVER_BITS
    return sum(PROPERTIES[p][1] for p in word.split("_")) + 2.0 * word.count("_")


def thresholds(crowds: Sequence[Crowd]) -> Iterator[str]:
    """The properties that say that a measure is more than a number, where it takes three values at least."""
    for name in MEASURED:
        values = sorted({v for c in crowds for v in c.values(name)})
        if 3 <= len(values) <= MOST_VALUES:
            yield from (f"{name}{OVER}{v}" for v in values[:-1])
