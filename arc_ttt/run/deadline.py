"""A time by which a run must be done → which task is next, and how long it may take.

Three rules. Cheap tasks first, so that most are answered whatever happens. Every task has a first attempt before any
has a second: what is left is dealt out in proportion to what the waiting tasks are estimated to cost, so where there is
plenty each takes what the settings ask for, and where there is little each trains for less. What remains goes to the
tasks whose views disagree, the nearest to a decision first; their votes are added up.

A cost is estimated from a task's sizes, in tokens; what a token costs is learned from the tasks that are done.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from arc_ttt.config import SolveConfig
from arc_ttt.run.engine import Job
from arc_ttt.solve.effort import Effort
from arc_ttt.solve.vote import agreement, merge
from arc_ttt.types import Grid, Result, Task

# Kept free at the end for what is under way in a loop and for writing: a share of the whole time, and seconds.
RESERVE = 0.002
LEAST_RESERVE = 2.5
# What is dealt out of what is left: attempts take a little longer than they may, to finish an answer.
DEALT = 0.9
# The part of a task's time that is for training, as its costs have it, within these bounds.
LEAST_TRAINING, MOST_TRAINING = 0.3, 0.8
# Seconds under which an attempt finds nothing.
LEAST = 0.5
# Attempts at a task beyond the first.
MOST_ROUNDS = 2
# Share of a later round's estimated cost that must be left for it to be begun.
WORTH = 0.3
# Views that agree by more than this are not asked again.
AGREED = 0.9
# Tokens at which attention costs as much as everything else.
CONTEXT = 800


@dataclass(frozen=True)
class Cost:
    """What a task takes, in tokens of a short sequence: to train on, and to answer."""

    train: float
    answer: float


def cost(task: Task, config: SolveConfig) -> Cost:
    """From the sizes of its grids and the settings alone."""
    pairs = [_cells(p.input) + _cells(p.output) for p in task.demonstrations]
    longest = sum(pairs) / len(pairs)
    outputs = sum(_cells(p.output) for p in task.demonstrations) / len(pairs)
    train = config.ttt.tokens * (1 + longest / CONTEXT) if config.ttt.enabled else 0.0
    # A decoded cell costs more than one that is read, since its pass has little else to do.
    answer = config.views * sum(_cells(t) + 4 * outputs for t in task.tests)
    return Cost(train, answer * (1 + longest / CONTEXT))


class Deadline:
    """The order of a run that must be done in `seconds`, on `slots` workers. `earlier` holds results of tasks that were
    answered by an earlier start; they take part in later rounds."""

    def __init__(
        self,
        tasks: Sequence[Task],
        config: SolveConfig,
        seconds: float,
        slots: int,
        earlier: Mapping[str, tuple[Task, Result]] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._config, self._slots, self._clock = config, slots, clock
        self._until = clock() + seconds - max(LEAST_RESERVE, RESERVE * seconds)
        self._costs = {t.id: cost(t, config) for t in tasks}
        self._tasks = {t.id: t for t in tasks}
        self._results: dict[str, Result] = {}
        self._rounds: dict[str, int] = {}
        for task, result in (earlier or {}).values():
            self._tasks[task.id], self._costs[task.id] = task, cost(task, config)
            self._results[task.id] = result
            self._rounds[task.id] = int(result.notes.get("round", 0)) + 1
        # What a token of training and of answering costs, in seconds: sums over what is done, begun with a guess.
        self._spent, self._tokens = Cost(1.0, 1.0), Cost(8_000, 8_000)
        self._first = sorted((t.id for t in tasks), key=lambda id: (self.estimate(id), id))
        self._under_way: dict[str, tuple[float, Effort]] = {}

    def estimate(self, id: str, round: int = 0) -> float:
        """Seconds that an attempt takes when nothing limits it."""
        wanted = self._costs[id]
        train = wanted.train * float(2**round) * self._spent.train / self._tokens.train
        return train + wanted.answer * self._spent.answer / self._tokens.answer

    def left(self) -> float:
        return self._until - self._clock()

    def next(self) -> Job | None:
        left = self.left()
        if left < LEAST:
            return None
        if self._first:
            # Those under way have been promised their time; the rest is dealt out by cost.
            promised = sum(max(0.0, end - self._clock()) for end, _ in self._under_way.values())
            waiting = sum(self.estimate(id) for id in self._first)
            share = DEALT * max(0.0, left * self._slots - promised) / waiting
            id = self._first.pop(0)
            return self._job(id, min(left, max(LEAST, share * self.estimate(id))), left)
        for id in sorted(self._open(), key=lambda id: (-self._decided(id), id)):
            n = self._rounds[id]
            if left >= WORTH * self.estimate(id, n):
                return self._job(id, left, left, n)
        return None

    def done(self, result: Result) -> Result:
        id = result.task
        begun = self._under_way.pop(id, None)
        self._rounds[id] = self._rounds.get(id, 0) + 1
        if result.error is not None:
            # A later attempt that fails takes nothing from what an earlier one found.
            before = self._results.get(id)
            self._rounds[id] = MOST_ROUNDS + 1
            return result if before is None else before
        self._learn(id, result)
        if begun is not None and begun[1].round and (before := self._results.get(id)) is not None:
            result = merge(self._config.vote, before, result)
        self._results[id] = result
        return result

    def _job(self, id: str, seconds: float, left: float, round: int = 0) -> Job:
        expected = self.estimate(id, round)
        answering = self._costs[id].answer * self._spent.answer / self._tokens.answer
        training = min(MOST_TRAINING, max(LEAST_TRAINING, 1 - answering / expected))
        effort = Effort(seconds=seconds, training=training, most=left, round=round)
        self._under_way[id] = (self._clock() + min(seconds, expected), effort)
        return Job(self._tasks[id], effort)

    def _open(self) -> list[str]:
        """Tasks whose views disagree and that had few attempts."""
        return [
            id
            for id, result in self._results.items()
            if id not in self._under_way and self._rounds[id] <= MOST_ROUNDS and self._decided(id) < AGREED
        ]

    def _decided(self, id: str) -> float:
        return agreement(self._results[id])

    def _learn(self, id: str, result: Result) -> None:
        """What tokens cost here, from what this result took."""
        wanted, seconds, notes = self._costs[id], result.seconds, result.notes
        if (trained := notes.get("lesson_tokens")) and "adapt" in seconds:
            factor = wanted.train / max(1, self._config.ttt.tokens)
            self._spent = dataclasses.replace(self._spent, train=self._spent.train + seconds["adapt"])
            self._tokens = dataclasses.replace(self._tokens, train=self._tokens.train + trained * factor)
        if "answer" in seconds and "stopped" not in notes:
            self._spent = dataclasses.replace(self._spent, answer=self._spent.answer + seconds["answer"])
            self._tokens = dataclasses.replace(self._tokens, answer=self._tokens.answer + wanted.answer)


def _cells(grid: Grid) -> int:
    return grid.height * (grid.width + 1)
