"""Regions that are whole rooms of a lattice: those straight on from the one that a thing lies in, up to one that is not
empty, or as many as the thing has cells; and the rest of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.panels import Panels, panels
from arc_ttt.rules.places import DIRECTIONS, Places, free, none
from arc_ttt.types import Cells

_FEWEST_ROOMS = 4
Room = tuple[slice, slice]
Place = tuple[int, int]


def _own(c: Crowd, i: int) -> tuple[Panels, Place] | None:
    """The panels, and the row and column of the one that a thing lies in."""
    found, t = panels(c.cells), c.things[i]
    for r, row in enumerate(found.boxes if found else ()):
        for k, box in enumerate(row):
            if t.within(box) and found:
                return found, (r, k)
    return None


def _on(c: Crowd, found: Panels, at: Place, way: str, most: int | None) -> list[Room]:
    """The empty rooms straight on from one, up to the first that is not; or as many as there shall be."""
    rooms: list[Room] = []
    row, column = at
    while most is None or len(rooms) < most:
        row, column = row + DIRECTIONS[way][0], column + DIRECTIONS[way][1]
        if not (0 <= row < len(found.boxes) and 0 <= column < len(found.boxes[0])):
            break
        room = found.boxes[row][column]
        if most is None and c.cells[room].any():
            break
        rooms.append(room)
    return rooms


def _filled(c: Crowd, rooms: Iterable[Room]) -> Places:
    """The empty cells of rooms."""
    mask = np.zeros(c.cells.shape, bool)
    for room in rooms:
        mask[room] = True
    rows, columns = np.nonzero(mask)
    return free(c.cells, rows, columns)


def _hall(*ways: str, counted: bool = False) -> Callable[[Crowd, int], Places]:
    def hall(c: Crowd, i: int) -> Places:
        own = _own(c, i)
        if own is None:
            return none()
        most = c.things[i].size if counted else None
        return _filled(c, [room for way in ways for room in _on(c, *own, way, most)])

    return hall


def _towards(c: Crowd, i: int) -> Places:
    """In the direction of the one wall of its room that it is nearest to."""
    own = _own(c, i)
    if own is None:
        return none()
    found, (row, column) = own
    down, across = found.boxes[row][column]
    rows, columns = np.nonzero(c.things[i].cells)
    if not len(rows):
        return none()
    top, left = c.things[i].top - down.start, c.things[i].left - across.start
    away = {
        "up": int(rows.min()) + top,
        "down": down.stop - down.start - 1 - int(rows.max()) - top,
        "left": int(columns.min()) + left,
        "right": across.stop - across.start - 1 - int(columns.max()) - left,
    }
    # It is nearer to one of two walls that face each other, or to neither.
    nearer = {a if away[a] < away[b] else b for a, b in (("up", "down"), ("left", "right")) if away[a] != away[b]}
    nearest = [way for way in nearer if away[way] == min(away[w] for w in nearer)]
    return _filled(c, _on(c, found, (row, column), nearest[0], None)) if len(nearest) == 1 else none()


def _rest(c: Crowd, i: int) -> Places:
    own = _own(c, i)
    return none() if own is None else _filled(c, [own[0].boxes[own[1][0]][own[1][1]]])


def _has_halls(cells: Cells) -> bool:
    found = panels(cells)
    return found is not None and len(found.flat) >= _FEWEST_ROOMS


# By the beginning of regions: whether they may have cells in a grid.
HALLS_TELL: dict[str, Callable[[Cells], bool]] = {"hall": _has_halls}
AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    **{f"hall{way}": _hall(way) for way in DIRECTIONS},
    **{f"hall{way}size": _hall(way, counted=True) for way in DIRECTIONS},
    "hallcross": _hall(*DIRECTIONS),
    "halltowards": _towards,
    "hallrest": _rest,
}
