"""Many tasks, one after the other: a `TaskSet` and a solver → results in a store, and a summary.

A task that fails is recorded and the run goes on; only a store that cannot be written ends it. Answers are
compared here, after the solver is done: it never sees them.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from arc_ttt.arc import score
from arc_ttt.arc.dataset import TaskSet
from arc_ttt.arc.jsonio import printable
from arc_ttt.arc.score import Score
from arc_ttt.errors import ConfigError
from arc_ttt.run.lines import encode
from arc_ttt.run.store import Store
from arc_ttt.solve.progress import Progress, silent
from arc_ttt.types import Prediction, Result, Task


class TaskSolver(Protocol):
    """What the loop needs of `solve.solver.Solver`."""

    def solve(self, task: Task, progress: Progress = silent) -> Result: ...


@dataclass(frozen=True)
class Summary:
    """What became of the chosen tasks."""

    # One result for each chosen task, earlier ones included.
    results: tuple[Result, ...]
    # Over the chosen tasks whose answers are known, failed and faulty ones counting as wrong; else None.
    score: Score | None
    # Tasks answered now, and those already answered by an earlier start of this run.
    answered: int
    skipped: int
    # Ids of tasks that ended in an error, and of those that could not be read.
    failed: tuple[str, ...]
    faulty: tuple[str, ...]
    # Ids that the model's training saw: their score says nothing about new tasks.
    contaminated: tuple[str, ...]
    # Wall clock of this start; median of the answered tasks, earlier ones included.
    seconds: float
    median: float | None
    # Largest resident memory of this process, where the system tells.
    peak_mib: float | None


def run(
    tasks: TaskSet,
    solver: TaskSolver,
    store: Store,
    *,
    only: Sequence[str] | None = None,
    progress: Progress = silent,
    on_result: Callable[[Result], None] = lambda _: None,
    seen: Collection[str] = (),
) -> Summary:
    """Solve the tasks `only` (all by default), in that order, but for those that the store has.

    `seen` are the ids in the model's card. `on_result` is called with every result of this start once it is
    on disk. The submission always holds every id of `tasks`.
    """
    begun = time.monotonic()
    chosen = tuple(tasks.order if only is None else dict.fromkeys(only))
    if unknown := [id for id in chosen if id not in set(tasks.order)]:
        raise ConfigError(f"{tasks.name}: has no task {printable(unknown[0])}")
    by_id = {task.id: task for task in tasks.tasks}
    faults = {fault.task: fault.message for fault in tasks.faults}
    earlier = {id for id in chosen if id in store.results and store.results[id].error is None}

    store.write_submission(tasks)
    for id in chosen:
        if id in earlier:
            continue
        if id in faults:
            result = Result(Prediction(id, ()), error=faults[id])
        else:
            result = _solve(solver, by_id[id], store, progress)
        result = _scored(result, tasks)
        if result != store.results.get(id):  # the same fault need not be told again at every start
            store.append(result)
            store.write_submission(tasks)
        on_result(result)

    results = tuple(_scored(store.results[id], tasks) for id in chosen)
    return _summary(results, earlier, faults, seen, time.monotonic() - begun)


def _solve(solver: TaskSolver, task: Task, store: Store, progress: Progress) -> Result:
    """The result of one task, which is one without attempts where anything went wrong."""
    try:
        result = solver.solve(task, progress)
        if result.task != task.id or len(result.prediction.attempts) != len(task.tests):
            raise ValueError(f"an answer of {result.task} to {len(result.prediction.attempts)} test inputs")
        result = replace(result, notes={**result.notes, "peak_mib": round(peak_memory() or 0)})
        encode(result)  # what cannot be stored has failed, too
        return result
    except Exception as fault:  # noqa: BLE001
        store.log_error(task.id, fault)
        message = printable(" ".join(str(fault).split()))
        return Result(Prediction(task.id, ()), error=f"{type(fault).__name__}: {message[:500]}")


def _scored(result: Result, tasks: TaskSet) -> Result:
    answers = tasks.solutions.get(result.task)
    if answers is None:
        return result
    return replace(result, correct=score.correctness(result.prediction.attempts, answers))


def _summary(
    results: tuple[Result, ...],
    earlier: Collection[str],
    faults: Mapping[str, str],
    seen: Collection[str],
    seconds: float,
) -> Summary:
    known = [result.correct for result in results if result.correct]
    answered = [result for result in results if result.error is None]
    times = [sum(result.seconds.values()) for result in answered if result.seconds]
    return Summary(
        results=results,
        score=score.total(known) if known else None,
        answered=len(answered) - len(earlier),
        skipped=len(earlier),
        failed=tuple(r.task for r in results if r.error is not None and r.task not in faults),
        faulty=tuple(r.task for r in results if r.task in faults),
        contaminated=tuple(r.task for r in results if r.task in seen),
        seconds=seconds,
        median=statistics.median(times) if times else None,
        peak_mib=peak_memory(),
    )


def peak_memory() -> float | None:
    """The largest resident memory of this process so far, in MiB."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
