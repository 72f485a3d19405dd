"""A task whose demonstrations do not fit the longest sequence, solved on a tiny model."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from makers import OneLearner

from arc_ttt.agents.learner import adapt as adapting
from arc_ttt.agents.learner import learner as solving
from arc_ttt.agents.learner import questions as answering
from arc_ttt.agents.learner.held_out import HeldOut
from arc_ttt.agents.learner.memory import room_of
from arc_ttt.agents.learner.work import Work
from arc_ttt.config import SolveConfig, TTTConfig
from arc_ttt.lm.load import load_model
from arc_ttt.text.format import load
from arc_ttt.types import Grid, Pair, Prompt, Task

QUICK = SolveConfig(views=4, max_tokens=2000, ttt=TTTConfig(tokens=3000, batch_tokens=2000, rank=4, own_colours=1.0))


def pair(colour: int, side: int) -> Pair:
    grid = Grid(np.full((side, side), colour))
    return Pair(grid, grid)


LONG = Task("long", tuple(pair(c, 18) for c in (1, 2, 3, 4)), (Grid(np.full((18, 18), 5)),))


@pytest.fixture
def prompts(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Prompt]]:
    """The prompts that training and answering make."""
    told: dict[str, list[Prompt]] = {"lesson": [], "question": []}

    class Told(adapting.Windows):
        def lesson(self, *given: Any) -> Prompt | None:
            if made := super().lesson(*given):
                told["lesson"].append(made)
            return made

        def question(self, *given: Any) -> Prompt:
            told["question"].append(super().question(*given))
            return told["question"][-1]

    for module in (adapting, answering):
        monkeypatch.setattr(module, "Windows", Told)
    return told


def test_all_demonstrations_take_part(tiny_folder: Path, prompts: dict[str, list[Prompt]]) -> None:
    """Training and the views see all of four of which one fits beside a query; the result says so."""
    result = OneLearner(load_model(tiny_folder, device="cpu"), load("context"), QUICK).solve(LONG)
    assert result.notes["context"] == {"demonstrations": 4, "fit": 1}
    assert "too_long" not in result.notes
    assert all(len(p) <= 2000 for p in prompts["lesson"])
    assert all(len(p) <= 2000 - load("context").answer_length(18, 18) for p in prompts["question"])
    taught = [set(p.tokens[p.loss].tolist()) & {1, 2, 3, 4} for p in prompts["lesson"]]
    assert len(set.union(*taught)) == 4
    seen = [set(p.tokens.tolist()[12:]) & {1, 2, 3, 4} for p in prompts["question"]]
    assert len(seen) == 4
    assert [sum(c in s for s in seen) for c in (1, 2, 3, 4)] == [1, 1, 1, 1]


def test_nothing_is_said_where_all_fit(tiny_folder: Path, task: Task) -> None:
    """Neither in a format with demonstrations in context nor, however long, in one without."""
    config = dataclasses.replace(QUICK, views=2, ttt=dataclasses.replace(QUICK.ttt, tokens=500))
    for form, given in (("context", task), ("pair", LONG)):
        notes = OneLearner(load_model(tiny_folder, device="cpu"), load(form), config).solve(given).notes
        assert "context" not in notes and "too_long" not in notes


def test_a_demonstration_that_never_fits_is_told(
    tiny_folder: Path, monkeypatch: pytest.MonkeyPatch, prompts: dict[str, list[Prompt]]
) -> None:
    """By its index. It is not trained on, not held out, and the others are."""
    room = dataclasses.replace(room_of(QUICK, "none"), max_tokens=800)
    monkeypatch.setattr(solving, "room_of", lambda *_: room)
    task = dataclasses.replace(LONG, demonstrations=(*LONG.demonstrations[:3], pair(4, 25)))
    config = dataclasses.replace(QUICK, views=1, ttt=dataclasses.replace(QUICK.ttt, stop="held-out"))
    solver = OneLearner(load_model(tiny_folder, device="cpu"), load("pair"), config)
    notes = solver.solve(task).notes
    assert notes["too_long"] == [3]
    assert all(len(p) <= 800 for p in prompts["lesson"])
    assert {held for _, held, _, _ in notes["looks"]} <= {0, 1, 2}
    work = Work(task, solver.learner.model, solver.learner.form, solver.learner.adapter, config, room)
    assert sorted(HeldOut(work)._order) == [0, 1, 2]
