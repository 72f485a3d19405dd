"""Whatever happens to a run: no task ends it, what is finished stays, and it can go on. (Long forms: tests/faults.)"""

from __future__ import annotations

import itertools
import os
import random
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from faults.fakes import make
from faults.runs import Run, check, ended, kill_until_done, write_tasks

from arc_ttt.agents.effort import Effort
from arc_ttt.agents.progress import silent
from arc_ttt.arc import submission
from arc_ttt.arc.dataset import TaskSet
from arc_ttt.config import SolveConfig
from arc_ttt.run import batch
from arc_ttt.run.deadline import Deadline
from arc_ttt.run.engines.engine import Here, Job, attempt, shortened
from arc_ttt.run.engines.processes import Processes
from arc_ttt.run.store import Header, Store
from arc_ttt.types import Prediction, Result, Task

IDS = [f"{i:02}" for i in range(16)]
WORKERS: list[Sequence[str]] = [(), ("--workers", "2")]
posix = pytest.mark.skipif(os.name != "posix", reason="signals")


class Raising:
    def __init__(self, fault: BaseException) -> None:
        self.fault = fault

    def solve(self, task: Task, *_: Any) -> Result:
        raise self.fault


@pytest.mark.parametrize("fault", [MemoryError(), RecursionError("deep"), OSError(5, "no"), KeyError(3)])
def test_what_an_attempt_raises_becomes_its_outcome(task: Task, fault: Exception) -> None:
    """Named on one line, with the traceback beside it."""
    outcome = attempt(Raising(fault), Job(task), silent)
    assert str(outcome.result.error).startswith(f"{type(fault).__name__}: ")
    assert outcome.result.prediction == Prediction(task.id, ())
    assert "Traceback" in (outcome.trace or "")


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), SystemExit(3)])
def test_what_ends_a_process_passes_through(task: Task, stop: BaseException) -> None:
    """Ctrl-C is no fault of a task."""
    with pytest.raises(type(stop)):
        attempt(Raising(stop), Job(task), silent)


def test_this_process_takes_one_job_after_the_other(task: Task) -> None:
    """In the order they came; those that are left when it closes are dropped."""
    engine = Here(Raising(ValueError("no")))
    assert engine.wait(0) is None
    jobs = [Job(task, Effort(round=n)) for n in range(3)]
    for job in jobs:
        engine.start(job)
    taken = [engine.wait(), engine.wait()]
    assert [outcome.job for outcome in taken if outcome is not None] == jobs[:2]
    engine.close()
    assert engine.wait() is None


def test_a_job_that_waited_has_less_time(task: Task) -> None:
    """For all of it and for the first answer; without a limit it has what it had."""
    assert shortened(Job(task, Effort(seconds=3, most=5, round=1)), 2).effort == Effort(seconds=1, most=3, round=1)
    assert shortened(Job(task, Effort(seconds=3)), 4).effort == Effort(seconds=0)
    assert shortened(Job(task), 4).effort == Effort()


def run(tmp_path: Path, name: str, *words: str, ids: Sequence[str] = IDS) -> Run:
    folder = write_tasks(tmp_path / "tasks", ids)
    return Run(("solve", str(folder), "--device", "cpu", "--quiet", *words), tmp_path / name)


@posix
@pytest.mark.parametrize("words", WORKERS, ids=["here", "workers"])
def test_a_run_that_is_killed_again_and_again_equals_an_unbroken_one(tmp_path: Path, words: Sequence[str]) -> None:
    """kill -9 at any moment, also between two pieces of a line: nothing that is finished is lost or done again, the
    submission is always valid, and in the end results and submission are those of a run that nothing happened to."""
    moments = random.Random(0)
    broken = run(tmp_path, "broken", *words)
    killed = kill_until_done(broken, IDS, [moments.uniform(0.2, 1.2) for _ in range(3)], ARC_TEST_SLOWLY="1")
    assert killed >= 1
    unbroken = run(tmp_path, "unbroken")
    assert unbroken.finish().returncode == 0
    assert broken.submitted() == unbroken.submitted()
    assert broken.timeless() == unbroken.timeless()


@posix
def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    """Also when that one is killed, and whatever they are doing."""
    broken = run(tmp_path, "run", "--workers", "2", ids=[*"abcdef", "hang-1"])
    process = broken.start()
    until = time.monotonic() + 20
    while len(broken.results()) < 6 and time.monotonic() < until:
        time.sleep(0.05)
    process.kill()
    process.communicate(timeout=20)
    pids = {r.notes["pid"] for r in broken.results().values()}
    assert pids and process.pid not in pids and all(map(ended, pids))


@posix
@pytest.mark.parametrize(
    ("words", "blow", "code"), [(WORKERS[0], signal.SIGTERM, 143), (WORKERS[1], signal.SIGINT, 130)]
)
def test_a_run_that_is_asked_to_end_ends(tmp_path: Path, words: Sequence[str], blow: signal.Signals, code: int) -> None:
    """At once, with the exit code of the signal and one line that says how to go on, which is what it does."""
    ids = [*IDS, "hang-1"]
    broken = run(tmp_path, "run", *words, ids=ids)
    process = broken.start()
    until = time.monotonic() + 20
    while len(broken.results()) < 3 and time.monotonic() < until:
        time.sleep(0.02)
    if blow == signal.SIGINT:
        os.killpg(process.pid, blow)  # as a terminal does: workers hear it too
    else:
        process.send_signal(blow)
    begun = time.monotonic()
    _, err = process.communicate(timeout=20)
    assert time.monotonic() - begun < 5
    assert (process.returncode, err.count("\n")) == (code, 1), err
    assert err.startswith("stopped: ") and " go on with: arc-ttt solve " in err
    check(broken, b"", ids)


@posix
def test_a_full_disk_ends_a_run_that_goes_on_when_there_is_room(tmp_path: Path) -> None:
    """One line that names the file; what was on disk stays, and the rest is solved when there is room again."""
    broken = run(tmp_path, "run")
    done = broken.finish(ARC_TEST_LARGEST="4000")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert done.stderr.startswith(f"error: {broken.folder}/") and "cannot be written: File too large" in done.stderr
    lines = check(broken, b"", IDS)
    assert 0 < lines.count(b"\n") < len(IDS)
    assert broken.finish().returncode == 0
    assert len(check(broken, lines, IDS).splitlines()) == len(IDS)


@posix
def test_poisoned_tasks_cost_themselves_alone(tmp_path: Path) -> None:
    """They are named one by one and have the fallback in the submission; the others are answered."""
    ids = ["a", "b", "c", "fit-1", "kill-1", "raise-1", "segv-1"]
    broken = run(tmp_path, "run", "--workers", "2", ids=ids)
    done = broken.finish()
    assert done.returncode == 1
    told = [line.split(":")[1].strip() for line in done.stderr.splitlines()[:-1]]
    assert told == ["task kill-1", "task raise-1", "task segv-1"], done.stderr
    assert {id for id, r in broken.results().items() if r.error is None} == {"a", "b", "c", "fit-1"}
    check(broken, b"", ids)
    assert submission.read(broken.folder / "submission.json")["segv-1"] == ((submission.FALLBACK,) * 2,) * 2


@posix
def test_a_deadline_holds_whatever_the_wall_clock_says(
    make_tasks: Callable[..., TaskSet], folder: Path, header: Header, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A task that hangs is left behind when the time is up, though the wall clock jumps by days all the while."""
    real, days = time.time, itertools.cycle((-86_400.0, 0.0, 86_400.0))
    monkeypatch.setattr(time, "time", lambda: real() + next(days))
    tasks = make_tasks(("hang-1", *"abcdefg"), known=False)
    with closing(Processes(make, ["cpu", "cpu"])) as engine, Store.open(folder, header) as store:
        begun = time.monotonic()
        summary = batch.run(tasks, engine, store, order=lambda todo: Deadline(todo, SolveConfig(), 4.0, 2))
        assert 1 < time.monotonic() - begun < 4
    assert (summary.unreached, summary.answered) == (("hang-1",), 7)
    assert set(submission.read(folder / "submission.json")) == {"hang-1", *"abcdefg"}
