"""A state of a search → what it makes of the outputs together with the input: where to cut it, or what to cover it
with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from arc_ttt.agents.programs.compared_sizes import is_cut
from arc_ttt.agents.programs.solution import Solution
from arc_ttt.agents.programs.states import State
from arc_ttt.agents.programs.weights import weights
from arc_ttt.rules.joined import repeated
from arc_ttt.rules.language import Argument, Step, run

if TYPE_CHECKING:
    from arc_ttt.agents.programs.search import Search

# Bits of the size over which something is repeated.
EXTENT_BITS = 4.0


def with_input(search: Search, state: State) -> Iterator[Solution]:
    """The solution that the state and the input make, if they do."""
    pairs = list(zip(state.grids, search.inputs, search.outputs, strict=False))
    before: tuple[Argument, ...] = ()
    if search.kind == "smaller" and all(g.shape == i.shape for g, i, _ in pairs):
        name, holds = "crop_where", all(is_cut(g, i, o) for g, i, o in pairs)
    elif search.kind == "same" and all(g.size < o.size for g, _, o in pairs):
        name, holds = "cover_with", all(bool((repeated(g, o.shape) == o).all()) for g, _, o in pairs)
    elif search.extent and all(g.size < o.size for g, _, o in pairs):
        name, holds = "repeat_over", all(bool((repeated(g, o.shape) == o).all()) for g, _, o in pairs)
        before = (search.extent,)
    else:
        return
    if holds:
        program = (Step(name, (*before, state.program)),)
        bits = state.bits + weights().bits[search.kind][name] + (EXTENT_BITS if before else 0)
        made = [run(program, g) for g in search.inputs]
        if all(g is not None for g in made) and not state.fitted:
            yield Solution(program, (), bits, tuple(g for g in made if g is not None))
