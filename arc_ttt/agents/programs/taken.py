"""A task → the same task with one part of each input in place of the input, where the outputs have the part's size.

Which part (a thing, a panel, a room …) is said by a property that the wanted ones have and no others; what is left to
find then keeps the size.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from arc_ttt.agents.programs.targets import Grids, key
from arc_ttt.rules.crowds import MEMBERS, MOST_THINGS, Crowd, crowd
from arc_ttt.rules.language import Step
from arc_ttt.rules.learned_takes import take_by
from arc_ttt.rules.named import names_of
from arc_ttt.rules.shown import SHOWS
from arc_ttt.types import Cells

# What of a part is looked at, parts handed on, and the share of cells that must be right where a part is meant.
LOOKED_AT, MOST_TAKEN, FEWEST_RIGHT = ("box", "within"), 2, 0.5


@dataclass(frozen=True)
class Taken:
    """The step that takes the part, what it makes of all inputs, and its bits."""

    step: Step
    grids: Grids
    bits: float


def taken(inputs: Grids, outputs: Grids, ask: Callable[[], None] = lambda: None) -> list[Taken]:
    """The parts that come nearest to the outputs, one way to say each; `ask` is called on the way."""
    if any(i.size <= o.size for i, o in zip(inputs, outputs, strict=False)):
        return []
    found: list[tuple[float, float, Taken]] = []
    seen = {key(outputs)}
    for rank, members in enumerate(map(str, MEMBERS.values)):
        crowds = []
        for i in inputs[: len(outputs)]:
            ask()
            crowds.append(crowd(i, members))
        if not all(0 < len(c.things) <= MOST_THINGS for c in crowds):
            continue
        for show in LOOKED_AT:
            ask()
            agree = [_agreement(c, o, show) for c, o in zip(crowds, outputs, strict=True)]
            best = [max(a) for a in agree]
            if min(best) < FEWEST_RIGHT:
                continue
            wishes = [[v == b for v in a] for a, b in zip(agree, best, strict=True)]
            for bits, name, value in sorted(names_of(crowds, wishes))[:MOST_TAKEN]:
                step = Step("take_by", (members, name, f"v{value}", show, "same"))
                made = tuple(m for i in inputs if (m := take_by(i, *map(str, step.arguments))) is not None)
                if len(made) == len(inputs) and (mark := key(made[: len(outputs)])) not in seen:
                    seen.add(mark)
                    cost = bits + 0.3 * rank + 2 * (show != "box")
                    found.append((-sum(best), cost, Taken(step, made, cost)))
    return [t for *_, t in sorted(found, key=lambda f: f[:2])[:MOST_TAKEN]]


def _agreement(c: Crowd, output: Cells, show: str) -> list[float]:
    """For each member the share of the output's cells that it has; -1 where it has another size."""
    found = []
    for t in c.things:
        what: Cells | None = SHOWS[show](c, t)
        same = what is not None and what.shape == output.shape
        found.append(float(np.mean(what == output)) if same else -1.0)
    return found
