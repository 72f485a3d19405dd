"""What a search has no time to try on all grids it tries on one: every step that is left, on one small demonstration.

Most steps do not apply to a grid, and hardly any makes the output of even one demonstration, so one look at the
smallest one tells which steps are worth a try on the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from arc_ttt.agents.programs.actions import Action
from arc_ttt.agents.programs.meter import Meter
from arc_ttt.agents.programs.targets import Grids, key
from arc_ttt.rules.language import same

# Units that one step takes on one grid on average, where most steps do not apply.
GLANCE_COST = 1.0


def glance(
    ways: Sequence[Action], inputs: Grids, outputs: Grids, goals: Collection[Grids], meter: Meter
) -> Iterator[Action]:
    """Those of the actions that make what one of the `goals` shows of the smallest demonstration that changes."""
    changed = [k for k, (a, b) in enumerate(zip(inputs, outputs, strict=False)) if not same(a, b)]
    if not changed:
        return
    k = min(changed, key=lambda k: inputs[k].size)
    wanted = {key(g[k : k + 1]) for g in goals}
    for action in ways:
        if not meter.pay(GLANCE_COST):
            return
        try:
            made = action.function(inputs[k], *action.step.arguments)
        except Exception:
            if meter.stopped:
                raise
            meter.trace.raised[action.step.name] += 1
            continue
        if made is not None and key((made,)) in wanted:
            yield action
