"""Views of what is far away: steps to what a cell sees, to the next line with colours, to a mark; where in its thing's
half it lies; colours at both ends of its line, or listed at an edge of the grid."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.learned_views import NOTHING, Scene, view, with_setting
from arc_ttt.rules.learned_views_parts import LINKS, VIEWS, group_of, placed, ranked, scene
from arc_ttt.rules.things import Thing
from arc_ttt.types import Cells

__all__ = ["VIEWS", "scene"]

FAR = 15  # no such thing is seen

# --- steps to the next coloured cell, or to the next line that has one ---


def _steps_up(ink: np.ndarray) -> np.ndarray:
    """For each cell the steps up to the next marked one, not to itself; FAR where there is none."""
    rows = np.arange(len(ink))[:, None]
    at = np.where(ink, rows, -99)
    last = np.maximum.accumulate(at, axis=0)
    before = np.vstack([np.full((1, ink.shape[1]), -99), last[:-1]])
    return np.where(before < 0, FAR, np.minimum(rows - before, FAR))


_TURNED: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "up": lambda m: m,
    "down": lambda m: m[::-1],
    "left": lambda m: m.T,
    "right": lambda m: m[:, ::-1].T,
}
_BACK: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "up": lambda m: m,
    "down": lambda m: m[::-1],
    "left": lambda m: m.T,
    "right": lambda m: m.T[:, ::-1],
}


def _steps(s: Scene, how: tuple[str, bool, int]) -> np.ndarray:
    """Steps in a direction to a coloured cell, or to a line across with one (by line); the rest by a divisor."""
    way, line, divisor = how
    key = f"steps{way}{line}"
    if key not in s.groups:
        ink = _TURNED[way](s.ink)
        any_ = np.asarray(ink.any(axis=1, keepdims=True))
        steps = np.where(any_, 0, _steps_up(any_)) if line else _steps_up(ink)
        s.groups[key] = _BACK[way](np.broadcast_to(steps, ink.shape))
    steps = s.groups[key]
    out: np.ndarray = np.where(steps == FAR, FAR, steps % divisor) if divisor else steps
    return out


for _way in _TURNED:
    for _divisor, _name, _cost in ((0, "", 6.0), (2, "oftwo", 5.0), (3, "ofthree", 6.0), (4, "offour", 6.0)):
        view(f"steps{_way}{_name}", _cost)(with_setting(_steps, (_way, False, _divisor)))
        view(f"linesteps{_way}{_name}", _cost + 0.5)(with_setting(_steps, (_way, True, _divisor)))
view("distanceoftwo", 5)(lambda s: s["distance"] % 2)
view("distanceofthree", 6)(lambda s: s["distance"] % 3)
view("nearestsure", 4.5)(lambda s: s["nearest"] < NOTHING)
view("nearestonfootsure", 5)(lambda s: s["nearestonfoot"] < NOTHING)
view("walkoftwo", 5)(lambda s: s["walk"] % 2)
view("walkofthree", 6)(lambda s: s["walk"] % 3)


# --- the one cell that is unlike the others ---


def _mark(s: Scene) -> tuple[int, int] | None:
    """The only cell of the rarest colour; the only coloured cell, too."""
    inks = np.flatnonzero(s.counts[1:] == 1) + 1
    if len(inks) != 1:
        return None
    row, column = divmod(int(np.argmax(s.cells == inks[0])), int(s.cells.shape[1]))
    return row, column


def _from_mark(s: Scene, measure: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> np.ndarray:
    mark = _mark(s)
    if mark is None:
        return np.full((1, 1), FAR)
    return measure(s.rows - mark[0], s.columns - mark[1])


_MARKED: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "diagonal": lambda r, c: np.abs(r) == np.abs(c),
    "cross": lambda r, c: (r == 0) | (c == 0),
    "ringoftwo": lambda r, c: np.maximum(np.abs(r), np.abs(c)) % 2,
    "ring": lambda r, c: np.minimum(np.maximum(np.abs(r), np.abs(c)), 14),
    "diamondoftwo": lambda r, c: (np.abs(r) + np.abs(c)) % 2,
    "rowoftwo": lambda r, c: r % 2,
    "columnoftwo": lambda r, c: c % 2,
    "upright": lambda r, c: np.sign(r) + 1,
    "across": lambda r, c: np.sign(c) + 1,
    "cone": lambda r, c: np.where(np.abs(r) >= np.abs(c), np.sign(r) + 1, 3 + np.sign(c)),
}
for _name, _measure in _MARKED.items():
    view(f"mark{_name}", 5.5)(with_setting(_from_mark, _measure))


# --- halves of things, and their places in turn ---

_HALVES: dict[str, Callable[[Thing], np.ndarray]] = {
    "lower": lambda t: (2 * np.arange(t.height) > t.height - (t.height % 2 == 0)).astype(np.uint8)[:, None],
    "upper": lambda t: (2 * np.arange(t.height) + 1 < t.height).astype(np.uint8)[:, None],
    "righter": lambda t: (2 * np.arange(t.width) > t.width - (t.width % 2 == 0)).astype(np.uint8)[None],
    "lefter": lambda t: (2 * np.arange(t.width) + 1 < t.width).astype(np.uint8)[None],
    "rowfrombelow": lambda t: np.minimum(np.arange(t.height)[::-1], 14).astype(np.uint8)[:, None],
    "rowofthree": lambda t: (np.arange(t.height) % 3).astype(np.uint8)[:, None],
    "columnofthree": lambda t: (np.arange(t.width) % 3).astype(np.uint8)[None],
    "corner": lambda t: _ends(t.height)[:, None] & _ends(t.width)[None],
    "edge": lambda t: _ends(t.height)[:, None] | _ends(t.width)[None],
}


def _ends(count: int) -> np.ndarray:
    out = np.zeros(count, np.uint8)
    out[[0, -1]] = 1
    return out


for _noun in ("thing", "piece"):
    for _name, _half in _HALVES.items():
        view(f"in{_noun}{_name}", 5.5)(with_setting(placed, (LINKS[_noun], _half)))


def _in_turn(s: Scene, how: tuple[str, str, int]) -> np.ndarray:
    """The place of a cell's thing from the left (top), divided; FAR outside of things."""
    link, side, divisor = how
    group, labels = group_of(s, link), s.things(link)[1]
    values = np.full(len(group.found) + 1, FAR)
    if group.found:
        values[1:] = (ranked(-getattr(group, side)) - 1) % divisor
    taken: np.ndarray = values[labels]
    return taken


for _noun in ("thing", "room"):
    for _side in ("left", "top"):
        for _divisor, _name in ((2, "two"), (3, "three")):
            view(f"{_noun}from{_side}of{_name}", 6)(with_setting(_in_turn, (LINKS[_noun], _side, _divisor)))


# --- lines by their ends, and lists of colours at an edge ---


def _ends_colour(cells: Cells) -> np.ndarray:
    """(rows, 1): the colour of a row whose two ends have the same, else 0."""
    same = cells[:, :1] == cells[:, -1:]
    return np.where(same, cells[:, :1], 0)


view("rowends", 4.5, colour=True)(lambda s: _ends_colour(s.cells))
view("columnends", 4.5, colour=True)(lambda s: _ends_colour(s.cells.T).T)
view("lineends", 5, colour=True)(lambda s: np.where(s["rowends"] != 0, s["rowends"], s["columnends"]))


def _listed(cells: Cells) -> np.ndarray:
    """(rows, 1): the colours of the first row in turn, for the rows from the first empty one on; none above it."""
    empty = np.flatnonzero(~cells.any(axis=1))
    out = np.full((len(cells), 1), NOTHING)
    if len(empty) and cells[0].all():
        first = int(empty[0])
        out[first:, 0] = cells[0][np.arange(len(cells) - first) % cells.shape[1]]
    return out


view("listdown", 6, colour=True)(lambda s: _listed(s.cells))
view("listright", 6, colour=True)(lambda s: _listed(np.ascontiguousarray(s.cells.T)).T)
view("listup", 6.5, colour=True)(lambda s: _listed(s.cells[::-1])[::-1])


# --- boxes around what lies close together ---


def _clusters(s: Scene, reach: int) -> np.ndarray:
    """The colour in whose cluster's bounding box a cell lies; a cluster is cells of one colour no further apart than
    `reach`. Only the rarest colour has clusters."""
    out = np.zeros(s.cells.shape, np.uint8)
    counts = np.where(s.counts[1:] > 0, s.counts[1:], 9999)
    colour = int(counts.argmin()) + 1
    left = [(int(r), int(c)) for r, c in np.argwhere(s.cells == colour)]
    if not 2 <= len(left) <= 150:
        return out
    while left:
        stack, box = [left.pop()], [99, 99, -1, -1]
        while stack:
            r, c = stack.pop()
            box = [min(box[0], r), min(box[1], c), max(box[2], r), max(box[3], c)]
            near = [p for p in left if abs(p[0] - r) <= reach and abs(p[1] - c) <= reach]
            left = [p for p in left if p not in near]
            stack += near
        out[box[0] : box[2] + 1, box[1] : box[3] + 1] = colour
    return out


view("cluster", 5, colour=True)(with_setting(_clusters, 2))
view("widecluster", 5.5, colour=True)(with_setting(_clusters, 3))


@view("inspan", 4.5, colour=True)
def _spans(s: Scene) -> np.ndarray:
    """The colour in the box of all of whose cells a cell lies, the smallest such box; else 0."""
    found = []
    for colour in (np.flatnonzero(s.counts[1:]) + 1).tolist():
        rows, columns = np.nonzero(s.cells == colour)
        box = np.s_[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        found.append((-(box[0].stop - box[0].start) * (box[1].stop - box[1].start), colour, box))
    out = np.zeros(s.cells.shape, np.uint8)
    for _, colour, box in sorted(found, key=lambda f: f[:2]):
        out[box] = colour
    return out


# --- what lies in a cone that opens from a coloured cell ---


def _cone_up(s: Scene, way: str) -> np.ndarray:
    """The one colour of the cells of which a cell lies in the cone that opens in a direction, itself not; 0 where
    there are none, no colour where there are several."""
    cells = _TURNED[way](s.cells)
    high, low = np.zeros(cells.shape, np.uint8), np.full(cells.shape, 99, np.uint8)
    over, under = np.zeros(cells.shape[1] + 2, np.uint8), np.full(cells.shape[1] + 2, 99, np.uint8)
    for r in range(len(cells) - 1, -1, -1):
        high[r] = np.maximum(np.maximum(over[:-2], over[2:]), over[1:-1])
        low[r] = np.minimum(np.minimum(under[:-2], under[2:]), under[1:-1])
        over[1:-1] = np.maximum(high[r], cells[r])
        under[1:-1] = np.minimum(low[r], np.where(cells[r] == 0, 99, cells[r]))
    out: np.ndarray = np.where(high == 0, 0, np.where(high == low, high, NOTHING))
    return _BACK[way](out)


for _way in _TURNED:
    view(f"cone{_way}", 5, colour=True)(with_setting(_cone_up, _way))
