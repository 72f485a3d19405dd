"""What tests of every layer share: grids from hypothesis, a small task, a tiny model with random weights."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from arc_ttt.tuning import tune

if beside := int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "0")):  # the cores are shared, before torch counts them
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // beside)))
tune()  # as the command line does; before torch is imported

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from arc_ttt.arc.dataset import Fault, TaskSet
from arc_ttt.types import Grid, Pair, Task

settings.register_profile("quick", max_examples=40, deadline=None)
settings.load_profile("quick")


def grids(max_side: int = 30) -> st.SearchStrategy[Grid]:
    """Any grid up to `max_side` a side."""
    side = st.integers(1, max_side)
    row = st.integers(0, 9)
    return st.tuples(side, side).flatmap(
        lambda s: st.lists(st.lists(row, min_size=s[1], max_size=s[1]), min_size=s[0], max_size=s[0]).map(Grid)
    )


def mirror(rows: list[list[int]]) -> Pair:
    return Pair(Grid(rows), Grid([row[::-1] for row in rows]))


@pytest.fixture
def task() -> Task:
    """Mirror left to right: three demonstrations, two test inputs."""
    pairs = (mirror([[1, 2, 0], [0, 3, 0]]), mirror([[4, 0], [0, 5], [6, 6]]), mirror([[0, 0, 7, 8]]))
    return Task("mirror", pairs, (Grid([[1, 0, 2]]), Grid([[3, 0], [0, 4]])))


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny built-in model of random weights, as `arc-ttt pretrain` writes one."""
    import torch

    from arc_ttt.lm.builtin import GridConfig, GridTransformer

    torch.manual_seed(0)
    config = GridConfig(hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=2)
    model = GridTransformer(config)
    folder = tmp_path_factory.mktemp("models") / "tiny"
    model.save_pretrained(folder)
    (folder / "card.json").write_text('{"prompt": "pair", "saw": {"tasks": ["007bbfb7"]}}')
    return folder


@pytest.fixture(scope="session")
def corpus_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An on-disk corpus of three small tasks, thirty pairs each, in the columns of scripts/make_rearc.py."""
    import numpy as np
    from datasets import Dataset

    rng = np.random.default_rng(0)
    rules = {"a": lambda g: g[:, ::-1], "b": lambda g: g.T, "c": lambda g: np.tile(g, (1, 2))}
    rows = []
    for task, rule in rules.items():
        for _ in range(30):
            given = rng.integers(0, 10, size=rng.integers(1, 8, size=2))
            made = rule(given)
            rows.append(
                {
                    "task": task,
                    "input": given.ravel().tolist(),
                    "input_width": given.shape[1],
                    "output": made.ravel().tolist(),
                    "output_width": made.shape[1],
                }
            )
    folder = tmp_path_factory.mktemp("corpora") / "corpus"
    Dataset.from_list(rows).save_to_disk(str(folder))
    return folder


@pytest.fixture
def make_tasks() -> Callable[..., TaskSet]:
    """Tasks of two tests each, the first answered rightly by its copy; `faulty` ones could not be read."""

    def make(ids: Sequence[str] = ("a", "b", "c"), faulty: Sequence[str] = (), known: bool = True) -> TaskSet:
        tests = {id: (Grid([[i + 1, 2]]), Grid([[3], [i + 1]])) for i, id in enumerate(sorted(ids))}
        tasks = tuple(Task(id, (Pair(Grid([[1]]), Grid([[1]])),), tests[id]) for id in ids)
        solutions = {id: (tests[id][0], Grid([[9]])) for id in ids} if known else {}
        faults = tuple(Fault(id, f"folder/{id}.json: is empty", 2) for id in faulty)
        return TaskSet("some tasks", tasks, solutions, faults, tuple(sorted((*ids, *faulty))), "0" * 64)

    return make
