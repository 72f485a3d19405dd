"""Grid → all its things (or panels, rooms, parts) at once, with what is said of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from arc_ttt.rules.brackets import brackets
from arc_ttt.rules.chambers import chambers
from arc_ttt.rules.chosen import PARTS, parts_of
from arc_ttt.rules.divided import DIVIDED
from arc_ttt.rules.language import LINK, Kind
from arc_ttt.rules.plans import places
from arc_ttt.rules.plates import plates
from arc_ttt.rules.things import Thing, colours, things
from arc_ttt.rules.work import uncounted, worked
from arc_ttt.types import MAX_SIDE, Cells

# More things than this are noise.
MOST_THINGS = 60
_WORK = 0.07  # of a number for a thing, in the units of `work`
# The number that marks the cells of a room: it is no colour.
ROOM = 10
# Members that are seldom meant, with their bits: where others explain all, these are not looked at.
FAR_MEMBERS = {
    "clumps": 1.0, "loose": 3.0, "rows": 4.0, "columns": 4.0, "dense": 2.0, "rowspans": 3.0, "columnspans": 3.0,
    "rowruns": 3.0, "columnruns": 3.0, "everything": 1.0, "places": 1.0, "sections": 2.0, "quarters": 2.0,
    "ringed": 2.0, "centres": 2.0, "groups": 2.0, "plates": 2.0, "chambers": 2.0,
    "tiers": 2.0, "flanks": 2.0, "thirds": 2.5,
}  # fmt: skip
# Between a property and the number that it must exceed.
OVER = "over"
# What the members of a crowd are: things by a link, the regions of the background, or the parts of a grid.
_OTHERS = tuple(p for p in PARTS.values if p not in ("things", "lumps", "pieces"))
MEMBERS = Kind("members", (*LINK.values, "rooms", "colours", "quads", "brackets", *_OTHERS, *FAR_MEMBERS))


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


def _loose(cells: Cells) -> tuple[Thing, ...]:
    """Cells of one colour that are no more than two cells apart, each way, as one thing."""
    found = []
    for colour in colours(cells):
        mask = cells == colour
        if 2 * np.count_nonzero(mask) > mask.size:
            return ()
        # Each cell also takes the one to its right, below and between: those that are two apart touch.
        grown = np.pad(mask, ((0, 1), (0, 1)))
        grown[1:] |= grown[:-1].copy()
        grown[:, 1:] |= grown[:, :-1].copy()
        for t in things(grown.astype(np.uint8), "corner"):
            box = mask[t.box]
            part = (t.cells[: box.shape[0], : box.shape[1]] != 0) & box
            r, c = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
            box = part[r[0] : r[-1] + 1, c[0] : c[-1] + 1].astype(np.uint8) * np.uint8(colour)
            found.append(Thing(t.top + int(r[0]), t.left + int(c[0]), box))
    return tuple(found)


def _groups(cells: Cells) -> tuple[Thing, ...]:
    """Cells of any colours with no more than two others between, each way, as one thing."""
    mask = cells != 0
    if 3 * np.count_nonzero(mask) > mask.size:
        return ()
    # Each cell also takes those up to two to its right and below: those that are three apart touch.
    tall = np.pad(mask, ((0, 2), (0, 0))) | np.pad(mask, ((1, 1), (0, 0))) | np.pad(mask, ((2, 0), (0, 0)))
    grown = np.pad(tall, ((0, 0), (0, 2))) | np.pad(tall, ((0, 0), (1, 1))) | np.pad(tall, ((0, 0), (2, 0)))
    found = []
    for t in things(grown.astype(np.uint8), "corner"):
        box = cells[t.box]
        part = np.where(t.cells[: box.shape[0], : box.shape[1]] != 0, box, 0).astype(np.uint8)
        r, c = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
        if len(r):
            cut = np.ascontiguousarray(part[r[0] : r[-1] + 1, c[0] : c[-1] + 1])
            found.append(Thing(t.top + int(r[0]), t.left + int(c[0]), cut))
    return tuple(found)


def _lines(cells: Cells, across: bool) -> tuple[Thing, ...]:
    """The rows (columns) of the grid as things."""
    lines = cells if across else cells.T
    return tuple(
        Thing(i if across else 0, 0 if across else i, np.ascontiguousarray(line[None] if across else line[:, None]))
        for i, line in enumerate(lines)
    )


def _spans(cells: Cells, across: bool) -> tuple[Thing, ...]:
    """What lies between the first and the last coloured cell of each row (column) that has two and more."""
    lines = cells if across else cells.T
    found = []
    for i, line in enumerate(lines):
        at = np.flatnonzero(line)
        if len(at) > 1:
            part = line[at[0] : at[-1] + 1]
            top, left = (i, int(at[0])) if across else (int(at[0]), i)
            found.append(Thing(top, left, np.ascontiguousarray(part[None] if across else part[:, None])))
    return tuple(found)


def _runs(cells: Cells, across: bool) -> tuple[Thing, ...]:
    """The cells of one colour side by side in a row (column), as many as there are together."""
    lines = cells if across else cells.T
    if np.count_nonzero(cells) > MOST_THINGS * MAX_SIDE // 2:
        return ()
    found = []
    for i, line in enumerate(lines):
        edges = [0, *(np.flatnonzero(line[1:] != line[:-1]) + 1).tolist(), len(line)]
        for a, b in pairwise(edges):
            if line[a]:
                part = line[a:b]
                top, left = (i, a) if across else (a, i)
                found.append(Thing(top, left, np.ascontiguousarray(part[None] if across else part[:, None])))
        if len(found) > MOST_THINGS:
            return ()
    return tuple(found)


def _everything(cells: Cells) -> tuple[Thing, ...]:
    """All that is coloured as one thing."""
    rows, columns = np.flatnonzero(cells.any(axis=1)), np.flatnonzero(cells.any(axis=0))
    if not len(rows):
        return ()
    box = cells[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return (Thing(int(rows[0]), int(columns[0]), np.ascontiguousarray(box)),)


# What a cell of another colour counts against a rectangle of one, and the fewest cells that such a one has.
_OTHERS_COUNT, _FEWEST_DENSE = 3, 12


def _dense(cells: Cells) -> tuple[Thing, ...]:
    """For each colour the rectangle that has most of it and little else, where other colours lie all around it."""
    if 4 * np.count_nonzero(cells) < 3 * cells.size:
        return ()
    found = []
    for colour in colours(cells):
        if np.count_nonzero(cells == colour) >= _FEWEST_DENSE:
            box = _densest(np.where(cells == colour, 1, -_OTHERS_COUNT))
            part = cells[box]
            if _FEWEST_DENSE <= part.size < 0.8 * cells.size and min(part.shape) > 2:
                found.append(Thing(box[0].start, box[1].start, np.ascontiguousarray(part)))
    return tuple(found)


def _densest(worth: np.ndarray) -> tuple[slice, slice]:
    """The rectangle with the greatest sum."""
    rows, columns = worth.shape
    above = np.concatenate([np.zeros((1, columns), int), np.cumsum(worth, axis=0)])
    top, end = np.triu_indices(rows + 1, 1)
    sums = np.concatenate([np.zeros((len(top), 1), int), np.cumsum(above[end] - above[top], axis=1)], axis=1)
    least = np.minimum.accumulate(sums, axis=1)
    pair, right = np.unravel_index(int((sums - least).argmax()), sums.shape)
    left = int(sums[pair, : right + 1].argmin())
    return slice(int(top[pair]), int(end[pair])), slice(left, int(right))


# What is said of the things of a crowd, by name, a number for each: colours that are associated with it (filled by
# `sources`), and properties with their cost in bits (by `properties`).
SOURCES: dict[str, Callable[[Crowd], Sequence[int]]] = {}
PROPERTIES: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {}


def _quads(cells: Cells) -> tuple[Thing, ...]:
    """Rectangles of which no more than the four corners have a colour; those within which there is none of them."""
    found = []
    for colour in colours(cells):
        rows, columns = np.nonzero(cells == colour)
        marks = set(zip(rows.tolist(), columns.tolist(), strict=True))
        if not 4 <= len(marks) <= 40:
            continue
        for r, c in sorted(marks):
            right = min((k for i, k in marks if i == r and k > c), default=c)
            down = min((i for i, k in marks if k == c and i > r), default=r)
            if right - c > 1 and down - r > 1 and (down, right) in marks:
                box = (cells[r : down + 1, c : right + 1] == colour).astype(np.uint8) * np.uint8(colour)
                if np.count_nonzero(box) == 4:
                    found.append(Thing(r, c, box))
    return tuple(found)


_MADE: dict[str, Callable[[Cells], tuple[Thing, ...]]] = {
    "rooms": _rooms,
    "quads": _quads,
    "brackets": brackets,
    "colours": _colours,
    "clumps": lambda cells: things(cells, "clump"),
    "everything": _everything,
    "loose": _loose,
    "places": places,
    "groups": _groups,
    "dense": _dense,
    "rows": lambda cells: _lines(cells, True),
    "columns": lambda cells: _lines(cells, False),
    "rowspans": lambda cells: _spans(cells, True),
    "columnspans": lambda cells: _spans(cells, False),
    "rowruns": lambda cells: _runs(cells, True),
    "columnruns": lambda cells: _runs(cells, False),
    "plates": plates,
    "chambers": chambers,
    **DIVIDED,
}


class Crowd:
    """The things of a grid by one link; `values(name)` and `inks(name)` have one number for each of them."""

    def __init__(self, cells: Cells, link: str) -> None:
        self.cells = cells
        if link in _MADE:
            self.things = _MADE[link](cells)
        elif link in LINK.values:
            self.things = things(cells, link)
        else:
            self.things = parts_of(cells, link)
        self.link = link
        self._values: dict[str, list[int]] = {}
        self._inks: dict[str, list[int]] = {}
        self._named: list[dict[int, list[str]]] = []
        self._gaps: np.ndarray | None = None

    def values(self, name: str) -> list[int]:
        """The property `name` of each thing; of two joined by _, ten times the first plus the second (9 at most);
        `sizeover3` says whether the first is more."""
        worked(_WORK * len(self.things))
        if name not in self._values:
            first, _, second = name.partition("_")
            base, over, most = name.partition(OVER)
            if over:
                with uncounted():
                    self._values[name] = [int(v > int(most)) for v in self.values(base)]
            elif second:
                with uncounted():
                    pairs = zip(self.values(first), self.values(second), strict=True)
                self._values[name] = [10 * a + min(b, 9) for a, b in pairs]
            else:
                with uncounted():
                    self._values[name] = [int(v) for v in PROPERTIES[name][0](self)]
        return self._values[name]

    def inks(self, name: str) -> list[int]:
        """The colour that `name` says of each thing; 0 where there is none."""
        worked(_WORK * len(self.things))
        if name not in self._inks:
            with uncounted():
                self._inks[name] = [int(v) % ROOM for v in SOURCES[name](self)]
        return self._inks[name]

    def named(self, i: int) -> dict[int, list[str]]:
        """The sources that say each colour of thing `i`."""
        if not self._named:
            named: list[dict[int, list[str]]] = [{} for _ in self.things]
            with uncounted():
                for source in SOURCES:
                    for names, colour in zip(named, self.inks(source), strict=True):
                        names.setdefault(colour, []).append(source)
            self._named = named
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
