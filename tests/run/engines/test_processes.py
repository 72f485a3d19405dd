"""Workers: what happens to one of them happens to its task alone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from faults.fakes import make
from faults.runs import PATHS, ended

from arc_ttt.agents.effort import Effort
from arc_ttt.agents.progress import Event
from arc_ttt.errors import ModelError
from arc_ttt.run.engines import processes as processing
from arc_ttt.run.engines.engine import EngineError, Job, Outcome
from arc_ttt.run.engines.processes import Processes
from arc_ttt.types import Grid, Pair, Task

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")


def job(id: str, effort: Effort | None = None) -> Job:
    task = Task(id, (Pair(Grid([[1]]), Grid([[2]])),), (Grid([[3]]), Grid([[4]])))
    return Job(task, effort or Effort())


@contextmanager
def processes(devices: Sequence[str] = ("cpu", "cpu")) -> Iterator[Processes]:
    with closing(Processes(make, devices)) as engine:
        yield engine


def all_of(engine: Processes) -> dict[str, Outcome]:
    outcomes = {}
    while (outcome := engine.wait(30)) is not None:
        outcomes[outcome.job.task.id] = outcome
    return outcomes


def test_a_worker_that_dies_costs_its_task_alone() -> None:
    """Whatever kills it: the task is tried once more, then recorded with how its process ended, the others are
    answered. A task that the system killed is tried again further down the memory ladder, and may be answered there."""
    with processes() as engine:
        ids = ["segv-1", "a", "raise-1", "kill-1", "b", "exit-1", "fit-1", "c", "d"]
        for id in ids:
            engine.start(job(id))
        outcomes = all_of(engine)
        assert engine.slots == 2
    assert sorted(outcomes) == sorted(ids)
    errors = {id: o.result.error for id, o in outcomes.items() if o.result.error is not None}
    assert errors == {
        "segv-1": f"its process died 2 times (signal {signal.SIGSEGV.value})",
        "kill-1": "its process died 3 times (signal 9)",
        "exit-1": "its process died 2 times (exit code 3)",
        "raise-1": "RuntimeError: the fault of two lines",
    }
    assert "Traceback" in (outcomes["raise-1"].trace or "")
    assert outcomes["fit-1"].result.notes["rung"] == 2
    pids = {o.result.notes["pid"] for id, o in outcomes.items() if id not in errors}
    assert os.getpid() not in pids and all(map(ended, pids))


def test_a_worker_leaves_nothing_behind() -> None:
    """A bar in a worker, as the compiler has one, takes no semaphore that the system would be left with."""
    program = (
        "from test_processes import job, processes\n"
        "with processes(['cpu']) as engine:\n"
        "    engine.start(job('bar-1'))\n"
        "    print(engine.wait(30).result.error)\n"
    )
    paths = os.pathsep.join([PATHS, str(Path(__file__).parent)])
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": paths},
    )
    assert (run.stdout, run.stderr) == ("None\n", "")


def test_a_task_may_die_once_in_each_round() -> None:
    """Deaths are counted anew for a later attempt at a task."""
    with processes(["cpu"]) as engine:
        for _ in range(2):
            engine.start(job("fit-1"))
            outcome = engine.wait(30)
            assert outcome is not None and outcome.result.error is None


def test_a_worker_whose_device_is_lost_is_replaced() -> None:
    """After a fault of the device every further task of that process would fail; the next ones have a new process."""
    with processes(["cpu"]) as engine:
        for id in ("cuda-1", "a"):
            engine.start(job(id))
        outcomes = all_of(engine)
    assert "CUDA error" in str(outcomes["cuda-1"].result.error)
    assert outcomes["a"].result.error is None


def test_waiting_ends_in_time_and_loses_nothing() -> None:
    """A job that hangs holds up nobody; what is done already is there even for those who cannot wait; closing ends the
    worker that hangs."""
    with processes() as engine:
        for id in ("hang-1", "a", "b"):
            engine.start(job(id))
        assert engine.wait(1e9) is not None
        time.sleep(0.5)
        assert engine.wait(0) is not None, "a result that lies in the pipe"
        begun = time.monotonic()
        assert engine.wait(0.2) is None
        assert 0.15 < time.monotonic() - begun < 1.5
        begun = time.monotonic()
    assert time.monotonic() - begun < 2


def test_time_spent_in_the_queue_is_no_time_to_solve() -> None:
    """A job with a limit that waits for a worker has that much less; it keeps within the run's time."""
    with processes(["cpu"]) as engine:
        engine.start(job("slow-1"))
        engine.start(job("slow-2", Effort(seconds=0.4, most=9.0)))
        outcomes = all_of(engine)
    assert 0 <= outcomes["slow-2"].result.notes["limit"] < 0.15


def test_a_worker_that_is_refused_ends_the_run_where_none_works() -> None:
    """With the error that it had; else the others go on without it."""
    with pytest.raises(ModelError, match="bad: no such device"):
        Processes(make, ["bad", "bad"])
    with processes(["bad", "cpu"]) as engine:
        ids = [f"slow-{i}" for i in range(4)]
        for id in ids:
            engine.start(job(id))
        assert (sorted(all_of(engine)), engine.told, engine.slots) == (ids, "cpu", 1)


def test_workers_that_die_while_they_start_are_given_up() -> None:
    """After a few starts, with one line."""
    with pytest.raises(EngineError, match="no worker is left"):
        Processes(make, ["dead"])


def test_a_signal_waits_until_a_worker_has_all_that_it_needs() -> None:
    """Also one that another thread receives, whose handler runs in this one."""
    reached = False
    # Python leaves a signal ignored that whoever started it ignores, as a shell does for what runs in the background.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def receive() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)

    try:
        with pytest.raises(KeyboardInterrupt), processing._undisturbed():
            other = threading.Thread(target=receive)
            other.start()
            other.join()
            time.sleep(0.05)
            reached = True
    finally:
        signal.signal(signal.SIGINT, before)
    assert reached


def test_who_is_not_ready_in_time() -> None:
    begun = time.monotonic()
    with pytest.raises(EngineError, match="no worker was ready before the time was up"):
        Processes(make, ["cpu"], until=begun + 0.01)
    assert not multiprocessing.active_children()


def test_a_reader_who_is_gone_is_not_a_dead_worker() -> None:
    """What the display raises passes through; the worker goes on."""

    def progress(event: Event) -> None:
        raise BrokenPipeError

    with closing(Processes(make, ["cpu"], progress)) as engine:
        engine.start(job("slow-1"))
        with pytest.raises(BrokenPipeError):
            engine.wait(30)
        assert engine._workers[0].process.is_alive() and engine._workers[0].job is not None


@pytest.mark.parametrize("heard", [True, False])
def test_a_solver_is_told_whether_anybody_listens(heard: bool) -> None:
    """What nobody would hear is not even made."""
    with closing(Processes(make, ["cpu"], *([[].append] if heard else []))) as engine:
        engine.start(job("a"))
        assert all_of(engine)["a"].result.notes["heard"] is heard
