"""Where the model sees a task."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from arc_ttt.agents.learner.embed import Vectors, distances, embed
from arc_ttt.arc import dataset
from arc_ttt.arc.augment import Augmentation
from arc_ttt.lm.adapter import Adapter
from arc_ttt.lm.load import LanguageModel, load_model
from arc_ttt.paths import share
from arc_ttt.text.format import load
from arc_ttt.types import Task


@pytest.fixture(scope="module")
def mini() -> LanguageModel:
    return load_model("arc-mini", device="cpu", dtype="float32")


def vectors(lm: LanguageModel, *tasks: Task, form: str = "pair", batch_tokens: int = 4000) -> Vectors:
    return embed(lm, load(form), tasks, max_tokens=4000, batch_tokens=batch_tokens)


def recoloured(task: Task, symmetry: int) -> Task:
    view = Augmentation(symmetry, (0, 3, 1, 2, 5, 6, 4, 9, 7, 8))
    return dataclasses.replace(task, id="again", demonstrations=view.apply_demonstrations(task.demonstrations))


@pytest.mark.parametrize("form", ["pair", "context"])
def test_a_vector_for_each_task(tiny_folder: Path, task: Task, form: str) -> None:
    """As wide as the model, float32, the same whatever else is asked for and in what batches; tests have no part."""
    lm = load_model(tiny_folder, device="cpu", dtype="float32")
    other = recoloured(task, 3)
    both = vectors(lm, task, other, form=form)
    assert both.shape == (2, 32) and both.dtype == np.float32
    assert np.abs(both[0] - both[1]).max() > 1e-3
    for one, batch_tokens in ((task, 1), (dataclasses.replace(task, tests=()), 300)):
        np.testing.assert_allclose(vectors(lm, one, form=form, batch_tokens=batch_tokens)[0], both[0], atol=1e-5)
    single = dataclasses.replace(task, demonstrations=task.demonstrations[:1])
    assert np.isfinite(vectors(lm, single, form=form)).all()


def test_a_fresh_adapter_changes_nothing(tiny_folder: Path, task: Task) -> None:
    """On the model or not, the base is asked; and no hook stays."""
    lm = load_model(tiny_folder, device="cpu", dtype="float32")
    plain = vectors(lm, task)
    adapter = Adapter(lm, rank=4, alpha=4, tokens=(load("pair").vocabulary.task,), targets=("linear", "head"))
    adapter.reset(1)
    np.testing.assert_array_equal(vectors(lm, task), plain)
    assert not lm.module.get_output_embeddings()._forward_pre_hooks


def test_like_tasks_are_near(mini: LanguageModel) -> None:
    """Tasks turned and recoloured are nearer to themselves than to one another."""
    tasks = [t for t in dataset.load(share("data", "samples")).tasks if t.id in ("02-transpose", "07-fall", "08-lines")]
    there = vectors(mini, *tasks)
    turned = vectors(mini, *(recoloured(task, 5) for task in tasks))
    table = np.stack([distances(one, there, there.mean(0)) for one in turned])
    assert table.argmin(1).tolist() == table.argmin(0).tolist() == [0, 1, 2]
    assert np.diag(table).mean() < 0.5 * table.mean()


def test_distances() -> None:
    """0 to itself, 1 at a right angle, 2 to the opposite as seen from the centre; 1 for what lies in the centre."""
    centre = np.array([1.0, 1.0], dtype=np.float32)
    others = centre + np.array([[2, 0], [0, 5], [-1, 0], [0, 0]], dtype=np.float32)
    np.testing.assert_allclose(distances(others[0], others, centre), [0, 1, 2, 1])
