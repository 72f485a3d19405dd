"""Hundreds of tasks in virtual time: what a deadline does with costs that nobody knows beforehand.

A task's true seconds differ from what its sizes tell by factors with heavy tails. The simulated solver keeps to its
`Effort` as the real one does: training ends at the next step after its time, the first view is answered unless the run
ends, further views while there is time, each looking at the clock once a pass.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from arc_ttt.config import SolveConfig
from arc_ttt.run.batch import _outcomes
from arc_ttt.run.deadline import Deadline, cost
from arc_ttt.run.engines.engine import Job, Outcome
from arc_ttt.types import Candidate, Grid, Pair, Prediction, Result, Task

STEP = 0.25  # seconds of a training step
PASS = 0.03  # seconds of a decoding pass
PRICE = 1 / 12_000  # seconds of a token, for a task that costs what its sizes tell
SHARE = 0.25  # of the time of all answers, what the first one takes by itself
RIGHT, WRONG = Grid([[1]]), [Grid([[2, n]]) for n in range(10)]


@dataclass(frozen=True)
class Truth:
    """What a task really takes, in seconds: all training, the first answer, the others; and the share of views that
    agree."""

    train: float
    first: float
    others: float
    agree: float

    @property
    def whole(self) -> float:
        return self.train + self.first + self.others


def draw_tasks(count: int, seed: int) -> list[Task]:
    """Tasks of the sizes that ARC has: most small, some of 30 × 30."""
    r = np.random.default_rng(seed)
    sides = np.clip(np.exp(r.normal(2.3, 0.6, (count, 2))).astype(int), 1, 30)
    tasks = []
    for i, (height, width) in enumerate(sides):
        grid = Grid(np.zeros((height, width), dtype=np.int64))
        tests = (grid,) * (2 if r.random() < 0.1 else 1)
        tasks.append(Task(f"{i:03}", (Pair(grid, grid),) * 3, tests))
    return tasks


def draw_truths(tasks: Sequence[Task], config: SolveConfig, seed: int, tail: str = "lognormal") -> dict[str, Truth]:
    """True costs: what the sizes tell times a factor of median 1, lognormal (one in a hundred is 10) or Pareto (one in
    a hundred is 22)."""
    r = np.random.default_rng([seed, 1])

    def factor() -> float:
        return float(np.exp(r.normal(0, 1))) if tail == "lognormal" else float((1 + r.pareto(1.5)) / 2 ** (1 / 1.5))

    truths = {}
    for task in tasks:
        sizes = cost(task, config)
        answer = (sizes.first + sizes.others) * PRICE * factor()
        agree = 1.0 if r.random() < 0.3 else float(r.uniform(0.3, 0.85))
        truths[task.id] = Truth(sizes.train * PRICE * factor(), SHARE * answer, (1 - SHARE) * answer, agree)
    return truths


def up(seconds: float, step: float) -> float:
    return math.ceil(seconds / step - 1e-9) * step


@dataclass
class Simulated:
    """An engine in virtual time: `now` is its clock. `here` solves when it is waited for, whatever that takes."""

    truths: dict[str, Truth]
    config: SolveConfig
    slots: int
    here: bool = False
    now: float = 0.0
    busy: float = 0.0
    started: list[tuple[float, Job]] = field(default_factory=list)
    ends: list[tuple[float, int, Outcome]] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    def start(self, job: Job) -> None:
        self.started.append((self.now, job))
        result = self._solve(job)
        heapq.heappush(self.ends, (self.now + sum(result.seconds.values()), len(self.started), Outcome(job, result)))

    def wait(self, seconds: float | None = None) -> Outcome | None:
        if not self.ends:
            return None
        end = self.ends[0][0]
        if not self.here and seconds is not None and end > self.now + seconds:
            self._advance(self.now + seconds)
            return None
        self._advance(end)
        return heapq.heappop(self.ends)[2]

    def close(self) -> None:
        self.ends.clear()

    def _advance(self, to: float) -> None:
        self.busy += len(self.ends) * (to - self.now)
        self.now = to

    def _solve(self, job: Job) -> Result:
        truth, effort, views = self.truths[job.task.id], job.effort, self.config.views
        assert effort.seconds is not None and effort.most is not None
        wanted = truth.train * 2**effort.round
        trained = min(wanted, up(effort.seconds * effort.training, STEP))
        notes = {"lesson_tokens": int(self.config.ttt.tokens * 2**effort.round * trained / wanted)} if wanted else {}
        first = min(truth.first, up(max(0.0, effort.most - trained), PASS))
        left = max(0.0, effort.seconds - trained - first)
        others = min(truth.others, up(left, PASS))
        answered = 0 if first < truth.first else 1 + int((views - 1) * others / truth.others)
        if answered:
            notes["first_answer"] = truth.first
        if answered < views:
            notes["stopped"] = f"time was up after {answered} of {views} answers"
        if effort.round:
            notes["round"] = effort.round
        votes = answered - round(answered * (1 - truth.agree))
        found = [(RIGHT, votes)] + [(WRONG[n % 10], 1) for n in range(answered - votes)]
        candidates = tuple(Candidate(g, ("s0",) * n, (-1.0,) * n) for g, n in found if n)
        best = tuple(c.grid for c in candidates[:2])
        tests = range(len(job.task.tests))
        seconds = {"adapt": trained, "answer": first + others}
        return Result(
            Prediction(job.task.id, tuple(best for _ in tests)), tuple(candidates for _ in tests), None, seconds, notes
        )


@dataclass(frozen=True)
class Told:
    """How a simulated run went. `reached` are the ids in the order of their first attempts."""

    seconds: float
    used: float
    reached: list[str]
    answered: set[str]
    again: list[tuple[float, Job]]
    results: dict[str, Result]
    engine: Simulated
    seed: int


def simulate(
    seconds: float, slots: int, seed: int, *, count: int = 400, tail: str = "lognormal", here: bool = False
) -> Told:
    """One run of `count` tasks; `seconds` of the deadline for each slot."""
    config = SolveConfig(timed=True, vote="flat")
    tasks = draw_tasks(count, seed)
    engine = Simulated(draw_truths(tasks, config, seed, tail), config, slots, here)
    order = Deadline(tasks, config, seconds, slots, clock=engine.clock)
    results = {}
    for outcome in _outcomes(engine, order):
        result = order.done(outcome.result)
        results[result.task] = result
    return Told(
        engine.now,
        engine.busy / (slots * seconds),
        [job.task.id for _, job in engine.started if not job.effort.round],
        {id for id, r in results.items() if any(r.prediction.attempts)},
        [(at, job) for at, job in engine.started if job.effort.round],
        results,
        engine,
        seed,
    )


def total(seed: int, count: int = 400, tail: str = "lognormal") -> float:
    """Seconds that all tasks of a simulation take once, one after the other."""
    config = SolveConfig(timed=True, vote="flat")
    return sum(truth.whole for truth in draw_truths(draw_tasks(count, seed), config, seed, tail).values())
