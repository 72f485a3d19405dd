"""Flights: where a traveller goes, cell by cell, and what it does at the border and at the colours that it meets."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from arc_ttt.rules.places import inside
from arc_ttt.rules.travellers import Traveller
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

DOES = {
    "s": "stops",
    "l": "turns left",
    "r": "turns right",
    "m": "turns left in it",
    "n": "turns right in it",
    "b": "bounces",
    "p": "passes behind",
    "o": "goes over",
    "d": "takes that colour",
    "k": "breaks through the first and stops at the next",
    "w": "goes on from the other cell of that colour",
    "f": "goes straight while it is in there",
    "a": "stops and paints what it hit",
    "v": "stops and what it hit vanishes",
    "i": "stops and paints the cell that it hit",
    "e": "stops and the cell that it hit vanishes",
    "c": "bounces and takes that colour",
    "x": "steps aside to its right until the way is free",
    "y": "steps aside to its left until the way is free",
    "g": "goes on in it as light does at a mirror that rises",
    "h": "goes on in it as light does at a mirror that falls",
    "t": "bounces, but for the border across from where it starts: there it stops",
}
_BOUNCES = "bct"
_HITS = "avie"
_ENDS = f"s{_HITS}"
ASKED = "?"  # while a table is learned: what is not known yet
_MOST_STEPS = 300
_WORK = 0.02  # of a step, in the units of `work`


class Unknown(Exception):
    """A meeting that the table lacks."""


class Flight:
    """A traveller on its way: `path` has the cells that it paints with their colours; `hit` the cell of a thing that it
    hits, and what becomes of that."""

    def __init__(
        self, cells: Cells, traveller: Traveller, table: Mapping[str, str], wanted: Cells | None, walled: bool = False
    ) -> None:
        self.cells, self.table, self.wanted = cells, table, wanted
        # Its own trail is in its way (as the border is), and it turns no more than once before it goes on.
        self.trail: set[tuple[int, int]] | None = {traveller.at} if walled else None
        # What is wanted where a shot that leaves no trail ends; None of all others.
        self.shot: Cells | None = None
        self.r, self.c = traveller.at
        self.way, self.colour, self.inks = traveller.way, traveller.colour, traveller.inks
        self.steps = 0
        # The axis along which it comes from the border.
        r, c = traveller.at
        while inside(cells, r - self.way[0], c - self.way[1]) and cells[r - self.way[0], c - self.way[1]]:
            r, c = r - self.way[0], c - self.way[1]
        self.along = int(c in (0, cells.shape[1] - 1))
        self.path: list[tuple[int, int, int]] = []
        self.hit: tuple[int, int, str] | None = None
        self.broken, self.turned = False, 0
        # Where it goes inside what bends it.
        self.straight: tuple[int, int] | None = None

    def arrives(self) -> bool:
        """Whether it ends, and paints nothing that is empty in `wanted`. `Unknown` where the table does not say what
        it does."""
        for _ in range(_MOST_STEPS):
            worked(_WORK)
            going = self._inside_glass() if self.straight else self._step()
            if going is not None:
                return going
        return False

    def _met(self, r: int, c: int) -> int:
        """The colour there; -1 beyond the border, and where its own trail is in its way."""
        if self.trail is not None and (r, c) in self.trail:
            return -1
        return int(self.cells[r, c]) if inside(self.cells, r, c) else -1

    def _step(self) -> bool | None:
        """One step or turn; True where it ends, False where it cannot be."""
        y, x = self.r + self.way[0], self.c + self.way[1]
        met = self._met(y, x)
        if met in (0, self.colour):
            return self._go(y, x, painted=not met)
        does = _does(self.table, met)
        if does in _ENDS or (does == "k" and self.broken):
            self.hit = (y, x, does) if does in _HITS else None
            return self.shot is None or met < 0 or self._as_wanted(y, x, does)
        if does in "lrbctxy":
            return self._turn(y, x, does, met) if does not in "xy" else self._aside(does == "x")
        if does == "w":
            other = [(int(a), int(b)) for a, b in np.argwhere(self.cells == met) if (a, b) != (y, x)]
            return self._go(*other[0], painted=False) if len(other) == 1 else False
        if does == "f":
            if 0 in self.way:
                return False
            upright = self._met(self.r + self.way[0], self.c) == met
            self.straight = (self.way[0], 0) if upright else (0, self.way[1])
            y, x = self.r + self.straight[0], self.c + self.straight[1]
        elif does == "d":
            self.inks, self.colour = (met,), met
        elif does in "gh":
            down, right = self.way
            self.way = (-right, -down) if does == "g" else (right, down)
        elif does in "mn":
            self.way = _turned(self.way, does == "n")
        self.broken |= does == "k"
        return self._go(y, x, painted=does in "kof")

    def _as_wanted(self, r: int, c: int, does: str) -> bool:
        """Whether the cell that a shot comes to is wanted as it is then."""
        assert self.shot is not None
        now = self.colour if does in "ai" else 0 if does in "ve" else self.cells[r, c]
        return bool(self.shot[r, c] == now)

    def _aside(self, right: bool) -> bool | None:
        down, across = _turned(self.way, right)
        y, x = self.r + down, self.c + across
        return self._go(y, x, painted=True) if self._met(y, x) == 0 else True

    def _go(self, r: int, c: int, painted: bool) -> bool | None:
        self.r, self.c, self.turned = r, c, 0
        if painted:
            if self.wanted is not None and not self.wanted[r, c]:
                return False
            self.path.append((r, c, self.inks[self.steps % len(self.inks)]))
            if self.trail is not None:
                self.trail.add((r, c))
        self.steps += 1
        return None

    def _inside_glass(self) -> bool | None:
        assert self.straight is not None
        r, c = self.r + self.straight[0], self.c + self.straight[1]
        met = self._met(r, c)
        if met < 0:
            return True
        if met == self.cells[self.r, self.c]:
            return self._go(r, c, painted=True)
        self.straight = None
        return self._step()

    def _turn(self, y: int, x: int, does: str, met: int) -> bool | None:
        """Turn before (y, x), where it meets a colour; it ends where it cannot."""
        self.turned += 1
        if self.turned > (3 if self.trail is None else 1) or (does in _BOUNCES and 0 in self.way):
            return True
        if does not in _BOUNCES:
            self.way = _turned(self.way, does == "r")
            return None
        low, side = self._blocked(y, self.c), self._blocked(self.r, x)
        if "s" in (low, side):
            return True
        if does == "c":
            beside = [
                v
                for v in (self._met(y, self.c), self._met(self.r, x), met)
                if v > 0 and self.table.get(str(v), "c") == "c"
            ]
            self.inks, self.colour = (beside[0],), beside[0]
        down, right = self.way
        self.way = (-down if low or not side else down), (-right if side or not low else right)
        return None

    def _blocked(self, r: int, c: int) -> str:
        """What stops or turns it back there; an empty word where it may go on."""
        met = self._met(r, c)
        if met in (0, self.colour):
            return ""
        does = self.table.get("edge" if met < 0 else str(met), self.table.get("x", ""))
        if does == "t":
            side = c if self.along else r
            return "b" if 0 <= side < self.cells.shape[self.along] else "s"
        return does if does in ("b", "c", "s") else ""


def _turned(way: tuple[int, int], right: bool) -> tuple[int, int]:
    return (way[1], -way[0]) if right else (-way[1], way[0])


def _does(table: Mapping[str, str], met: int) -> str:
    key = "edge" if met < 0 else str(met)
    does = table.get(key) or (table.get("x", ASKED) if met > 0 else ASKED)
    if does == ASKED:
        raise Unknown(key)
    return does
