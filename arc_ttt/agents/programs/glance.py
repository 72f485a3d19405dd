"""What a search has no time to try on all grids is tried on one: every first step that is left, on the smallest one.

Most steps do not apply to a grid, and hardly any makes the output of even one demonstration, so one look at the
smallest one tells which steps are worth a try on the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from arc_ttt.agents.programs.actions import Action
from arc_ttt.agents.programs.meter import Meter
from arc_ttt.agents.programs.search import Search
from arc_ttt.agents.programs.states import State, colours_mask
from arc_ttt.agents.programs.targets import Grids, key
from arc_ttt.rules.language import same

# Units that one step takes on one grid on average, where most do not apply.
GLANCE_COST = 1.0
# Times that an operation does not apply before it is left alone: a side of the grid may be one of four.
FAILURES = 6


def glance(search: Search) -> None:
    """Try the first steps that a search has not tried and that make what is wanted of its smallest demonstration, as
    long as there is something left to spend."""
    shown = search.inputs[: search.n]
    sizes = sum(g.size for g in search.inputs) / len(search.inputs)
    root = State(search.inputs, (), (), 0.0, 1.0, colours_mask(shown), sizes, search.kind)
    ways = search.choices(root.kind)[0][search.tried :]
    goals = [t.grids for t in search.targets.values()]
    for action in seen(ways, shown, search.outputs, goals, search.meter):
        search.step(root, action.step, action.function, action.bits, False)


def seen(
    ways: Sequence[Action], inputs: Grids, outputs: Grids, goals: Collection[Grids], meter: Meter
) -> Iterator[Action]:
    """Those of the actions that make what one of the `goals` shows of the smallest demonstration that changes. What
    does not apply with its first arguments is not looked at with others."""
    changed = [k for k, (a, b) in enumerate(zip(inputs, outputs, strict=True)) if not same(a, b)]
    if not changed:
        return
    k = min(changed, key=lambda k: inputs[k].size)
    wanted = {key(g[k : k + 1]) for g in goals}
    failures: Counter[str] = Counter()
    for action in ways:
        name = action.step.name
        if failures[name] >= FAILURES:
            continue
        if not meter.pay(GLANCE_COST):
            return
        try:
            made = action.function(inputs[k], *action.step.arguments)
        except Exception:
            if meter.stopped:
                raise
            meter.trace.raised[name] += 1
            continue
        if made is None:
            failures[name] += 1
            continue
        failures[name] = -len(ways)
        if key((made,)) in wanted:
            yield action
