"""Runs as the tables take them: joined, paired, and refused where a table would mislead."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from arc_ttt.run.records import encode
from arc_ttt.types import Prediction, Result

SCRIPTS = Path(__file__).parents[2] / "scripts"


def write(folder: Path, *results: Result, **config: Any) -> Path:
    """A run's folder with what a table reads of it."""
    folder.mkdir()
    told = {
        "digest": "0" * 64,
        "tasks": {"name": folder.name},
        "model": {"name": "m", "digest": "0" * 64},
        "settings": {"seed": 0},
        "machine": {"torch": "2", "threads": 1, "device": "cpu", "dtype": "float32", "processor": "p"},
    }
    (folder / "config.json").write_text(json.dumps(told | config))
    (folder / "results.jsonl").write_bytes(b"".join(encode(r) for r in results))
    return folder


def scored(id: str, *right: bool) -> Result:
    notes = {"cpu_seconds": 3.0, "lesson_tokens": 1000, "peak_mib": 500.0}
    return Result(Prediction(id, ()), correct=right or None, seconds={"adapt": 2.0}, notes=notes)


def table(*runs: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(SCRIPTS / "make_table.py"), "Title", *runs]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def parts(tmp_path: Path) -> tuple[Path, Path]:
    return write(tmp_path / "a", scored("t", True, False)), write(tmp_path / "b", scored("u", False))


def test_joined_runs_count_as_one_and_are_paired(parts: tuple[Path, Path], tmp_path: Path) -> None:
    """Outputs of both, by position; what the second gained and lost against the first."""
    other = write(tmp_path / "other", scored("u", True), scored("t", False, True))
    told = table(f"first={parts[0]}+{parts[1]}", f"second={other}")
    assert told.returncode == 0, told.stderr
    first, second = told.stdout.strip().splitlines()[-2:]
    assert first.startswith("| first | 1 / 3 = 33.3% ")
    assert second.startswith("| second | 2 / 3 = 66.7% ")
    assert "+2 −1, p = 1 |" in second


def test_what_would_mislead_is_refused(parts: tuple[Path, Path], tmp_path: Path) -> None:
    """One line and no table for runs with a task in common, other settings, tasks left or unknown answers."""
    a, b = parts
    unlike = write(tmp_path / "unlike", scored("v", True), settings={"seed": 1})
    begun = write(tmp_path / "begun", scored("w", True), chosen=["w", "x", "y"])
    unknown = write(tmp_path / "unknown", scored("z"))
    for runs, said in (
        (f"n={a}+{a}", f"{a}: t is in another of the joined runs"),
        (f"n={a}+{unlike}", f"{unlike}: its model or settings are not those of {a}"),
        (f"n={begun}", f"{begun}: 1 of its 3 tasks are finished"),
        (f"n={unknown}", f"{unknown}: the answers of z are not known"),
        (f"n={tmp_path / 'none'}", "no such run"),
    ):
        told = table(runs)
        assert (told.returncode != 0, told.stdout) == (True, ""), runs
        assert said in told.stderr and len(told.stderr.splitlines()) == 1, told.stderr
    told = table(f"n={a}", f"m={b}")
    assert told.returncode != 0 and "m: other tasks than the first's" in told.stderr
