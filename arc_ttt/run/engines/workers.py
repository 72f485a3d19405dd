"""Workers that are fed from one queue: what the engines with several of them have in common.

A job whose worker died is tried again as `engine.again` says, then it is recorded as failed.
"""

from __future__ import annotations

import time
from collections import deque
from typing import Generic, Protocol, TypeVar

from arc_ttt.run.engines.engine import Job, Outcome, again, failed, marked

STARTS = 3  # starts in a row that a worker may die in
OFTEN = 0.2  # seconds between two events that a worker tells
LONGEST = 3600.0  # seconds of one wait; the system counts them in 31 bits of milliseconds


class Worker(Protocol):
    """One of a crew: whether it can work, the job it has, and since when that was to begin."""

    ready: bool
    job: Job | None
    since: float

    def give(self, job: Job, since: float) -> None: ...


W = TypeVar("W", bound=Worker)


class Workers(Generic[W]):
    """The queue, the outcomes that nobody has asked for yet, and the deaths of workers on each task. A subclass has
    `_workers`, and `_listen` takes in what they say."""

    def __init__(self) -> None:
        self._queue: deque[tuple[Job, float]] = deque()  # and since when
        self._done: deque[Outcome] = deque()
        self._deaths: dict[str, int] = {}
        self._workers: list[W] = []

    def start(self, job: Job) -> None:
        self._queue.append((job, time.monotonic()))
        self._feed()

    def wait(self, seconds: float | None = None) -> Outcome | None:
        """See `engine.Engine`."""
        until = None if seconds is None else time.monotonic() + seconds
        while not self._done:
            if not self._queue and not any(w.job for w in self._workers):
                return None
            left = None if until is None else until - time.monotonic()
            self._listen(left if left is None else min(max(0.0, left), LONGEST))  # also without time: what is there
            if left is not None and left <= 0:
                break
        return self._done.popleft() if self._done else None

    def _listen(self, seconds: float | None) -> None:
        """Take in what workers say within `seconds`, and notice those that died."""
        raise NotImplementedError

    def _feed(self) -> None:
        for worker in self._workers:
            if worker.ready and worker.job is None and self._queue:
                worker.give(*self._queue.popleft())

    def _finish(self, worker: W, outcome: Outcome) -> None:
        """`worker` is done with its job."""
        worker.job = None
        self._done.append(marked(outcome, self._deaths.pop(outcome.job.task.id, 0)))

    def _bury(self, worker: W, who: str, how: str, *, killed: bool, trace: str | None = None) -> None:
        """Decide about the job of a worker that died: `who` (its process, say) and `how` are for the error."""
        if (job := worker.job) is None:
            return
        deaths = self._deaths[job.task.id] = self._deaths.get(job.task.id, 0) + 1
        if (next_try := again(job, deaths, killed)) is None:
            self._done.append(failed(job, f"{who} died {deaths} times ({how})", trace))
        else:
            self._queue.appendleft((next_try, worker.since))
