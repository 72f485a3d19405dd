"""Where tasks are solved: one small interface over this process, processes of its own, and a cluster.

Whatever an attempt raises becomes an `Outcome` here and nowhere else: one task never ends a run.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from arc_ttt.agents.effort import FULL, Effort
from arc_ttt.agents.progress import Progress, silent
from arc_ttt.arc.jsonio import printable
from arc_ttt.errors import ArcError
from arc_ttt.run.records import encode
from arc_ttt.types import Prediction, Result, Task


class TaskSolver(Protocol):
    """What is needed of `solve.solver.Solver`."""

    def solve(self, task: Task, progress: Progress = silent, effort: Effort = FULL) -> Result: ...


class EngineError(ArcError):
    """Nowhere is left to solve tasks."""

    exit_code = 1


@dataclass(frozen=True)
class Job:
    """One attempt at a task."""

    task: Task
    effort: Effort = FULL


@dataclass(frozen=True)
class Outcome:
    """What became of a job; `trace` is the traceback where it failed."""

    job: Job
    result: Result
    trace: str | None = None


class Engine(Protocol):
    """Solves `slots` jobs at a time. `close` may come while jobs are under way: they are dropped."""

    @property
    def slots(self) -> int: ...
    def start(self, job: Job) -> None: ...
    def wait(self, seconds: float | None = None) -> Outcome | None:
        """The next job that is done; None when it takes longer than `seconds`, or no job is under way."""

    def close(self) -> None: ...


class Here:
    """Solves in this process, one job at a time; waiting is solving."""

    slots = 1

    def __init__(self, solver: TaskSolver, progress: Progress = silent) -> None:
        self.solver, self.progress = solver, progress
        self._jobs: list[Job] = []

    def start(self, job: Job) -> None:
        self._jobs.append(job)

    def wait(self, seconds: float | None = None) -> Outcome | None:
        return attempt(self.solver, self._jobs.pop(0), self.progress) if self._jobs else None

    def close(self) -> None:
        self._jobs.clear()


def attempt(solver: TaskSolver, job: Job, progress: Progress) -> Outcome:
    """Solve one task; where anything goes wrong the result has no attempts and names the fault."""
    task, begun = job.task, time.process_time()
    try:
        result = solver.solve(task, progress, job.effort)
        if result.task != task.id or len(result.prediction.attempts) != len(task.tests):
            raise ValueError(f"an answer of {result.task} to {len(result.prediction.attempts)} test inputs")
        # Wall clock tells of a machine's other work, too; what the processor did for the task does less. To read a
        # model on the way is no cost of the task's.
        spent = time.process_time() - begun - result.notes.get("read", {}).get("cpu_seconds", 0.0)
        measured = {"peak_mib": round(peak_memory() or 0), "cpu_seconds": round(spent, 2)}
        result = replace(result, notes={**result.notes, **measured})
        encode(result)  # what cannot be stored has failed, too
        return Outcome(job, result)
    except Exception as fault:  # noqa: BLE001
        trace = "".join(traceback.format_exception(type(fault), fault, fault.__traceback__))
        message = printable(" ".join(str(fault).split()))
        return failed(job, f"{type(fault).__name__}: {message[:500]}", trace)


def failed(job: Job, error: str, trace: str | None = None) -> Outcome:
    """The outcome of a job without an answer."""
    return Outcome(job, Result(Prediction(job.task.id, ()), error=error), trace or error)


def marked(outcome: Outcome, deaths: int) -> Outcome:
    """`outcome` with the number of workers that died on it, where any did."""
    if not deaths:
        return outcome
    notes = {**outcome.result.notes, "deaths": deaths}
    return replace(outcome, result=replace(outcome.result, notes=notes))


KILLED_RUNGS = 2  # how much further down the memory ladder a job goes that was killed twice


def again(job: Job, deaths: int, killed: bool) -> Job | None:
    """What is tried next for a job whose worker has died `deaths` times on it; None: it has failed.

    First the same once more, so that a chance death changes no answer. A job that is `killed` again, as the system does
    when memory runs out, has one more try with less.
    """
    if deaths == 1:
        return job
    if deaths == 2 and killed:
        return Job(job.task, replace(job.effort, rung=job.effort.rung + KILLED_RUNGS))
    return None


def shortened(job: Job, seconds: float) -> Job:
    """`job` with `seconds` less to spend, where its time is limited: those that it waited for a place."""
    limits = {"seconds": job.effort.seconds, "most": job.effort.most}
    less: dict[str, Any] = {name: max(0.0, limit - seconds) for name, limit in limits.items() if limit is not None}
    return Job(job.task, replace(job.effort, **less))


def peak_memory() -> float | None:
    """The largest resident memory of this process so far, in MiB."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


Make = Callable[[str], "tuple[TaskSolver, object]"]
"""A device's name → a solver on it, and what the run is to be told of it. For processes it must be picklable."""
