"""A state of a search → what it makes of the outputs together with the input: where to cut it, what to cover it with,
or which of its cells have changed."""

from __future__ import annotations

from collections.abc import Iterator

from arc_ttt.agents.programs.compared_sizes import is_cut
from arc_ttt.agents.programs.solution import Solution
from arc_ttt.agents.programs.states import State
from arc_ttt.agents.programs.targets import Grids
from arc_ttt.agents.programs.weights import weights
from arc_ttt.rules.changes_shown import is_hit, way_to_show
from arc_ttt.rules.joined import repeated
from arc_ttt.rules.language import Argument, Step, run

# Bits of the size over which something is repeated.
EXTENT_BITS = 4.0
# Bits of how changes are shown.
CHANGED_BITS = 2.0
# Bits of what becomes of things that changes hit.
HIT_BITS = 5.0


def with_input(inputs: Grids, outputs: Grids, kind: str, extent: Argument | None, state: State) -> Iterator[Solution]:
    """The solution that the state and the input make, if they do."""
    if state.program and not state.fitted:
        way = way_to_show(state.grids, inputs, outputs)
        if way is not None:
            more = HIT_BITS if is_hit(way) else CHANGED_BITS
            yield from _solved(inputs, Step("show_changed", (state.program, way)), kind, more, state)
    pairs = list(zip(state.grids, inputs, outputs, strict=False))
    before: tuple[Argument, ...] = ()
    if kind == "smaller" and all(g.shape == i.shape for g, i, _ in pairs):
        name, holds = "crop_where", all(is_cut(g, i, o) for g, i, o in pairs)
    elif kind == "same" and all(g.size < o.size for g, _, o in pairs):
        name, holds = "cover_with", all(bool((repeated(g, o.shape) == o).all()) for g, _, o in pairs)
    elif extent and all(g.size < o.size for g, _, o in pairs):
        name, holds = "repeat_over", all(bool((repeated(g, o.shape) == o).all()) for g, _, o in pairs)
        before = (extent,)
    else:
        return
    if holds and not state.fitted:
        yield from _solved(inputs, Step(name, (*before, state.program)), kind, EXTENT_BITS if before else 0.0, state)


def _solved(inputs: Grids, step: Step, kind: str, more: float, state: State) -> Iterator[Solution]:
    """The one step as a solution, so many bits dearer than the state; nothing where it does not apply to a test."""
    made = [run((step,), g) for g in inputs]
    if all(g is not None for g in made):
        bits = state.bits + weights().bits[kind][step.name] + more
        yield Solution((step,), (), bits, tuple(g for g in made if g is not None))
