"""Grids that are right where they paint → layers that make the outputs when laid upon each other.

Each layer is a state of the search of the outputs' sizes. The first may paint nothing wrong; a further one may be wrong
only where those above it have painted. Every layer must add cells to more than one demonstration, else a rule could be
pieced together from accidents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from arc_ttt.agents.programs.meter import Meter
from arc_ttt.agents.programs.states import State
from arc_ttt.agents.programs.targets import Grids
from arc_ttt.rules.language import Program, Step

# States looked at, stacks handed on, and how many states are tried as the first, second, … layer.
MOST_PIECES, MOST_STACKS = 3000, 4
WIDTHS = (10, 4, 2, 1)
# Bits that a layer more costs, beside its own.
LAYER_BITS = 3.0
# Of a state that is looked at, and of each of its cells; states looked at between two calls of `stop`.
PIECE_COST, CELL_COST, AT_ONCE = 0.2, 0.0001, 500
_CELLS_AT_ONCE = 12_000_000


@dataclass(frozen=True)
class Stack:
    """Layers, the uppermost first."""

    layers: tuple[State, ...]

    @property
    def bits(self) -> float:
        return sum(s.bits for s in self.layers) + LAYER_BITS * (len(self.layers) - 1)

    @property
    def program(self) -> Program:
        program = self.layers[-1].program
        for state in reversed(self.layers[:-1]):
            program = (Step("overlay", (state.program, program)),)
        return program

    def grids(self) -> Grids | None:
        """What the stack makes of all grids; None where the layers' sizes differ."""
        made = []
        for parts in zip(*(s.grids for s in self.layers), strict=True):
            if len({p.shape for p in parts}) > 1:
                return None
            out = parts[0]
            for part in parts[1:]:
                out = np.where(out != 0, out, part)
            made.append(out)
        return tuple(made)


def stacks(pieces: Sequence[State], outputs: Grids, meter: Meter) -> list[Stack]:
    """The stacks of two or more layers that make the outputs, the shortest first."""
    wanted = np.concatenate([g.ravel() for g in outputs])
    owner = np.repeat(np.arange(len(outputs)), [g.size for g in outputs])
    most = min(MOST_PIECES, _CELLS_AT_ONCE // len(wanted))
    if not wanted.any() or len(pieces) < 2:
        return []
    pieces = sorted(pieces, key=lambda s: s.bits)[: 4 * most]
    right: list[npt.NDArray[np.bool_]] = []
    wrong: list[npt.NDArray[np.bool_]] = []
    kept: list[State] = []
    for state in pieces:
        if not meter.pay(PIECE_COST + CELL_COST * len(wanted)):
            break
        flat = np.concatenate([g.ravel() for g in state.grids[: len(outputs)]])
        hit = (flat == wanted) & (flat != 0)
        if hit.any() and len(kept) < most:
            kept.append(state)
            right.append(hit)
            wrong.append((flat != 0) & ~hit)
    if len(kept) < 2:
        return []
    found: list[Stack] = []
    table = _Table(kept, np.array(right), np.array(wrong), wanted != 0, owner)
    _lay(table, (), np.zeros(len(wanted), bool), found, meter)
    return sorted(found, key=lambda s: s.bits)


@dataclass(frozen=True)
class _Table:
    """The pieces and, (pieces, cells), where they paint right and wrong; (cells,) what is to be painted and in which
    demonstration it lies."""

    pieces: list[State]
    right: npt.NDArray[np.bool_]
    wrong: npt.NDArray[np.bool_]
    wanted: npt.NDArray[np.bool_]
    owner: npt.NDArray[np.int64]


def _lay(
    table: _Table, layers: tuple[int, ...], covered: npt.NDArray[np.bool_], found: list[Stack], meter: Meter
) -> None:
    """Try the pieces that add most under `layers`, which paint the cells `covered`."""
    open_ = np.flatnonzero(~covered)
    if len(layers) == len(WIDTHS) or not meter.pay(CELL_COST * len(table.pieces) * len(open_)):
        return
    parts = []
    for start in range(0, len(table.pieces), AT_ONCE):
        meter.ask()
        parts.append(start + np.flatnonzero(~table.wrong[start : start + AT_ONCE, open_].any(axis=1)))
    allowed = np.concatenate(parts)
    meter.ask()
    more = table.right[np.ix_(allowed, open_)]
    gains = more.sum(axis=1)
    # The larger gain first, a bit for a cell at most: what is long must add more.
    order = sorted(range(len(allowed)), key=lambda i: (-int(gains[i]), table.pieces[allowed[i]].bits))
    tried: set[bytes] = set()
    for i in order:
        pattern = more[i].tobytes()
        if not gains[i] or len(tried) == WIDTHS[len(layers)]:
            break
        if pattern in tried or not _spreads(table.owner[open_][more[i]], table.owner):
            continue
        tried.add(pattern)
        now = covered | table.right[allowed[i]]
        all_layers = (*layers, int(allowed[i]))
        if (now == table.wanted).all():
            if len(all_layers) > 1:
                found.append(Stack(tuple(table.pieces[n] for n in all_layers)))
        else:
            _lay(table, all_layers, now, found, meter)


def _spreads(owners: npt.NDArray[np.int64], all_owners: npt.NDArray[np.int64]) -> bool:
    """Whether cells of these demonstrations are enough to speak of a rule: of two of them, if there are two."""
    return len(np.unique(owners)) >= min(2, int(all_owners[-1]) + 1)
