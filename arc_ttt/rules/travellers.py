"""What flies off in a grid: marks and lines, each with its way and the colours of its trail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from arc_ttt.rules.fronts import cycle
from arc_ttt.rules.language import Kind
from arc_ttt.rules.places import DIRECTIONS, SLANTS, inside
from arc_ttt.rules.things import Thing, rarest_ink, things
from arc_ttt.types import Cells

# From the left or right border aslant into the grid.
_LEANING = {"slantup": -1, "slantdown": 1}
_ASLANT = {f"slant{name}": way for name, way in SLANTS.items()}
# Where to: a fixed direction; from the border on which it lies inwards, or only from that with most marks; as a line
# that begins at the border goes on; to where the end of another colour of a line points, which flies on, or only
# shoots; as a line of several colours goes on, from the border or to where it meets something; aslant; or as slanting
# lines go on, away from the border or to where they meet something.
AIM = Kind(
    "aim",
    (
        *DIRECTIONS,
        "inwards",
        "fromside",
        "onwards",
        "headlong",
        "nose",
        "train",
        "towards",
        "slanting",
        *_LEANING,
        *_ASLANT,
    ),
)
_LINED = ("onwards", "headlong", "nose", "train", "towards", "slanting")
# Those that are known by their trails alone.
TRACED = ("train", "towards", "slanting", *_LEANING, *_ASLANT)
_MOST_LENGTH, _MOST_TRAIN = 4, 10


class Traveller(NamedTuple):
    """Where it starts, how it goes, its colour, and those of its trail, which come again and again."""

    at: tuple[int, int]
    way: tuple[int, int]
    colour: int
    inks: tuple[int, ...]

    @property
    def ink(self) -> int:
        return self.inks[0]


def _outside(cells: Cells, r: int, c: int) -> bool:
    return r in (0, cells.shape[0] - 1) or c in (0, cells.shape[1] - 1)


def _straight(t: Thing) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The ends of a thing that is a straight line, also aslant."""
    n = max(t.cells.shape)
    if t.size != n or n < 2:
        return None
    if min(t.cells.shape) == 1:
        return (0, 0), (t.height - 1, t.width - 1)
    if t.height != t.width:
        return None
    if t.cells.diagonal().all():
        return (0, 0), (n - 1, n - 1)
    return ((0, n - 1), (n - 1, 0)) if t.cells[:, ::-1].diagonal().all() else None


def _lines(cells: Cells, source: int | str, aim: str) -> Iterator[Traveller]:
    """The travellers that are lines, each with its end ahead."""
    if aim == "slanting":
        yield from _slanting(cells, source)
        return
    for t in things(cells, "corner" if aim == "onwards" else "mixed"):
        ends = _straight(t)
        if ends is None:
            continue
        if aim in ("train", "towards"):
            train = _train(cells, t, ends, aim) if t.size <= _MOST_TRAIN and source == "any" else None
            if train is not None:
                yield train
            continue
        if aim == "onwards":
            if t.size > _MOST_LENGTH or source not in ("any", t.colour):
                continue
            out = [_outside(cells, t.top + r, t.left + c) for r, c in ends]
            if out[0] == out[1]:
                continue
            head = int(out[0])
        else:
            inks = [int(t.cells[e]) for e in ends]
            rest = [sum(int(v == i) for v in t.cells[t.cells != 0]) for i in inks]
            heads = [k for k in (0, 1) if rest[k] == 1 and rest[1 - k] == t.size - 1 and source in ("any", inks[k])]
            if len(heads) != 1:
                continue
            head = heads[0]
        (r, c), (y, x) = ends[head], ends[1 - head]
        way = int(np.sign(r - y)), int(np.sign(c - x))
        yield Traveller(
            (t.top + r, t.left + c), way, int(t.cells[r, c]), (int(t.cells[(y, x) if aim == "headlong" else (r, c)]),)
        )


def _train(cells: Cells, t: Thing, ends: tuple[tuple[int, int], tuple[int, int]], aim: str) -> Traveller | None:
    """A line of several colours that goes on with them: away from the border at which one end of it is, or to the one
    side where something lies ahead."""
    places = [(t.top + r, t.left + c) for r, c in ends]
    (r, c), (y, x) = places
    way = int(np.sign(r - y)), int(np.sign(c - x))
    if aim == "train":
        ahead = [not _outside(cells, *p) for p in places]
    else:
        ahead = [_meets(cells, places[k], (way[0] * s, way[1] * s)) for k, s in ((0, 1), (1, -1))]
    if ahead[0] == ahead[1]:
        return None
    if ahead[1]:
        (r, c), (y, x), way = (y, x), (r, c), (-way[0], -way[1])
    colours = [int(cells[y + k * way[0], x + k * way[1]]) for k in range(t.size)]
    period = cycle(colours)
    if period == 1:
        return None
    inks = tuple(colours[(t.size + k) % period] for k in range(period))
    return Traveller((r, c), way, colours[-1], inks)


def _slanting(cells: Cells, source: int | str) -> Iterator[Traveller]:
    """A slanting line of one colour goes on: away from the border at which one end of it is, else to the one side where
    something lies ahead, else both ways."""
    for t in things(cells, "corner"):
        ends = _straight(t) if 1 < t.height == t.width <= _MOST_TRAIN and source in ("any", t.colour) else None
        if ends is None:
            continue
        (r, c), (y, x) = places = [(t.top + i, t.left + k) for i, k in ends]
        way = int(np.sign(r - y)), int(np.sign(c - x))
        ways = [way, (-way[0], -way[1])]
        ahead = [not _outside(cells, *p) for p in places]
        if ahead[0] == ahead[1]:
            ahead = [_meets(cells, p, w) for p, w in zip(places, ways, strict=True)]
        for place, w, goes in zip(places, ways, ahead, strict=True):
            if goes or ahead[0] == ahead[1]:
                yield Traveller(place, w, t.colour, (t.colour,))


def _meets(cells: Cells, at: tuple[int, int], way: tuple[int, int]) -> bool:
    """Whether something lies straight ahead, a cell away or more."""
    r, c = at[0] + way[0], at[1] + way[1]
    while inside(cells, r, c):
        if cells[r, c]:
            return True
        r, c = r + way[0], c + way[1]
    return False


def _pushed(cells: Cells, source: int) -> Iterator[Traveller]:
    """Cells of a colour with one coloured cell beside them: away from it."""
    padded = np.pad(cells, 1)
    for r, c in np.argwhere(cells == source).tolist():
        near = np.argwhere(padded[r : r + 3, c : c + 3]) - 1
        near = near[near.any(axis=1)]
        if len(near) == 1:
            yield Traveller((r, c), (-int(near[0][0]), -int(near[0][1])), source, (source,))


def travellers(cells: Cells, source: int | str, aim: str) -> list[Traveller]:
    """Those of a colour (or any) that fly off in a way; none where there is no telling."""
    if source == "rare":
        source = rarest_ink(cells)
    if min(cells.shape) < 2 or not source:
        return []
    if aim in _LINED:
        found = list(_lines(cells, source, aim))
        return found if found or aim != "nose" or source == "any" else list(_pushed(cells, int(source)))
    at = [(int(r), int(c)) for r, c in np.argwhere((cells != 0) if source == "any" else (cells == source))]
    fixed = DIRECTIONS.get(aim) or _ASLANT.get(aim)
    if fixed and source != "any":
        return [_mark(cells, p, fixed) for p in at]
    return _leaning(cells, at, aim) if aim in _LEANING else _from_border(cells, at, aim, fixed)


def _mark(cells: Cells, at: tuple[int, int], way: tuple[int, int]) -> Traveller:
    return Traveller(at, way, int(cells[at]), (int(cells[at]),))


def _leaning(cells: Cells, at: list[tuple[int, int]], aim: str) -> list[Traveller]:
    """Marks at the left or right border that fly aslant into the grid."""
    found, last = [], cells.shape[1] - 1
    for r, c in at:
        right = 1 if c == 0 else -1 if c == last else 0
        if right and cells[r, c + right] != cells[r, c]:
            found.append(_mark(cells, (r, c), (_LEANING[aim], right)))
    return found


def _from_border(cells: Cells, at: list[tuple[int, int]], aim: str, fixed: tuple[int, int] | None) -> list[Traveller]:
    """Marks at the border that fly straight into the grid, or those that fly in a fixed way."""
    ahead = list(DIRECTIONS.values()) if fixed is None else [fixed]
    found: list[Traveller] = []
    for r, c in sorted(at, key=lambda p: p[0] in (0, len(cells) - 1) and p[1] in (0, cells.shape[1] - 1)):
        ways = [w for w in ahead if not inside(cells, r - w[0], c - w[1])]
        if len(ways) == 2:  # in a corner: as most others do
            ways = [max(ways, key=lambda w: sum(t.way == w for t in found))] if found else []
        # What reaches inwards from the border is no mark.
        y, x = (r + ways[0][0], c + ways[0][1]) if len(ways) == 1 else (-1, -1)
        if inside(cells, y, x) and cells[y, x] != cells[r, c]:
            found.append(_mark(cells, (r, c), ways[0]))
    if aim == "fromside" and found:
        counts = Counter(t.way for t in found).most_common()
        if len(counts) > 1 and counts[0][1] == counts[1][1]:
            return []
        found = [t for t in found if t.way == counts[0][0]]
    return found
