"""How colours spread step by step: what spreads, how far, over what, and which of several comes first."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.learned_growth import STEPS
from arc_ttt.rules.spread_keys import TELLING, border_strip, corner_tally, key_counts
from arc_ttt.rules.things import things
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

NEVER = 200
_WORK = 3.0  # of a step, in the units of `work`
MOST_STEPS = 120


def sources_of(cells: Cells, spreads: int | str, over: int | str, telling: str) -> np.ndarray:
    """What spreads: but for what only tells how far, or in which colours."""
    if isinstance(spreads, int):
        now: np.ndarray = cells == spreads
    elif spreads == "singles":
        now = np.zeros(cells.shape, bool)
        for t in things(cells, "corner"):
            now[t.top, t.left] |= t.cells.size == 1
    else:
        now = cells != 0
        if spreads != "any":
            now &= cells != int(spreads[3:])
    if isinstance(over, int):
        now &= cells != over
    if telling in TELLING:
        mask = TELLING[telling](cells)
        now = now & ~mask if mask is not None else np.zeros(cells.shape, bool)
    return now


def steps_of(cells: Cells, far: int | str, now: np.ndarray) -> int | np.ndarray | None:
    """How many steps all sources go, or each one."""
    if isinstance(far, int):
        return far
    if far in ("ends", "colours"):
        return MOST_STEPS if far == "ends" else len(np.unique(cells[cells != 0]))
    if far == "corner":
        tally = corner_tally(cells)
        return None if tally is None else int(tally.sum())
    group = things(np.where(now, cells, 0).astype(np.uint8), "corner")
    if far == "sources":
        return len(group)
    sizes = np.zeros(cells.shape, int)
    if far == "key":
        for colour, count in key_counts(cells).items():
            sizes[cells == colour] = count
        return sizes
    for t in group:
        sizes[t.box][t.cells != 0] = t.size
    return sizes


def inwards(now: np.ndarray) -> str:
    """The axis across the two opposite borders at which all that spreads lies; nothing where there are none."""
    for way, mask in (("across", now), ("upright", now.T)):
        if now.any() and not mask[:, 1:-1].any():
            return way
    return ""


def free_of(cells: Cells, over: int | str, now: np.ndarray) -> np.ndarray:
    """The cells over which something may spread: empty ones, those of a colour, or of any but what spreads."""
    if isinstance(over, str) and over != "empty":
        barred = 0 if over == "others" else int(over[3:])
        return np.asarray((cells != 0) & ~now & (cells != barred))
    return np.asarray(cells == (0 if over == "empty" else over))


class Spread:
    """Who has a cell (0 nobody, -1 two that came together), and the step at which it was caught.

    `most` are the steps to go, or those of each source. With `wanted`, the cells that shall change, it `fails` where
    the first step leads elsewhere."""

    def __init__(self, cells: Cells, now: np.ndarray, free: np.ndarray, caught: str, most: int | np.ndarray) -> None:
        self.owner = np.where(now, cells, 0).astype(np.int8)
        self.when = np.where(now, 0, NEVER)
        self.free, self.caught = free, caught
        self.most = most if isinstance(most, int) else MOST_STEPS
        self.left = None if isinstance(most, int) else np.where(now, most, 0)
        self.fails = False

    def run(self, wanted: np.ndarray | None = None) -> Spread:
        open_ = self.free & (self.when == NEVER)
        for step in range(1, self.most + 1):
            worked(_WORK)
            layers = self._beside(self.owner if self.left is None else np.where(self.left > 0, self.owner, 0))
            high = layers.max(axis=0)
            new = self._enough(layers) & open_
            if not new.any():
                break
            least = np.where(layers > 0, layers, np.int8(100)).min(axis=0)
            if self.left is not None:
                left = np.where(layers > 0, self._beside(self.left), 0).max(axis=0) - 1
                self.left[new] = left[new]
            self.owner[new] = np.where(high == least, high, -1)[new]
            self.when[new] = step
            open_ &= ~new
            if wanted is not None and step == 1 and (new & ~wanted & (self.owner > 0)).any():
                self.fails = True
                break
        return self

    def first(self, wanted: np.ndarray) -> bool:
        """Whether a cell that shall change is caught by the first step."""
        return bool((self._enough(self._beside(self.owner)) & self.free & wanted).any())

    def _beside(self, values: np.ndarray) -> np.ndarray:
        """What the cells have from which a step leads to each one: (ways, rows, columns), nothing below 0."""
        padded = np.pad(np.maximum(values, 0), 1)
        height, width = values.shape
        ways = STEPS.get(self.caught, STEPS["sides"])
        return np.stack([padded[1 - r : 1 - r + height, 1 - c : 1 - c + width] for r, c in ways])

    def _enough(self, layers: np.ndarray) -> np.ndarray:
        if self.caught in STEPS:
            return np.asarray(layers.any(axis=0))
        on = layers > 0
        down, up, right, left = on
        if self.caught == "facing":
            return np.asarray((down & up) | (right & left))
        if self.caught == "angle":
            return np.asarray((down | up) & (right | left))
        return np.asarray(on.sum(axis=0) >= (2 if self.caught == "two" else 3))


def painted(cells: Cells, spread: Spread, meet: int | str, paints: int | str) -> Cells:
    """What a spread leaves: its colours or one for all, perhaps at every second step, and a colour where two met."""
    out = cells.copy()
    new = (spread.when > 0) & (spread.when < NEVER)
    own = new & (spread.owner > 0)
    if paints == "second":
        own &= spread.when % 2 == 0
    if paints == "strip":
        listed = border_strip(cells)
        if listed is None:
            return out
        own = new
        out[own] = np.array(listed[1], np.uint8)[spread.when[own] % len(listed[1])]
    else:
        out[own] = paints if isinstance(paints, int) else spread.owner[own]
    if meet != "gap":
        out[new & (spread.owner < 0)] = meet
    return out
