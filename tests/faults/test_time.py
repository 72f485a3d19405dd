"""Deadlines: in virtual time with many kinds of unknown costs, and a real one with the model that is shipped."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from faults.runs import PROGRAM, Run, check, write_tasks
from faults.simulation import simulate, total

from arc_ttt.arc import submission

pytestmark = pytest.mark.faults


@pytest.mark.parametrize("tail", ["lognormal", "pareto"])
@pytest.mark.parametrize("slots", [1, 2, 8])
@pytest.mark.parametrize("part", [0.05, 0.2, 1.0, 3.0])
def test_unknown_costs(part: float, slots: int, tail: str) -> None:
    """400 tasks, some draws of their costs: nothing overruns, idles or comes twice before all came once. With a
    twentieth of the time that they need, nearly all are reached; with more, all."""
    for seed in range(10 if part < 1 else 3):
        seconds = part * total(seed, tail=tail) / slots
        run = simulate(seconds, slots, seed, tail=tail, here=slots == 1)
        assert run.seconds <= 1.01 * seconds
        # A few seconds at the end are kept free, which is much of a minute.
        assert run.used > (0.95 if seconds > 200 else 0.92)
        rounds = [job.effort.round for _, job in run.engine.started]
        assert rounds == sorted(rounds, key=bool), "a second attempt before the last first one"
        assert len(run.reached) == 400 if part > 0.1 else len(run.reached) >= 390
        assert len(run.answered) >= (400 - slots if part > 0.1 else 380)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_wall_clock_that_jumps(tmp_path: Path) -> None:
    """By days, in every process, all the while: the deadline is one of seconds that pass."""
    ids = [*(f"{i:02}" for i in range(40)), "hang-1"]
    tasks = write_tasks(tmp_path / "tasks", ids)
    command = ("solve", str(tasks), "--device", "cpu", "--quiet", "--workers", "2", "--deadline", "15s")
    run = Run(command, tmp_path / "run", env={"ARC_TEST_CLOCK": "1"})
    begun = time.monotonic()
    done = run.finish()
    assert 10 < time.monotonic() - begun < 15.2
    assert done.stderr == "1 task was not reached in time; the same command goes on\n"
    assert sorted(run.results()) == ids[:-1]
    check(run, b"", ids)


@pytest.mark.parametrize("words", [(), ("--workers", "2")], ids=["here", "workers"])
def test_twenty_tasks_in_a_minute(tmp_path: Path, words: Sequence[str]) -> None:
    """All that the command does, loading and ending included, is done in time; every task is reached."""
    command = ("eval", "arc1:training", "--limit", "20", "--deadline", "60s", "--json", *words)
    run = Run(command, tmp_path / "run", PROGRAM)
    begun = time.monotonic()
    done = run.finish()
    seconds = time.monotonic() - begun
    assert (done.returncode, done.stderr) == (0, "")
    assert seconds <= 60.6
    end = json.loads(done.stdout.splitlines()[-1])
    assert (end["event"], end["answered"]) == ("end", 20)
    assert len(run.results()) == 20 and len(submission.read(run.folder / "submission.json")) == 400
