"""Colours renamed by a table that the demonstrations show: by number, by rank, or by the order of frequency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, operation, table_word
from arc_ttt.types import Cells

_ENTRY = re.compile(r"(\d)to(\d)")


def is_table(word: str) -> bool:
    """Whether `word` is entries like `1to2_3to4`, their keys in ascending order."""
    entries = [_ENTRY.fullmatch(part) for part in word.split("_")]
    keys = [e[1] for e in entries if e]
    return len(keys) == len(entries) and keys == sorted(set(keys))


def table_of(word: str) -> dict[int, int]:
    """What `language.table_word` wrote."""
    return {int(old): int(new) for old, new in _ENTRY.findall(word)}


TABLE = Kind("table of colours", ("0to0_1to2_2to1", "1to0_2to0_5to3"), is_table)


def renamed(cells: Cells, table: dict[int, int]) -> Cells | None:
    """`cells` with every colour changed as `table` says; None if it lacks one."""
    names = np.full(10, 255, np.uint8)
    for old, new in table.items():
        names[old] = new
    out: Cells = names[cells]
    return None if out.max() > 9 else out


@operation("any", table=TABLE, weight=0)
def recolour_by_table(cells: Cells, table: str) -> Cells | None:
    """Change every colour for another one, by a table."""
    return renamed(cells, table_of(table))


@fits("recolour_by_table")
def _fit_table(grids: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    table: dict[int, int] = {}
    for cells, goal in zip(grids, wanted, strict=True):
        if cells.shape != goal.shape:
            return
        for old in np.flatnonzero(np.bincount(cells.ravel(), minlength=10)).tolist():
            new = goal[cells == old]
            if (new != table.setdefault(old, int(new[0]))).any():
                return
    if any(old != new for old, new in table.items()):
        yield (table_word(table),)
        if (both := _both_ways(table)) != table:
            yield (table_word(both),)


def _both_ways(table: dict[int, int]) -> dict[int, int]:
    """The table with what is shown one way alone the other way, too, if colours change places in it: some are shown to
    do so, and none otherwise."""
    back = {new: old for old, new in table.items()}
    swapped = any(old != new and table.get(new) == old for old, new in table.items())
    if swapped and len(back) == len(table) and all(table.get(new, old) == old for old, new in table.items()):
        return back | table
    return table
