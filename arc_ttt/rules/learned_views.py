"""Grid → what each of its cells sees: named maps (rows, columns) of small numbers that a learned rule may look at.

A view is a colour (0–9, 10 where there is none to see) or a number (0–15, larger ones are 15). Names are plain letters,
since they are parts of words in programs. The views of things, regions and panels are in `learned_views_parts`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from arc_ttt.rules.things import Thing, enclosed, numbered, things
from arc_ttt.rules.work import uncounted
from arc_ttt.types import Cells

NOTHING = 10  # what a view of a colour shows where there is none
MOST = 15
_WAYS = {
    "up": (-1, 0),
    "down": (1, 0),
    "left": (0, -1),
    "right": (0, 1),
    "upleft": (-1, -1),
    "upright": (-1, 1),
    "downleft": (1, -1),
    "downright": (1, 1),
}


class Scene:
    """A grid with what its views share, computed when first asked for."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.ink = cells != 0
        self.rows = np.arange(cells.shape[0])[:, None]
        self.columns = np.arange(cells.shape[1])[None]
        self.seen: dict[str, np.ndarray] = {}
        self.parts: dict[str, tuple[tuple[Thing, ...], np.ndarray]] = {}
        self.groups: dict[str, Any] = {}  # the parts measured, see `learned_views_parts.Group`

    @cached_property
    def counts(self) -> np.ndarray:
        return np.bincount(self.cells.ravel(), minlength=10)

    @cached_property
    def padded(self) -> np.ndarray:
        return np.pad(self.cells, 1, constant_values=NOTHING)

    def neighbour(self, way: str) -> np.ndarray:
        dr, dc = _WAYS[way]
        h, w = self.cells.shape
        return self.padded[1 + dr : 1 + dr + h, 1 + dc : 1 + dc + w]

    @cached_property
    def enclosed(self) -> np.ndarray:
        return enclosed(self.cells)

    def things(self, link: str) -> tuple[tuple[Thing, ...], np.ndarray]:
        """The things, and a map of their numbers from 1 on; "room" for the regions of background cells."""
        if link not in self.parts:
            # A copy with the colours 0 and 1 for regions: things are never of colour 0.
            grid = (self.cells == 0).astype(np.uint8) if link == "room" else self.cells
            found = things(grid, "side" if link == "room" else link)
            self.parts[link] = found, numbered(found, self.cells.shape)
        return self.parts[link]

    def __getitem__(self, name: str) -> np.ndarray:
        """The view of this name, uint8."""
        if name not in self.seen:
            with uncounted():
                raw = np.asarray(VIEWS[name].function(self))
            self.seen[name] = np.broadcast_to(np.minimum(raw, MOST).astype(np.uint8), self.cells.shape)
        return self.seen[name]


@lru_cache(maxsize=128)
def _scene(raw: bytes, width: int) -> Scene:
    return Scene(np.frombuffer(raw, np.uint8).reshape(-1, width))


def scene(cells: Cells) -> Scene:
    """The scene of a grid; asked again, the same one."""
    return _scene(cells.tobytes(), cells.shape[1])


Look: TypeAlias = "Callable[[Scene], npt.ArrayLike]"
Setting = TypeVar("Setting")


def with_setting(function: Callable[[Scene, Setting], npt.ArrayLike], setting: Setting) -> Look:
    """`function` of a scene, with its second argument fixed."""
    return lambda s: function(s, setting)


@dataclass(frozen=True)
class View:
    """A named map; `colour` says that it shows colours, `cost` how far-fetched it is (about its bits)."""

    name: str
    function: Look
    colour: bool
    cost: float


VIEWS: dict[str, View] = {}


def view(name: str, cost: float, colour: bool = False) -> Callable[[Look], Look]:
    """Enter the decorated function into `VIEWS`."""

    def enter(function: Look) -> Look:
        VIEWS[name] = View(name, function, colour, cost)
        return function

    return enter


# --- the cell itself and its neighbours ---

view("ink", 1)(lambda s: s.ink)
view("own", 1.5, colour=True)(lambda s: s.cells)
for _way in _WAYS:
    view(_way, 4 if _way in ("up", "down", "left", "right") else 5, colour=True)(with_setting(Scene.neighbour, _way))


def _count(s: Scene, ways: tuple[str, ...], alike: bool) -> np.ndarray:
    total = np.zeros(s.cells.shape, np.uint8)
    for way in ways:
        other = s.neighbour(way)
        total += (other == s.cells) if alike else ((other != 0) & (other != NOTHING))
    return total


_FOUR, _OTHERS = tuple(_WAYS)[:4], tuple(_WAYS)[4:]
view("sides", 3.5)(lambda s: _count(s, _FOUR, False))
view("corners", 4)(lambda s: _count(s, _OTHERS, False))
view("around", 3.5)(lambda s: s["sides"] + s["corners"])
view("besides", 2.5)(lambda s: s["sides"] > 0)
view("touched", 2.5)(lambda s: s["around"] > 0)
view("alikesides", 3.5)(lambda s: _count(s, _FOUR, True))
view("alikearound", 4)(lambda s: s["alikesides"] + _count(s, _OTHERS, True))
view("surrounded", 3)(lambda s: (s["around"] == 8) | ((s["around"] == 7) & s.ink))


@view("aroundcolour", 4, colour=True)
def _around_colour(s: Scene) -> np.ndarray:
    """The one colour but the background among the eight neighbours; none if there are several."""
    high, low = np.zeros(s.cells.shape, np.uint8), np.full(s.cells.shape, 99, np.uint8)
    for way in _WAYS:
        other = s.neighbour(way)
        ink = (other != 0) & (other != NOTHING)
        high, low = np.where(ink, np.maximum(high, other), high), np.where(ink, np.minimum(low, other), low)
    return np.where(low == 99, 0, np.where(high == low, high, NOTHING))


# --- places ---

view("rowparity", 4)(lambda s: s.rows % 2)
view("columnparity", 4)(lambda s: s.columns % 2)
view("checker", 4)(lambda s: (s.rows + s.columns) % 2)
for _k, _name in ((3, "three"), (4, "four")):
    view(f"rowof{_name}", 5)(with_setting(lambda s, k: s.rows % k, _k))
    view(f"columnof{_name}", 5)(with_setting(lambda s, k: s.columns % k, _k))
    view(f"risingof{_name}", 5)(with_setting(lambda s, k: (s.rows + s.columns) % k, _k))
    view(f"fallingof{_name}", 5)(with_setting(lambda s, k: (s.rows - s.columns) % k, _k))
view("rowparityfrombelow", 5)(lambda s: (len(s.cells) - 1 - s.rows) % 2)
view("columnparityfromright", 5)(lambda s: (s.cells.shape[1] - 1 - s.columns) % 2)
view("rim", 3)(lambda s: s["depth"] == 0)
view("depthparity", 4)(lambda s: s["depth"] % 2)
view("toprow", 4)(lambda s: s.rows == 0)
view("bottomrow", 4)(lambda s: s.rows == len(s.cells) - 1)
view("leftcolumn", 4)(lambda s: s.columns == 0)
view("rightcolumn", 4)(lambda s: s.columns == s.cells.shape[1] - 1)
view("falling", 4)(lambda s: s.rows == s.columns)
view("rising", 4)(lambda s: s.rows + s.columns == s.cells.shape[1] - 1)
view("middlerow", 4)(lambda s: 2 * s.rows == len(s.cells) - 1)
view("middlecolumn", 4)(lambda s: 2 * s.columns == s.cells.shape[1] - 1)


@view("depth", 4)
def _depth(s: Scene) -> np.ndarray:
    h, w = s.cells.shape
    depth: np.ndarray = np.minimum(np.minimum(s.rows, h - 1 - s.rows), np.minimum(s.columns, w - 1 - s.columns))
    return depth


# --- far sight: the first colour in each direction ---


def _ray(s: Scene, way: str) -> np.ndarray:
    """The first colour but the background beyond each cell, 0 where the border comes first."""
    dr, dc = _WAYS[way]
    h, w = s.cells.shape
    seen = np.zeros((h + 2, w + 2), np.uint8)
    here = np.zeros((h + 2, w + 2), np.uint8)
    here[1:-1, 1:-1] = s.cells
    if dr:
        for r in range(1, h + 1) if dr < 0 else range(h, 0, -1):
            before, known = here[r + dr, 1 + dc : 1 + dc + w], seen[r + dr, 1 + dc : 1 + dc + w]
            seen[r, 1:-1] = np.where(before != 0, before, known)
    else:
        for c in range(1, w + 1) if dc < 0 else range(w, 0, -1):
            seen[:, c] = np.where(here[:, c + dc] != 0, here[:, c + dc], seen[:, c + dc])
    return seen[1:-1, 1:-1]


for _way in _WAYS:
    _far = 3.5 if _way in _FOUR else 4.5
    view(f"ray{_way}", _far, colour=True)(with_setting(_ray, _way))
    view(f"sees{_way}", _far)(with_setting(lambda s, w: s[f"ray{w}"] != 0, _way))


def _between(s: Scene, ways: tuple[str, ...]) -> np.ndarray:
    """The colour that is first in both of two opposite directions, else 0."""
    out = np.zeros(s.cells.shape, np.uint8)
    for one, other in zip(ways[::2], ways[1::2], strict=True):
        a, b = s[f"ray{one}"], s[f"ray{other}"]
        out = np.where((a == b) & (a != 0), a, out)
    return out


_SPANS: dict[str, tuple[str, ...]] = {
    "across": ("left", "right"),
    "upright": ("up", "down"),
    "crosswise": ("left", "right", "up", "down"),
    "rising": ("downleft", "upright"),
    "falling": ("upleft", "downright"),
    "slanting": ("downleft", "upright", "upleft", "downright"),
}
for _span, _both in _SPANS.items():
    view(f"between{_span}", 3.5, colour=True)(with_setting(_between, _both))
view("hits", 4)(lambda s: np.stack([s[f"sees{w}"] for w in _FOUR]).sum(axis=0))
view("slantinghits", 4.5)(lambda s: np.stack([s[f"sees{w}"] for w in _OTHERS]).sum(axis=0))


def _one_colour(s: Scene, ways: tuple[str, ...]) -> np.ndarray:
    """The one colour that is seen in some of these directions; none if there are several."""
    rays = np.stack([s[f"ray{w}"] for w in ways])
    high = rays.max(axis=0)
    low = np.where(rays == 0, 99, rays).min(axis=0)
    return np.where(high == 0, 0, np.where(high == low, high, NOTHING))


view("inline", 4, colour=True)(lambda s: _one_colour(s, _FOUR))
view("inslant", 4.5, colour=True)(lambda s: _one_colour(s, _OTHERS))
view("instar", 4.5, colour=True)(lambda s: _one_colour(s, tuple(_WAYS)))


# --- rows and columns as a whole ---


def _line_colour(cells: Cells) -> np.ndarray:
    """(rows, 1): the one colour but the background in each row; 0 if there is none, none if there are several."""
    high = cells.max(axis=1, keepdims=True)
    low = np.where(cells == 0, 99, cells).min(axis=1, keepdims=True)
    return np.where(high == 0, 0, np.where(high == low, high, NOTHING))


_LINES: dict[str, tuple[Callable[[Cells], np.ndarray], float, bool]] = {
    "colour": (_line_colour, 3.5, True),
    "any": (lambda g: (g != 0).any(axis=1, keepdims=True), 3, False),
    "full": (lambda g: (g != 0).all(axis=1, keepdims=True), 4, False),
    "uniform": (lambda g: (g == g[:, :1]).all(axis=1, keepdims=True), 4, False),
    "count": (lambda g: (g != 0).sum(axis=1, keepdims=True), 5, False),
    "first": (lambda g: g[:, :1], 4.5, True),
    "last": (lambda g: g[:, -1:], 4.5, True),
    "fullest": (lambda g: (n := (g != 0).sum(axis=1, keepdims=True)) == n.max(), 4.5, False),
    "emptiest": (lambda g: (n := (g != 0).sum(axis=1, keepdims=True)) == n.min(), 5, False),
    "mirrored": (lambda g: (g == g[:, ::-1]).all(axis=1, keepdims=True), 5, False),
}
for _name, (_line, _cost, _is) in _LINES.items():
    view(f"row{_name}", _cost, colour=_is)(with_setting(lambda s, f: f(s.cells), _line))
    view(f"column{_name}", _cost, colour=_is)(with_setting(lambda s, f: f(s.cells.T).T, _line))


@view("lines", 4, colour=True)
def _lines(s: Scene) -> np.ndarray:
    """The one colour of the row if it is full of it, else that of the column, else 0."""
    row, column = s["rowcolour"], s["columncolour"]
    return np.where(s["rowfull"] * (row < 10) > 0, row, np.where(s["columnfull"] * (column < 10) > 0, column, 0))


# --- images under the grid's symmetries ---


def _image(s: Scene, image: Cells) -> np.ndarray:
    return image if image.shape == s.cells.shape else np.full(s.cells.shape, NOTHING)


view("leftright", 4.5, colour=True)(lambda s: s.cells[:, ::-1])
view("upsidedown", 4.5, colour=True)(lambda s: s.cells[::-1])
view("halfturn", 4.5, colour=True)(lambda s: s.cells[::-1, ::-1])
view("diagonal", 5, colour=True)(lambda s: _image(s, s.cells.T))
view("antidiagonal", 5, colour=True)(lambda s: _image(s, s.cells[::-1, ::-1].T))
view("quarterturn", 5, colour=True)(lambda s: _image(s, np.rot90(s.cells)))
view("quarterturnback", 5, colour=True)(lambda s: _image(s, np.rot90(s.cells, -1)))


# --- the grid and its colours as a whole ---


def _ranked(s: Scene, place: int) -> int:
    """The colour of this place by frequency, the background apart; none where there is no such or a tie."""
    counts = s.counts[1:]
    order = np.argsort(-counts, kind="stable")
    present = int((counts > 0).sum())
    if not -present <= place < present:
        return NOTHING
    at = place % present
    mine = counts[order[at]]
    return int(order[at]) + 1 if (counts == mine).sum() == 1 else NOTHING


view("commonest", 4, colour=True)(lambda s: np.uint8(_ranked(s, 0)))
view("rarest", 4, colour=True)(lambda s: np.uint8(_ranked(s, -1)))
view("second", 5, colour=True)(lambda s: np.uint8(_ranked(s, 1)))
view("iscommonest", 3.5)(lambda s: s.cells == _ranked(s, 0))
view("israrest", 3.5)(lambda s: s.cells == _ranked(s, -1))
view("cornercolour", 5, colour=True)(lambda s: s.cells[:1, :1])
view("lowercornercolour", 5, colour=True)(lambda s: s.cells[-1:, :1])
view("rightcornercolour", 5, colour=True)(lambda s: s.cells[:1, -1:])
view("tall", 6)(lambda s: np.uint8(len(s.cells) > s.cells.shape[1]))
view("numberofcolours", 5)(lambda s: np.uint8((s.counts[1:] > 0).sum()))
