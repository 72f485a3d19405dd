"""Travellers: marks that fly off and leave a trail, and what each does at the border and at the colours that it meets.

A table is a word of entries like `5tos_2tor_edgetob`: at 5 it stops, at 2 it turns right, from the border it bounces;
`x` stands for all other colours. What a letter means is said at `flights.DOES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.flights import ASKED, DOES, Flight, Unknown
from arc_ttt.rules.language import Argument, Kind, fits, makes, operation, table_word
from arc_ttt.rules.places import inside
from arc_ttt.rules.things import rarest_ink, things
from arc_ttt.rules.travellers import AIM, TRACED, Traveller, travellers
from arc_ttt.types import Cells

_UNTRACED = ("nothing", "unseen", "met")
_AT_EDGE = "sblrt"
_AT_INKS = "".join(DOES).replace("t", "")
_UNSEEN = "sieavolr"  # of what leaves no trail
_OVER_ALL = "edgetos_xtoo"
_ENTRY = re.compile(r"([1-9x]|edge)to([slrmnbpodkwfaviecxyght])")
_MOST_TRAVELLERS, _MOST_INKS = 12, 4
_MOST_APART, _MOST_TABLES = 6, 150  # tried for one kind of travellers


def _is_meetings(word: str) -> bool:
    entries = [_ENTRY.fullmatch(e) for e in word.split("_")]
    known = all(e is not None and e[2] in (_AT_EDGE if e[1] == "edge" else _AT_INKS) for e in entries)
    return known and len({e[1] for e in entries if e}) == len(entries)


MEETINGS = Kind("meetings", ("xtos_edgetob", "5tos_2tor_edgetos"), _is_meetings)
TRAVELLER = Kind("traveller", ("any", "rare", *range(1, 10)))
# What the trail is: its own colours (another one where two trails cross; walled: which is in its own way), none (it
# moves, or it is not seen to fly at all), only where it goes over something, or a colour.
_CROSSING = "crossing"
LEAVES = Kind(
    "leaves", ("own", "walled", "nothing", "unseen", "met", *range(1, 10), *(f"{_CROSSING}{c}" for c in range(1, 10)))
)


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
        flight = Flight(cells, t, table, wanted if leaves not in _UNTRACED else None, leaves == "walled")
        flight.shot = wanted if leaves == "unseen" else None
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
            _strike(out, cells, flight.hit, t.colour)
    for at in crossings:
        out[at] = crossed
    return out


def _strike(out: Cells, cells: Cells, hit: tuple[int, int, str], colour: int) -> None:
    """Paint or clear the thing that was hit, or the cell alone."""
    r, c, does = hit
    if does in "ie":
        out[r, c] = colour if does == "i" else 0
        return
    for o in things(cells, "corner"):
        if o.top <= r <= o.bottom and o.left <= c <= o.right and o.cells[r - o.top, c - o.left]:
            out[o.box][o.cells != 0] = colour if does == "a" else 0


def _trail(out: Cells, t: Traveller, flight: Flight, aim: str, leaves: int | str) -> None:
    if leaves == "unseen":
        return
    if leaves == "nothing":
        out[t.at] = 0
        out[flight.path[-1][:2]] = flight.path[-1][2]
        return
    for r, c, ink in flight.path:
        if leaves != "met" or flight.cells[r, c]:
            out[r, c] = ink if leaves in ("own", "walled", "met") else leaves
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
    except Unknown:
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
    if len({rarest_ink(s) for s in shown}) > 1:
        sources.append("rare")
    for source in sources:
        for aim in map(str, AIM.values):
            groups = [travellers(s, source, aim) for s in shown]
            if not all(0 < len(g) <= _MOST_TRAVELLERS for g in groups):
                continue
            found = False
            for leaves in _leaves(groups, shown, wanted):
                if (leaves != "nothing" or aim not in TRACED) and not (found and leaves == "walled"):
                    for word in _words(shown, wanted, groups, source, aim, leaves, kept, everywhere):
                        yield source, aim, word, leaves
                        found = True


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
    # What is shot at may be large.
    common = [c for c in kept if all((s == c).any() for s in shown)] if leaves == "unseen" else everywhere
    for apart in (frozenset(), frozenset(kept), *(frozenset({c}) for c in common[:_MOST_APART])):
        tries = iter(range(_MOST_TABLES))
        table = next(_tables(shown, wanted, groups, aim, leaves, {str(c): ASKED for c in apart}, tries), None)
        if table is not None:
            yield table_word(_mirrored(table, shown, wanted, source, aim, leaves))
            return


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
        if makes(travel, (source, aim, table_word(made), leaves), shown, wanted):
            return made
    return table


def _first_inks(groups: Sequence[Sequence[Traveller]], shown: Sequence[Cells], wanted: Sequence[Cells]) -> set[int]:
    """What the first cells of trails say: a colour, its own (0), that it left (-1), or nothing (-2)."""
    inks = set()
    for group, s, w in zip(groups, shown, wanted, strict=True):
        for t in group:
            r, c = t.at[0] + t.way[0], t.at[1] + t.way[1]
            if inside(s, r, c) and not s[r, c]:
                if w[t.at] != s[t.at] and w[t.at] != t.ink:
                    inks.add(-1)
                else:
                    inks.add(0 if w[r, c] in (t.ink, t.colour) else int(w[r, c]) or -2)
    return inks


def _leaves(
    groups: Sequence[Sequence[Traveller]], shown: Sequence[Cells], wanted: Sequence[Cells]
) -> Iterator[int | str]:
    """What the trails may be."""
    inks = _first_inks(groups, shown, wanted)
    if inks == {0}:
        yield "own"
        # A colour that all outputs show and no input has, or only a few cells of it, may be that of crossings.
        new = [set(w[s == 0].tolist()) - {t.colour for t in g} for g, s, w in zip(groups, shown, wanted, strict=True)]
        crossed = set.intersection(*new) - {0}
        if len(crossed) == 1:
            yield f"{_CROSSING}{crossed.pop()}"
        if all(len(g) == 1 for g in groups):
            yield "walled"
    elif len(inks) == 1 and min(inks) > 0:
        yield inks.pop()
    elif inks and max(inks) < 0 and inks != {-2}:
        yield "nothing"
    elif inks == {-2} and all(
        not w[s == 0].any() and set(w[w != s].tolist()) <= {0, *(t.colour for t in g)}
        for g, s, w in zip(groups, shown, wanted, strict=True)
    ):
        yield "unseen"
    if inks <= {-2} and all((w == 0).sum() == (s == 0).sum() for s, w in zip(shown, wanted, strict=True)):
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
        except Unknown as unknown:
            key = str(unknown)
            if key != "edge" and key not in table:
                key = "x"
            if sum(does != ASKED for does in table.values()) <= _MOST_INKS:
                unseen = leaves == "unseen"
                at = (_AT_EDGE[:1] if unseen else _AT_EDGE) if key == "edge" else _UNSEEN if unseen else _AT_INKS
                for does in at:
                    yield from _tables(shown, wanted, groups, aim, leaves, table | {key: does}, tries)
            return
        if made is None or (made != w).any():
            return
    known = {key: does for key, does in table.items() if does != ASKED}
    # Without any meeting, other operations do it.
    if (
        aim == "headlong"
        or str(leaves).startswith(_CROSSING)
        or len(known) - ("edge" in known)
        or known.get("edge", "s") != "s"
    ):
        yield known
