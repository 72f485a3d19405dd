"""Results → what each agent did for them: what it was asked, what it proposed, what was taken, what was right."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from arc_ttt.types import Candidate, Grid, Result, Solutions

PACE = ("first_answer", "tokens_per_second", "drafts_accepted", "states_per_second")


@dataclass
class Share:
    """One agent's part in a run. Tasks in `asked` and `settled` (where it alone was asked), else outputs: `proposed`
    (it had a candidate), `chosen` (it found one of the attempts, `alone` where no other agent did), `right` (it found
    an attempt that is right; None where no answer is known). `pace` has means over the tasks that told it: see
    `agents.agent.Proposal`."""

    agent: str
    asked: int = 0
    settled: int = 0
    proposed: int = 0
    chosen: int = 0
    alone: int = 0
    right: int | None = None
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    pace: dict[str, float] = field(default_factory=dict)


def shares(results: Iterable[Result], solutions: Solutions) -> tuple[Share, ...]:
    """The shares of all agents in `results`, in the order in which they first were asked. Results of a version that did
    not note its agents have none."""
    made: dict[str, Share] = {}
    paces: dict[tuple[str, str], list[float]] = defaultdict(list)
    for result in results:
        spent = result.notes.get("agents")
        if not isinstance(spent, dict):
            continue
        truths: Sequence[Grid | None] = solutions.get(result.task) or [None] * len(result.candidates)
        known = any(truth is not None for truth in truths)
        for name, took in spent.items():
            mine = made.setdefault(name, Share(name))
            mine.asked += 1
            mine.settled += len(spent) == 1
            mine.seconds += _number(took, "seconds")
            mine.cpu_seconds += _number(took, "cpu_seconds")
            if known:
                mine.right = mine.right or 0
            for measure in PACE:
                if isinstance(took, dict) and measure in took:
                    paces[name, measure].append(_number(took, measure))
        for found, attempts, truth in zip(result.candidates, result.prediction.attempts, truths, strict=False):
            _count(made, found, attempts, truth)
    for (name, measure), values in paces.items():
        made[name].pace[measure] = math.fsum(values) / len(values)
    return tuple(made.values())


def _count(made: dict[str, Share], found: Sequence[Candidate], attempts: Sequence[Grid], truth: Grid | None) -> None:
    """Add what each agent proposed for one output, and what became of it."""
    by_agent: dict[str, set[Grid]] = {}
    for c in found:
        if c.views or c.program:  # not an opinion of another's answer
            by_agent.setdefault(c.agent, set()).add(c.grid)
    for name in by_agent.keys() & made.keys():
        mine, grids = made[name], by_agent[name]
        taken = grids.intersection(attempts)
        mine.proposed += 1
        mine.chosen += bool(taken)
        others = [grid for other, theirs in by_agent.items() if other != name for grid in theirs]
        mine.alone += bool(taken.difference(others))
        if truth is not None:
            mine.right = (mine.right or 0) + (truth in taken)


def _number(took: object, name: str) -> float:
    value = took.get(name) if isinstance(took, dict) else None
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else 0.0
