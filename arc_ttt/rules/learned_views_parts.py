"""Views of the parts of a grid: its things, the regions of its background, its panels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from arc_ttt.rules.learned_views import MOST, NOTHING, VIEWS, Scene, scene, view, with_setting
from arc_ttt.rules.panels import panels
from arc_ttt.rules.things import Thing, holes, rarest_ink
from arc_ttt.types import Cells

__all__ = ["VIEWS", "Scene", "scene"]

LINKS = {"thing": "mixed", "piece": "corner", "block": "side", "room": "room"}


class Group:
    """The things of one kind in a scene, measured: arrays with one number for each of them."""

    def __init__(self, found: Sequence[Thing], shape: tuple[int, ...]) -> None:
        self.found = found
        self.shape = shape
        self.top = np.array([t.top for t in found])
        self.left = np.array([t.left for t in found])
        self.height = np.array([t.height for t in found])
        self.width = np.array([t.width for t in found])
        self.size = np.array([t.size for t in found])

    @cached_property
    def colour(self) -> np.ndarray:
        return np.array([t.colour for t in self.found])

    @cached_property
    def colours(self) -> np.ndarray:
        return np.array([len(np.unique(t.cells[t.cells != 0])) for t in self.found])

    @cached_property
    def holes(self) -> np.ndarray:
        return np.array([holes(t) for t in self.found])

    @cached_property
    def twins(self) -> np.ndarray:
        """How many things have each one's shape."""
        shapes = [t.form for t in self.found]
        counts = Counter(shapes)
        return np.array([counts[s] for s in shapes])

    @cached_property
    def rarest(self) -> np.ndarray:
        return np.array([rarest_ink(t.cells) or NOTHING for t in self.found])

    @cached_property
    def mirrored(self) -> np.ndarray:
        masks = [t.cells != 0 for t in self.found]
        return np.array([bool((m == m[:, ::-1]).all() or (m == m[::-1]).all()) for m in masks])


def _most(values: np.ndarray) -> np.ndarray:
    """Whether each is the only largest."""
    best: np.ndarray = values == values.max()
    return best if best.sum() == 1 else np.zeros_like(best)


def ranked(values: np.ndarray) -> np.ndarray:
    """The place of each among the different values, the largest first."""
    order: np.ndarray = np.unique(-values, return_inverse=True)[1] + 1
    return order


def _only(values: np.ndarray) -> np.ndarray:
    """Whether no other one has the same value."""
    alone: np.ndarray = np.bincount(values)[values] == 1
    return alone


_MEASURES: dict[str, tuple[Callable[[Group], np.ndarray], float]] = {
    "size": (lambda g: g.size, 4.5),
    "largest": (lambda g: _most(g.size), 3.5),
    "smallest": (lambda g: _most(-g.size), 3.5),
    "sizerank": (lambda g: ranked(g.size), 4),
    "sizerankfrombelow": (lambda g: ranked(-g.size), 4.5),
    "big": (lambda g: g.size == g.size.max(), 4),
    "small": (lambda g: g.size == g.size.min(), 4),
    "single": (lambda g: g.size == 1, 3.5),
    "even": (lambda g: g.size % 2, 6),
    "height": (lambda g: g.height, 5),
    "width": (lambda g: g.width, 5),
    "tallest": (lambda g: _most(g.height), 4.5),
    "widest": (lambda g: _most(g.width), 4.5),
    "bordering": (
        lambda g: (g.top == 0) | (g.left == 0) | (g.top + g.height == g.shape[0]) | (g.left + g.width == g.shape[1]),
        3.5,
    ),
    "square": (lambda g: g.height == g.width, 4),
    "lying": (lambda g: g.width > g.height, 4.5),
    "full": (lambda g: g.size == g.height * g.width, 4),
    "line": (lambda g: np.minimum(g.height, g.width) == 1, 4.5),
    "holes": (lambda g: g.holes, 4.5),
    "holed": (lambda g: g.holes > 0, 4),
    "mirrored": (lambda g: g.mirrored, 5),
    "twins": (lambda g: g.twins, 5),
    "unlike": (lambda g: g.twins == 1, 4.5),
    "fromleft": (lambda g: ranked(-g.left), 5),
    "fromtop": (lambda g: ranked(-g.top), 5),
    "highest": (lambda g: _most(-g.top), 5),
    "lowest": (lambda g: _most(g.top + g.height), 5),
    "leftmost": (lambda g: _most(-g.left), 5),
    "rightmost": (lambda g: _most(g.left + g.width), 5),
    "onlycolour": (lambda g: _only(g.colour), 5),
    "colours": (lambda g: g.colours, 4.5),
}
_COLOURS: dict[str, Callable[[Group], np.ndarray]] = {"colour": lambda g: g.colour, "rarest": lambda g: g.rarest}
_ONLY_MIXED = {"colours"}
_NOT_ROOM = {"onlycolour", *_ONLY_MIXED}


def group_of(s: Scene, link: str) -> Group:
    if link not in s.groups:
        s.groups[link] = Group(s.things(link)[0], s.cells.shape)
    group: Group = s.groups[link]
    return group


def _measured(s: Scene, how: tuple[str, Callable[[Group], np.ndarray]]) -> np.ndarray:
    """A map of what a measure says of the thing (by link) that a cell belongs to, 0 where there is none."""
    link, measure = how
    labels = s.things(link)[1]
    group = group_of(s, link)
    values = np.zeros(len(group.found) + 1, np.uint8)
    if group.found:
        values[1:] = np.minimum(measure(group), 15)
    taken: np.ndarray = values[labels]
    return taken


for _noun, _link in LINKS.items():
    _extra = {"thing": 0.5, "piece": 0.6, "block": 0.9, "room": 0.7}[_noun]
    for _name, (_measure, _cost) in _MEASURES.items():
        if (_noun == "room" and _name in _NOT_ROOM) or (_noun != "thing" and _name in _ONLY_MIXED):
            continue
        view(_noun + _name, _cost + _extra)(with_setting(_measured, (_link, _measure)))
for _name, _colour in _COLOURS.items():
    view(f"thing{_name}", 4.5, colour=True)(with_setting(_measured, ("mixed", _colour)))
view("numberofthings", 5)(lambda s: np.uint8(min(15, len(s.things("mixed")[0]))))
view("numberofpieces", 5)(lambda s: np.uint8(min(15, len(s.things("corner")[0]))))


# --- where in its thing a cell is ---


def placed(s: Scene, how: tuple[str, Callable[[Thing], np.ndarray]]) -> np.ndarray:
    """A map of what a function gives for a thing's bounding box, on the thing's cells only (things by link)."""
    link, place = how
    out = np.zeros(s.cells.shape, np.uint8)
    for t in s.things(link)[0]:
        np.copyto(out[t.box], place(t), where=t.cells != 0)
    return out


def _ring(t: Thing) -> np.ndarray:
    r, c = np.arange(t.height)[:, None], np.arange(t.width)[None]
    ring: np.ndarray = np.minimum(np.minimum(r, t.height - 1 - r), np.minimum(c, t.width - 1 - c)) + 1
    small: np.ndarray = np.minimum(ring, MOST).astype(np.uint8)
    return small


_PLACES: dict[str, Callable[[Thing], np.ndarray]] = {
    "ring": _ring,
    "top": lambda t: (np.arange(t.height) == 0).astype(np.uint8)[:, None],
    "bottom": lambda t: (np.arange(t.height) == t.height - 1).astype(np.uint8)[:, None],
    "left": lambda t: (np.arange(t.width) == 0).astype(np.uint8)[None],
    "right": lambda t: (np.arange(t.width) == t.width - 1).astype(np.uint8)[None],
    "row": lambda t: (np.arange(t.height) % 2).astype(np.uint8)[:, None],
    "column": lambda t: (np.arange(t.width) % 2).astype(np.uint8)[None],
    "checker": lambda t: (np.add.outer(np.arange(t.height), np.arange(t.width)) % 2).astype(np.uint8),
}
for _noun in ("thing", "piece"):
    for _name, _function in _PLACES.items():
        view(f"in{_noun}{_name}", 5)(with_setting(placed, (LINKS[_noun], _function)))


# --- rooms: regions of the background ---


def _in_room(s: Scene, place: Callable[[Thing], np.ndarray]) -> np.ndarray:
    """One more than what a function gives for the box of a cell's region; 0 where that is as large as the grid."""
    out = np.zeros(s.cells.shape, np.uint8)
    for t in s.things("room")[0]:
        if t.cells.shape != s.cells.shape:
            np.copyto(out[t.box], place(t) + np.uint8(1), where=t.cells != 0)
    return out


for _name in ("row", "column", "checker"):
    view(f"inroom{_name}", 5)(with_setting(_in_room, _PLACES[_name]))
view("inroomring", 5)(with_setting(_in_room, lambda t: _ring(t) - np.uint8(1)))

view("enclosed", 2.5)(lambda s: s.enclosed)


@view("roomcolour", 4, colour=True)
def _room_colour(s: Scene) -> np.ndarray:
    """The one colour that touches the region a background cell belongs to, sides and corners; none if several do."""
    found, labels = s.things("room")
    high, low = np.zeros(len(found) + 1, np.uint8), np.full(len(found) + 1, 99, np.uint8)
    for way in ("up", "down", "left", "right"):
        other = s.neighbour(way)
        at = (labels != 0) & (other != 0) & (other != NOTHING)
        np.maximum.at(high, labels[at], other[at])
        np.minimum.at(low, labels[at], other[at])
    values = np.where(high == 0, 0, np.where(high == low, high, NOTHING))
    return np.where(labels == 0, 0, values[labels])


@view("inbox", 3.5, colour=True)
def _in_box(s: Scene) -> np.ndarray:
    """The colour of the thing in whose bounding box a cell is (the smallest such), else 0."""
    out = np.zeros(s.cells.shape, np.uint8)
    for t in sorted(s.things("corner")[0], key=lambda t: -t.cells.size):
        out[t.box] = t.colour
    return out


@view("inframe", 4, colour=True)
def _in_frame(s: Scene) -> np.ndarray:
    """The colour of the smallest holed thing around a cell, in its bounding box but not of it, else 0."""
    out = np.zeros(s.cells.shape, np.uint8)
    for t in sorted(s.things("side")[0], key=lambda t: -t.cells.size):
        if min(t.cells.shape) > 2:
            inside = t.cells == 0
            inside[[0, -1]] = inside[:, [0, -1]] = False
            np.copyto(out[t.box], np.uint8(t.colour), where=inside)
    return out


# --- distances ---


def _steps(s: Scene, corners: bool) -> tuple[np.ndarray, np.ndarray]:
    """For each cell the steps to the nearest coloured cell and that cell's colour; no colour where two tie."""
    h, w = s.cells.shape
    colour = np.pad(s.cells, 1).astype(np.uint8)
    distance = np.zeros((h, w), np.uint8)
    ways = [(r, c) for r in (-1, 0, 1) for c in (-1, 0, 1) if (r or c) and (corners or r == 0 or c == 0)]
    for step in range(1, h + w):
        empty = colour[1:-1, 1:-1] == 0
        if not empty.any():
            break
        around = np.stack([colour[1 + r : 1 + r + h, 1 + c : 1 + c + w] for r, c in ways])
        high = around.max(axis=0)
        low = np.where(around == 0, 99, around).min(axis=0)
        new = empty & (high > 0)
        if not new.any():
            break
        distance[new] = min(step, 15)
        colour[1:-1, 1:-1][new] = np.where(high == low, high, NOTHING)[new]
    return distance, np.where(s.ink, s.cells, colour[1:-1, 1:-1])


view("distance", 5)(lambda s: _steps(s, True)[0])
view("walk", 5)(lambda s: _steps(s, False)[0])
view("nearest", 4.5, colour=True)(lambda s: _steps(s, True)[1])
view("nearestonfoot", 5, colour=True)(lambda s: _steps(s, False)[1])


# --- panels ---


def _per_panel(s: Scene, measure: Callable[[list[Cells]], Sequence[int]]) -> np.ndarray:
    """A map of what `measure` says of the panel that a cell is in; 15 on the lines, 0 if there are no panels."""
    found = panels(s.cells)
    if found is None:
        return np.zeros(s.cells.shape, np.uint8)
    out = np.full(s.cells.shape, 15, np.uint8)
    for box, value in zip(found.flat, measure([s.cells[b] for b in found.flat]), strict=True):
        out[box] = min(int(value), 14)
    return out


def _grid_place(s: Scene, of: Callable[[int, int, int, int], int]) -> np.ndarray:
    found = panels(s.cells)
    if found is None:
        return np.zeros(s.cells.shape, np.uint8)
    out = np.full(s.cells.shape, 15, np.uint8)
    h, w = len(found.boxes), len(found.boxes[0])
    for r, row in enumerate(found.boxes):
        for c, box in enumerate(row):
            out[box] = min(of(r, c, h, w), 14)
    return out


def _inked(parts: list[Cells]) -> list[int]:
    return [int(np.count_nonzero(p)) for p in parts]


def _panel_colour(p: Cells) -> int:
    found = np.flatnonzero(np.bincount(p.ravel(), minlength=10)[1:]) + 1
    return 0 if not len(found) else int(found[0]) if len(found) == 1 else NOTHING


view("panelrow", 5)(lambda s: _grid_place(s, lambda r, c, h, w: r))
view("panelcolumn", 5)(lambda s: _grid_place(s, lambda r, c, h, w: c))
view("panelchecker", 5)(lambda s: _grid_place(s, lambda r, c, h, w: (r + c) % 2))
view("panelcorner", 5)(lambda s: _grid_place(s, lambda r, c, h, w: int(r in (0, h - 1)) + int(c in (0, w - 1))))
view("panelbox", 5)(lambda s: _grid_place(s, lambda r, c, h, w: int(r in (0, h - 1) or c in (0, w - 1))))
view("panelcount", 5)(lambda s: _per_panel(s, _inked))
view("panelempty", 4)(lambda s: _per_panel(s, lambda ps: [int(n == 0) for n in _inked(ps)]))
view("panelmost", 4.5)(lambda s: _per_panel(s, lambda ps: [int(n == max(_inked(ps))) for n in _inked(ps)]))
view("panelleast", 4.5)(lambda s: _per_panel(s, lambda ps: [int(n == min(_inked(ps))) for n in _inked(ps)]))
view("panelcolour", 4.5, colour=True)(lambda s: _per_panel(s, lambda ps: [_panel_colour(p) for p in ps]))
