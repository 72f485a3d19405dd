"""The main job on the shipped weights, as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from arc_ttt.paths import share

SAMPLES = share("data", "samples")
QUICK = ("--ttt.tokens", "6000", "--views", "4", "--dfs.min-prob", "0.2", "--agents", "learner")


def arc_ttt(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "arc_ttt", *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "100"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_solve_from_a_folder_to_a_scored_submission(tmp_path: Path) -> None:
    """Two sample tasks are trained on and answered: the submission is complete, the lessons were learned, the same
    command has nothing left to do, and the other order of tasks gives the same bytes."""
    first = arc_ttt("solve", str(SAMPLES), "--tasks", "03-swap,04-frame", *QUICK, "--out", "one", folder=tmp_path)
    assert (first.returncode, first.stderr) == (0, "")
    submission = json.loads((tmp_path / "one" / "submission.json").read_text())
    assert list(submission) == sorted(p.stem for p in SAMPLES.glob("*.json"))
    assert all(set(answer) == {"attempt_1", "attempt_2"} for task in submission.values() for answer in task)
    results = [json.loads(line) for line in (tmp_path / "one" / "results.jsonl").read_text().splitlines()]
    assert sorted(r["task"] for r in results) == ["03-swap", "04-frame"]
    assert all(r["notes"]["loss_after"] < r["notes"]["loss_before"] for r in results)
    assert "by outputs" in first.stdout

    again = arc_ttt("solve", str(SAMPLES), "--tasks", "03-swap,04-frame", *QUICK, "--out", "one", folder=tmp_path)
    assert again.returncode == 0
    assert len((tmp_path / "one" / "results.jsonl").read_text().splitlines()) == 2

    turned = arc_ttt("solve", str(SAMPLES), "--tasks", "04-frame,03-swap", *QUICK, "--out", "two", folder=tmp_path)
    assert turned.returncode == 0
    one, two = (tmp_path / n / "submission.json" for n in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_score_and_show_read_what_solve_wrote(tmp_path: Path) -> None:
    """The run's submission is scored against the answers in the task files, and shown beside them."""
    made = arc_ttt(
        "solve",
        str(SAMPLES),
        "--tasks",
        "03-swap",
        "--no-ttt",
        "--views",
        "2",
        "--programs.budget",
        "20000",
        "--out",
        "run",
        folder=tmp_path,
    )
    assert made.returncode == 0
    scored = arc_ttt("score", "run/submission.json", str(SAMPLES), "--json", folder=tmp_path)
    assert scored.returncode == 0
    json.loads(scored.stdout.splitlines()[-1])
    shown = arc_ttt("show", str(SAMPLES / "03-swap.json"), "--run", "run", folder=tmp_path)
    assert shown.returncode == 0
    assert "attempt 1" in shown.stdout


def test_the_shipped_weights_solve_a_task(tmp_path: Path) -> None:
    """04-frame, by test-time training alone: weights, prompt format, training and decoding fit each other. Broken
    weights would leave everything else as it is."""
    words = ("solve", str(SAMPLES), "--tasks", "04-frame", *QUICK, "--json", "-o", "run")
    done = arc_ttt(*words, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout.splitlines()[1])["correct"] == [True, True]


def test_the_learner_goes_on_from_a_near_program(tmp_path: Path) -> None:
    """Outputs are mirrored inputs with one cell changed at random: no program makes them, a mirror comes near."""
    rng = np.random.default_rng(0)
    pairs = []
    for _ in range(4):
        before = rng.integers(1, 10, (5, 5))
        after = before[:, ::-1].copy()
        after[tuple(rng.integers(0, 5, 2))] = 0
        pairs.append({"input": before.tolist(), "output": after.tolist()})
    (tmp_path / "t.json").write_text(json.dumps({"train": pairs[:3], "test": pairs[3:]}))
    words = ("--programs.budget", "50000", "--ttt.tokens", "6000", "--views", "1", "--json", "-o", "run")
    done = arc_ttt("solve", "t.json", *words, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    ((result,), (found, *_)) = _result(tmp_path)
    assert sorted(result["notes"]["agents"]) == ["learner", "programs", "programs+learner"]
    assert result["notes"]["residual"]["program"] == "flip(horizontal)"
    (further, *_) = [c for c in found if c["agent"] == "programs+learner" and c["views"]]
    assert further["program"] == "flip(horizontal)" and further["reason"].endswith("right; the rest is learned.")
    shown = arc_ttt("show", "t.json", "--run", "run", folder=tmp_path)
    assert shown.returncode == 0 and "programs+learner" in shown.stdout


def _result(folder: Path) -> tuple[list[Any], list[Any]]:
    """The results of a run, and the candidates of the only one."""
    results = [json.loads(line) for line in (folder / "run" / "results.jsonl").read_text().splitlines()]
    return results, results[0]["candidates"]
