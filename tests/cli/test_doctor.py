"""`arc-ttt doctor`: rows for a person, a document for programs, and an exit code for scripts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import constants

from arc_ttt.cli import crew
from arc_ttt.doctor import Check, device, examine, host

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder, without the hub; products are timed once, data sets left alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(device, "ENOUGH", 0.0)
    monkeypatch.setattr(host, "DATA_SETS", {})
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)


def test_a_run_would_work(arc_ttt: Run, folder: Path) -> None:
    """A row for each finding and what it comes to; code 0; nothing is written."""
    before = sorted(folder.parent.rglob("*"))
    done = arc_ttt("doctor", folder, "--device", "cpu", "--dtype", "float32")
    assert (done.code, done.err) == (0, "")
    rows = {line[3:17].strip(): line[17:] for line in done.out.splitlines()}
    assert rows["model"].startswith("arc-mini: comes with arc-ttt")
    assert "puzzles: 2 tasks, 2 test outputs, answers known" in rows["tasks"]
    assert {"versions", "device", "arithmetic", "memory", "results", "hub", "data sets"} <= rows.keys()
    assert "a run would work here" in done.out.splitlines()[-1]
    assert max(map(len, done.out.splitlines())) <= 100
    assert sorted(folder.parent.rglob("*")) == before


def test_the_memory_is_that_of_as_many_workers_as_a_run_has(
    arc_ttt: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --workers one for each core or task, as `solve` has it."""
    monkeypatch.setattr(crew, "processors", lambda: 8.0)
    monkeypatch.setattr(host, "free_memory", lambda: 80 * 10**9)
    monkeypatch.setattr(crew, "free_memory", host.free_memory)
    for words, free in (
        ((), "40.0 GB free here for each of 2 workers"),
        (("--workers", "1"), "80.0 GB free here,"),
    ):
        done = arc_ttt("doctor", folder, "--device", "cpu", "--dtype", "float32", *words)
        assert free in " ".join(done.out.split())


def test_a_run_would_fail(arc_ttt: Run) -> None:
    """Each failure is told where it is found, one line names them all, and the code is not 0."""
    done = arc_ttt("doctor", "nowhere", "--device", "cuda:9", "--model", "a/b")
    assert (done.code, done.err) == (2, "error: a run would fail here: device, model, tasks\n")
    assert "HF_HUB_OFFLINE" in done.out and "hf download a/b" in done.out and "would work" not in done.out


def test_for_programs(arc_ttt: Run) -> None:
    """One JSON document, whatever it comes to."""
    options = ("--device", "cpu", "--dtype", "float32", "--no-ttt", "--json")
    good, bad = arc_ttt("doctor", *options), arc_ttt("doctor", "nowhere", *options)
    document = json.loads(good.out)
    assert (good.code, document["verdict"] in ("ok", "warning")) == (0, True)
    assert all(set(check) == {"name", "verdict", "found", "advice"} for check in document["checks"])
    assert (bad.code, json.loads(bad.out)["verdict"], bad.err.count("\n")) == (2, "failure", 1)


@pytest.mark.parametrize(
    "argv", [("--quantize", "int3"), ("--dtype", "int3"), ("--prompt", "nonesuch"), ("--views", "0")]
)
def test_options_that_mean_nothing(arc_ttt: Run, argv: tuple[str, ...]) -> None:
    """One line on stderr, nothing on stdout."""
    done = arc_ttt("doctor", *argv)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith("error: ") and argv[1] in done.err


def test_warnings(arc_ttt: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Are counted, say what to do, and do not fail."""
    checks = [Check("memory", "warning", "little of it", "buy some"), Check("threads", "warning", "many", "fewer")]
    monkeypatch.setattr(examine, "examine", lambda _: iter(checks))
    done = arc_ttt("doctor")
    assert (done.code, done.err) == (0, "")
    assert [line.rstrip() for line in done.out.splitlines()] == [
        "!  memory        little of it",
        "                 → buy some",
        "!  threads       many",
        "                 → fewer",
        "a run would work here; 2 warnings",
    ]
