"""When training may end before its budget is spent, and how the learning rate falls towards that.

`Whole` never ends it. `Staged` trains in stages, each of which lets the rate fall and begins again where the one before
ended (warm restarts, Loshchilov & Hutter, arXiv 1608.03983); where the lessons are learned after a stage no further one
is begun. `HeldOut` (solve.held) asks a demonstration that training does not see. Neither begins where the model
predicts every demonstration from the others as it is.
"""

from __future__ import annotations

import math
from typing import Any

from arc_ttt.agents.learner.known import all_known
from arc_ttt.agents.learner.work import Work
from arc_ttt.types import Task

REST = 0.1  # of the budget: in which the rate falls where training is to end early
STAGES = (0.25, 0.375, 0.5, 0.75, 1.0)  # ends of the stages, as shares of the budget


def schedule(done: float, end: float = 1.0) -> float:
    """Share of the peak learning rate when `done` (0–1) of the budget is spent; where training is to end before the
    whole is, at `end`, it falls to a tenth by then."""
    if done < 0.1:
        return (done + 0.01) / 0.11
    share = _fall((done - 0.1) / 0.9)
    if end >= 1:
        return share
    return 0.1 + (share - 0.1) * max(0.0, min(1.0, (end - done) / REST))


def cosine(done: float, warmup: float) -> float:
    """Share of the peak learning rate when `done` (0–1) of the steps are made: it rises from nothing over the share
    `warmup` and falls to nothing, as `transformers.get_cosine_schedule_with_warmup` has it."""
    if done < warmup:
        return done / warmup
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (done - warmup) / max(1e-9, 1 - warmup))))


def _fall(done: float) -> float:
    """From 1 to a tenth, as a cosine."""
    return 0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi * done))


class Whole:
    """All of the budget, on all demonstrations. `end` is the share of it after which training is over, `stopped` says
    why where that is early: a word ("learned", "plateau"), a colon, and what was seen."""

    end = 1.0
    stopped: str | None = None
    steps: int | None = None

    def __init__(self, work: Work) -> None:
        self._work = work

    def task(self) -> Task:
        """What is trained on now."""
        return self._work.task

    def rate(self, done: float) -> float:
        """Share of the peak learning rate."""
        return schedule(done, self.end)

    def once(self, done: float) -> float:
        """The same for one cosine to nothing, whose warm-up is a whole number of steps where these are known; where
        training is to end before the whole is, it falls to nothing by then."""
        warmup = self._work.config.ttt.warmup
        if self.steps:  # the margin is for shares such as 0.1, which is a little more
            warmup = min(1.0, math.ceil(warmup * self.steps - 1e-6) / self.steps)
        left = max(0.0, min(1.0, (self.end - done) / REST)) if self.end < 1 else 1.0
        return cosine(done, warmup) * left

    def begin(self, steps: int | None = None) -> None:
        """To be called before training, with the number of its updates where that is known."""
        self.steps = steps

    def look(self, done: float, loss: float) -> bool:
        """To be called after each step with the share of the budget that is spent and the loss (nats a token) of the
        last steps; whether `task` has changed."""
        return False

    def notes(self) -> dict[str, Any]:
        """For the result's line."""
        return {"trained": self.stopped} if self.stopped else {}


class Early(Whole):
    """What may end early may also not begin."""

    def begin(self, steps: int | None = None) -> None:
        super().begin(steps)
        if all_known(self._work):
            self.stopped = "learned: each demonstration was predicted from the others, before any training"
            self.end = 0.0


class Staged(Early):
    """Stages, until the loss at the end of one is below the setting `stop_loss`."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._stage = 0
        self._ends: list[list[float]] = []

    def rate(self, done: float) -> float:
        begun = STAGES[self._stage - 1] if self._stage else 0.0
        share = min(1.0, (done - begun) / (STAGES[self._stage] - begun))
        if self._stage:  # the moments of the optimiser are those of the stage before: no warm-up
            return _fall(share)
        return schedule(share)

    def look(self, done: float, loss: float) -> bool:
        passed = sum(done >= end for end in STAGES)
        if passed <= self._stage or passed == len(STAGES):
            return False
        self._stage = passed
        self._ends.append([round(done, 3), round(loss, 4)])
        if loss < self._work.config.ttt.stop_loss:
            self.stopped = f"learned: the loss was {loss:.4f} after {100 * done:.0f} % of the training"
            self.end = done
        return False

    def notes(self) -> dict[str, Any]:
        return {"stages": self._ends, **super().notes()}
