"""Fluids: streams that fall, run along what stops them and over its ends; basins that are filled."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from arc_ttt.rules.language import DIRECTION, INK, MARK, Kind, operation
from arc_ttt.rules.whole import facing, facing_back
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

# What a stream does in a basin: it covers the ground there, or fills it up and runs over.
BASINS = Kind("basins", ("flat", "full"))
AMOUNT = Kind("amount", ("full", "rows", "cells", "leaking"))
_MOST_SOURCES = 12
_WORK = 0.02  # of a cell that is wetted, in the units of `work`


class _Stream:
    def __init__(self, cells: Cells, source: int, full: bool) -> None:
        self.solid: np.ndarray = (cells != 0) & (cells != source)
        self.wet: np.ndarray = cells == source
        self.full = full
        self.falling = [(int(r), int(c)) for r, c in np.argwhere(self.wet)]

    def run(self) -> np.ndarray:
        while self.falling:
            r, c = self.falling.pop()
            while r + 1 < len(self.wet) and not self.solid[r + 1, c] and not self.wet[r + 1, c]:
                worked(_WORK)
                r += 1
                self.wet[r, c] = True
            if r + 1 < len(self.wet) and self.solid[r + 1, c]:
                self._spread(r, c)
        return self.wet

    def _spread(self, r: int, c: int) -> None:
        """Along the ground to both sides; where walls hold it there and basins are filled, also above."""
        while True:
            spilt = [self._aside(r, c, way) for way in (-1, 1)]
            if any(spilt) or not self.full or r == 0 or self.solid[r - 1, c]:
                return
            r -= 1
            self.wet[r, c] = True

    def _aside(self, r: int, c: int, way: int) -> bool:
        """Whether it runs over an end on this side."""
        x = c + way
        while 0 <= x < self.wet.shape[1] and not self.solid[r, x]:
            worked(_WORK)
            self.wet[r, x] = True
            if r + 1 < len(self.wet) and not self.solid[r + 1, x] and not self.wet[r + 1, x]:
                self.falling.append((r, x))
                return True
            x += way
        return False


@operation("few", "walls", source=MARK, direction=DIRECTION, basins=BASINS, weight=0)
def pour_over(cells: Cells, source: int, direction: str, basins: str) -> Cells | None:
    """From each cell of a colour a stream falls in a direction; what stops it, it runs along to both sides and falls on
    at the ends; it covers the ground of basins, or fills them and runs over."""
    turned = facing(cells, direction)
    if not 0 < np.count_nonzero(turned == source) <= _MOST_SOURCES:
        return None
    wet = _Stream(turned, source, basins == "full").run()
    out = np.where(wet & (turned == 0), np.uint8(source), turned)
    return None if (out == turned).all() else facing_back(out, direction)


def _runs(free: np.ndarray) -> Iterator[tuple[int, int]]:
    """The stretches (first, end) of a row that are free between two cells that are not."""
    start = None
    for k, f in enumerate(free.tolist()):
        if not f:
            if start is not None and start < k:
                yield start, k
            start = k + 1


class Basin:
    """Stretches of free cells upon each other, the lowest first: (row, first column, end)."""

    def __init__(self, row: int, first: int, end: int, holes: list[int]) -> None:
        self.rows = [(row, first, end)]
        self.holes = holes

    @property
    def columns(self) -> tuple[int, int]:
        return min(f for _, f, _ in self.rows), max(e for _, _, e in self.rows)


def basins_of(solid: np.ndarray) -> list[Basin]:
    """What would hold a fluid, and what would but for holes in its ground."""
    found: list[Basin] = []
    open_: dict[int, Basin] = {}  # by column: the basin whose surface is there
    for r in range(len(solid) - 2, -1, -1):
        above: dict[int, Basin] = {}
        for first, end in _runs(~solid[r]):
            worked(_WORK * (end - first))
            ground = [c for c in range(first, end) if solid[r + 1, c]]
            under = [b for b in dict.fromkeys(open_[c] for c in range(first, end) if c in open_) if b in found]
            rest = [c for c in range(first, end) if not solid[r + 1, c] and c not in open_]
            if ground and len(ground) + len(rest) == end - first:
                basin = Basin(r, first, end, rest)
                found.append(basin)
            elif under and not rest:
                basin = under[0]
                for other in under[1:]:
                    basin.rows += other.rows
                    basin.holes += other.holes
                    found.remove(other)
                basin.rows.sort(reverse=True)
                basin.rows.append((r, first, end))
            else:
                continue
            above |= dict.fromkeys(range(first, end), basin)
        open_ = above
    return found


@operation("walls", "beginning", direction=DIRECTION, ink=INK, amount=AMOUNT, weight=0)
def fill_basins(cells: Cells, direction: str, ink: int, amount: str) -> Cells | None:
    """What is open to one side only is filled with a colour: up to the brim; by as many rows, or cells, as there are
    cells of the colour above it, which vanish; or to the brim unless its ground has holes, where it runs out."""
    turned = facing(cells, direction)
    if len(turned) < 3:
        return None
    drops = turned == ink
    by_drops = amount in ("rows", "cells")
    if by_drops and not drops.any():
        return None
    solid = (turned != 0) & ~drops if by_drops else turned != 0
    found = basins_of(solid)
    out = np.where(drops, np.uint8(0), turned) if by_drops else turned.copy()
    for basin in found:
        if basin.holes and amount != "leaking":
            continue
        if basin.holes:
            _leak(out, solid, basin, ink)
        else:
            first, end = basin.columns
            n = int(drops[: basin.rows[0][0] + 1, first:end].sum()) if by_drops else 0
            _fill(out, basin, ink, amount, n)
    return None if not found or (out == turned).all() else facing_back(out, direction)


def _fill(out: Cells, basin: Basin, ink: int, amount: str, n: int) -> None:
    if amount == "cells":
        for r, first, end in basin.rows:
            k = min(n, end - first)
            out[r, first : first + k] = ink
            n -= k
        return
    for r, first, end in basin.rows[:n] if amount == "rows" else basin.rows:
        out[r, first:end] = np.where(out[r, first:end] == 0, np.uint8(ink), out[r, first:end])


def _leak(out: Cells, solid: np.ndarray, basin: Basin, ink: int) -> None:
    """From the brim through each hole as far as something stops it."""
    for c in basin.holes:
        for r in range(basin.rows[-1][0], len(out)):
            if solid[r, c]:
                break
            out[r, c] = ink
