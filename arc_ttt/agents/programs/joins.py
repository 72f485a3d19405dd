"""Two states of the outputs' sizes → a table that makes the outputs of their colours, cell by cell.

It covers what masks and logic do: where one grid has this and the other that, the output has a third. The table must
be as small as its colours, and what one demonstration alone shows of it counts as unproved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from arc_ttt.agents.programs.meter import Meter
from arc_ttt.agents.programs.states import State
from arc_ttt.agents.programs.targets import Grids
from arc_ttt.rules.joined import join_table, join_word
from arc_ttt.rules.language import Program, Step
from arc_ttt.types import COLOURS

# Partners of the input, states that are joined with each other, and joins handed on.
MOST_PARTNERS, MOST_PAIRED, MOST_JOINS = 3000, 160, 6
JOIN_BITS, CHANGE_BITS, KEEP_BITS = 4.0, 3.0, 0.5
# Of a state that is compared with another one, and of each of its cells.
ROW_COST, CELL_COST = 0.1, 0.0005
_CELLS_AT_ONCE = 200_000


@dataclass(frozen=True)
class Join:
    """Two states and the table; `left_out` demonstrations come out right of a table made of the others."""

    first: State
    second: State
    table: str
    bits: float
    left_out: int

    @property
    def program(self) -> Program:
        return (Step("join", (self.first.program, self.second.program, self.table)),)

    def grids(self) -> Grids | None:
        """What it makes of all grids; None where sizes differ or the table says nothing."""
        table, made = join_table(self.table), []
        for a, b in zip(self.first.grids, self.second.grids, strict=True):
            if a.shape != b.shape:
                return None
            out = table[a.astype(np.intp) * COLOURS + b]
            if (out >= COLOURS).any():
                return None
            made.append(out)
        return tuple(made)


def joins(pieces: Sequence[State], outputs: Grids, meter: Meter) -> list[Join]:
    """The joins that make the outputs, those that hold for demonstrations left out first, then the shortest."""
    wanted = np.concatenate([g.ravel() for g in outputs]).astype(np.intp)
    owner = np.repeat(np.arange(len(outputs)), [g.size for g in outputs])
    states = sorted(pieces, key=lambda s: s.bits)[:MOST_PARTNERS]
    if len(states) < 2:
        return []
    flat = np.array([np.concatenate([g.ravel() for g in s.grids[: len(outputs)]]) for s in states])
    found = []
    for i, first in enumerate(states[:MOST_PAIRED]):
        if not meter.left:
            break
        # The shortest of all (the input itself, where sizes stay) meets all others; the rest each other.
        upto = len(states) if i == 0 else min(len(states), MOST_PAIRED)
        for k in _functional(flat[i], flat[i + 1 : upto], wanted, meter):
            second = states[i + 1 + int(k)]
            keys = flat[i].astype(np.intp) * COLOURS + flat[i + 1 + int(k)]
            entries, left = _entries(keys, wanted, owner, len(outputs))
            bits = JOIN_BITS + first.bits + second.bits
            bits += sum(KEEP_BITS if v in divmod(key, COLOURS) else CHANGE_BITS for key, v in entries.items())
            found.append(Join(first, second, join_word(entries), bits, left))
    found.sort(key=lambda j: (-j.left_out, j.bits))
    return found


def _functional(
    first: npt.NDArray[np.uint8],
    others: npt.NDArray[np.uint8],
    wanted: npt.NDArray[np.intp],
    meter: Meter,
) -> Iterator[int]:
    """The rows of `others` (states, cells) of which, with `first`, `wanted` is a function."""
    size = COLOURS * COLOURS * COLOURS
    at_once = max(1, _CELLS_AT_ONCE // len(wanted))
    base = first.astype(np.intp) * (COLOURS * COLOURS) + wanted
    for start in range(0, len(others), at_once):
        part = others[start : start + at_once]
        if not meter.pay(ROW_COST * len(part) + CELL_COST * part.size):
            return
        index = base + part.astype(np.intp) * COLOURS + np.arange(len(part))[:, None] * size
        seen = np.bincount(index.ravel(), minlength=len(part) * size).reshape(len(part), COLOURS * COLOURS, COLOURS)
        for row in np.flatnonzero(((seen > 0).sum(axis=2) <= 1).all(axis=1)):
            yield start + int(row)


def _entries(
    keys: npt.NDArray[np.intp], wanted: npt.NDArray[np.intp], owner: npt.NDArray[np.int64], n: int
) -> tuple[dict[int, int], int]:
    """The table, and how many demonstrations have no entry of their own alone."""
    entries, alone = {}, set()
    for key in np.unique(keys):
        at = keys == key
        entries[int(key)] = int(wanted[at][0])
        owners = np.unique(owner[at])
        if len(owners) == 1:
            alone.add(int(owners[0]))
    return entries, n - len(alone)
