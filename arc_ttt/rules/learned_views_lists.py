"""Views of lists: a line of colours at an edge says the colour of each ring, of each step away, of each thing in order;
and the colours that a thing of several colours has in small."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.learned_views import NOTHING, Scene, view, with_setting
from arc_ttt.rules.learned_views_lines import VIEWS, scene
from arc_ttt.rules.things import Thing
from arc_ttt.types import Cells

__all__ = ["VIEWS", "scene"]


def _list(cells: Cells) -> tuple[list[int], tuple[slice, slice]] | None:
    """The colours that lie side by side at an edge of the grid, with nothing else there, not all alike; and where."""
    height, width = cells.shape
    for line, next_, across, edge in (
        (cells[0], cells[min(1, height - 1)], True, 0),
        (cells[:, 0], cells[:, min(1, width - 1)], False, 0),
        (cells[-1], cells[max(0, height - 2)], True, height - 1),
        (cells[:, -1], cells[:, max(0, width - 2)], False, width - 1),
    ):
        at = np.flatnonzero(line)
        if len(at) < 2 or len(at) != at[-1] - at[0] + 1:
            continue
        run = slice(int(at[0]), int(at[-1]) + 1)
        if len(set(line[run].tolist())) > 1 and not next_[run].any():
            here = slice(edge, edge + 1)
            return line[run].tolist(), (here, run) if across else (run, here)
    return None


def _told(s: Scene) -> tuple[list[int], Scene] | None:
    """The list, and the grid without it."""
    if "list" not in s.groups:
        found = _list(s.cells)
        rest = s.cells.copy()
        if found:
            rest[found[1]] = 0
        s.groups["list"] = (found[0], scene(rest)) if found and rest.any() else None
    told: tuple[list[int], Scene] | None = s.groups["list"]
    return told


def _by_number(s: Scene, name: str) -> np.ndarray:
    """The colour in the list at the place that another view says, from 1 on and again and again; none for 0."""
    told = _told(s)
    if told is None:
        return np.full(s.cells.shape, NOTHING)
    inks, rest = told
    numbers = rest[name].astype(np.intp)
    if name == "inroomring":
        numbers = np.where(rest["enclosed"], numbers, 0)
    return np.where(numbers > 0, np.array(inks)[(numbers - 1) % len(inks)], NOTHING)


for _name, _number in {
    "roomring": "inroomring",
    "thingring": "inpiecering",
    "distance": "distance",
    "walk": "walk",
    "size": "piecesizerank",
    "fromleft": "piecefromleft",
    "fromtop": "piecefromtop",
}.items():
    view(f"list{_name}", 6.5, colour=True)(with_setting(_by_number, _number))


# --- the colours of a thing ---


def _first(t: Thing) -> int:
    """The first other colour than the commonest, in reading order; none where there is no other."""
    others = t.cells[(t.cells != 0) & (t.cells != t.colour)]
    return int(others[0]) if len(others) else NOTHING


def _last(t: Thing) -> int:
    others = t.cells[(t.cells != 0) & (t.cells != t.colour)]
    return int(others[-1]) if len(others) else NOTHING


def _per_thing(s: Scene, colour: Callable[[Thing], int]) -> np.ndarray:
    """What is said of the thing of any colours that a cell belongs to; none outside of things."""
    found, labels = s.things("mixed")
    said: np.ndarray = np.array([NOTHING, *map(colour, found)])[labels]
    return said


for _name, _of in {"first": _first, "last": _last}.items():
    view(f"motley{_name}", 5.5, colour=True)(with_setting(_per_thing, _of))
