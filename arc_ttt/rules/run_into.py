"""Which things a thin line of another colour runs into, straight or aslant, and in which colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.types import Cells

_ROOM = 2  # cells of a line that are looked at
_WAYS = tuple((r, c) for r in (-1, 0, 1) for c in (-1, 0, 1) if (r, c) != (0, 0))


@lru_cache(maxsize=64)
def _run_into(raw: bytes, width: int) -> Cells:
    """For each coloured cell the colour of the line that runs into it; 0 where none does, the greatest of several."""
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width)
    rows, columns = cells.shape
    wide = np.pad(cells, _ROOM)

    def seen(down: int, right: int) -> Cells:
        return wide[_ROOM + down : _ROOM + down + rows, _ROOM + right : _ROOM + right + columns]

    found: Cells = np.zeros_like(cells)
    for r, c in _WAYS:
        last = seen(-r, -c)
        hit = (cells != 0) & (last != 0) & (last != cells) & (seen(-2 * r, -2 * c) == last)
        # The line is thin: what lies beside its last cell has another colour.
        for down, right in ((0, 1), (0, -1), (1, 0), (-1, 0)) if r and c else ((c, r), (-c, -r)):
            hit &= seen(down - r, right - c) != last
        found = np.where(hit, np.maximum(found, last), found)
    return found


def _striker(c: Crowd) -> list[int]:
    """The one colour of the lines that run into each thing."""
    lines = _run_into(c.cells.tobytes(), c.cells.shape[1])
    found = []
    for t in c.things:
        inks = set(lines[t.box][t.cells != 0].tolist()) - {0}
        found.append(inks.pop() if len(inks) == 1 else 0)
    return found


def _struck(c: Crowd) -> list[int]:
    lines = _run_into(c.cells.tobytes(), c.cells.shape[1])
    return [int(lines[t.box][t.cells != 0].any()) for t in c.things]


STRIKERS: dict[str, Callable[[Crowd], Sequence[int]]] = {"striker": _striker}
STRUCK: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {"struck": (_struck, 3.5)}
