"""Outputs in parts: what is fitted to the cells that take one colour, or to what is painted into the empty, and then to
the rest.

Where two things happen in one task, no single fit makes the outputs; each makes its part of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from arc_ttt.agents.programs.meter import cost
from arc_ttt.agents.programs.states import State, colours_mask, compared
from arc_ttt.agents.programs.targets import Grids, key
from arc_ttt.agents.programs.weights import weights
from arc_ttt.rules.language import SAME, Operation, Step, run
from arc_ttt.types import COLOURS, Cells

if TYPE_CHECKING:
    from arc_ttt.agents.programs.search import Search

# The place of a step that was fitted to a part is this times one more than the part, plus the step's number.
APART = 100
# A part is a colour that cells take, or one of these: what becomes of empty cells, and of the others.
ADDED, CHANGED = COLOURS, COLOURS + 1
# Colours that change at most, passes over all fits, and what is kept of each.
MOST_COLOURS, MOST_PASSES, KEPT = 3, 6, 2
# States of the search that may make a part.
MOST_MET = 3000
# Bits of the choice of a part.
PART_BITS = 2.0


def reduced(grids: Sequence[Cells], outputs: Sequence[Cells], part: int) -> Grids:
    """The grids with only this part of the changes that the outputs have."""
    made = []
    for g, o in zip(grids, outputs, strict=True):
        meant = o == part if part < COLOURS else (g == 0) == (part == ADDED)
        made.append(np.where(meant, o, g).astype(np.uint8))
    return tuple(made)


def parts(grids: Sequence[Cells], outputs: Sequence[Cells]) -> list[int]:
    """The parts, of several that there are, in two demonstrations at least."""
    counts = np.zeros(COLOURS + 2, int)
    for g, o in zip(grids, outputs, strict=True):
        changed = g != o
        counts[np.unique(o[changed])] += 1
        counts[ADDED] += bool((changed & (g == 0)).any())
        counts[CHANGED] += bool((changed & (g != 0)).any())
    often = counts >= min(2, len(outputs))
    colours = np.flatnonzero(often[:COLOURS]).tolist()
    kinds = [ADDED, CHANGED] if often[ADDED:].all() else []
    return [*(colours if 2 <= len(colours) <= MOST_COLOURS else []), *kinds]


@dataclass
class _Passes:
    """How many passes over all fits are left."""

    left: int = field(default=MOST_PASSES)


def part_by_part(search: Search) -> None:
    """Enter the programs that make the outputs part by part into a search that has found nothing."""
    shown = search.inputs[: search.n]
    if any(g.shape != o.shape for g, o in zip(shown, search.outputs, strict=True)):
        return
    if not parts(shown, search.outputs):
        return
    cells = sum(g.size for g in search.inputs) / len(search.inputs)
    wrong, _ = compared(shown, search.outputs)
    root = State(search.inputs, (), (), 0.0, wrong, colours_mask(shown), cells, search.kind)
    _go_on(search, root, _Passes(), _met(search))


def _met(search: Search) -> dict[bytes, State]:
    """The shortest states of the search by what they make of the demonstrations, where nothing in them is fitted."""
    found: dict[bytes, State] = {}
    for state in sorted(search.pieces, key=lambda s: s.bits)[:MOST_MET]:
        if state.program and not state.fitted:
            found.setdefault(key(state.grids[: search.n]), state)
    return found


def _go_on(search: Search, state: State, passes: _Passes, met: dict[bytes, State]) -> None:
    """From a state on: the rest at once, or one part more, which some state of the search may have made already."""
    if state.program:
        passes.left -= 1
        for operation, bits in _operations(search):
            search.fit(state, operation, bits)
    todo = parts(state.grids[: search.n], search.outputs)
    for part in todo:
        known = met.get(key(reduced(state.grids[: search.n], search.outputs, part)))
        if known is not None and passes.left > 0 and not search.solutions:
            _go_on(search, replace(known, bits=known.bits + PART_BITS), passes, {})
    for part in todo:
        if passes.left <= 0 or search.solutions:
            return
        passes.left -= 1
        for after in sorted(_states(search, state, part), key=lambda s: s.bits)[:KEPT]:
            if passes.left > 0 and not search.solutions:
                _go_on(search, after, passes, {})


def _operations(search: Search) -> Iterator[tuple[Operation, float]]:
    """The operations with a fit that keep sizes, with their bits."""
    table = weights().bits[search.kind]
    for _, operation in search.choices(search.kind)[1]:
        if operation.result == SAME and search.meter.left:
            yield operation, table[operation.name]


def _states(search: Search, state: State, part: int) -> Iterator[State]:
    """The states in which just this part is made."""
    shown = state.grids[: search.n]
    goals = reduced(shown, search.outputs, part)
    if key(goals) == key(shown):
        return
    for operation, bits in _operations(search):
        fit: Callable[[Sequence[Cells], Sequence[Cells]], object] | None = operation.fit
        assert fit is not None
        for arguments, more in search.arguments(operation, state, goals):
            step = Step(operation.name, arguments)
            search.meter.pay(cost((step,), sum(g.size for g in state.grids)))
            made = [run((step,), g) for g in state.grids]
            grids = tuple(g for g in made if g is not None)
            if len(grids) == len(made) and key(grids[: search.n]) == key(goals):
                wrong, _ = compared(grids[: search.n], search.outputs)
                place = APART * (part + 1) + len(state.program)
                yield State(
                    grids,
                    (*state.program, step),
                    (*state.fitted, place),
                    state.bits + bits + more + PART_BITS,
                    wrong,
                    colours_mask(grids[: search.n]),
                    state.cells,
                    search.kind,
                )
