"""Grid → a colour for each of its members, as a property of it says by a table read off demonstrations, in order.

`spell_by(corner, holes, 0to1_1to2, least_left, row1)`: from left to right, 1 for things without holes, 2 for others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from arc_ttt.rules.chosen import RANK, ranked_values
from arc_ttt.rules.crowds import FAR_MEMBERS, MEMBERS, Crowd, crowd
from arc_ttt.rules.language import OTHER, Argument, Kind, fits, keyed, operation, table_word
from arc_ttt.rules.learned_lists import FORM, PROPERTY, formed, readings
from arc_ttt.types import Cells

_ENTRY = re.compile(r"(\d{1,5})to(\d)")
# Members that a word has at most, entries of a table, and tables that are handed on.
MOST_LETTERS, MOST_ENTRIES, KEPT = 12, 6, 2
_ORDERS = ("least_left", "least_top", "most_left", "most_top", "most_size", "least_size")


TABLE = Kind("table of letters", ("0to1_1to2",), keyed(_ENTRY))


@lru_cache(maxsize=256)
def _table(word: str) -> dict[int, int]:
    return {int(v): int(c) for v, c in _ENTRY.findall(word)}


def _ordered(c: Crowd, rank: str) -> list[int] | None:
    """The members' numbers in order; None where two have the same rank."""
    if not 0 < len(c.things) <= MOST_LETTERS:
        return None
    values = ranked_values(c.things, rank)
    return sorted(range(len(values)), key=lambda i: -values[i]) if len(set(values)) == len(values) else None


@operation(
    "objects", "panels", members=MEMBERS, name=PROPERTY, table=TABLE, rank=RANK, form=FORM, result=OTHER, weight=0
)
def spell_by(cells: Cells, members: str, name: str, table: str, rank: str, form: str) -> Cells | None:
    """For each thing, in the order of a measure, the colour that a table says for a property of it: in a row or a
    column."""
    c = crowd(cells, members)
    order = _ordered(c, rank)
    if order is None:
        return None
    values, entries = c.values(name), _table(table)
    inks = [entries.get(values[i]) for i in order]
    known = [i for i in inks if i is not None]
    return formed(known, form) if len(known) == len(inks) else None


@fits("spell_by")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Properties of which each value has one colour."""
    if max(w.size for w in wanted) > 100 or min(w.size for w in wanted) < 2:
        return
    kept = 0
    for form, lists in readings(wanted):
        for members in map(str, MEMBERS.values):
            if members in ("rooms", "colours") or members in FAR_MEMBERS:
                continue
            crowds = [crowd(s, members) for s in shown]
            if [len(c.things) for c in crowds] != [len(x) for x in lists]:
                continue
            for rank in _ORDERS:
                orders = [_ordered(c, rank) for c in crowds]
                if any(o is None for o in orders):
                    continue
                for name, table in _tables(crowds, [o for o in orders if o is not None], lists):
                    yield members, name, table, rank, form
                    kept += 1
                    if kept == KEPT:
                        return


def _tables(
    crowds: Sequence[Crowd], orders: Sequence[Sequence[int]], lists: Sequence[Sequence[int]]
) -> Iterator[tuple[str, str]]:
    """(property, table) with fewer entries than there are letters, each seen in two demonstrations if there are two."""
    for name in map(str, PROPERTY.values):
        table: dict[int, int] = {}
        owners: dict[int, set[int]] = {}
        for d, (c, order, wish) in enumerate(zip(crowds, orders, lists, strict=True)):
            values = c.values(name)
            if any(table.setdefault(values[i], ink) != ink for i, ink in zip(order, wish, strict=True)):
                break
            for i in order:
                owners.setdefault(values[i], set()).add(d)
        else:
            lonely = sum(len(o) == 1 for o in owners.values())
            several = 1 < len(table) <= MOST_ENTRIES and len(set(table.values())) > 1
            if name != "colour" and several and 2 * lonely <= len(table):
                yield name, table_word(table)
