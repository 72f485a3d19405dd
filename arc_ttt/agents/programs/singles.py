"""The steps that a search has not come to, tried on its smallest demonstration alone: what makes the output of that is
run on all grids.

A search that has spent its budget on what is likely has left out most of what is not. One step that makes all outputs
says enough for itself, however seldom it helps, and most are known to be wrong by one small grid.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from arc_ttt.agents.programs.actions import Action
from arc_ttt.agents.programs.states import State, colours_mask
from arc_ttt.agents.programs.targets import is_grid, key
from arc_ttt.agents.programs.weights import weights
from arc_ttt.rules.language import INK
from arc_ttt.rules.operations import OPERATIONS
from arc_ttt.types import COLOURS, Cells

if TYPE_CHECKING:
    from arc_ttt.agents.programs.search import Search

# States near the outputs that are gone on from, the share of cells that may be wrong in them, and steps of a program.
MOST_NEAR, MOST_WRONG, MOST_STEPS = 3, 0.1, 3
# What a step costs here, where most do not apply, as a part of what it costs on average.
QUICK = 0.5
# Times that an operation fails before it is left out with all other arguments.
_FAILURES = 6


def single_steps(search: Search) -> None:
    """Enter the single steps that make all outputs into a search that has found nothing and has not tried them: on the
    inputs, and on the states that come nearest to the outputs."""
    begun = {id(state): (state, places[0]) for _, _, state, places in search.queue}
    roots = [entry for entry in begun.values() if not entry[0].program]
    near = [s for s in search.pieces if s.program and s.wrong <= MOST_WRONG and len(s.program) < MOST_STEPS]
    near.sort(key=lambda s: (s.wrong, s.bits))
    for state, first in (*roots, *(begun[id(s)] for s in near[:MOST_NEAR] if id(s) in begun)):
        _probe(search, state, first)
        if search.solutions:
            return


def _probe(search: Search, state: State, first: int) -> None:
    """The same from one state on, of which the search has tried so many of its actions."""
    shown = state.grids[: search.n]
    wrong = [i for i in range(search.n) if key(shown[i : i + 1]) != key(search.outputs[i : i + 1])]
    if not wrong:
        return
    at = min(wrong, key=lambda i: shown[i].size + search.outputs[i].size)
    grid, seen = shown[at], colours_mask(shown[at : at + 1])
    goals = {key(t.grids[at : at + 1]) for t in search.targets.values()}
    inks = _painted(grid, search.outputs[at])
    failures: Counter[str] = Counter()
    works: set[str] = set()
    for i, action in enumerate(search.choices(state.kind)[0]):
        if i < first and (state.program or not search.doubts.has_put_off(action.step, True)):
            continue
        if not search.meter.left:
            return
        name = action.step.name
        if action.mark & ~seen or OPERATIONS[name].fit is not None or not _may_paint(action, inks):
            continue
        if failures[name] >= _FAILURES and name not in works:
            continue
        made = _made(search, action, grid)
        if made is None:
            failures[name] += 1
            continue
        works.add(name)
        if key((made,)) in goals:
            search.step(state, action.step, action.function, state.bits + action.bits, False)


def _painted(grid: Cells, output: Cells) -> set[int]:
    """The colours that a step may paint: those that cells take, where the size stays."""
    if grid.shape != output.shape:
        return set(range(1, COLOURS))
    return set(np.unique(output[grid != output]).tolist())


def _may_paint(action: Action, inks: set[int]) -> bool:
    kinds = OPERATIONS[action.step.name].kinds
    return all(a in inks for kind, a in zip(kinds, action.step.arguments, strict=True) if kind is INK)


def _made(search: Search, action: Action, grid: Cells) -> Cells | None:
    name = action.step.name
    search.meter.pay(QUICK * weights().cost(name, grid.size))
    try:
        made = action.function(grid, *action.step.arguments)
        return made if is_grid(made) else None
    except Exception:
        if search.meter.stopped:
            raise
        search.meter.trace.raised[name] += 1
        return None
