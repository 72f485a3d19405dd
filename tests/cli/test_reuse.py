"""`--keep-adapters`, `--ttt.warm-start` and `--ttt.neighbours` on the command line."""

from __future__ import annotations

import dataclasses
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from arc_ttt.agents.recipe import Recipe, shelf
from arc_ttt.config import SolveConfig, TTTConfig
from arc_ttt.errors import ConfigError
from arc_ttt.lm import kept
from arc_ttt.paths import share
from arc_ttt.run.place import Place
from arc_ttt.solve.solver import Factory
from arc_ttt.types import Result, Task

Run = Callable[..., Any]


class Paper:
    """An adapter of one number."""

    def save(self, folder: Path) -> None:
        (folder / kept.CONFIG).write_text("{}")
        save_file({"w": np.zeros(3, dtype=np.float32)}, folder / kept.WEIGHTS)


def put(folder: Path, name: str) -> None:
    kept.keep(folder, name, Paper(), np.ones(2, dtype=np.float32), {}, {})  # type: ignore[arg-type]


@pytest.fixture
def recipes(solver: Any, monkeypatch: pytest.MonkeyPatch) -> list[Recipe]:
    """The recipes that a solver was made of, as a worker has them."""
    made: list[Recipe] = []
    make = Factory.__call__

    def remembered(factory: Factory, device: str) -> Any:
        made.append(pickle.loads(pickle.dumps(factory)).recipe)
        return make(factory, device)

    monkeypatch.setattr(Factory, "__call__", remembered)
    return made


def test_what_workers_are_told(arc_ttt: Run, recipes: list[Recipe], folder: Path, tmp_path: Path) -> None:
    """The digest of the adapters to start from, read before the model is, and the run's own folder, by default or with
    a shard, for what is kept; settings name the rest."""
    put(tmp_path / "old" / "adapters", "t")
    done = arc_ttt("solve", folder, "--ttt.warm-start", "old", "--ttt.neighbours", 3, "--keep-adapters")
    assert (done.code, done.err) == (0, "")
    (recipe,), (run,) = recipes, (tmp_path / "results").iterdir()
    assert recipe.warm == kept.digest(kept.read(tmp_path / "old"))
    assert (recipe.config.ttt.warm_start, recipe.config.ttt.neighbours) == (str(tmp_path / "old"), 3)
    assert recipe.keep is not None
    digest = recipe.config.digest(recipe.model)
    assert recipe.keep(recipe.config, digest) == run
    arc_ttt("solve", folder, "--keep-adapters", "--shard", "2/3", "--out", "all")
    keep = recipes[-1].keep
    assert keep is not None and keep(recipes[-1].config, "any") == tmp_path / "all/shard-2of3"
    assert (tmp_path / "all" / "shard-2of3").is_dir()
    arc_ttt("solve", folder, "--out", "without")
    assert (recipes[-1].keep, recipes[-1].warm) == (None, None)


def test_other_settings(arc_ttt: Run, solver: Any, folder: Path, tmp_path: Path) -> None:
    """What is taken from other tasks makes another run; to keep does not."""
    put(tmp_path / "old", "t")
    assert arc_ttt("solve", folder, "--out", "run").code == 0
    assert arc_ttt("solve", folder, "--out", "run", "--keep-adapters").code == 0
    for more in (("--ttt.warm-start", "old"), ("--ttt.neighbours", 2)):
        done = arc_ttt("solve", folder, "--out", "run", *more)
        assert done.code == 2 and "was made with other settings (ttt." in done.err


def test_what_is_refused(arc_ttt: Run, solver: Any, folder: Path, tmp_path: Path) -> None:
    """One line each, before anything is solved: no adapters there, the run's own folder, nothing to keep."""
    put(tmp_path / "run" / "adapters", "t")
    (tmp_path / "empty").mkdir()
    for words, fault in (
        (("--ttt.warm-start", "empty"), f"error: {tmp_path}/empty: holds no kept adapters"),
        (("--ttt.warm-start", "gone"), f"error: {tmp_path}/gone: kept adapters cannot be read: No such file"),
        (
            ("--ttt.warm-start", "run", "--out", "run", "--fresh"),
            f"error: --ttt.warm-start {tmp_path}/run: is this run's own folder",
        ),
        (
            ("--ttt.warm-start", "run/adapters/t", "--out", "run", "--fresh"),
            f"error: --ttt.warm-start {tmp_path}/run/adapters/t: is this run's own folder",
        ),
        (("--keep-adapters", "--no-ttt"), "error: --no-ttt leaves nothing for --keep-adapters to do"),
        (("--ttt.neighbours", "-1"), "error: --ttt.neighbours must be from 0 to 400, not -1"),
    ):
        done = arc_ttt("solve", folder, *words)
        assert (done.code, done.err.count("\n")) == (2, 1)
        assert done.err.startswith(fault)
    assert not solver.solved
    assert kept.read(tmp_path / "run"), "nothing was forgotten"


def test_a_fresh_run_forgets_its_adapters(arc_ttt: Run, solver: Any, folder: Path, tmp_path: Path) -> None:
    """--fresh does; a resumed run clears up only what a kill left half written."""
    assert arc_ttt("solve", folder, "--out", "run").code == 0
    put(tmp_path / "run" / "adapters", "t")
    (tmp_path / "run" / "adapters" / ".half.tmp").mkdir()
    assert arc_ttt("solve", folder, "--out", "run").code == 0
    assert [p.name for p in (tmp_path / "run" / "adapters").iterdir()] == ["t"]
    assert arc_ttt("solve", folder, "--out", "run", "--fresh").code == 0
    assert not list((tmp_path / "run" / "adapters").iterdir())


def test_adapters_that_were_not_kept_are_told(
    arc_ttt: Run, solver: Any, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many and the first reason at the end; by the next start that they are lacking, once, and not again why."""
    reasons = iter(("no: a: No space left on device", "no: b: another"))
    solve = solver.solve

    def unkept(task: Task, *words: Any) -> Result:
        result = solve(task, *words)
        return dataclasses.replace(result, notes={**result.notes, "kept": next(reasons, True)})

    monkeypatch.setattr(solver, "solve", unkept)
    command = ("solve", folder, "--out", "run", "--keep-adapters")
    done = arc_ttt(*command)
    assert (done.code, done.err) == (0, "2 adapters were not kept: a: No space left on device\n")
    done = arc_ttt(*command)
    assert (done.code, done.err) == (0, "2 finished tasks have no kept adapter; --fresh solves them again\n")
    assert arc_ttt("solve", folder, "--out", "run").err == "", "nothing is to be kept"
    put(tmp_path / "run" / "adapters", "copy")
    assert arc_ttt(*command).err == "1 finished task has no kept adapter; --fresh solves it again\n"
    put(tmp_path / "run" / "shard-1of2" / "adapters", "other")
    put(tmp_path / "run" / "shard-1of2" / "adapters", "copy")
    assert arc_ttt(*command).err == ""
    assert arc_ttt(*command, "--fresh").err == ""


def test_the_shelf(tmp_path: Path) -> None:
    """Neighbours come from the ARC-1 training tasks without any validation task; adapters that changed since the run
    began are refused; where nothing is asked for nothing is read."""
    put(tmp_path, "t")
    digest = kept.digest(kept.read(tmp_path))
    full = shelf(TTTConfig(neighbours=1, warm_start=str(tmp_path)), digest)
    validation = json.loads(share("data", "splits", "validation.json").read_text(encoding="utf-8"))
    ids = {task.id for task in full.pool}
    assert len(ids) > 300 and not ids & {id for part in validation.values() for id in part}
    assert [e.name for e in full.entries] == ["t"] and len(full.reference) == 12
    put(tmp_path, "u")
    with pytest.raises(ConfigError, match="has changed since the run began"):
        shelf(TTTConfig(warm_start=str(tmp_path)), digest)
    assert shelf(TTTConfig(), None).digest is None
    assert shelf(TTTConfig(neighbours=1, enabled=False), None).pool == ()


def test_a_runs_folder(tmp_path: Path) -> None:
    """`--out`, or one in results/ with the tasks' name and the digest of settings, solver and tasks."""
    config = SolveConfig()
    named = Place(None, "tasks", "t", "1/2", tmp_path)
    assert named.whole(config, "s") == Path("results", f"tasks-{config.digest('s', 't')[:8]}")
    assert named.folder(config, "s") == named.whole(config, "s") / "shard-1of2"
    assert Place(Path("x"), "tasks", "t", None, tmp_path).folder(config, "s") == Path("x")
