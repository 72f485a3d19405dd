"""When training may end before its budget is spent, and how the learning rate falls towards that.

`Whole` never ends it. `HeldOut` (solve.held) asks a demonstration that training does not see, `Staged` the test inputs
themselves: the budget is spent in stages, each of which lets the rate fall and begins again where the one before ended
(warm restarts, Loshchilov & Hutter, arXiv 1608.03983). Where the demonstrations are learned after a stage and the first
views agree on the test inputs, no further one is begun. No truth is needed for that: views that agree are seldom wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from arc_ttt.config import TTTConfig
from arc_ttt.solve.known import all_known
from arc_ttt.solve.vote import UNSCORED, decided
from arc_ttt.solve.work import Work
from arc_ttt.types import Candidate, Grid, Task

REST = 0.1  # of the budget: in which the rate falls where training is to end early
SHORTEST = 15_000  # tokens of the first stage, at least; each later one ends at twice as many
HALVINGS = 2  # where the budget is not one of tokens
ASKED = 5  # views that are answered after a stage
LEARNED = 0.1  # nats a token: above it the demonstrations are not learned, and views agree on nothing that they tell

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

    def begin(self) -> None:
        """To be called before training."""

    def look(self, done: float, loss: float) -> bool:
        """To be called after each step with the share of the budget that is spent and the loss (nats a token) of the
        last steps; whether `task` has changed."""
        return False

    def notes(self) -> dict[str, Any]:
        """For the result's line."""
        return {}


class Early(Whole):
    """What may end early may also not begin."""

    def begin(self) -> None:
        if all_known(self._work):
            self.stopped = "learned: each demonstration was predicted from the others, before any training"
            self.end = 0.0


class Staged(Early):
    """Stages, after each of which some views are asked."""

    def __init__(self, work: Work, ask: Ask) -> None:
        super().__init__(work)
        self._ask, self._stage, self._ends = ask, 0, stages(work.config.ttt, work.round)
        self._checks: list[list[float]] = []

    def rate(self, done: float) -> float:
        begun = self._ends[self._stage - 1] if self._stage else 0.0
        share = (done - begun) / (self._ends[self._stage] - begun)
        if self._stage:  # the moments of the optimiser are those of the stage before: no warm-up
            return 0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi * min(1.0, share)))
        return schedule(min(1.0, share))

    def look(self, done: float, loss: float) -> bool:
        passed = sum(done >= end for end in self._ends)
        if passed <= self._stage or passed == len(self._ends):
            return False
        self._stage = passed
        config = self._work.config
        self.found, self.spent = self._ask(ASKED, leaders(self.found))
        votes = [[len(c.views) for c in one] for one in self.found]
        leading = min(max(v, default=0) for v in votes)
        self._checks.append([round(done, 3), leading, ASKED])
        if loss < LEARNED and all(decided(v, config.views - ASKED) for v in votes):
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


def stages(ttt: TTTConfig, round: int = 0) -> tuple[float, ...]:
    """Where stages end, as shares of the budget: half of it, a quarter, and so on."""
    halvings = HALVINGS
    if ttt.seconds is None and ttt.lessons is None:
        halvings = max(0, int(math.log2(ttt.tokens * 2.0**round / SHORTEST)))
    return tuple(0.5**k for k in range(halvings, -1, -1))


def leaders(found: Found) -> list[Grid | None]:
    """What most views found, for each test input."""
    return [one[0].grid if one else None for one in found]
