"""The notebook: what it finds, what it installs, and that a whole submission is there whatever fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from arc_ttt.kaggle import bundle, entry, files, mounts

COMPETITION = "arc-prize-2025"
TASKS = mounts.make_tasks(5, "task")


@pytest.fixture
def places(tmp_path: Path) -> files.Places:
    """Kaggle's folders, the competition's files in the first layout."""
    mounts.write_tasks(tmp_path / "input" / COMPETITION, TASKS)
    (tmp_path / "working").mkdir()
    (tmp_path / "temp").mkdir()
    return files.Places(*(tmp_path / name for name in ("input", "working", "temp")))


def run(code: str, places: files.Places, *flags: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The code as Kaggle runs it, in `places`."""
    own = {f"ARC_TTT_KAGGLE_{name.upper()}": str(path) for name, path in places._asdict().items()}
    environment = {"PATH": os.environ["PATH"], **own, **variables}
    command = [sys.executable, *flags, "-c", code]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def notebook(**more: Any) -> str:
    """The code of a bundle's notebook."""
    settings = bundle.settings(bundle.Bundle(title="a title", username="me", accelerator="cpu"), None)
    return "".join(bundle.notebook(settings | more)["cells"][0]["source"])


def test_a_whole_submission_with_the_standard_library_alone(places: files.Places) -> None:
    """Where there is no package at all, not even arc_ttt, the submission is whole and the exit code 0."""
    done = run(notebook(), places, "-S", "-I")
    assert (done.returncode, done.stderr) == (0, "")
    assert "No module named 'arc_ttt'" in done.stdout
    mounts.validate(places.working / "submission.json", places.input / COMPETITION)


def test_a_fault_in_what_follows_leaves_the_submission(places: files.Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """The submission is on disk before arc_ttt is installed, and stays where that fails."""

    def install(there: files.Places) -> dict[str, str]:
        mounts.validate(there.working / "submission.json", there.input / COMPETITION)
        raise OSError("no space left")

    for name, path in places._asdict().items():
        monkeypatch.setenv(f"ARC_TTT_KAGGLE_{name.upper()}", str(path))
    monkeypatch.setattr(entry, "install", install)
    monkeypatch.setattr(entry.logging, "basicConfig", lambda **_: None)
    entry.main({"competition": COMPETITION})
    mounts.validate(places.working / "submission.json", places.input / COMPETITION)


@pytest.mark.parametrize("layout", mounts.LAYOUTS)
def test_the_tasks_are_found_in_each_layout(layout: str, tmp_path: Path) -> None:
    """The competition's file is taken, not one of the same name in another data set."""
    made = bundle.Bundle(title="a title", username="me")
    folder = tmp_path / "bundle"
    bundle.write(folder, made, build=False)
    where = mounts.lay_out(tmp_path / "input", layout, folder, bundle.kernel_metadata(made), TASKS, None)
    challenges, counts = files.read_tasks(tmp_path / "input", COMPETITION)
    assert challenges == where / files.CHALLENGES
    assert list(counts.items()) == [(id, len(task["test"])) for id, task in TASKS.items()]


def test_the_sample_submission_stands_in_for_the_challenges(places: files.Places) -> None:
    """Where the challenges cannot be read, the ids of the sample submission are answered; without both, it is said."""
    challenges = places.input / COMPETITION / files.CHALLENGES
    challenges.write_text("{")
    done = run(notebook(), places, "-S", "-I")
    assert done.returncode == 0 and "cannot be read" in done.stdout
    mounts.validate(places.working / "submission.json", places.input / COMPETITION)
    challenges.with_name(files.SAMPLE).unlink()
    with pytest.raises(FileNotFoundError, match=f"is {COMPETITION} among"):
        files.read_tasks(places.input, COMPETITION)


def test_only_whole_entries_are_taken_over(tmp_path: Path) -> None:
    """An answer with too few entries or attempts, or of an unknown task, stays out; a torn file changes nothing."""
    held = files.Submission(tmp_path / "submission.json", {"a": 1, "b": 2, "c": 1})
    blank = json.loads(held.path.read_text())
    folder = tmp_path / "run"
    folder.mkdir()
    good = {"attempt_1": [[1]], "attempt_2": [[2]]}
    torn = '{"a": [{"attempt_1": [[1]]'
    (folder / "submission.json").write_text(torn)
    held.take(folder)
    assert json.loads(held.path.read_text()) == blank
    theirs = {"a": [good], "b": [good], "c": [{"attempt_1": [[1]]}], "d": [good]}
    (folder / "submission.json").write_text(json.dumps(theirs))
    (folder / "results.jsonl").write_text('{"task": "a", "error": null}\n{"task": "b", "error": "no"}\n{"tas')
    held.take(folder)
    assert json.loads(held.path.read_text()) == blank | {"a": [good]}
    assert held.answered == 1


def wheel(folder: Path, name: str, version: str, files: dict[str, str], *requires: str) -> Path:
    """A wheel of these files."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    about = [
        "Metadata-Version: 2.1",
        f"Name: {name}",
        f"Version: {version}",
        *(f"Requires-Dist: {r}" for r in requires),
    ]
    info = f"{name}-{version}.dist-info"
    files = files | {
        f"{info}/METADATA": "\n".join([*about, ""]),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)
        archive.writestr(f"{info}/RECORD", "".join(f"{file},,\n" for file in [*files, f"{info}/RECORD"]))
    return path


def test_what_the_image_lacks_is_installed_and_no_more(places: files.Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """arc_ttt and a wheel that is missing here go to local disk; one that is here, and old enough, does not."""
    data = places.input / "datasets" / "me" / "files"
    data.mkdir(parents=True)
    own = {"arc_ttt/__init__.py": "", "arc_ttt/__main__.py": ""}
    wheel(data, "arc_ttt", "99.0", own, "numpy>=1", "quite_absent>=2")
    wheel(data, "quite_absent", "2.1", {"quite_absent.py": ""})
    wheel(data, "numpy", "99.0", {"numpy/__init__.py": ""})
    monkeypatch.setattr(sys, "path", list(sys.path))
    environment = entry.install(places)
    site = places.temp / "site"
    assert environment["PYTHONPATH"].split(os.pathsep)[0] == str(site) == sys.path[0]
    there = {path.name for path in site.iterdir() if path.suffix != ".dist-info"} - {"__pycache__"}
    assert there == {"arc_ttt", "quite_absent.py"}
    assert not list(places.working.iterdir())


def test_without_a_resolution_all_wheels_are_installed(places: files.Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a requirement is nowhere to be had, every wheel is installed, and the run tries its luck."""
    wheel(places.input / COMPETITION, "arc_ttt", "99.0", {"arc_ttt/__init__.py": ""}, "nowhere_to_be_had")
    wheel(places.input / COMPETITION, "quite_absent", "2.1", {"quite_absent.py": ""})
    monkeypatch.setattr(sys, "path", list(sys.path))
    entry.install(places)
    assert {path.name for path in (places.temp / "site").glob("*a*")} >= {"arc_ttt", "quite_absent.py"}
