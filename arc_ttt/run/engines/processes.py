"""Workers: a process for each device, with a model of its own, fed from one queue.

A worker that dies is replaced. Workers die with the process that started them, also when that one is killed.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from tqdm import tqdm

from arc_ttt.agents.progress import Event, Progress, silent
from arc_ttt.errors import ArcError
from arc_ttt.run.engines.engine import EngineError, Job, Make, attempt, shortened
from arc_ttt.run.engines.workers import OFTEN, STARTS, Workers

GRACE = 2.0  # seconds that a worker has to end by itself
LOST = "CUDA error"  # what a fault says after which the device does nothing more for its process


class Processes(Workers["_Worker"]):
    """One worker for each of `devices`; `make(device)` is called in it. `told` is what the first one had to tell.

    Where no worker can be started, raises the `ArcError` that `make` raised in one, or `EngineError`; so it does where
    none is ready by the time `until` (`time.monotonic`).
    """

    def __init__(
        self, make: Make, devices: Sequence[str], progress: Progress = silent, until: float | None = None
    ) -> None:
        super().__init__()
        self._make, self._progress = make, progress
        self._context = multiprocessing.get_context("spawn")
        self._refusal: ArcError | None = None
        try:
            cores = _shares(len(devices))
            self._workers = [self._worker(d, c) for d, c in zip(devices, cores, strict=True)]
            while not any(w.ready for w in self._workers):
                if until is not None and time.monotonic() >= until:
                    raise EngineError("no worker was ready before the time was up; nothing is answered, allow more")
                self._listen(None if until is None else max(0.0, until - time.monotonic()))
        except BaseException:
            self.close()
            raise
        self.told: Any = next(w.told for w in self._workers if w.ready)

    def _worker(self, device: str, cores: Sequence[int], starts: int = 1) -> _Worker:
        return _Worker(self._context, self._make, device, cores, self._progress is not silent, starts)

    @property
    def slots(self) -> int:
        return len(self._workers)

    def close(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers = []
        self._queue.clear()

    def _listen(self, seconds: float | None) -> None:
        """Take in what workers say, and notice those that died."""
        if not self._workers:
            lost = EngineError("no worker is left: each one ended while it was starting; see what it printed")
            raise self._refusal or lost
        ends: dict[Any, _Worker] = {}
        for worker in self._workers:
            ends |= {worker.connection: worker, worker.process.sentinel: worker}
        for worker in {id(w): w for w in (ends[end] for end in wait(list(ends), seconds))}.values():
            self._hear(worker)
        self._feed()

    def _hear(self, worker: _Worker) -> None:
        ended = not worker.process.is_alive()  # asked first: what it said before is still to be heard
        while True:
            try:
                if not worker.connection.poll():
                    break
                kind, content = worker.connection.recv()
            except (EOFError, OSError):
                ended = True
                break
            self._take(worker, kind, content)
        if ended:
            self._replace(worker)

    def _take(self, worker: _Worker, kind: str, content: Any) -> None:
        if kind == "event":
            self._progress(content)
        elif kind == "ready":
            worker.ready, worker.told, worker.starts = True, content, 0
        elif kind == "refused":
            self._refusal, worker.starts = content, STARTS  # the others go on without it
        else:
            self._finish(worker, content)

    def _replace(self, worker: _Worker) -> None:
        """Start another worker for one that died, and decide about its job."""
        worker.process.join(GRACE)
        code = worker.process.exitcode
        worker.end()
        how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        self._bury(worker, "its process", how, killed=code == -signal.SIGKILL)
        at = self._workers.index(worker)
        if worker.starts >= STARTS:
            del self._workers[at]
        else:
            self._workers[at] = self._worker(worker.device, worker.cores, worker.starts + 1)


class _Worker:
    """A process, the connection to it, and the job that it has."""

    def __init__(
        self, context: Any, make: Make, device: str, cores: Sequence[int], heard: bool, starts: int = 1
    ) -> None:
        self.device, self.cores, self.starts = device, cores, starts
        self.job: Job | None = None
        self.since = 0.0  # when the job was to begin
        self.ready, self.told = False, None
        self.connection, theirs = context.Pipe()
        with _threads(len(cores)), _undisturbed():
            self.process: BaseProcess = context.Process(
                target=_work, args=(theirs, make, device, tuple(cores), heard, os.getpid()), daemon=True
            )
            self.process.start()
        theirs.close()

    def give(self, job: Job, since: float) -> None:
        """Have `job` done, which was to begin at `since`; the time that it waited is lost to it."""
        self.job, self.since = job, since
        with contextlib.suppress(OSError):  # it died; the sentinel says so
            self.connection.send(shortened(job, time.monotonic() - since))

    def end(self) -> None:
        self.connection.close()
        self.process.terminate()
        self.process.join(GRACE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


@contextlib.contextmanager
def _threads(count: int) -> Iterator[None]:
    """What a process that starts here takes for the number of its threads."""
    if not count:
        yield
        return
    before = os.environ.get("OMP_NUM_THREADS")
    os.environ["OMP_NUM_THREADS"] = str(count)
    try:
        yield
    finally:
        if before is None:
            del os.environ["OMP_NUM_THREADS"]
        else:
            os.environ["OMP_NUM_THREADS"] = before


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """What a process that starts here does not hear: Ctrl-C, which reaches all processes of a terminal; the first one
    decides, and not before the other has all that it needs to start."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # which lets the signal through again where it starts its own process
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with _held():
            yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _held() -> Iterator[None]:
    """Signals that end this process wait: a mask holds them from this thread alone, and what another one receives is
    handled in the main one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {n: signal.signal(n, lambda number, _: came.append(number)) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for known, handler in before.items():
            signal.signal(known, handler)
        for number in came[:1]:
            signal.raise_signal(number)


def _shares(workers: int) -> list[list[int]]:
    """This process's cores dealt to `workers`, so that none waits for another; nothing where cores cannot be pinned."""
    if not hasattr(os, "sched_getaffinity"):
        count = max(1, (os.cpu_count() or 1) // workers)
        return [list(range(count))] * workers
    cores = sorted(os.sched_getaffinity(0))
    return [cores[i::workers] or [cores[i % len(cores)]] for i in range(workers)]


def _work(connection: Connection, make: Make, device: str, cores: Sequence[int], heard: bool, parent: int) -> None:
    """The life of a worker; `heard` says whether anybody listens to what its solver tells."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()
    # The lock of tqdm, which the compiler uses, is a semaphore of the system's: a worker that is ended would leave it
    # behind, with a warning at the end of the run.
    tqdm.set_lock(threading.RLock())
    if cores and hasattr(os, "sched_setaffinity"):  # before torch is imported, which looks at it
        os.sched_setaffinity(0, cores)
    try:
        solver, told = make(device)
    except ArcError as fault:
        connection.send(("refused", fault))
        return
    last = 0.0

    def tell(event: Event) -> None:
        nonlocal last
        if not event.passing or time.monotonic() - last >= OFTEN:
            last = time.monotonic()
            connection.send(("event", event))

    with contextlib.suppress(EOFError, OSError):
        connection.send(("ready", told))
        while True:
            outcome = attempt(solver, connection.recv(), tell if heard else silent)
            connection.send(("done", outcome))
            if outcome.result.error is not None and LOST in outcome.result.error:
                return  # the next task would fail, too; a new process has the device anew


def _die_with(parent: int) -> None:
    """End this process when the one that started it is gone."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
