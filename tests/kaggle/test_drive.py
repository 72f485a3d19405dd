"""What is run on which machine, and what a solver that crashes, hangs or never starts leaves."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arc_ttt.kaggle import bundle, drive, files, mounts

TASKS = mounts.make_tasks(4, "task")
# A solver that answers one task a start, `how` says how it goes on.
SOLVER = """
import json, os, pathlib, signal, sys, time
word = lambda name: sys.argv[sys.argv.index(name) + 1]
folder, tasks = pathlib.Path(word("--out")), json.loads(pathlib.Path(sys.argv[2]).read_text())
how = "ends" if word("--model") == "arc-mini-open" and "--views" not in sys.argv else os.environ["HOW"]
if how == "never":
    sys.exit(2)
folder.mkdir(exist_ok=True)
with (folder / "results.jsonl").open("a+") as results:
    results.seek(0)
    done = [json.loads(line)["task"] for line in results]
    for id in [id for id in tasks if id not in done][: len(tasks) if how == "ends" else 1]:
        done.append(id)
        print(json.dumps({"task": id, "error": None}), file=results)
answers = {id: [{"attempt_1": [[1]], "attempt_2": [[2]]}] * len(tasks[id]["test"]) for id in done}
(folder / "submission.json").write_text(json.dumps(answers))
if how == "dies":
    os.kill(os.getpid(), signal.SIGKILL)
if how == "hangs":
    time.sleep(60)
"""


@pytest.fixture
def places(tmp_path: Path) -> files.Places:
    """Kaggle's folders with the competition's tasks."""
    places = files.Places(*(tmp_path / name for name in ("input", "working", "temp")))
    for folder in places:
        folder.mkdir()
    mounts.write_tasks(places.input / "arc", TASKS)
    return places


def settings(**more: Any) -> dict[str, Any]:
    made = bundle.Bundle(title="a title", username="me", competition="arc", options=("--views", "32"))
    return bundle.settings(made, None) | {"accelerator": "cpu"} | more


@pytest.fixture
def solve(places: files.Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., files.Submission]:
    """Runs `drive.solve` with the solver above in the place of arc_ttt."""
    package = tmp_path / "fake" / "arc_ttt"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "__main__.py").write_text(SOLVER)
    monkeypatch.setattr(drive, "POLL", 0.05)

    def call(how: str, **more: Any) -> files.Submission:
        environment = {**os.environ, "PYTHONPATH": str(package.parent), "HOW": how}
        challenges, counts = files.read_tasks(places.input, "arc")
        submission = files.Submission(places.working / "submission.json", counts)
        assert challenges is not None
        drive.solve(settings(**more), places, challenges, environment, submission, time.monotonic())
        mounts.validate(submission.path, places.input / "arc")
        return submission

    return call


def test_a_solver_that_ends(solve: Callable[..., files.Submission], places: files.Places) -> None:
    """All tasks are answered by one start, and the built-in model is not asked."""
    assert solve("ends").answered == len(TASKS)
    assert not (places.working / "run-builtin").exists()


def test_a_crash_loses_nothing(solve: Callable[..., files.Submission], places: files.Places) -> None:
    """A solver that dies after each task is started again while it gets further, and its answers are kept."""
    assert solve("dies").answered == drive.TRIES
    assert not (places.working / "run-builtin").exists()


def test_a_solver_that_never_starts(solve: Callable[..., files.Submission], places: files.Places) -> None:
    """The built-in model on the processor takes its place."""
    assert solve("never").answered == len(TASKS)
    assert (places.working / "run-builtin").exists()


def test_a_solver_that_hangs(solve: Callable[..., files.Submission], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is stopped once it is late, with its answers taken over."""
    monkeypatch.setattr(drive, "GRACE", -5.0)
    assert solve("hangs", smoke_seconds=5.5).answered == 1


def test_no_time_left(solve: Callable[..., files.Submission]) -> None:
    """Where the set-up took all the time there was, nothing is started and the submission stands."""
    assert solve("ends", smoke_seconds=drive.LEAST - 1).answered == 0


@pytest.mark.parametrize("rerun", [False, True])
def test_the_hidden_run_is_the_full_one(rerun: bool, places: files.Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few tasks and minutes, or all of them and the hours that are left."""
    commands: list[list[str]] = []

    def watch(command: list[str], *_: Any) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(drive, "_watch", watch)
    monkeypatch.delenv("KAGGLE_IS_COMPETITION_RERUN", raising=False)
    if rerun:
        monkeypatch.setenv("KAGGLE_IS_COMPETITION_RERUN", "1")
    submission = files.Submission(places.working / "submission.json", {})
    drive.solve(settings(), places, Path("tasks.json"), {}, submission, time.monotonic() - 100)
    (command,) = commands
    assert command[command.index("--deadline") + 1] == ("41300s" if rerun else f"{bundle.SMOKE_SECONDS - 100}s")
    assert ("--limit" in command) is not rerun


def test_gpus_that_this_torch_computes_on() -> None:
    """A P100 has no kernels in today's builds; a T4, an L4 and an H100 have; later ones by intermediate code."""
    built = ["sm_70", "sm_75", "sm_80", "sm_86", "sm_90", "sm_100", "sm_120", "compute_120"]
    assert not drive.usable((6, 0), built)
    assert all(drive.usable(gpu, built) for gpu in ((7, 5), (8, 9), (9, 0), (12, 1), (13, 0)))
    assert not drive.usable((8, 9), ["sm_90"]) and not drive.usable((9, 1), ["sm_90a"])
    assert drive.usable((9, 0), ["sm_90a"]) and not drive.usable((13, 0), ["sm_120"])


def test_without_a_gpu_the_built_in_model_runs(places: files.Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundle for GPUs, where none can be used, and one whose weights are not there, run the built-in model on the
    processor, without the options that were meant for the other."""
    arguments = ("--model", "arc-mini-open", "--device", "cpu")
    builtin = [drive.Plan("arc-mini-open on the processor", arguments, "run-builtin")]
    monkeypatch.setattr(drive, "usable_gpus", lambda _: [])
    assert drive.make_plans(settings(accelerator="l4x4"), places, {}) == builtin
    monkeypatch.setattr(drive, "usable_gpus", lambda _: [0, 1])
    assert drive.make_plans(settings(accelerator="t4x2", weights="folder", model="a/b"), places, {}) == builtin


def test_a_process_for_each_gpu(places: files.Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many workers as usable GPUs, which are the visible ones; a number that was asked for counts more."""
    monkeypatch.setattr(drive, "usable_gpus", lambda _: [0, 2, 3])
    (first, _) = drive.make_plans(settings(accelerator="l4x4", prompt="nvarc"), places, {})
    assert first.gpus == [0, 2, 3]
    assert first.arguments == ["--model", "arc-mini-open", "--views", "32", "--prompt", "nvarc", "--workers", "3"]
    (first, _) = drive.make_plans(settings(accelerator="l4x4", workers=1), places, {})
    assert "--workers" not in first.arguments


def test_the_probe_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A torch that cannot be asked means no GPU; one that answers is believed as far as its architectures go."""
    answer = 'print("a warning\\n" + \'[[["P100", 6, 0], ["T4", 7, 5]], ["sm_75"]]\')'
    monkeypatch.setattr(drive, "PROBE", answer)
    assert drive.usable_gpus(dict(os.environ)) == [1]
    monkeypatch.setattr(drive, "PROBE", "import no_such_torch")
    assert drive.usable_gpus(dict(os.environ)) == []


def test_weights_are_copied_once_to_local_disk(places: files.Places) -> None:
    """The model source's folder is taken, not another model's, without the wheels beside it."""
    for place in ("models/o/wanted/transformers/big/1", "models/o/wanted/transformers/big/2", "models/x/other/y/z/1"):
        folder = places.input / place
        folder.mkdir(parents=True)
        for name in ("config.json", "model.safetensors", "a.whl"):
            (folder / name).write_text(place)
    (places.input / "config.json").write_text("of something else")
    found = drive.local_weights(settings(weights="folder", sources=["o/wanted/Transformers/big/2"]), places)
    assert found == places.temp / "weights"
    assert {path.name: path.read_text() for path in found.iterdir()} == dict.fromkeys(
        ("config.json", "model.safetensors"), "models/o/wanted/transformers/big/2"
    )


def test_a_gguf_file(places: files.Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """A GGUF file is copied alone; where there is no room it is read where it is; None where there is none."""
    wanted = settings(weights="gguf", sources=["me/files"])
    assert drive.local_weights(wanted, places) is None
    file = places.input / "files" / "small.gguf"
    file.parent.mkdir()
    file.write_bytes(b"GGUF")
    assert drive.local_weights(wanted, places) == places.temp / "weights" / "small.gguf"
    monkeypatch.setattr(drive.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 2})())
    assert drive.local_weights(wanted, places) == file
