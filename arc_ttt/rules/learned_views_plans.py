"""Views of plans: rooms with gaps in their walls, what lies in them, streets that cross, labels at the edge."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.learned_views import NOTHING, Scene, view
from arc_ttt.rules.learned_views_lists import VIEWS, scene
from arc_ttt.rules.plans import plan_map
from arc_ttt.rules.things import grown, things
from arc_ttt.types import Cells

__all__ = ["VIEWS", "scene"]

_FEWEST_WALLS = 12


def _gaps(s: Scene) -> np.ndarray:
    """Empty cells between two wall cells, in line with them, with no walls on both other sides; walls are the commonest
    colour."""
    if "plan" not in s.groups:
        counts = s.counts.copy()
        counts[0] = 0
        ink = int(counts.argmax())
        wall = np.pad(s.cells == ink, 1) if counts[ink] >= _FEWEST_WALLS else np.zeros(np.add(s.cells.shape, 2), bool)
        free = ~wall
        middle = ~s.ink
        across = wall[1:-1, :-2] & wall[1:-1, 2:] & free[:-2, 1:-1] & free[2:, 1:-1]
        upright = wall[:-2, 1:-1] & wall[2:, 1:-1] & free[1:-1, :-2] & free[1:-1, 2:]
        s.groups["plan"] = middle & (across ^ upright), wall[1:-1, 1:-1]
    gaps: np.ndarray = s.groups["plan"][0]
    return gaps


view("gap", 5)(_gaps)


def _rooms(s: Scene) -> tuple[np.ndarray, np.ndarray]:
    """(rows, columns): 1 in rooms that gaps alone lead out of, and the one colour that lies in each of these rooms (0:
    nothing, none: several)."""
    if "plan_rooms" not in s.groups:
        gaps = _gaps(s)
        wall = s.groups["plan"][1]
        inside, owner = np.zeros(s.cells.shape, np.uint8), np.zeros(s.cells.shape, np.uint8)
        h, w = s.cells.shape
        for t in things((~(gaps | wall)).astype(np.uint8), "side") if gaps.any() else ():
            if t.top == 0 or t.left == 0 or t.bottom == h - 1 or t.right == w - 1:
                continue
            mask = t.cells != 0
            inks = np.unique(s.cells[t.box][mask])
            inks = inks[inks != 0]
            inside[t.box][mask] = 1
            owner[t.box][mask] = 0 if not len(inks) else inks[0] if len(inks) == 1 else NOTHING
        s.groups["plan_rooms"] = inside, owner
    found: tuple[np.ndarray, np.ndarray] = s.groups["plan_rooms"]
    return found


view("gaproom", 5)(lambda s: _rooms(s)[0])
view("gaproomowner", 5, colour=True)(lambda s: _rooms(s)[1])
view("gapowned", 4.5)(lambda s: s["gapowner"] > 0)


@view("planrole", 4.5)
def _plan_role(s: Scene) -> np.ndarray:
    """1 on walls, 2 on what is coloured elsewhere, 3 in gaps of rooms that hold one colour, 4 in other gaps, 5 in empty
    cells of rooms that gaps alone lead out of, else 0."""
    gaps = _gaps(s)
    out = np.where(s["gaproom"] > 0, np.uint8(5), np.uint8(0))
    out[s.ink] = 2
    out[s.groups["plan"][1]] = 1
    out[gaps] = np.where(s["gapowned"] > 0, 3, 4)[gaps]
    return out if gaps.any() else np.zeros_like(out)


@view("gapowner", 4.5, colour=True)
def _gap_owner(s: Scene) -> np.ndarray:
    """At gaps the one colour that lies in the rooms beside, elsewhere 0."""
    owner = np.pad(_rooms(s)[1], 1)
    beside = np.stack([owner[:-2, 1:-1], owner[2:, 1:-1], owner[1:-1, :-2], owner[1:-1, 2:]])
    high, low = beside.max(axis=0), np.where(beside == 0, 99, beside).min(axis=0)
    return np.where(_gaps(s) & (high > 0), np.where(high == low, high, NOTHING), 0)


view("planned", 5, colour=True)(lambda s: plan_map(s.cells))


@view("nearcrossing", 5.5)
def _near_crossing(s: Scene) -> np.ndarray:
    """2 where a row and a column cross that are full or have ends of one colour, 1 in the eight cells around."""
    rows = s.ink.all(axis=1) | (s.ink[:, 0] & (s.cells[:, 0] == s.cells[:, -1]))
    columns = s.ink.all(axis=0) | (s.ink[0] & (s.cells[0] == s.cells[-1]))
    cross = rows[:, None] & columns[None]
    return np.asarray(grown(cross).astype(np.uint8) + cross)


def _ends(cells: Cells) -> np.ndarray:
    """(rows, 1): the colour at the end of each row, where the other end has none or the same."""
    first, last = cells[:, :1], cells[:, -1:]
    return np.where((first == last) | (last == 0), first, np.where(first == 0, last, 0))


@view("endscross", 5, colour=True)
def _ends_cross(s: Scene) -> np.ndarray:
    """The colour at the ends of the row, where the ends of the column have the same; 0 elsewhere, and in the lines
    along the border that have a colour."""
    row, column = _ends(s.cells), _ends(s.cells.T).T
    out = np.where(row == column, row, 0)
    for k in (0, -1):
        if s.ink[k, 1:-1].any():
            out[k] = 0
        if s.ink[1:-1, k].any():
            out[:, k] = 0
    return out


@view("rowend", 5, colour=True)
def _row_end(s: Scene) -> np.ndarray:
    """The colour at the ends of the row."""
    return _ends(s.cells)


@view("columnend", 5, colour=True)
def _column_end(s: Scene) -> np.ndarray:
    """The colour at the ends of the column."""
    return _ends(s.cells.T).T
