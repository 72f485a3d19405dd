"""A solver without a model, and tasks to give it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from arc_ttt.agents.effort import FULL, Effort
from arc_ttt.agents.progress import Event, Progress, silent
from arc_ttt.config import SolveConfig
from arc_ttt.run.store import Header
from arc_ttt.types import Candidate, Prediction, Result, Task


@dataclass
class CopySolver:
    """Answers each input by itself; raises for the tasks in `broken` and stops the run before `stop`."""

    broken: Collection[str] = ()
    stop: str | None = None
    solved: list[str] = field(default_factory=list)

    def solve(self, task: Task, progress: Progress = silent, effort: Effort = FULL) -> Result:
        if task.id == self.stop:
            raise KeyboardInterrupt
        if task.id in self.broken:
            raise RuntimeError("the fault\nof two lines")
        self.solved.append(task.id)
        progress(Event(task.id, "adapt", 1.0, 0.5))
        return Result(
            Prediction(task.id, tuple((grid,) for grid in task.tests)),
            tuple((Candidate(grid, ("s0", "s1"), (-0.5, -1.0)),) for grid in task.tests),
            None,
            {"adapt": 1.0, "answer": 0.5, "vote": 0.0},
            {"loss_before": 1.5, "loss_after": 0.25},
        )


@pytest.fixture
def copy_solver() -> type[CopySolver]:
    return CopySolver


@pytest.fixture
def header() -> Header:
    config = SolveConfig()
    return Header(
        digest=config.digest("weights"),
        settings=dataclasses.asdict(config),
        model={"name": "tiny", "digest": "1" * 64},
        prompt={"name": "pair", "digest": "2" * 64},
        tasks={"name": "some tasks", "digest": "0" * 64},
        machine={"threads": 2},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "results" / "run"
