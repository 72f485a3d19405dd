"""How a task is trained on: schedule, batches, epochs and lessons, as a recipe says."""

from __future__ import annotations

import dataclasses
import itertools
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from makers import OneLearner
from transformers import get_cosine_schedule_with_warmup

from arc_ttt.agents.learner import adapt as adapting
from arc_ttt.agents.learner.course import Course, batches, budget
from arc_ttt.agents.learner.stop import cosine
from arc_ttt.config import SolveConfig, TTTConfig
from arc_ttt.lm.group import pieces
from arc_ttt.lm.load import load_model
from arc_ttt.text import sheet
from arc_ttt.text.format import load
from arc_ttt.text.window import Windows
from arc_ttt.types import Grid, Pair, Task

RECIPE = TTTConfig(lessons=12, batch_lessons=2, schedule="cosine", warmup=0.25, stop="none", rank=4, learning_rate=1e-3)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """Of each update the rates, and the batches that were computed."""
    seen: dict[str, list[Any]] = {"rates": [], "batches": [], "decay": [], "clipped": []}
    step, init = torch.optim.AdamW.step, torch.optim.AdamW.__init__

    def counted(self: torch.optim.AdamW, *given: Any, **more: Any) -> Any:
        seen["rates"].append([group["lr"] for group in self.param_groups])
        return step(self, *given, **more)

    def made(self: torch.optim.AdamW, *given: Any, **more: Any) -> None:
        seen["decay"].append(more.get("weight_decay"))
        init(self, *given, **more)

    loss, clip = adapting.batch_loss, adapting.clip

    def computed(model: Any, batch: Any, *more: Any) -> Any:
        seen["batches"].append(len(batch.input_ids))
        return loss(model, batch, *more)

    def clipped(parameters: Any, norm: float) -> float:
        seen["clipped"].append(norm)
        return clip(parameters, norm)

    monkeypatch.setattr(torch.optim.AdamW, "step", counted)
    monkeypatch.setattr(torch.optim.AdamW, "__init__", made)
    monkeypatch.setattr(adapting, "batch_loss", computed)
    monkeypatch.setattr(adapting, "clip", clipped)
    return seen


def solve(folder: Path, task: Task, ttt: TTTConfig, **more: Any) -> dict[str, Any]:
    config = SolveConfig(views=1, vote="flat", ttt=ttt, **more)
    return dict(
        OneLearner(load_model(folder, device="cpu", dtype="float32"), load("context"), config).solve(task).notes
    )


@pytest.mark.parametrize(("steps", "warmup"), [(64, 32), (128, 13), (250, 25), (23, 3), (8, 2), (5, 0)])
def test_the_cosine_is_that_of_transformers(steps: int, warmup: int) -> None:
    """Step by step, from nothing to nothing."""
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    theirs = get_cosine_schedule_with_warmup(optimiser, warmup, steps)
    for k in range(steps):
        assert cosine(k / steps, warmup / steps) == pytest.approx(theirs.get_last_lr()[0], abs=1e-12)
        optimiser.step()
        theirs.step()


@pytest.mark.parametrize(
    ("name", "steps", "warmup"),
    [("architects", 64, 32), ("nvarc", 128, 13), ("marc", 250, 25), ("barc", 23, 3), ("architects-2024", 8, 2)],
)
def test_each_sheets_rates(
    tiny_folder: Path, task: Task, told: dict[str, list[Any]], name: str, steps: int, warmup: int
) -> None:
    """As many updates as the authors make, each at their rate: one cosine with their warm-up, no early end."""
    one = sheet.read(name)
    ttt = dataclasses.replace(sheet.choose_training(one, {}), rank=2, targets=("linear",), whole=())
    four = dataclasses.replace(task, demonstrations=six(task))
    notes = solve(tiny_folder, four, ttt)
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=ttt.learning_rate)
    theirs = get_cosine_schedule_with_warmup(optimiser, warmup, steps)
    assert notes["steps"] == len(told["rates"]) == steps and notes["ended"] == "budget"
    for rates in told["rates"]:
        assert rates[0] == pytest.approx(theirs.get_last_lr()[0], abs=1e-12)
        optimiser.step()
        theirs.step()
    assert told["decay"] == [ttt.weight_decay]
    assert told["clipped"] == ([] if name == "marc" else [1.0] * steps)


def six(task: Task) -> tuple[Pair, ...]:
    """Demonstrations enough for 250 distinct lessons."""
    return (*task.demonstrations, *(Pair(Grid([[c, 0, 7]]), Grid([[7, 0, c]])) for c in (2, 3, 4)))


def test_a_batch_is_a_number_of_lessons(tiny_folder: Path, task: Task, told: dict[str, list[Any]]) -> None:
    """Two a step where they fit together, else one after the other; the last step takes what is left."""
    notes = solve(tiny_folder, task, dataclasses.replace(RECIPE, batch_tokens=4000))
    assert (notes["steps"], told["batches"]) == (6, [2] * 6)
    told["batches"].clear()
    notes = solve(tiny_folder, task, dataclasses.replace(RECIPE, batch_tokens=1))
    assert (notes["steps"], told["batches"]) == (6, [1] * 12)
    told["batches"].clear()
    notes = solve(tiny_folder, task, dataclasses.replace(RECIPE, lessons=7, batch_lessons=3, batch_tokens=4000))
    assert (notes["steps"], told["batches"]) == (3, [3, 3, 1])


def test_a_batch_in_pieces_is_the_same_step(tiny_folder: Path, task: Task) -> None:
    """The loss weighs each token of the batch alike, however it is cut up."""
    whole, cut = (
        solve(tiny_folder, task, dataclasses.replace(RECIPE, batch_lessons=4, batch_tokens=n))["losses"]
        for n in (4000, 1)
    )
    assert whole == pytest.approx(cut, abs=2e-3)
    assert pieces([5, 5, 2, 9, 1], 10) == [[0, 1], [2], [3], [4]]


def test_epochs_go_through_the_same_lessons(task: Task) -> None:
    """Each once in an epoch, in another order each time."""
    form, config = load("context"), SolveConfig(ttt=TTTConfig(lessons=5, epochs=3))
    course = Course(task, form, config, np.random.default_rng(0))
    drawn = list(itertools.islice(course, 15))
    epochs = [drawn[k : k + 5] for k in (0, 5, 10)]
    assert len({frozenset(epoch) for epoch in epochs}) == 1 and len(set(drawn)) == 5
    assert epochs[0] != epochs[1]
    assert (course.size, budget(config, course.size)) == (5, 15)
    anew = Course(task, form, SolveConfig(ttt=TTTConfig(lessons=5)), np.random.default_rng(0))
    assert anew.size is None and len(set(itertools.islice(anew, 15))) == 15


def test_a_set_may_be_smaller_than_the_number_of_lessons(task: Task) -> None:
    """One demonstration has 48 of MIT's 250; twice that is taught."""
    config = SolveConfig(ttt=sheet.choose_training(sheet.read("marc"), {}))
    one = Task("one", (Pair(Grid([[1, 2], [3, 4]]), Grid([[1, 3, 2]])),), task.tests)
    course = Course(one, load("context"), config, np.random.default_rng(0))
    size = course.size or 0
    assert 46 <= size <= 48 and budget(config, size) == 2 * size  # a translation may be by nothing
    assert budget(SolveConfig(), None) is None


@pytest.mark.parametrize(
    ("name", "empty"),
    [("architects", False), ("nvarc", False), ("architects-2024", False), ("barc", False), ("marc", True)],
)
def test_lessons_of_two_demonstrations(task: Task, name: str, empty: bool) -> None:
    """None is without context but in MIT's, which leave out both where there are not enough others."""
    config = SolveConfig(ttt=sheet.choose_training(sheet.read(name), {}))
    pairs = (Pair(Grid([[1, 2], [3, 4]]), Grid([[1, 3, 2]])), Pair(Grid([[5, 2], [3, 4]]), Grid([[5, 3, 2]])))
    course = Course(Task("two", pairs, ()), load("context"), config, np.random.default_rng(0))
    size = course.size or 64
    assert any(not one.question.context for one in itertools.islice(course, size)) is empty


def test_batches_are_as_they_come(task: Task) -> None:
    """No sorting by length where lessons are counted."""
    windows = Windows(load("context"), 8192)
    course = Course(task, load("context"), SolveConfig(), np.random.default_rng(3))
    stream = list(itertools.islice(course.prompts(load("context"), windows), 6))
    again = batches(iter(stream), 10**6, 4, np.random.default_rng(0))
    (batch,) = list(again)
    assert [p is q for p, q in zip(batch[0], stream, strict=False)] == [True] * 4


def test_the_head_alone_learns(tiny_folder: Path, task: Task) -> None:
    """The other way of adaptation: the loss falls, though the body is frozen."""
    ttt = TTTConfig(tokens=20_000, batch_tokens=800, method="head", learning_rate=1e-2, own_colours=1.0, stop="none")
    notes = solve(tiny_folder, task, ttt)
    assert notes["loss_after"] < 0.95 * notes["loss_before"]
    assert not math.isnan(notes["loss_after"])


def test_recoloured_views(tiny_folder: Path, task: Task) -> None:
    """Every view in another palette and order, each symmetry as often as the others."""
    from arc_ttt.arc.augment import IDENTITY_PALETTE, views

    drawn = views(np.random.default_rng(0), task, 16, fixed_background=False, recolour=True)
    assert [view.symmetry for view in drawn] == [*range(8)] * 2
    assert all(view.order for view in drawn) and len({view.palette for view in drawn}) == 16
    plain = views(np.random.default_rng(0), task, 8)
    assert all(view.palette == IDENTITY_PALETTE and not view.order for view in plain)
