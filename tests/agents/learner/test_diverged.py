"""Training that diverges is named, and tried once more with care."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import pytest
import torch
from makers import OneLearner

from arc_ttt.agents.learner import adapt as module
from arc_ttt.agents.learner.adapt import Diverged
from arc_ttt.config import SolveConfig, TTTConfig
from arc_ttt.lm.load import load_model
from arc_ttt.report.spent import sentences
from arc_ttt.text.format import load
from arc_ttt.types import Task

QUICK = SolveConfig(views=1, ttt=TTTConfig(tokens=1000, batch_tokens=400, rank=4, learning_rate=0.01))


def make(folder: Path, config: SolveConfig = QUICK) -> OneLearner:
    return OneLearner(load_model(folder, device="cpu", dtype="float32"), load("pair"), config)


def test_it_begins_anew_at_a_tenth_of_the_rate(tiny_folder: Path, task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answers are those of a run at that rate, and the result says why."""
    calls, real = [], module.batch_loss

    def once(*words: object) -> torch.Tensor:
        calls.append(1)
        loss = real(*words)  # type: ignore[arg-type]
        return loss * math.nan if len(calls) == 2 else loss

    monkeypatch.setattr(module, "batch_loss", once)
    result = make(tiny_folder).solve(task)
    assert result.notes["diverged"] == "training diverged: the loss is nan in step 2 at the learning rate 0.01"
    assert any("tenth of the learning rate: training diverged" in line for line in sentences(result.notes))
    slow = dataclasses.replace(QUICK, ttt=dataclasses.replace(QUICK.ttt, learning_rate=0.001))
    assert result.prediction == make(tiny_folder, slow).solve(task).prediction


@pytest.mark.parametrize("what", ["loss", "gradient"])
def test_it_fails_by_name(tiny_folder: Path, task: Task, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Where it diverges again; the next task finds an adapter that is as new."""
    solver = make(tiny_folder)
    before = solver.solve(task)
    with monkeypatch.context() as patch:
        real = module.batch_loss
        if what == "loss":
            patch.setattr(module, "batch_loss", lambda *words: real(*words) * math.inf)
        else:
            patch.setattr(module, "clip", lambda *_: math.nan)
        with pytest.raises(
            Diverged, match=rf"^training diverged: the {what} is \w+ in step 1 .* 0\.01; .* rate 0\.001$"
        ):
            solver.solve(task)
    assert solver.solve(task).prediction == before.prediction
