"""Regions that rooms bound: the room on one side of a mark in a wall, and where a fluid gets through doors."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.places import DIRECTIONS, SLANTS, Places, none, places_of
from arc_ttt.rules.things import things
from arc_ttt.rules.work import uncounted
from arc_ttt.types import Cells

# Cells of a mark, and rooms, at most; a room of more than this part of the grid is none.
_MOST_MARK, _MOST_ROOMS, _LARGEST = 4, 80, 0.4
_FEWEST_ROOMS = 2
# From a mark to its room, with the walls between.
_THICKEST = 3
Place = tuple[int, int]


# --- the room on one side of a mark ---


@lru_cache(maxsize=64)
def _rooms(raw: bytes, width: int) -> np.ndarray | None:
    """The number of the room that each empty cell is in, 0 for walls; None where there are no rooms, or too many."""
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width)
    with uncounted():  # it is cached: what it tells must not hang on that
        found = things((cells == 0).astype(np.uint8), "side")
    if not 0 < len(found) <= _MOST_ROOMS:
        return None
    rooms = np.zeros(cells.shape, np.int16)
    for n, room in enumerate(found, 1):
        np.copyto(rooms[room.box], n if room.size <= _LARGEST * cells.size else -1, where=room.cells != 0)
    return rooms


def _room(way: Place) -> Callable[[Crowd, int], Places]:
    """The empty area that lies on one side of a small thing, or aslant behind a corner of its box, perhaps behind the
    wall there."""

    def room(c: Crowd, i: int) -> Places:
        t = c.things[i]
        if t.size > _MOST_MARK or t.size != t.height * t.width:
            return none()
        rooms = _rooms(c.cells.tobytes(), c.cells.shape[1])
        row, column = (
            low - 1 if step < 0 else high + 1 if step else low
            for step, low, high in zip(way, (t.top, t.left), (t.bottom, t.right), strict=True)
        )
        for _ in range(_THICKEST if rooms is not None else 0):
            if rooms is None or not (0 <= row < len(rooms) and 0 <= column < rooms.shape[1]):
                return none()
            if rooms[row, column]:
                rows, columns = np.nonzero(rooms == rooms[row, column])
                return (rows, columns) if rooms[row, column] > 0 else none()
            row, column = row + way[0], column + way[1]
        return none()

    return room


# --- doors ---


def _shifted(mask: np.ndarray, way: Place, beyond: bool) -> np.ndarray:
    """What each cell has next to it in a direction; `beyond` the border."""
    padded = np.pad(mask, 1, constant_values=beyond)
    out: np.ndarray = padded[1 + way[0] : 1 + way[0] + len(mask), 1 + way[1] : 1 + way[1] + mask.shape[1]]
    return out


class _House:
    """Rooms between walls, gaps of a single cell in the walls as doors; what lies outside of all rooms."""

    def __init__(self, free: np.ndarray) -> None:
        wall = ~free
        held = {name: _shifted(wall, way, False) for name, way in DIRECTIONS.items()}
        shut = {name: _shifted(wall, way, True) for name, way in DIRECTIONS.items()}
        # Walls on two opposite sides, and free cells on the other two.
        self.across: np.ndarray = free & held["up"] & held["down"] & ~shut["left"] & ~shut["right"]
        self.down: np.ndarray = free & held["left"] & held["right"] & ~shut["up"] & ~shut["down"]
        self.doors: np.ndarray = self.across | self.down
        with uncounted():  # it is cached: what it tells must not hang on that
            found = things((free & ~self.doors).astype(np.uint8), "side")
        self.good = bool(self.doors.any()) and _FEWEST_ROOMS <= len(found) <= _MOST_ROOMS
        self.room = np.zeros(free.shape, np.int16)
        last = [n - 1 for n in free.shape]
        for n, t in enumerate(found, 1):
            sides = [t.top == 0, t.bottom == last[0], t.left == 0, t.right == last[1]]
            through = (sides[0] and sides[1]) or (sides[2] and sides[3])
            corner = t.cells[[0, 0, -1, -1], [0, -1, 0, -1]] != 0
            at = np.array([sides[a] and sides[b] for a in (0, 1) for b in (2, 3)])
            outside = through or bool((corner & at).any()) or t.size > _LARGEST * free.size
            np.copyto(self.room[t.box], -1 if outside else n, where=t.cells != 0)

    def ways(self, door: Place) -> tuple[Place, Place]:
        return ((0, -1), (0, 1)) if self.across[door] else ((-1, 0), (1, 0))


@lru_cache(maxsize=32)
def _house(raw: bytes, width: int) -> _House:
    return _House(np.frombuffer(raw, bool).reshape(-1, width))


def _between(house: _House, free: np.ndarray, door: Place, way: Place) -> tuple[list[Place], np.ndarray]:
    """Out of a door: the doors that face it, and what fills the rectangles between these and it, where nothing is in
    the way; without such ones straight on as far as the border or a wall."""
    wet = np.zeros(free.shape, bool)
    row, column = door[0] + way[0], door[1] + way[1]
    facing: list[tuple[int, Place, tuple[slice, slice]]] = []
    alike = house.across if way[1] else house.down
    for r, k in np.argwhere(alike & house.doors).tolist():
        y, x = r - way[0], k - way[1]
        ahead = (y - row) * way[0] + (x - column) * way[1]
        if ahead < 0 or house.room[y, x] != -1:
            continue
        box = slice(min(row, y), max(row, y) + 1), slice(min(column, x), max(column, x) + 1)
        if (house.room[box] == -1).all():
            facing.append((ahead, (r, k), box))
    if facing:
        least = min(ahead for ahead, _, _ in facing)
        reached = [(other, box) for ahead, other, box in facing if ahead == least]
        for _, box in reached:
            wet[box] = True
        return [other for other, _ in reached], wet
    while 0 <= row < len(free) and 0 <= column < free.shape[1] and free[row, column]:
        wet[row, column] = True
        row, column = row + way[0], column + way[1]
    return [], wet


def _flow(c: Crowd, i: int) -> Places:
    """The rooms in which a thing lies, and those to which doors lead from there; outside of the rooms what lies between
    two doors that face each other."""
    t = c.things[i]
    ink = ink_of(t)
    free = (c.cells == 0) | (c.cells == ink)
    mask = t.mask(free.shape)
    if 2 * np.count_nonzero(free) < free.size or not free[mask].all():
        return none()
    house = _house(free.tobytes(), free.shape[1])
    begin = set(house.room[mask].tolist()) - {0, -1}
    if not house.good or not begin:
        return none()
    wet, passed = np.isin(house.room, list(begin)), set()
    doors = [(int(r), int(k)) for r, k in np.argwhere(house.doors)]
    todo = [d for d in doors if _touched(wet, d, house)]
    while todo:
        door = todo.pop()
        if door in passed:
            continue
        passed.add(door)
        wet[door] = True
        for way in house.ways(door):
            row, column = door[0] + way[0], door[1] + way[1]
            if wet[row, column]:
                continue
            if house.room[row, column] > 0:
                wet |= house.room == house.room[row, column]
            elif house.room[row, column] == -1:
                others, between = _between(house, free, door, way)
                wet |= between
                todo += others
        todo += [d for d in doors if d not in passed and _touched(wet, d, house)]
    return places_of(wet & (c.cells == 0))


def _touched(wet: np.ndarray, door: Place, house: _House) -> bool:
    """Whether a fluid stands in front of a door, inside."""
    beside = ((door[0] + way[0], door[1] + way[1]) for way in house.ways(door))
    return any(wet[at] and house.room[at] != -1 for at in beside)


def _has_rooms(cells: Cells) -> bool:
    rooms = _rooms(cells.tobytes(), cells.shape[1])
    return rooms is not None and bool((rooms > 0).any())


def _has_doors(cells: Cells) -> bool:
    return _house((cells == 0).tobytes(), cells.shape[1]).good


# By the beginning of regions: whether they may have cells in a grid.
ROOMS_TELL: dict[str, Callable[[Cells], bool]] = {"room": _has_rooms, "flow": _has_doors}
AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    **{f"room{name}": _room(way) for name, way in (DIRECTIONS | SLANTS).items()},
    "flow": _flow,
}
