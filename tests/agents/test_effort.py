"""Limits on the time of one attempt: training ends early, answering keeps what it has."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path
from typing import Any

import pytest
from makers import OneLearner

from arc_ttt.agents import effort as module
from arc_ttt.agents.effort import FULL, Clock, Effort, TimeUp
from arc_ttt.agents.progress import Event
from arc_ttt.config import SolveConfig, TTTConfig
from arc_ttt.lm.adapter import Adapter
from arc_ttt.lm.load import load_model
from arc_ttt.text.format import load
from arc_ttt.types import Task

LONG = SolveConfig(views=6, ttt=TTTConfig(tokens=10_000_000, batch_tokens=400, rank=4))


def make(folder: Path, config: SolveConfig = LONG) -> OneLearner:
    return OneLearner(load_model(folder, device="cpu", dtype="float32"), load("pair"), config)


def test_a_clock_without_limits_never_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it takes."""
    clock = Clock(FULL)
    monkeypatch.setattr(module.time, "monotonic", lambda: 1e12)
    clock.check()
    clock.check(first=True)
    assert (clock.trained(), clock.limited) == (0.0, False)


def test_each_stage_has_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training its part, answers the whole, and the first answer what is left of the run."""
    now = 100.0
    monkeypatch.setattr(module.time, "monotonic", lambda: now)
    clock = Clock(Effort(seconds=10, training=0.5, most=30))
    now = 104.0
    assert clock.trained() == pytest.approx(0.8)
    clock.check()
    now = 111.0
    with pytest.raises(TimeUp):
        clock.check()
    clock.check(first=True)
    now = 131.0
    with pytest.raises(TimeUp):
        clock.check(first=True)


def test_half_of_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second clock for half of it, which is up before the run's end, that stays where it is."""
    now = 100.0
    monkeypatch.setattr(module.time, "monotonic", lambda: now)
    clock = Clock(Effort(seconds=10, most=30))
    now = 104.0
    half = clock.half()
    assert (half.left(), half.until()) == (3.0, 26.0)
    now = 108.0
    assert (half.left(), half.until(), clock.left(), clock.until()) == (0.0, 22.0, 2.0, 22.0)
    assert Clock(FULL).half().left() is None


def test_what_serves_later_tasks_is_forgiven(monkeypatch: pytest.MonkeyPatch) -> None:
    """As far as the run's end, which stays where it is, allows."""
    now = 100.0
    monkeypatch.setattr(module.time, "monotonic", lambda: now)
    clock = Clock(Effort(seconds=10, most=30))
    now = 106.0
    clock.forgive(5)
    assert (clock.left(), clock.until()) == (9.0, 24.0)
    now = 125.0
    clock.forgive(19)
    assert (clock.left(), clock.until()) == (5.0, 5.0)
    free = Clock(FULL)
    free.forgive(5)
    assert (free.left(), free.until()) == (None, None)


def test_compiling_is_no_time_of_the_task_that_comes_first(
    tiny_folder: Path, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first step takes longer than the task has; it is trained and answered all the same."""
    config = dataclasses.replace(LONG, ttt=dataclasses.replace(LONG.ttt, compile=True))
    slow = [1.5]

    def trained(self: Adapter, compiled: bool) -> Any:
        def model(*args: Any, **kwargs: Any) -> Any:
            time.sleep(slow.pop() if slow else 0)
            return self.model(*args, **kwargs)

        assert compiled
        self._compiled = model
        return model

    monkeypatch.setattr(Adapter, "trained", trained)
    solver = make(tiny_folder, config)
    first = solver.solve(task, effort=Effort(seconds=1.0, most=60))
    assert not slow and first.notes["steps"] > 5 and "stopped" not in first.notes
    second = solver.solve(task, effort=Effort(seconds=0.01, most=60))
    assert second.notes["stopped"] == "time was up after 2 of 12 answers"


def test_training_ends_in_time_and_an_answer_is_given(tiny_folder: Path, task: Task) -> None:
    """A budget of hours is cut to the limit; every test input has an attempt."""
    solver = make(tiny_folder)
    solver.solve(task, effort=Effort(seconds=0.5))  # what is slow only once
    begun = time.monotonic()
    result = solver.solve(task, effort=Effort(seconds=2.0, training=0.5))
    assert result.notes["lesson_tokens"] < 10_000_000
    assert time.monotonic() - begun < 6
    assert all(result.prediction.attempts)


def test_when_time_is_up_the_first_answer_is_kept(tiny_folder: Path, task: Task) -> None:
    """No time at all for the views, but the run goes on: one view answers; where the run ends, none does."""
    solver = make(tiny_folder)
    one = solver.solve(task, effort=Effort(seconds=0.01, most=60))
    assert one.notes["stopped"] == "time was up after 2 of 12 answers"
    assert [len(found[0].views) for found in one.candidates] == [1, 1]
    none = solver.solve(task, effort=Effort(seconds=0.01, most=0.01))
    assert none.prediction.attempts == ((), ())
    assert none.error is None


def test_an_ample_limit_changes_no_answer(tiny_folder: Path, task: Task) -> None:
    """Where nothing is cut short the answers are those without a limit."""
    config = dataclasses.replace(LONG, ttt=TTTConfig(tokens=1500, batch_tokens=400, rank=4))
    ample = make(tiny_folder, config).solve(task, effort=Effort(seconds=1000, most=1000))
    free = make(tiny_folder, config).solve(task)
    assert [[(c.grid, c.views) for c in f] for f in ample.candidates] == [
        [(c.grid, c.views) for c in f] for f in free.candidates
    ]


def test_a_later_round_is_another_attempt(tiny_folder: Path, task: Task) -> None:
    """Other lessons and views, twice the training, and it says which it was; the same again when asked again."""
    config = dataclasses.replace(LONG, views=12, ttt=TTTConfig(tokens=1500, batch_tokens=400, rank=4))
    solver = make(tiny_folder, config)
    first, second = solver.solve(task), solver.solve(task, effort=Effort(round=1))
    assert second.notes["round"] == 1 and "round" not in first.notes
    assert second.notes["lesson_tokens"] >= 3000
    keys = [{view for found in r.candidates for c in found for view in c.views} for r in (first, second)]
    assert keys[0] != keys[1]
    assert solver.solve(task, effort=Effort(round=1)).candidates == second.candidates


def test_progress_is_told_until_the_end(tiny_folder: Path, task: Task) -> None:
    """Shares of a limited stage end at 1 all the same."""
    told: list[Event] = []
    make(tiny_folder).solve(task, told.append, Effort(seconds=0.5))
    assert max(e.done for e in told if e.stage == "adapt") == 1.0
