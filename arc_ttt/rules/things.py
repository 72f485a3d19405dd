"""Grid → its things: connected components, what can be measured on them, and selectors that choose among them.

Colour 0 is the background everywhere in `arc_ttt.rules`; a rule that wants another one renames the colours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from arc_ttt.rules.language import Kind
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells


@dataclass(frozen=True, eq=False)
class Thing:
    """A component: its bounding box `cells` (rows, columns), 0 outside of it, whose first cell is (top, left)."""

    top: int
    left: int
    cells: Cells

    @cached_property
    def height(self) -> int:
        return int(self.cells.shape[0])

    @cached_property
    def width(self) -> int:
        return int(self.cells.shape[1])

    @cached_property
    def bottom(self) -> int:
        return self.top + self.height - 1

    @cached_property
    def right(self) -> int:
        return self.left + self.width - 1

    @cached_property
    def size(self) -> int:
        return int(np.count_nonzero(self.cells))

    @cached_property
    def colour(self) -> int:
        """The colour of most of its cells."""
        return int(np.bincount(self.cells[self.cells != 0]).argmax())

    @cached_property
    def middle(self) -> tuple[int, int]:
        return (self.top + self.bottom) // 2, (self.left + self.right) // 2

    @cached_property
    def form(self) -> tuple[tuple[int, ...], bytes]:
        """The same for all things of one shape."""
        return self.cells.shape, (self.cells != 0).tobytes()

    @cached_property
    def box(self) -> tuple[slice, slice]:
        return slice(self.top, self.top + self.height), slice(self.left, self.left + self.width)

    def mask(self, shape: tuple[int, ...]) -> np.ndarray:
        """(rows, columns) bool: its cells in a grid of this shape."""
        mask = np.zeros(shape, bool)
        mask[self.box] = self.cells != 0
        return mask

    def within(self, box: tuple[slice, slice]) -> bool:
        """Whether it lies in a part of the grid, wholly."""
        down, across = box
        inside: bool = down.start <= self.top and self.bottom < down.stop
        return inside and bool(across.start <= self.left and self.right < across.stop)


def turned_form(t: Thing) -> tuple[tuple[int, ...], bytes]:
    """The same for all turns and mirror images of a shape."""
    return _turned_form((t.cells != 0).tobytes(), t.width)


@lru_cache(maxsize=4096)
def _turned_form(raw: bytes, width: int) -> tuple[tuple[int, ...], bytes]:
    mask = np.frombuffer(raw, bool).reshape(-1, width)
    views = [m[::a, ::b] for m in (mask, mask.T) for a in (1, -1) for b in (1, -1)]
    return min((v.shape, v.tobytes()) for v in views)


def numbered(group: Sequence[Thing], shape: tuple[int, ...]) -> np.ndarray:
    """(rows, columns) int16: the number, from 1 on, of the thing that a cell of a grid of this shape is of; 0 for none,
    the last one where there are several."""
    numbers = np.zeros(shape, np.int16)
    for n, t in enumerate(group, 1):
        np.copyto(numbers[t.box], n, where=t.cells != 0)
    return numbers


def grown(mask: np.ndarray) -> np.ndarray:
    """A mask with all cells around its own."""
    tall = mask.copy()
    tall[1:] |= mask[:-1]
    tall[:-1] |= mask[1:]
    wide = tall.copy()
    wide[:, 1:] |= tall[:, :-1]
    wide[:, :-1] |= tall[:, 1:]
    return wide


def with_sides(mask: np.ndarray) -> np.ndarray:
    """A mask with the cells at the sides of its own."""
    out = mask.copy()
    out[1:] |= mask[:-1]
    out[:-1] |= mask[1:]
    out[:, 1:] |= mask[:, :-1]
    out[:, :-1] |= mask[:, 1:]
    return out


def touching(t: Thing, corners: bool = False) -> np.ndarray:
    """In a thing's box, with one more cell at each side, the cells that touch it by a side (or also by a corner)."""
    mask = np.pad(t.cells != 0, 1)
    around: np.ndarray = (grown if corners else with_sides)(mask) & ~mask
    return around


def things(cells: Cells, link: str) -> tuple[Thing, ...]:
    """The components of `cells`, by their first cell in reading order.

    `link`: cells of one colour that touch by a "side", or also by a "corner"; "mixed": touching cells of any colour,
    "clump": those that touch by a side.
    """
    worked(0)
    return _things(cells.tobytes(), cells.shape[1], link)


@lru_cache(maxsize=512)
def _things(raw: bytes, width: int, link: str) -> tuple[Thing, ...]:
    # A frame of background cells spares the bounds checks; positions are numbers in one flat array.
    height, stride = len(raw) // width, width + 2
    left = bytearray((height + 2) * stride)
    for r in range(height):
        left[(r + 1) * stride + 1 : (r + 1) * stride + 1 + width] = raw[r * width : (r + 1) * width]
    sides = (1, -1, stride, -stride)
    moves = sides if link in ("side", "clump") else (*sides, stride + 1, stride - 1, -stride + 1, -stride - 1)
    mixed = link in ("mixed", "clump")
    found = []
    for start, colour in enumerate(left):
        if not colour:
            continue
        members, stack = [(start, colour)], [start]
        left[start] = 0
        while stack:
            at = stack.pop()
            for move in moves:
                other = left[at + move]
                if other and (mixed or other == colour):
                    members.append((at + move, other))
                    stack.append(at + move)
                    left[at + move] = 0
        where, colours = np.array(members).T
        rows, columns = where // stride - 1, where % stride - 1
        top, first = int(rows.min()), int(columns.min())
        box = np.zeros((int(rows.max()) - top + 1, int(columns.max()) - first + 1), np.uint8)
        box[rows - top, columns - first] = colours
        box.flags.writeable = False
        found.append(Thing(top, first, box))
    return tuple(found)


def enclosed(cells: Cells) -> np.ndarray:
    """(rows, columns) bool: background cells that no path of background cells joins to the border."""
    inside: np.ndarray = (cells == 0) & ~reached(cells == 0, border(cells.shape))
    return inside


def reached(free: np.ndarray, start: np.ndarray) -> np.ndarray:
    """(rows, columns) bool: the cells of `free` that a path of sides within `free` joins to `start`."""
    now: np.ndarray = free & start
    while True:
        more = with_sides(now) & free
        if (more == now).all():
            return now
        now = more


def border(shape: tuple[int, ...]) -> np.ndarray:
    """(rows, columns) bool: the outermost cells of a grid of this shape."""
    mask = np.ones(shape, bool)
    mask[1:-1, 1:-1] = False
    return mask


def holes(thing: Thing) -> int:
    """The number of enclosed regions."""
    if min(thing.cells.shape) < 3:
        return 0
    return len(things(np.ascontiguousarray(enclosed(thing.cells), dtype=np.uint8), "side"))


def diagonally_mirrored(t: Thing) -> int:
    """How many of the two diagonals a square is mirrored about."""
    if t.height != t.width:
        return 0
    return int((t.cells == t.cells.T).all()) + int((t.cells == t.cells[::-1, ::-1].T).all())


def colours(cells: Cells) -> list[int]:
    """Its colours but the background, in order of their numbers."""
    return [int(c) for c in np.flatnonzero(np.bincount(cells.ravel(), minlength=10)) if c]


def rarest_ink(cells: Cells) -> int:
    """The colour of the fewest cells; 0 where two have as few, or there is one only."""
    counts = np.bincount(cells.ravel(), minlength=10)[1:]
    present = counts[counts > 0]
    if len(present) < 2 or (present == present.min()).sum() > 1:
        return 0
    return int(np.flatnonzero(counts == present.min())[0]) + 1


def paste(canvas: Cells, cells: Cells, top: int, left: int) -> None:
    """Paint the non-background cells of `cells` into `canvas` from (top, left) on, cut off at the border."""
    rows, columns = canvas.shape
    part = cells[max(0, -top) : max(0, rows - top), max(0, -left) : max(0, columns - left)]
    top, left = max(0, top), max(0, left)
    target = canvas[top : top + part.shape[0], left : left + part.shape[1]]
    np.copyto(target, part, where=part != 0)


def shifted(cells: Cells, down: int, right: int) -> Cells:
    """The grid so far down and to the right: what leaves it is lost."""
    out = np.zeros_like(cells)
    paste(out, cells, down, right)
    return out


_Shape = tuple[int, ...]
_EXTREMES: dict[str, Callable[[Thing], int]] = {
    "largest": lambda t: t.size,
    "smallest": lambda t: -t.size,
    "tallest": lambda t: t.height,
    "widest": lambda t: t.width,
    "highest": lambda t: -t.top,
    "lowest": lambda t: t.bottom,
    "leftmost": lambda t: -t.left,
    "rightmost": lambda t: t.right,
    "most_holes": holes,
    "most_colours": lambda t: len(colours(t.cells)),
}
_TESTS: dict[str, Callable[[Thing, _Shape], bool]] = {
    "holed": lambda t, s: holes(t) > 0,
    "mirrored": lambda t, s: bool(((m := t.cells != 0) == m[:, ::-1]).all()),
    "lopsided": lambda t, s: not ((m := t.cells != 0) == m[:, ::-1]).all(),
    "bordering": lambda t, s: t.top == 0 or t.left == 0 or t.bottom == s[0] - 1 or t.right == s[1] - 1,
    "inner": lambda t, s: t.top > 0 and t.left > 0 and t.bottom < s[0] - 1 and t.right < s[1] - 1,
    "full_box": lambda t, s: t.size == t.height * t.width,
    "square_box": lambda t, s: t.height == t.width,
    "upright": lambda t, s: t.height > t.width,
    "lying": lambda t, s: t.width > t.height,
    "single": lambda t, s: t.size == 1,
    "many": lambda t, s: t.size > 1,
}
_KEYS: dict[str, Callable[[Thing], object]] = {
    "shape": lambda t: t.form,
    "colour": lambda t: t.colour,
    "size": lambda t: t.size,
}

SELECTOR = Kind("selector", (*_EXTREMES, *_TESTS, *(f"{w}_{k}" for w in ("odd", "common") for k in _KEYS)))
ONE = Kind("selector of one", (*_EXTREMES, "odd_shape", "odd_colour", "odd_size"))  # at most one thing fits
MEASURE = Kind("measure", ("size", "height", "width", "holes"))
MEASURES: dict[str, Callable[[Thing], int]] = {
    "size": lambda t: t.size,
    "height": lambda t: t.height,
    "width": lambda t: t.width,
    "holes": holes,
}


def chosen(group: Sequence[Thing], selector: str | int, shape: _Shape) -> tuple[list[Thing], list[Thing]] | None:
    """The things that `selector` names, and the others; None where it names none, all, or is undecided.

    Extremes must have one bearer, odd ones and common ones at least two others and one colour, shape or size each.
    """
    word = str(selector)
    if len(group) < 2:
        return None
    if word in _EXTREMES:
        values = [_EXTREMES[word](t) for t in group]
        fits = [v == max(values) for v in values]
        if sum(fits) != 1:
            return None
    elif word in _TESTS:
        fits = [_TESTS[word](t, shape) for t in group]
    else:
        which, _, key = word.partition("_")
        keys = [_KEYS[key](t) for t in group]
        counts = Counter(keys).most_common()
        if len(counts) < 2 or counts[0][1] == counts[1][1]:
            return None
        if which == "odd" and (len(counts) != 2 or counts[1][1] != 1):
            return None
        fits = [(k == counts[0][0]) == (which == "common") for k in keys]
    if not any(fits) or all(fits):
        return None
    return [t for t, f in zip(group, fits, strict=True) if f], [t for t, f in zip(group, fits, strict=True) if not f]
