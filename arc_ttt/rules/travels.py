"""Travellers: marks that fly off and leave a trail, and what each does at the border and at the colours that it meets.

A table is a word of entries like `5tos_2tor_edgetob`: at 5 it stops, at 2 it turns right, from the border it bounces;
`x` stands for all other colours. What a letter means is said at `_DOES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import things
from arc_ttt.rules.travellers import AIM, TRACED, Traveller, inside, rarest, travellers
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

_DOES = {
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
    "c": "bounces and takes that colour",
    "x": "steps aside to its right until the way is free",
    "y": "steps aside to its left until the way is free",
    "g": "goes on in it as light does at a mirror that rises",
    "h": "goes on in it as light does at a mirror that falls",
    "t": "bounces, but for the border across from where it starts: there it stops",
}
_AT_EDGE = "sblrt"
_BOUNCES = "bct"
_AT_INKS = "".join(_DOES).replace("t", "")
_OVER_ALL = "edgetos_xtoo"
_ASKED = "?"  # while a table is learned: what is not known yet
_ENTRY = re.compile(r"([1-9x]|edge)to([slrmnbpodkwfavcxyght])")
_MOST_STEPS, _MOST_TRAVELLERS, _MOST_INKS = 300, 12, 4
_MOST_APART, _MOST_TABLES = 6, 150  # tried for one kind of travellers
_WORK = 0.02  # of a step, in the units of `work`


def _is_meetings(word: str) -> bool:
    entries = [_ENTRY.fullmatch(e) for e in word.split("_")]
    known = all(e is not None and e[2] in (_AT_EDGE if e[1] == "edge" else _AT_INKS) for e in entries)
    return known and len({e[1] for e in entries if e}) == len(entries)


MEETINGS = Kind("meetings", ("xtos_edgetob", "5tos_2tor_edgetos"), _is_meetings)
TRAVELLER = Kind("traveller", ("any", "rare", *range(1, 10)))
# What the trail is: its own colours (another one where two trails cross), none, only where it goes over something, or a
# colour.
_CROSSING = "crossing"
LEAVES = Kind("leaves", ("own", "nothing", "met", *range(1, 10), *(f"{_CROSSING}{c}" for c in range(1, 10))))


class _Unknown(Exception):
    """A meeting that the table lacks."""


class _Flight:
    """A traveller on its way: `path` has the cells that it paints with their colours; `hit` the cell of a thing that it
    hits, and what becomes of that."""

    def __init__(self, cells: Cells, traveller: Traveller, table: Mapping[str, str], wanted: Cells | None) -> None:
        self.cells, self.table, self.wanted = cells, table, wanted
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
        """Whether it ends, and paints nothing that is empty in `wanted`. `_Unknown` where the table does not say what
        it does."""
        for _ in range(_MOST_STEPS):
            worked(_WORK)
            going = self._inside_glass() if self.straight else self._step()
            if going is not None:
                return going
        return False

    def _met(self, r: int, c: int) -> int:
        """The colour there; -1 beyond the border."""
        return int(self.cells[r, c]) if inside(self.cells, r, c) else -1

    def _step(self) -> bool | None:
        """One step or turn; True where it ends, False where it cannot be."""
        y, x = self.r + self.way[0], self.c + self.way[1]
        met = self._met(y, x)
        if met in (0, self.colour):
            return self._go(y, x, painted=not met)
        does = _does(self.table, met)
        if does in "sav" or (does == "k" and self.broken):
            self.hit = (y, x, does) if does in "av" else None
            return True
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
        if self.turned > 3 or (does in _BOUNCES and 0 in self.way):
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
    does = table.get(key) or (table.get("x", _ASKED) if met > 0 else _ASKED)
    if does == _ASKED:
        raise _Unknown(key)
    return does


def _made(
    cells: Cells,
    group: Sequence[Traveller],
    aim: str,
    table: Mapping[str, str],
    leaves: int | str,
    wanted: Cells | None,
) -> Cells | None:
    out = cells.copy()
    crossed = int(leaves.removeprefix(_CROSSING)) if isinstance(leaves, str) and leaves.startswith(_CROSSING) else 0
    trails = np.zeros(cells.shape, bool)
    crossings: list[tuple[int, int]] = []
    for t in group:
        flight = _Flight(cells, t, table, wanted if leaves not in ("nothing", "met") else None)
        if not flight.arrives():
            return None
        if flight.path:
            _trail(out, t, flight, aim, "own" if crossed else leaves)
        if crossed:
            path = dict.fromkeys((r, c) for r, c, _ in flight.path)
            crossings += [at for at in path if trails[at]]
            for at in path:
                trails[at] = True
        if flight.hit is not None:
            r, c, does = flight.hit
            for o in things(cells, "corner"):
                if o.top <= r <= o.bottom and o.left <= c <= o.right and o.cells[r - o.top, c - o.left]:
                    out[o.box][o.cells != 0] = t.colour if does == "a" else 0
    for at in crossings:
        out[at] = crossed
    return out


def _trail(out: Cells, t: Traveller, flight: _Flight, aim: str, leaves: int | str) -> None:
    if leaves == "nothing":
        out[t.at] = 0
        out[flight.path[-1][:2]] = flight.path[-1][2]
        return
    for r, c, ink in flight.path:
        if leaves != "met" or flight.cells[r, c]:
            out[r, c] = ink if leaves in ("own", "met") else leaves
    if aim == "headlong":
        out[t.at] = t.ink
        out[flight.path[-1][:2]] = t.colour


@operation("few", "markers", source=TRAVELLER, aim=AIM, meetings=MEETINGS, leaves=LEAVES, weight=0)
def travel(cells: Cells, source: int | str, aim: str, meetings: str, leaves: int | str) -> Cells | None:
    """Marks fly off and leave a trail (or none); a table says what they do at the border and at each colour: stop,
    turn, bounce, pass, take the colour, break through, be refracted, come out elsewhere, or paint what they hit."""
    group = travellers(cells, source, aim)
    if not 0 < len(group) <= _MOST_TRAVELLERS:
        return None
    try:
        out = _made(cells, group, aim, dict(_ENTRY.findall(meetings)), leaves, None)
    except _Unknown:
        return None
    return None if out is None or (out == cells).all() else out


@fits("travel")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Sources and aims; what happens at a meeting is tried when it first comes to it."""
    if any(s.shape != w.shape for s, w in zip(shown, wanted, strict=True)):
        return
    kept = [c for c in range(1, 10) if any((s == c).any() for s in shown)]
    # Few colours that all demonstrations have may be met in ways of their own.
    everywhere = [c for c in kept if all(0 < (s == c).sum() <= _MOST_TRAVELLERS for s in shown)]
    sources: list[int | str] = [*everywhere, "any"]
    if len({rarest(s) for s in shown}) > 1:
        sources.append("rare")
    for source in sources:
        for aim in map(str, AIM.values):
            groups = [travellers(s, source, aim) for s in shown]
            if not all(0 < len(g) <= _MOST_TRAVELLERS for g in groups):
                continue
            for leaves in _leaves(groups, shown, wanted):
                if leaves != "nothing" or aim not in TRACED:
                    for word in _words(shown, wanted, groups, source, aim, leaves, kept, everywhere):
                        yield source, aim, word, leaves


def _words(
    shown: Sequence[Cells],
    wanted: Sequence[Cells],
    groups: Sequence[Sequence[Traveller]],
    source: int | str,
    aim: str,
    leaves: int | str,
    kept: Sequence[int],
    everywhere: Sequence[int],
) -> Iterator[str]:
    """The first table that makes what is wanted, if there is one."""
    if leaves == "met":
        if makes(travel, (source, aim, _OVER_ALL, leaves), shown, wanted):
            yield _OVER_ALL
        return
    for apart in (frozenset(), frozenset(kept), *(frozenset({c}) for c in everywhere[:_MOST_APART])):
        tries = iter(range(_MOST_TABLES))
        table = next(_tables(shown, wanted, groups, aim, leaves, {str(c): _ASKED for c in apart}, tries), None)
        if table is not None:
            yield _word(_mirrored(table, shown, wanted, source, aim, leaves))
            return


def _word(table: Mapping[str, str]) -> str:
    return "_".join(f"{k}to{v}" for k, v in sorted(table.items()))


def _mirrored(
    table: dict[str, str],
    shown: Sequence[Cells],
    wanted: Sequence[Cells],
    source: int | str,
    aim: str,
    leaves: int | str,
) -> dict[str, str]:
    """Where one colour is a mirror, those that always turn to one side are mirrors, too, if they may be."""
    turning = [key for key, does in table.items() if does in "mn"]
    if not turning or not {"g", "h"} & set(table.values()):
        return table
    for does in product("gh", repeat=len(turning)):
        made = table | dict(zip(turning, does, strict=True))
        if makes(travel, (source, aim, _word(made), leaves), shown, wanted):
            return made
    return table


def _leaves(
    groups: Sequence[Sequence[Traveller]], shown: Sequence[Cells], wanted: Sequence[Cells]
) -> Iterator[int | str]:
    """What the trails may be: the first cell of each tells."""
    inks = set()
    for group, s, w in zip(groups, shown, wanted, strict=True):
        for t in group:
            r, c = t.at[0] + t.way[0], t.at[1] + t.way[1]
            if inside(s, r, c) and not s[r, c]:
                if w[t.at] != s[t.at] and w[t.at] != t.ink:
                    inks.add(-1)
                else:
                    inks.add(0 if w[r, c] in (t.ink, t.colour) else int(w[r, c]) or -2)
    if inks == {0}:
        yield "own"
        # A colour that all outputs show and no input has, or only a few cells of it, may be that of crossings.
        new = [set(w[s == 0].tolist()) - {t.colour for t in g} for g, s, w in zip(groups, shown, wanted, strict=True)]
        crossed = set.intersection(*new) - {0}
        if len(crossed) == 1:
            yield f"{_CROSSING}{crossed.pop()}"
    elif len(inks) == 1 and min(inks) > 0:
        yield inks.pop()
    elif inks and max(inks) < 0 and inks != {-2}:
        yield "nothing"
    elif inks <= {-2} and all((w == 0).sum() == (s == 0).sum() for s, w in zip(shown, wanted, strict=True)):
        yield "met"


def _tables(
    shown: Sequence[Cells],
    wanted: Sequence[Cells],
    groups: Sequence[Sequence[Traveller]],
    aim: str,
    leaves: int | str,
    table: dict[str, str],
    tries: Iterator[int],
) -> Iterator[dict[str, str]]:
    if next(tries, None) is None:
        return
    for s, w, group in zip(shown, wanted, groups, strict=True):
        try:
            made = _made(s, group, aim, table, leaves, w)
        except _Unknown as unknown:
            key = str(unknown)
            if key != "edge" and key not in table:
                key = "x"
            if sum(does != _ASKED for does in table.values()) <= _MOST_INKS:
                for does in _AT_EDGE if key == "edge" else _AT_INKS:
                    yield from _tables(shown, wanted, groups, aim, leaves, table | {key: does}, tries)
            return
        if made is None or (made != w).any():
            return
    known = {key: does for key, does in table.items() if does != _ASKED}
    # Without any meeting, other operations do it.
    if (
        aim == "headlong"
        or str(leaves).startswith(_CROSSING)
        or len(known) - ("edge" in known)
        or known.get("edge", "s") != "s"
    ):
        yield known
