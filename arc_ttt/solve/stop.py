"""When training may end before its budget is spent, and how the learning rate falls towards that.

`Whole` never ends it. `HeldOut` (solve.held) asks a demonstration that training does not see, `Staged` the test inputs
themselves: the budget is spent in stages, each of which lets the rate fall and begins again where the one before ended
(warm restarts, Loshchilov & Hutter, arXiv 1608.03983), and where the first views agree after a stage no further one is
begun. No truth is needed for that: views that agree are seldom wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from arc_ttt.solve.vote import UNSCORED, decided
from arc_ttt.solve.work import Work
from arc_ttt.types import Candidate, Grid, Task

REST = 0.1  # of the budget: in which the rate falls where training is to end early
STAGES = (0.125, 0.25, 0.5, 1.0)  # ends of the stages, as shares of the budget
ASKED = 5  # views that are answered after a stage

Found = tuple[tuple[Candidate, ...], ...]
Ask = Callable[[int, Sequence[Grid | None]], tuple[Found, dict[str, Any]]]
"""A number of views and guesses → the candidates that they find, and notes."""


def schedule(done: float, end: float = 1.0) -> float:
    """Share of the peak learning rate when `done` (0–1) of the budget is spent; where training is to end before the
    whole is, at `end`, it falls to a tenth by then."""
    if done < 0.1:
        return (done + 0.01) / 0.11
    share = 0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi * (done - 0.1) / 0.9))
    if end >= 1:
        return share
    return 0.1 + (share - 0.1) * max(0.0, min(1.0, (end - done) / REST))


class Whole:
    """All of the budget, on all demonstrations. `end` is the share of it after which training is over, `stopped` says
    why where that is early; `found` are the candidates of the views that were asked last, `spent` what they took, and
    where they are `enough` no others need be asked."""

    end = 1.0
    stopped: str | None = None
    found: Found = ()
    spent: Mapping[str, Any] = MappingProxyType({})
    enough = False

    def __init__(self, work: Work) -> None:
        self._work = work

    def task(self) -> Task:
        """What is trained on now."""
        return self._work.task

    def rate(self, done: float) -> float:
        """Share of the peak learning rate."""
        return schedule(done, self.end)

    def look(self, done: float) -> bool:
        """To be called after each step with the share of the budget that is spent; whether `task` has changed."""
        return False

    def notes(self) -> dict[str, Any]:
        """For the result's line."""
        return {}


class Staged(Whole):
    """Stages, after each of which some views are asked."""

    def __init__(self, work: Work, ask: Ask) -> None:
        super().__init__(work)
        self._ask, self._stage = ask, 0
        self._checks: list[list[float]] = []

    def rate(self, done: float) -> float:
        begun = STAGES[self._stage - 1] if self._stage else 0.0
        share = (done - begun) / (STAGES[self._stage] - begun)
        if self._stage:  # the moments of the optimiser are those of the stage before: no warm-up
            return 0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi * min(1.0, share)))
        return schedule(min(1.0, share))

    def look(self, done: float) -> bool:
        passed = sum(done >= end for end in STAGES)
        if passed <= self._stage or passed == len(STAGES):
            return False
        self._stage = passed
        config = self._work.config
        self.found, self.spent = self._ask(ASKED, leaders(self.found))
        votes = [[len(c.views) for c in one] for one in self.found]
        leading = min(max(v, default=0) for v in votes)
        self._checks.append([round(done, 3), leading, ASKED])
        if all(decided(v, config.views - ASKED) for v in votes):
            self.stopped = f"learned: {leading} of {ASKED} views agreed, after {100 * done:.0f} % of the training"
            self.end = done
            self.enough = config.sequential and config.vote in UNSCORED
            if self.enough and config.views > ASKED:
                tests = len(votes)
                enough = f"{ASKED * tests} of {config.views * tests} answers were enough"
                self.spent = {**self.spent, "stopped": enough}
        return False

    def notes(self) -> dict[str, Any]:
        return {"checks": self._checks} | ({"trained": self.stopped} if self.stopped else {})


def leaders(found: Found) -> list[Grid | None]:
    """What most views found, for each test input."""
    return [one[0].grid if one else None for one in found]
