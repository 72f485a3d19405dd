"""Presses of "solve" → runs, one after another in a worker process, and messages of all that happens.

Each press is a job and a run of its own, in a new folder of results: what `arc-ttt solve` would have written. A stop
ends the worker at once; what was finished is kept. Nothing here depends on a browser: one that is closed stops nothing.
"""

from __future__ import annotations

import math
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from arc_ttt.agents.progress import Event
from arc_ttt.agents.recipe import Equipment, Recipe
from arc_ttt.arc.dataset import TaskSet
from arc_ttt.arc.jsonio import printable
from arc_ttt.config import RunConfig, SolveConfig
from arc_ttt.errors import ArcError, ConfigError
from arc_ttt.play.bench import Bench, Stopped
from arc_ttt.play.library import Origin, named, shown
from arc_ttt.play.told import beginning, brief, judged
from arc_ttt.play.wire import Wire
from arc_ttt.report import page
from arc_ttt.run import batch
from arc_ttt.run.header import header
from arc_ttt.run.store import Store
from arc_ttt.solve.solver import Factory
from arc_ttt.types import Result

KEPT = 30  # jobs that a browser is told of; the runs of older ones stay on disk
MOST = 1000  # jobs that wait


@dataclass(frozen=True)
class Setup:
    """How a job is solved."""

    run: RunConfig
    config: SolveConfig
    recipe: Recipe


Prepare = Callable[[Mapping[str, Any]], Setup]
"""What was chosen on the page ("agents", "preset") → how to solve; raises `ConfigError`."""

State = Literal["waiting", "starting", "solving", "done", "stopped", "failed"]


@dataclass
class Job:
    """One press: the tasks `ids` of `tasks`, and how to solve them. `drawn` is the file of a puzzle that came from the
    page, which the run keeps; such a job has no source."""

    number: int
    tasks: TaskSet
    ids: tuple[str, ...]
    source: Origin | None
    key: str
    how: Mapping[str, Any]
    setup: Setup
    drawn: bytes | None = None
    state: State = "waiting"
    folder: Path | None = None
    run: str = ""
    error: str = ""
    doing: str = ""
    since: float = field(default_factory=time.time)  # of its state
    finished: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def over(self) -> bool:
        return self.state in ("done", "stopped", "failed")


class Desk:
    """Solves jobs in turn, in a thread of its own with one worker process. `log` takes the traceback of a bug."""

    def __init__(self, prepare: Prepare, results: Path, wire: Wire, log: Callable[[str], str]) -> None:
        self.prepare, self.results, self.wire, self.log = prepare, results, wire, log
        self.jobs: dict[int, Job] = {}
        self._waiting: deque[Job] = deque()
        self._change = threading.Condition()
        self._closing = False
        self._last = 0
        self._bench: tuple[Recipe, str, Bench] | None = None
        self._now: Job | None = None
        self._stop = threading.Event()  # the worker's: that of the job which it has
        self._thread = threading.Thread(target=self._work, name="desk", daemon=True)
        self._thread.start()

    def add(
        self,
        tasks: TaskSet,
        ids: tuple[str, ...],
        source: Origin | None,
        key: str,
        how: Mapping[str, Any],
        drawn: bytes | None = None,
    ) -> Job:
        """Queue the tasks `ids`; `ConfigError` for settings that do not go together, or for none of these tasks."""
        if unknown := [id for id in ids if id not in tasks.order]:
            raise ConfigError(f"{tasks.name}: has no task {printable(unknown[0][:200])}")
        if not ids:
            raise ConfigError("names no task to solve")
        if len(self._waiting) >= MOST:
            raise ConfigError(f"{MOST} jobs are waiting already")
        setup = self.prepare(how)
        with self._change:
            self._last += 1
            job = Job(self._last, tasks, ids, source, key, how, setup, drawn)
            self.jobs[job.number] = job
            self._waiting.append(job)
            for old in [n for n, one in self.jobs.items() if one.over][: max(0, len(self.jobs) - KEPT)]:
                del self.jobs[old]
                self.wire.forget(f"job {old}")
            self._tell(job)
            self._change.notify_all()
        return job

    def job(self, number: int) -> Job:
        """The job of that number; `ConfigError` where there is none."""
        if (job := self.jobs.get(number)) is None:
            raise ConfigError(f"there is no job {number}")
        return job

    def halt(self, number: int) -> Job:
        """Stop a job that waits or is being solved; one that is over stays as it is."""
        with self._change:
            job = self.job(number)
            job.stop.set()
            if job in self._waiting:
                self._waiting.remove(job)
                self._turn(job, "stopped")
            elif job is self._now:
                self._stop.set()
        return job

    def close(self) -> None:
        """Stop everything; what waits is dropped."""
        with self._change:
            self._closing = True
            self._waiting.clear()
            self._stop.set()
            self._change.notify_all()
        self._thread.join(10)

    def _work(self) -> None:
        while True:
            with self._change:
                while not self._waiting and not self._closing:
                    self._change.wait()
                if self._closing:
                    break
                job = self._now = self._waiting.popleft()
                self._stop.clear()
            try:
                self._solve(job)
                self._turn(job, "done")
            except Stopped:
                self._end()
                self._turn(job, "stopped")
            except ArcError as fault:
                self._end()
                self._turn(job, "failed", str(fault))
            except Exception as fault:  # noqa: BLE001  a bug: the page says so, and the next job is solved
                self._end()
                where = self.log("".join(traceback.format_exception(fault)))
                self._turn(job, "failed", f"a bug in arc-ttt: {type(fault).__name__}: {fault}{where}")
            with self._change:
                self._now = None
        self._end()

    def _solve(self, job: Job) -> None:
        """The job's run, from its folder to its last result."""
        setup = job.setup
        bench = self._ready(job)
        told: Equipment = bench.told
        self._turn(job, "solving")
        job.folder = self._folder(job)
        file = job.folder.resolve() / "tasks" / f"{job.ids[0]}.json"
        source = job.source or Origin(str(file))
        head = header(setup.run, setup.config, told, job.tasks, source.tasks, job.ids, source.solutions)
        with Store.open(job.folder, head) as store:
            if job.drawn is not None:
                file.parent.mkdir(exist_ok=True)
                file.write_bytes(job.drawn)
            job.run = job.folder.relative_to(self.results).as_posix()
            self._tell(job)
            self.wire.send({"kind": "sources"}, key="sources")
            batch.run(
                job.tasks,
                bench,
                store,
                only=job.ids,
                on_result=lambda result: self._result(job, result),
                seen=told.seen,
            )

    def _ready(self, job: Job) -> Bench:
        """A worker for the job's settings: the one that there is, or a new one, of which the page says what it does."""
        setup = job.setup
        job.doing = f"a worker process starts: {beginning(setup.recipe)}"
        if self._bench is not None:
            recipe, device, bench = self._bench
            if (recipe, device) == (setup.recipe, setup.run.device) and bench.slots:
                return bench
            self._end()
            job.doing = f"another worker process starts, for other settings: {beginning(setup.recipe)}"
        self._turn(job, "starting")
        bench = Bench(Factory(setup.recipe), setup.run.device, self._event, self._stop)
        self._bench = setup.recipe, setup.run.device, bench
        return bench

    def _end(self) -> None:
        """End the worker, whatever it does."""
        if self._bench is not None:
            self._bench[2].close()
            self._bench = None

    def _folder(self, job: Job) -> Path:
        """A folder that is not there yet."""
        title = Path(job.source.tasks).name if job.source and isinstance(job.source.tasks, str) else "tasks"
        title = "drawn" if job.drawn is not None else title
        name = named(title, job.ids[0] if len(job.ids) == 1 else f"{len(job.ids)}-tasks")
        folder, n = self.results / name, 1
        while folder.exists():
            n += 1
            folder = self.results / f"{name}-{n}"
        return folder

    def _turn(self, job: Job, state: State, error: str = "") -> None:
        job.state, job.error, job.since = state, error, time.time()
        self._tell(job)

    def _tell(self, job: Job) -> None:
        """Tell what has become of a job."""
        told = {
            "number": job.number,
            "state": job.state,
            "error": job.error,
            "doing": job.doing,
            "since": job.since,
            "key": job.key,
            "drawn": shown(job.tasks.tasks[0], job.tasks) if job.drawn is not None else None,
            "ids": job.ids,
            "how": dict(job.how),
            "run": job.run,
            "finished": job.finished,
            "at": time.time(),
        }
        owner = f"job {job.number}"
        self.wire.send({"kind": "job", "job": told}, key=owner, owner=owner)

    def _event(self, event: Event) -> None:
        """What the solver tells, as the page has it."""
        job = self._now
        if job is None:
            return
        message: dict[str, Any] = {"kind": "told", "job": job.number, "task": event.task, "stage": event.stage}
        message |= {"done": round(event.done, 4), "at": time.time()}
        if event.loss is not None and math.isfinite(event.loss):
            message["loss"] = round(event.loss, 4)
        message |= {name: text for name in ("agent", "said") if (text := getattr(event, name))}
        if event.found:
            message["found"] = [{"test": n} | brief(c) for n, c in event.found]
        fleeting = event.passing and event.loss is None
        owner = f"job {job.number}"
        self.wire.send(message, key=f"{owner} {event.task} {event.stage}" if fleeting else None, owner=owner)

    def _result(self, job: Job, result: Result) -> None:
        """A result that is on disk, with what the judge makes of its candidates."""
        job.finished += 1
        message: dict[str, Any] = {"kind": "result", "job": job.number, "task": result.task, "at": time.time()}
        task = next((task for task in job.tasks.tasks if task.id == result.task), None)
        if task is None:
            message["row"] = {"id": result.task, "error": result.error, "state": "failed"}
        else:
            message["row"] = page.row(task, job.tasks.solutions.get(task.id), result)
            message["judged"] = [judged(found) for found in result.candidates]
        self.wire.send(message, owner=f"job {job.number}")
        self._tell(job)
