"""Kept adapters to start from, and neighbours' lessons."""

from __future__ import annotations

import dataclasses
import itertools
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from makers import OneLearner
from peft import PeftModel

from arc_ttt.agents.learner import reuse
from arc_ttt.agents.learner.course import NEIGHBOURS, mixed, prompts
from arc_ttt.agents.learner.reuse import WARM, Shelf
from arc_ttt.arc import dataset
from arc_ttt.arc.augment import Augmentation
from arc_ttt.config import SolveConfig, TTTConfig
from arc_ttt.errors import ModelError
from arc_ttt.lm import kept
from arc_ttt.lm.adapter import Adapter
from arc_ttt.lm.batch import collate
from arc_ttt.lm.load import load_model
from arc_ttt.paths import share
from arc_ttt.text.format import load
from arc_ttt.types import Grid, Pair, Result, Task

TTT = TTTConfig(tokens=3000, batch_tokens=600, rank=4, alpha=8, own_colours=1.0)
CONFIG = SolveConfig(views=1, ttt=TTT)


def grid(r: np.random.Generator, rows: int, columns: int) -> Grid:
    return Grid(r.integers(0, 10, (rows, columns)))


def strange(id: str, seed: int, side: int = 4) -> Task:
    """A task of random grids."""
    r = np.random.default_rng(seed)
    pairs = tuple(Pair(grid(r, 2, side), grid(r, side, 1 + seed % 3)) for _ in range(2))
    return Task(id, pairs, (grid(r, 2, 2),))


REFERENCE = tuple(strange(f"r{i}", i) for i in range(4))


def make(folder: Path, config: SolveConfig = CONFIG, keep: Path | None = None, **shelf: object) -> OneLearner:
    lm = load_model(folder, device="cpu", dtype="float32")
    solver = OneLearner(lm, load("pair"), config, shelf=Shelf(reference=REFERENCE, **shelf))  # type: ignore[arg-type]
    solver.learner.reuse.folder = keep
    return solver


@pytest.fixture(scope="module")
def shelf(tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the adapters of `mirror` and of a strange task."""
    folder = tmp_path_factory.mktemp("kept")
    solver = make(tiny_folder, keep=folder)
    results = [solver.solve(t) for t in (mirror(), strange("far", 7))]
    assert [r.notes["kept"] for r in results] == [True, True]
    return folder


def mirror() -> Task:
    rows = ([[1, 2, 0], [0, 3, 0]], [[4, 0], [0, 5], [6, 6]], [[0, 0, 7, 8]])
    pairs = tuple(Pair(Grid(r), Grid([row[::-1] for row in r])) for r in rows)
    return Task("mirror", pairs, (Grid([[1, 0, 2]]),))


def answers(result: Result) -> object:
    return result.prediction, result.candidates


def test_a_start_from_the_same_task_helps(tiny_folder: Path, shelf: Path) -> None:
    """Its loss begins where it had ended, below that of a fresh adapter; afterwards the adapter is as new."""
    quick = dataclasses.replace(CONFIG, ttt=dataclasses.replace(TTT, tokens=1000))
    fresh = make(tiny_folder, quick).solve(mirror())
    solver = make(tiny_folder, quick, entries=kept.read(shelf))
    warm = solver.solve(mirror())
    assert warm.notes["warm"] == {"from": "mirror", "distance": pytest.approx(0.0, abs=1e-4)}
    assert warm.notes["loss_before"] < fresh.notes["loss_before"] - 0.1
    other = strange("other", 11, side=6)
    assert answers(solver.solve(other)) == answers(make(tiny_folder, quick).solve(other))


def test_a_far_one_is_refused(tiny_folder: Path, shelf: Path) -> None:
    """The nearest kept adapter is named with its distance, and the task is solved as if there were none."""
    other = strange("other", 11, side=6)
    entries = tuple(e for e in kept.read(shelf) if e.name == "mirror")
    result = make(tiny_folder, entries=entries).solve(other)
    assert (result.notes["warm"]["from"], result.notes["warm"]["nearest"]) == (None, "mirror")
    assert result.notes["warm"]["distance"] > WARM
    assert answers(result) == answers(make(tiny_folder).solve(other))


@pytest.mark.parametrize("gone", [False, True])
def test_weights_that_are_no_more_what_they_were(tiny_folder: Path, shelf: Path, tmp_path: Path, gone: bool) -> None:
    """Replaced or removed since the run began: the task is solved as if there were none, and its result says why."""
    shutil.copytree(shelf, tmp_path / "kept")
    solver = make(tiny_folder, entries=kept.read(tmp_path / "kept"))
    weights = tmp_path / "kept" / "mirror" / kept.WEIGHTS
    weights.unlink() if gone else shutil.copy(tmp_path / "kept" / "far" / kept.WEIGHTS, weights)
    result = solver.solve(mirror())
    near = {"from": None, "nearest": "mirror", "distance": pytest.approx(0.0, abs=1e-4)}
    why = "is missing" if gone else "is damaged, or was replaced while it was in use"
    assert result.notes["warm"] == {**near, "why": f"{weights}: {why}"}
    assert answers(result) == answers(make(tiny_folder).solve(mirror()))


def test_an_adapter_that_only_half_fits_leaves_nothing(
    tiny_folder: Path, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was taken of it before the fault was found is put back."""
    solver = make(tiny_folder, entries=kept.read(shelf))

    def half(self: kept.Entry, adapter: Adapter) -> None:
        for parameter in adapter.parameters()[:3]:
            parameter.data.fill_(1.0)
        raise ModelError("of another shape")

    monkeypatch.setattr(kept.Entry, "load", half)
    result = solver.solve(mirror())
    assert result.notes["warm"]["why"] == "of another shape"
    assert answers(result) == answers(make(tiny_folder).solve(mirror()))


def test_kept_adapters_are_pefts(tiny_folder: Path, shelf: Path) -> None:
    """peft loads them on a plain model, the trained task token with them: its logits are ours."""
    form = load("pair")
    prompt = next(prompts(mirror(), form, CONFIG, np.random.default_rng(0)))
    inputs = collate([prompt], form.vocabulary.padding).inputs(True)
    solver = make(tiny_folder)
    entry = next(e for e in kept.read(shelf) if e.name == "mirror")
    entry.load(solver.learner.adapter)
    rows = [p for p, start in solver.learner.adapter._rows if not torch.equal(p, start)]
    assert len(rows) == 1, "the task token was trained, and kept"
    theirs = PeftModel.from_pretrained(load_model(tiny_folder, device="cpu", dtype="float32").module, str(entry.folder))
    with torch.no_grad():
        torch.testing.assert_close(theirs.eval()(**inputs).logits, solver.learner.adapter.model(**inputs).logits)


def test_what_is_kept_depends_on_the_task_alone(tiny_folder: Path, shelf: Path, tmp_path: Path) -> None:
    """In another order and by two solvers, each of a part of the tasks, the same index comes out."""
    for task in (strange("far", 7), mirror()):
        make(tiny_folder, keep=tmp_path).solve(task)
    assert kept.digest(kept.read(tmp_path)) == kept.digest(kept.read(shelf))


@pytest.mark.parametrize("change", [{"rank": 2}, {"targets": ("qkv",)}, {"alpha": 4.0}])
def test_another_adapters_index_is_refused(tiny_folder: Path, shelf: Path, change: dict[str, object]) -> None:
    """Of another rank, other layers or another scale: one line that names the folder and the difference."""
    config = dataclasses.replace(CONFIG, ttt=dataclasses.replace(TTT, **change))  # type: ignore[arg-type]
    with pytest.raises(ModelError, match=rf"{shelf.name}/far: was kept with other settings \({next(iter(change))} "):
        make(tiny_folder, config, entries=kept.read(shelf))


def test_another_models_index_is_refused(tiny_folder: Path, shelf: Path) -> None:
    """The weights' digest tells."""
    entries = tuple(dataclasses.replace(e, of={**e.of, "model digest": "0" * 64}) for e in kept.read(shelf))
    with pytest.raises(ModelError, match=r"other settings \(model digest 00000000, here "):
        make(tiny_folder, entries=entries)


def test_neighbours_give_lessons(monkeypatch: pytest.MonkeyPatch) -> None:
    """Near tasks do, the nearest first and no more than asked for; far ones, the task itself by its id, and one that
    shows its pairs in another view do not."""
    public = {task.id: task for task in dataset.load("arc1:training").tasks}
    task, near, nearby, far = (public[id] for id in ("74dd1130", "3c9b0459", "d511f180", "25ff71a9"))
    turned = Task("turned", Augmentation(3).apply_demonstrations(task.demonstrations), ())
    monkeypatch.setattr(reuse, "NEAR", 0.25)  # with the mean of a few tasks as the centre distances are others
    shelf = Shelf(reference=dataset.load(share("data", "samples")).tasks[:6], pool=(far, nearby, task, turned, near))
    config = SolveConfig(views=1, ttt=TTTConfig(tokens=1, rank=4, neighbours=3))
    solver = OneLearner(load_model("arc-mini", device="cpu"), load("pair"), config, shelf=shelf)
    found = solver.solve(task).notes["neighbours"]
    assert [id for id, _ in found] == ["3c9b0459", "d511f180"]
    assert 0 < found[0][1] < found[1][1] < 0.25
    solver.learner.config = dataclasses.replace(config, ttt=dataclasses.replace(config.ttt, neighbours=1))
    assert solver.solve(task).notes["neighbours"] == found[:1]


def test_a_share_of_the_lessons_is_the_neighbours() -> None:
    """About a fifth of them, drawn evenly from each; the others are the task's own."""
    streams = [itertools.repeat(name) for name in "abc"]
    drawn = list(itertools.islice(mixed(streams[0], streams[1:], np.random.default_rng(0)), 5000))  # type: ignore[arg-type]
    shares = [drawn.count(name) / len(drawn) for name in "abc"]  # type: ignore[arg-type]
    assert shares == pytest.approx([1 - NEIGHBOURS, NEIGHBOURS / 2, NEIGHBOURS / 2], abs=0.02)


def test_the_digest_tells_what_was_taken(tiny_folder: Path, shelf: Path) -> None:
    """Other kept adapters or another pool are another run; a run that only keeps is not."""
    entries = kept.read(shelf)
    plain = make(tiny_folder).digest
    assert make(tiny_folder, keep=Path("x")).digest == plain
    others = {
        make(tiny_folder, entries=entries).digest,
        make(tiny_folder, entries=entries[:1]).digest,
        make(tiny_folder, pool=(mirror(),)).digest,
        make(tiny_folder, pool=(strange("s", 1),)).digest,
    }
    assert len({plain, *others}) == 5
