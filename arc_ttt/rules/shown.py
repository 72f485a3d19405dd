"""What a member of a crowd shows: its own cells, its box, what is within or around; and turns and scalings of that."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.crowds import ROOM, Crowd
from arc_ttt.rules.rooms_as_cells import room_colours
from arc_ttt.rules.things import Thing
from arc_ttt.types import Cells


def _box(c: Crowd, t: Thing) -> Cells:
    return c.cells[t.box]


def _around(c: Crowd, t: Thing) -> Cells | None:
    if t.top < 1 or t.left < 1 or t.bottom + 2 > c.cells.shape[0] or t.right + 2 > c.cells.shape[1]:
        return None
    return c.cells[t.top - 1 : t.bottom + 2, t.left - 1 : t.right + 2]


def _within(c: Crowd, t: Thing) -> Cells | None:
    return c.cells[t.top + 1 : t.bottom, t.left + 1 : t.right] if min(t.cells.shape) > 2 else None


def _content(c: Crowd, t: Thing) -> Cells:
    """The box without the thing itself."""
    return np.where(t.cells != 0, np.uint8(0), c.cells[t.box])


def _own(c: Crowd, t: Thing) -> Cells:
    return t.cells % ROOM


def _trimmed(cells: Cells) -> Cells:
    rows, columns = np.flatnonzero(cells.any(axis=1)), np.flatnonzero(cells.any(axis=0))
    return cells[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] if len(rows) else cells


def _tall(c: Crowd, t: Thing) -> Cells | None:
    """The box with the row above it and the one below."""
    if t.top < 1 or t.bottom + 2 > c.cells.shape[0]:
        return None
    return c.cells[t.top - 1 : t.bottom + 2, t.left : t.right + 1]


def _wide(c: Crowd, t: Thing) -> Cells | None:
    """The box with the column left of it and the one to its right."""
    if t.left < 1 or t.right + 2 > c.cells.shape[1]:
        return None
    return c.cells[t.top : t.bottom + 1, t.left - 1 : t.right + 2]


def shrunk(cells: Cells) -> Cells:
    """The smallest grid of which this is a scaling up, as many times across as down."""
    for n in range(min(cells.shape), 1, -1):
        if cells.shape[0] % n == cells.shape[1] % n == 0:
            small = cells[::n, ::n]
            if bool(np.array_equal(np.kron(small, np.ones((n, n), np.uint8)), cells)):
                return small
    return cells


def roomed(cells: Cells) -> Cells:
    """One cell for each room between full lines, of the one colour in it; the cells where there is no such."""
    across = (cells == cells[:, :1]).all(axis=1) & (cells[:, 0] != 0)
    upright = (cells == cells[:1]).all(axis=0) & (cells[0] != 0)
    if not (across[1:-1].any() or upright[1:-1].any()) or across.all() or upright.all():
        return cells
    made = room_colours(cells)
    return cells if made is None else made


# What a member shows.
SHOWS: dict[str, Callable[[Crowd, Thing], Cells | None]] = {
    "cells": _own,
    "box": _box,
    "within": _within,
    "around": _around,
    "content": _content,
    "tall": _tall,
    "wide": _wide,
}
TURNS: dict[str, Callable[[Cells], Cells]] = {
    "same": lambda c: c,
    "fliphorizontal": lambda c: c[:, ::-1],
    "flipvertical": lambda c: c[::-1],
    "turn": lambda c: c[::-1, ::-1],
    "turnleft": np.rot90,
    "turnright": lambda c: np.rot90(c, 3),
    "transpose": lambda c: c.T,
    "double": lambda c: np.kron(c, np.ones((2, 2), np.uint8)),
    "treble": lambda c: np.kron(c, np.ones((3, 3), np.uint8)),
    "twiceacross": lambda c: np.concatenate([c, c], axis=1),
    "twicedown": lambda c: np.concatenate([c, c]),
    "mirroredright": lambda c: np.concatenate([c, c[:, ::-1]], axis=1),
    "mirroreddown": lambda c: np.concatenate([c, c[::-1]]),
    "mirroredleft": lambda c: np.concatenate([c[:, ::-1], c], axis=1),
    "halved": lambda c: c[::2, ::2],
    "trimmed": _trimmed,
    "shrunk": shrunk,
    "rooms": roomed,
}
