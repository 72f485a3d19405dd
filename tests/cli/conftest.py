"""The command line as a function, with a solver that needs no model."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from arc_ttt.agents.effort import FULL, Effort
from arc_ttt.agents.progress import Event, Progress, silent
from arc_ttt.agents.recipe import Equipment
from arc_ttt.cli import app, crew
from arc_ttt.solve.solver import Factory
from arc_ttt.types import Candidate, Prediction, Result, Task


@dataclass(frozen=True)
class Outcome:
    """What a call of the command line left."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """Stdout as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def arc_ttt(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """Runs `arc-ttt` with these arguments in this process, which also solves."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setattr(crew, "processors", lambda: 1.0)  # workers would know nothing of what a test puts in place

    def call(*argv: object) -> Outcome:
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            app.main([str(word) for word in argv])
        captured = capsys.readouterr()
        return Outcome(int(end.value.code or 0), captured.out, captured.err)

    return call


@dataclass
class CopySolver:
    """Answers each input by itself; raises for the tasks in `broken`, and as Ctrl-C does before `stop`."""

    broken: Collection[str] = ()
    stop: str | None = None
    solved: list[str] = field(default_factory=list)
    machine: dict[str, Any] = field(default_factory=lambda: {"threads": 2})

    def solve(self, task: Task, progress: Progress = silent, effort: Effort = FULL) -> Result:
        if task.id == self.stop:
            raise KeyboardInterrupt
        if task.id in self.broken:
            raise RuntimeError("no luck")
        self.solved.append(task.id)
        for stage in ("adapt", "answer", "vote"):
            progress(Event(task.id, stage, 1.0, 0.5 if stage == "adapt" else None))
        return Result(
            Prediction(task.id, tuple((grid,) for grid in task.tests)),
            tuple((Candidate(grid, ("s0", "s1"), (-0.5, -1.0)),) for grid in task.tests),
            None,
            {"adapt": 1.0, "answer": 0.5, "vote": 0.0},
            {"loss_before": 1.5, "loss_after": 0.25},
        )


@pytest.fixture
def solver(monkeypatch: pytest.MonkeyPatch) -> CopySolver:
    """The solver that `arc-ttt solve` gets instead of a model's; its training saw the task `seen`."""
    fake = CopySolver()

    def make(factory: Factory, device: str) -> tuple[CopySolver, Equipment]:
        recipe = factory.recipe
        return fake, Equipment(
            digest=recipe.config.digest(recipe.model),
            model={"name": recipe.model, "digest": "1" * 64},
            prompt={"name": recipe.prompt, "digest": "2" * 64},
            seen=frozenset({"seen"}),
            machine=fake.machine,
        )

    monkeypatch.setattr(Factory, "__call__", make)
    return fake


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two tasks with answers: `copy` is its own answer, `other` is not. The working directory is
    beside it."""
    monkeypatch.chdir(tmp_path)
    demonstration = {"input": [[1]], "output": [[2]]}
    for id, output in (("copy", [[5, 6], [7, 8]]), ("other", [[0]])):
        test = {"input": [[5, 6], [7, 8]], "output": output}
        path = tmp_path / "puzzles" / f"{id}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({"train": [demonstration], "test": [test]}))
    return tmp_path / "puzzles"
