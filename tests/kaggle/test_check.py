"""The rehearsal: it is green for a bundle that works, and names what is wrong with one that does not."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arc_ttt.errors import ConfigError, DataError
from arc_ttt.kaggle import bundle, check, entry, files, mounts

# A solver in the place of arc_ttt: it answers a task every 0.2 s, with what the folder of the run has already first.
SOLVER = """
import json, pathlib, sys, time
word = lambda name, default: sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default
if "--no-such-option" in sys.argv or "bad" in sys.argv:
    sys.exit(2)
folder, tasks = pathlib.Path(word("--out", "")), json.loads(pathlib.Path(sys.argv[2]).read_text())
folder.mkdir(exist_ok=True)
end = time.monotonic() + min(2.0, float(word("--deadline", "9s")[:-1]))
with (folder / "results.jsonl").open("a+") as results:
    results.seek(0)
    done = [json.loads(line)["task"] for line in results]
    for id in [id for id in list(tasks)[: int(word("--limit", 99))] if id not in done]:
        if time.monotonic() > end:
            break
        done.append(id)
        answers = {id: [{"attempt_1": [[1]], "attempt_2": [[2]]}] * len(tasks[id]["test"]) for id in done}
        (folder / "part").write_text(json.dumps(answers))
        (folder / "part").replace(folder / "submission.json")
        print(json.dumps({"task": id, "error": None}), file=results, flush=True)
        time.sleep(0.2)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bundle for the processor, with a wheel by name."""
    made = bundle.Bundle(title="My ARC run", username="me", accelerator="cpu")
    bundle.write(tmp_path / "bundle", made, build=False)
    (tmp_path / "bundle" / "dataset" / "arc_ttt-9.0-py3-none-any.whl").write_bytes(b"")
    return tmp_path / "bundle"


@pytest.fixture
def rehearse(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """Rehearses the bundle with the solver above; outcomes by name."""
    package = tmp_path / "fake" / "arc_ttt"
    package.mkdir(parents=True)
    inside = str(Path(entry.__file__).parents[1])
    (package / "__init__.py").write_text(f"__path__ = [__path__[0], {inside!r}]\n")
    (package / "__main__.py").write_text(SOLVER)
    monkeypatch.setenv("PYTHONPATH", str(package.parent))

    def call(*names: str) -> dict[str, check.Outcome]:
        chosen = [s for s in check.scenarios() if any(name in s.name for name in names)]
        return {o.name: o for o in check.check(folder, chosen, keep=tmp_path / "keep")}

    return call


def test_a_bundle_that_works(rehearse: Callable[..., dict[str, Any]]) -> None:
    """Both kinds of run, a solver that dies and one that never starts: nothing is wrong, and it says what was done."""
    outcomes = rehearse("input/competitions/SLUG, input/datasets", "killed", "never")
    assert [o.fault for o in outcomes.values()] == [None] * 5
    notes = [o.note.rsplit(" in ", 1)[0] for o in outcomes.values()]
    assert notes[1:] == [f"{done} tasks answered" for done in ("4 of 6", "4 of 4", "6 of 6", "0 of 4")]


@pytest.mark.parametrize(
    ("place", "instead", "fault"),
    [
        ('submission = Submission(places', 'submission = Submission(places.working / "x.json", {"a": 1})  # (',
         "submission.json: cannot be read"),
        ("counts = {id: len(task", "counts = {id: 1 or len(task", "entries for 2 test inputs"),
        ('log.info("%d tasks', '(places.input / "mine").write_text("")\n    log.info("%d tasks', "input folder was"),
        ('from arc_ttt.kaggle import drive', "raise ImportError", "only 0 of 4 tasks were answered"),
        ("    # 1. A", "    raise SystemExit(3)  #", "exit code 3"),
    ],
)  # fmt: skip
def test_a_notebook_that_does_not(
    place: str, instead: str, fault: str, folder: Path, rehearse: Callable[..., dict[str, Any]],
) -> None:  # fmt: skip
    """A submission that is missing or not whole, a changed input folder, no answers, an exit code: each is named."""
    path = folder / "my-arc-run.ipynb"
    document = json.loads(path.read_text())
    code = "".join(document["cells"][0]["source"])
    assert code.count(place) == 1
    document["cells"][0]["source"] = [code.replace(place, instead)]
    path.write_text(json.dumps(document))
    outcomes = rehearse("hidden run, files in input/SLUG")
    assert fault in outcomes["hidden run, files in input/SLUG"].fault


def test_a_solver_of_which_the_built_in_model_took_the_place(
    folder: Path, rehearse: Callable[..., dict[str, Any]]
) -> None:
    """It is no success that tasks are answered, if not by the bundle's own choice; where the machine is the reason, it
    is said."""
    made = bundle.Bundle(title="My ARC run", username="me", accelerator="cpu", prompt="bad")
    name = "hidden run, files in input/SLUG"
    for choice, fault in (made, "own solver failed"), (dataclasses.replace(made, model_source="a/b/c/d/1"), None):
        bundle.write(folder, choice, build=False)
        (folder / "dataset" / "arc_ttt-9.0-py3-none-any.whl").write_bytes(b"")
        outcome = rehearse(name)[name]
        if fault:
            assert fault in outcome.fault and not outcome.instead
        else:
            assert outcome.fault is None
            assert outcome.instead.endswith(": arc-mini-open on the processor takes its place")
        shutil.rmtree(folder.parent / "keep")


def test_the_solver_that_is_killed_is_the_one_that_runs(folder: Path, rehearse: Callable[..., dict[str, Any]]) -> None:
    """Also where the built-in model takes the place of the bundle's own."""
    made = bundle.Bundle(title="My ARC run", username="me", accelerator="cpu", model_source="a/b/c/d/1")
    bundle.write(folder, made, build=False)
    (folder / "dataset" / "arc_ttt-9.0-py3-none-any.whl").write_bytes(b"")
    *_, outcome = rehearse("killed").values()
    assert outcome.fault is None and outcome.note.startswith("6 of 6 tasks answered")
    assert outcome.instead.startswith("no weights of arc-mini-open")


def test_a_submission_without_the_answers_found(tmp_path: Path) -> None:
    """A whole submission that has not what the solver found is at fault."""
    (tmp_path / "run").mkdir()
    for path, cell in ((tmp_path, 0), (tmp_path / "run", 1)):
        attempts = {key: [[cell]] for key in files.ATTEMPTS}
        (path / "submission.json").write_text(json.dumps({"a": [attempts]}))
    (tmp_path / "run" / "results.jsonl").write_text('{"task": "a", "error": null}\n')
    with pytest.raises(DataError, match="task a: the submission has not the answer"):
        check._answers(tmp_path)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"a": None}, "task a: is missing"),
        ({"a": 1}, "task a: 1 entries for 2"),
        ({"c": 1}, 'task c: is not in'),
        ({"a": None, "A": 2}, "task a: is missing"),
        ({"b": None, "a": None}, "holds no tasks"),
    ],
)  # fmt: skip
def test_a_submission_is_compared_with_the_sample(tmp_path: Path, change: dict[str, int | None], fault: str) -> None:
    """The same tasks with as many entries."""
    document = {"b": 1, "a": 2} | change
    attempts = {key: [[0]] for key in files.ATTEMPTS}
    tasks = {id: {"train": [], "test": [{}] * n} for id, n in (("b", 1), ("a", 2))}
    mounts.write_tasks(tmp_path / "data", tasks)
    path = tmp_path / "submission.json"
    path.write_text(json.dumps({id: [attempts] * n for id, n in document.items() if n}))
    with pytest.raises(DataError, match=fault):
        mounts.validate(path, tmp_path / "data")
    path.write_text(json.dumps({"a": [attempts] * 2, "b": [attempts]}))
    with pytest.raises(DataError, match="not in the order"):
        mounts.validate(path, tmp_path / "data")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"title": "Another run"}, "the title's slug is another-run, the id's is my-arc-run"),
        ({"enable_internet": True}, "the internet is not off"),
        ({"machine_shape": "NvidiaL4x4", "enable_gpu": True}, "no such machine_shape"),
        ({"enable_gpu": True}, "a GPU needs its machine_shape"),
        ({"competition_sources": []}, "one competition"),
        ({"dataset_sources": []}, "dataset_sources lack"),
        ({"id": "you/my-arc-run"}, "another owner"),
    ],
)
def test_metadata_that_kaggle_would_misread(folder: Path, change: dict[str, Any], fault: str) -> None:
    """Nothing is run then."""
    path = folder / bundle.KERNEL
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    (outcome,) = check.check(folder, check.scenarios())
    assert outcome.name == "metadata" and fault in str(outcome.fault)


def test_a_folder_that_is_no_bundle(tmp_path: Path) -> None:
    """One line that names the file, whether the metadata or the notebook is missing or broken."""
    (tmp_path / "broken.ipynb").write_text('{"cells": [')
    for text, named in (
        (None, bundle.KERNEL),
        ("[]", bundle.KERNEL),
        ('{"code_file": "none.ipynb"}', "none.ipynb: No such file"),
        ('{"code_file": "broken.ipynb"}', "broken.ipynb: is broken: Expecting value"),
    ):
        if text is not None:
            (tmp_path / bundle.KERNEL).write_text(text)
        with pytest.raises(ConfigError, match=f"is no bundle of `arc-ttt kaggle bundle`: {named}"):
            check.check(tmp_path, [])


def test_there_is_no_network() -> None:
    """A process of the rehearsal reaches nothing outside, not even by name."""
    command, how = mounts.offline()
    code = "import urllib.request as u; u.urlopen('http://example.com', timeout=5)"
    done = subprocess.run([*command, sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode != 0, how
