"""Two parts of a thing, which together are all of it, take each a colour: its rim and its core, its upper and its lower
half, what it has of two colours, as many of its outermost rings as it has specks and the rest."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.places import Places
from arc_ttt.rules.regions_led import specks

# Regions that share a thing out between them.
SHARED_OUT = (
    ("shell", "kernel"),
    ("core", "rim"),
    ("mass", "specks"),
    ("halfup", "halfdown"),
    ("halfleft", "halfright"),
    ("firstrows", "secondrows"),
    ("firstcolumns", "secondcolumns"),
    ("firstchecks", "secondchecks"),
)


@lru_cache(maxsize=1024)
def _peeled(raw: bytes, width: int, rings: int) -> np.ndarray:
    """What is left of a mask without so many outermost rings."""
    mask = np.frombuffer(raw, bool).reshape(-1, width)
    for _ in range(rings):
        wide = np.pad(mask, 1)
        mask = mask & wide[:-2, 1:-1] & wide[2:, 1:-1] & wide[1:-1, :-2] & wide[1:-1, 2:]
    return mask


def _ringed(outer: bool) -> Callable[[Crowd, int], Places]:
    """The outermost rings of a thing, as many as it has specks, or what is left without them; nothing where it has
    none."""

    def part(c: Crowd, i: int) -> Places:
        t = c.things[i]
        rings = specks(t)
        mask = t.cells != 0
        if not 0 < rings <= min(t.cells.shape) // 2:
            mask = np.zeros_like(mask) if not rings or not outer else mask
        else:
            kernel = _peeled(mask.tobytes(), t.width, rings)
            mask = mask & ~kernel if outer else kernel
        rows, columns = np.nonzero(mask)
        return rows + t.top, columns + t.left

    return part


ON: dict[str, Callable[[Crowd, int], Places]] = {"shell": _ringed(True), "kernel": _ringed(False)}
