"""A time by which a run must be done → which task is next, and how long it may take.

Three rules. Cheap tasks first, so that most are answered whatever happens. Every task has a first attempt before any
has a second: what is left is dealt out in proportion to what the waiting tasks are estimated to cost, so where there is
plenty each takes what the settings ask for, and where there is little each trains for less. What remains goes to the
tasks without an answer, then to those whose views disagree, the nearest to a decision first and those at last whose
training had come to a standstill before it was over; their votes are added up.

A budget of core-seconds is such a time, too: what it leaves after earlier starts, divided by the cores.

A cost is estimated from a task's sizes, in tokens; what a token costs is learned from the tasks that are done. A task
that takes longer than it should takes it from all that wait, not from the next one alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from arc_ttt.agents.effort import Effort
from arc_ttt.config import SolveConfig
from arc_ttt.run.engines.engine import Job
from arc_ttt.solve.vote import agreement, merge
from arc_ttt.types import Grid, Result, Task

# Kept free at the end for what is under way in a loop and for writing: a share of the whole time, and seconds; of a
# short time not all.
RESERVE = 0.002
LEAST_RESERVE, MOST_RESERVED = 2.5, 0.4
# The part of it in which what ends a little late is still waited for.
LATE = 0.4
# What is dealt out of what is left: attempts take a little longer than they may, to finish an answer.
DEALT = 0.9
# The part of what the waiting tasks are to have that no first answer may take from them.
KEPT = 0.5
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
    """What a task takes, in tokens of a short sequence: to train on, to answer in one view, and in the others."""

    train: float
    first: float
    others: float


def cost(task: Task, config: SolveConfig) -> Cost:
    """From the sizes of its grids and the settings alone."""
    pairs = [_cells(p.input) + _cells(p.output) for p in task.demonstrations]
    longest = sum(pairs) / len(pairs)
    outputs = sum(_cells(p.output) for p in task.demonstrations) / len(pairs)
    train = config.ttt.tokens * (1 + longest / CONTEXT) if config.ttt.enabled else 0.0
    # A decoded cell costs more than one that is read, since its pass has little else to do.
    answer = sum(_cells(t) + 4 * outputs for t in task.tests) * (1 + longest / CONTEXT)
    return Cost(train, answer, (config.views - 1) * answer)


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
        kept = reserve(seconds)
        self._until, self._late = clock() + seconds - kept, LATE * kept
        self._costs = {t.id: cost(t, config) for t in tasks}
        self._tasks = {t.id: t for t in tasks}
        self._results: dict[str, Result] = {}
        self._decided: dict[str, float] = {}  # the share of votes that a result's attempts have
        self._rounds: dict[str, int] = {}
        for task, result in (earlier or {}).values():
            self._tasks[task.id], self._costs[task.id] = task, cost(task, config)
            self._keep(task.id, result)
            self._rounds[task.id] = int(result.notes.get("round", 0)) + 1
        # What a token of each costs, in seconds: sums over what is done, begun with a guess. The first view is answered
        # by itself and without another one's answer as its draft.
        self._spent, self._tokens = Cost(1.0, 1.0, 1.0), Cost(8_000, 2_000, 8_000)
        self._first = sorted((t.id for t in tasks), key=lambda id: (self.estimate(id), id))
        self._under_way: dict[str, tuple[float, Effort]] = {}

    def estimate(self, id: str, round: int = 0) -> float:
        """Seconds that an attempt takes when nothing limits it."""
        parts = self._parts(id, round)
        return parts.train + parts.first + parts.others

    def left(self) -> float:
        return self._until + self._late - self._clock()

    def next(self) -> Job | None:
        left = self._until - self._clock()
        if left < LEAST:
            return None
        if self._first:
            # Those under way have been promised their time. Of the rest each has what its first answer takes, and what
            # is left then is dealt out by cost.
            promised = sum(max(0.0, end - self._clock()) for end, _ in self._under_way.values())
            dealt = DEALT * max(0.0, left * self._slots - promised)
            firsts = sum(self._parts(id).first for id in self._first)
            rests = sum(map(self.estimate, self._first)) - firsts or 1.0  # with one view and no training there is none
            id = self._first.pop(0)
            first = self._parts(id).first
            mine = first * min(1.0, dealt / firsts) + (self.estimate(id) - first) * max(0.0, dealt - firsts) / rests
            # Its first answer may take longer, but not all that the others wait for.
            most = left - KEPT * (dealt - mine) / self._slots
            return self._job(id, min(left, max(LEAST, mine)), min(left, max(LEAST, mine, most)))
        for id in sorted(self._open(), key=self._rank):
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
            result = merge(self._config.vote, before, result, self._config.judge)
        self._keep(id, result)
        return result

    def _keep(self, id: str, result: Result) -> None:
        self._results[id], self._decided[id] = result, agreement(result)

    def _job(self, id: str, seconds: float, most: float, round: int = 0) -> Job:
        parts = self._parts(id, round)
        wanted = parts.train / (parts.train + parts.others or 1.0) * (1 - parts.first / seconds)
        training = min(MOST_TRAINING, max(LEAST_TRAINING, wanted))
        effort = Effort(seconds=seconds, training=training, most=most, round=round)
        self._under_way[id] = (self._clock() + min(seconds, self.estimate(id, round)), effort)
        return Job(self._tasks[id], effort)

    def _parts(self, id: str, round: int = 0) -> Cost:
        """The estimate in parts."""
        wanted, spent, tokens = self._costs[id], self._spent, self._tokens
        return Cost(
            wanted.train * float(2**round) * spent.train / tokens.train,
            wanted.first * spent.first / tokens.first,
            wanted.others * spent.others / tokens.others,
        )

    def _open(self) -> list[str]:
        """Tasks whose views disagree and that had few attempts."""
        return [
            id
            for id in self._results
            if id not in self._under_way and self._rounds[id] <= MOST_ROUNDS and self._decided[id] < AGREED
        ]

    def _rank(self, id: str) -> tuple[object, ...]:
        """Small for those that another attempt may help most."""
        decided = self._decided[id]
        return decided > 0, standstill(self._results[id]), -decided, id

    def _learn(self, id: str, result: Result) -> None:
        """What tokens cost here, from what this result took."""
        wanted, seconds, notes = self._costs[id], result.seconds, result.notes
        if (trained := notes.get("lesson_tokens")) and "adapt" in seconds:
            self._add("train", seconds["adapt"], trained * wanted.train / max(1, self._config.ttt.tokens))
        if (first := notes.get("first_answer")) is not None:
            self._add("first", first, wanted.first)
            if "answer" in seconds and "stopped" not in notes:
                self._add("others", max(0.0, seconds["answer"] - first), wanted.others)

    def _add(self, part: str, seconds: float, tokens: float) -> None:
        self._spent = replace(self._spent, **{part: getattr(self._spent, part) + seconds})
        self._tokens = replace(self._tokens, **{part: getattr(self._tokens, part) + tokens})


def reserve(seconds: float) -> float:
    """What is kept free at the end of so many seconds."""
    return max(min(LEAST_RESERVE, MOST_RESERVED * seconds), RESERVE * seconds)


def too_late(seconds: float) -> bool:
    """Whether so many seconds are too few to begin with any task."""
    return seconds - reserve(seconds) < LEAST


def standstill(result: Result) -> bool:
    """Whether more training brought the demonstration that was held out no nearer."""
    return str(result.notes.get("trained", "")).startswith("plateau")


def within(budget: float, cores: int, slots: int, earlier: Iterable[Result]) -> float:
    """Seconds that a budget of core-seconds lasts on `slots` workers of `cores` each, after what `earlier` took."""
    spent = cores * sum(sum(result.seconds.values()) for result in earlier)
    return max(0.0, budget - spent) / (cores * slots)


def _cells(grid: Grid) -> int:
    return grid.height * (grid.width + 1)
