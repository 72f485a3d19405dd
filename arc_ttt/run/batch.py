"""Many tasks: a `TaskSet` and an engine → results in a store, and a summary.

A task that fails is recorded and the run goes on; only a store that cannot be written, or an engine without workers,
ends it. Answers are compared here, after the solver is done: it never sees them.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from arc_ttt.arc import score
from arc_ttt.arc.dataset import TaskSet
from arc_ttt.arc.jsonio import printable
from arc_ttt.arc.score import Score
from arc_ttt.errors import ConfigError
from arc_ttt.run.engines.engine import Engine, Job, Outcome, peak_memory
from arc_ttt.run.store import Store
from arc_ttt.solve.shares import Share, shares
from arc_ttt.types import Prediction, Result, Task


class Order(Protocol):
    """Which job is next, and what it may cost."""

    def next(self) -> Job | None:
        """The next job, or None when there is none (yet)."""

    def done(self, result: Result) -> Result:
        """What is to be stored of a result; it may change what is next."""

    def left(self) -> float | None:
        """Seconds until the run must end; None: it may take as long as it takes."""


class InTurn:
    """Each task once, in the order they have."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._tasks = list(tasks)

    def next(self) -> Job | None:
        return Job(self._tasks.pop(0)) if self._tasks else None

    def done(self, result: Result) -> Result:
        return result

    def left(self) -> float | None:
        return None


@dataclass(frozen=True)
class Summary:
    """What became of the chosen tasks."""

    # One result for each chosen task, earlier ones included; without attempts or error where there was no time.
    results: tuple[Result, ...]
    # Over the chosen tasks whose answers are known, failed and faulty ones counting as wrong; else None.
    score: Score | None
    # Tasks answered now, and those already answered by an earlier start of this run.
    answered: int
    skipped: int
    # Ids of tasks that ended in an error, of those that could not be read, and of those that were not reached in time.
    failed: tuple[str, ...]
    faulty: tuple[str, ...]
    unreached: tuple[str, ...]
    # Ids that the model's training saw: their score says nothing about new tasks.
    contaminated: tuple[str, ...]
    # Wall clock of this start; median of the answered tasks, earlier ones included.
    seconds: float
    median: float | None
    # Largest resident memory of a process that solved, where the system tells.
    peak_mib: float | None
    # What each agent did for the chosen tasks.
    agents: tuple[Share, ...] = ()


def run(
    tasks: TaskSet,
    engine: Engine,
    store: Store,
    *,
    only: Sequence[str] | None = None,
    order: Callable[[Sequence[Task]], Order] = InTurn,
    on_result: Callable[[Result], None] = lambda _: None,
    seen: Collection[str] = (),
) -> Summary:
    """Solve the tasks `only` (all by default), but for those that the store has, as `order` of these decides.

    `seen` are the ids in the model's card. `on_result` is called with every result of this start once it is on disk.
    The submission always holds every id of `tasks`.
    """
    begun = time.monotonic()
    chosen = tuple(tasks.order if only is None else dict.fromkeys(only))
    if unknown := [id for id in chosen if id not in set(tasks.order)]:
        raise ConfigError(f"{tasks.name}: has no task {printable(unknown[0])}")
    by_id = {task.id: task for task in tasks.tasks}
    faults = {fault.task: fault.message for fault in tasks.faults}
    earlier = dict.fromkeys(store.finished(chosen))
    # A limited start may have left a task without an answer; where this one finds it, the answer is its own.
    before = {id for id in earlier if _reached(store.results[id])}

    def keep(result: Result) -> None:
        result = _scored(result, tasks)
        if result != store.results.get(result.task):  # the same fault need not be told again at every start
            store.append(result)
            store.write_submission(tasks)
        on_result(result)

    store.write_submission(tasks)
    _score_again(store, earlier, tasks)
    for id in chosen:
        if id in faults and id not in earlier:
            keep(Result(Prediction(id, ()), error=faults[id]))
    queue = order([by_id[id] for id in chosen if id not in earlier and id not in faults])
    for outcome in _outcomes(engine, queue):
        if outcome.trace is not None:
            store.log_error(outcome.result.task, outcome.trace)
        result = queue.done(outcome.result)
        if result.error is None:
            result = replace(result, notes={**result.notes, "finished": round(time.monotonic() - begun, 2)})
        keep(result)

    results = tuple(_scored(store.results.get(id) or Result(Prediction(id, ())), tasks) for id in chosen)
    summary = _summary(results, before, faults, seen, time.monotonic() - begun)
    return replace(summary, agents=shares(results, tasks.solutions))


def _outcomes(engine: Engine, queue: Order) -> Iterator[Outcome]:
    """Keep the engine busy while there are jobs and time."""
    under_way = 0
    while True:
        while under_way < engine.slots and (job := queue.next()) is not None:
            engine.start(job)
            under_way += 1
        if not under_way:
            return
        left = queue.left()
        outcome = engine.wait(None if left is None else max(0.0, left))
        if outcome is None:  # the time is up
            return
        under_way -= 1
        yield outcome


def _score_again(store: Store, ids: Iterable[str], tasks: TaskSet) -> None:
    """Note what is right of earlier results, whose answers may have come later than they."""
    for id in ids:
        if (scored := _scored(store.results[id], tasks)) != store.results[id]:
            store.append(scored)


def _scored(result: Result, tasks: TaskSet) -> Result:
    answers = tasks.solutions.get(result.task)
    if answers is None:
        return result
    return replace(result, correct=score.correctness(result.prediction.attempts, answers))


def _reached(result: Result) -> bool:
    """Whether the task was worked on to the end: there are answers, or a search that was not cut short found none."""
    searched = "programs" in result.notes and "stopped" not in result.notes
    return result.error is None and (any(result.prediction.attempts) or searched)


def _summary(
    results: tuple[Result, ...],
    earlier: Collection[str],
    faults: Mapping[str, str],
    seen: Collection[str],
    seconds: float,
) -> Summary:
    known = [result.correct for result in results if result.correct]
    answered = [result for result in results if _reached(result)]
    times = [sum(result.seconds.values()) for result in answered if result.seconds]
    peaks = [float(p) for r in answered if isinstance(p := r.notes.get("peak_mib"), int | float)]
    return Summary(
        results=results,
        score=score.total(known) if known else None,
        answered=len({r.task for r in answered} - set(earlier)),
        skipped=len(earlier),
        failed=tuple(r.task for r in results if r.error is not None and r.task not in faults),
        faulty=tuple(r.task for r in results if r.task in faults),
        unreached=tuple(r.task for r in results if r.error is None and not _reached(r)),
        contaminated=tuple(r.task for r in results if r.task in seen),
        seconds=seconds,
        median=statistics.median(times) if times else None,
        peak_mib=max([*peaks, peak_memory() or 0.0]) or None,
    )
