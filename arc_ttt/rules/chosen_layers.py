"""Grid → its equal parts as one: at each place one of them says which of the others is seen there, or which colour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from arc_ttt.rules.language import OTHER, Argument, Kind, fits, keyed, operation
from arc_ttt.rules.learned_layers import SPLIT, layers, splits
from arc_ttt.types import Cells

_ENTRY = re.compile(r"(\d{1,9})to([a-i]|\d)")
_DECIDES = re.compile(r"part([1-9])|marks")
_LETTERS = "abcdefghi"
# Cells for each entry of a table that is read off, and entries at most.
_CELLS, _MOST_ENTRIES = 6, 9
DECIDES = Kind("what decides", ("part2", "marks"), lambda word: _DECIDES.fullmatch(word) is not None)
# `1toa_2tob_0to0`: for 1 the first part is seen, for 2 the second one, for 0 nothing.
SEEN = Kind("table of what is seen", ("1toa_2toc_0to0", "22tob_21toa_12to3_11to0"), keyed(_ENTRY))


@lru_cache(maxsize=256)
def _table(word: str) -> dict[int, str]:
    return {int(key): what for key, what in _ENTRY.findall(word)}


def _keys(parts: Sequence[Cells], decides: str) -> np.ndarray | None:
    """The number at each place that decides: a colour of one part, or, as digits, which are coloured (2) or not (1)."""
    if decides == "marks":
        places = 10 ** np.arange(len(parts))[::-1]
        return np.tensordot(places, 1 + (np.stack(parts) != 0), axes=1)
    i = int(decides[4:]) - 1
    return parts[i].astype(int) if i < len(parts) else None


@operation("panels", split=SPLIT, decides=DECIDES, table=SEEN, result=OTHER, weight=0)
def choose_layers(cells: Cells, split: str, decides: str, table: str) -> Cells | None:
    """Equal parts of the grid become one: at each place the colour of one of them there, or which of them are
    coloured, says which part is seen, or one colour, by a table."""
    parts = layers(cells, split)
    keys = None if parts is None else _keys(parts, decides)
    if parts is None or keys is None:
        return None
    entries = _table(table)
    out = np.zeros(keys.shape, np.uint8)
    for key in np.unique(keys).tolist():
        what = entries.get(key)
        if what is None or (what.isalpha() and _LETTERS.index(what) >= len(parts)):
            return None
        seen = np.uint8(int(what)) if what.isdecimal() else parts[_LETTERS.index(what)]
        np.copyto(out, seen, where=keys == key)
    return out


@fits("choose_layers")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The part that decides, or which are coloured, where each case shows one part, or one colour."""
    goal = np.concatenate([w.ravel() for w in wanted])
    for split, parts in splits(shown, wanted):
        flat = [np.concatenate([p[i].ravel() for p in parts]) for i in range(len(parts[0]))]
        for decides in (*(f"part{i + 1}" for i in range(len(flat)) if len(flat) > 2), "marks"):
            keys = _keys(flat, decides)
            table = None if keys is None else _entries(keys, flat, goal)
            if table is not None:
                yield split, decides, table
                return


def _entries(keys: np.ndarray, flat: Sequence[np.ndarray], goal: np.ndarray) -> str | None:
    """The table; None where a case shows neither a part nor a colour, or all show the same."""
    found = []
    for key in np.unique(keys).tolist():
        at = keys == key
        if (goal[at] == goal[at][0]).all():
            what = str(int(goal[at][0]))
        else:
            what = next((_LETTERS[i] for i, part in enumerate(flat) if (part[at] == goal[at]).all()), "")
        if not what:
            return None
        found.append((key, what))
    letters = {what for _, what in found if what.isalpha()}
    if not letters or len({what for _, what in found}) < 2 or len(found) > min(_MOST_ENTRIES, len(goal) // _CELLS):
        return None
    return "_".join(f"{key}to{what}" for key, what in found)
