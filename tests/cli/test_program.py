"""`arc-ttt program`, and runs of the agent that finds programs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from arc_ttt.paths import share

Run = Callable[..., Any]
MIRROR = str(share("data", "samples", "01-mirror.json"))


def test_a_program_that_fits(arc_ttt: Run) -> None:
    """Its sentence, what it reproduces, and its answers; with --steps the grid after each."""
    done = arc_ttt("program", "flip(horizontal)", MIRROR)
    assert (done.code, done.err) == (0, "") and done.out.startswith("The grid is mirrored left to right.\n")
    assert "3 of 3 demonstrations reproduced (1, 2, 3)" in done.out
    assert "→ made 4×5 right" in done.out and "test 1" in done.out
    done = arc_ttt("program", "transpose > rotate(1)", MIRROR, "--steps")
    assert done.code in (0, 1) and "transpose" in done.out and "rotate(1)" in done.out


def test_a_program_that_does_not_fit(arc_ttt: Run) -> None:
    """Exit code 1, and which demonstrations it misses."""
    done = arc_ttt("program", "transpose", MIRROR, "--json")
    assert done.code == 1
    (line,) = done.lines
    assert line["task"] == "01-mirror" and not all(line["reproduced"])
    assert line["tests"][0][0]["step"] == "transpose" and line["tests"][0][0]["grid"]
    assert [len(grid) for grid in line["made"]] == [5, 5, 4]
    done = arc_ttt("program", "roll(right, 1)", MIRROR)
    assert done.code == 1 and done.out.count("→ wanted") == 3
    title, caption, first = done.out.splitlines()[2:5]
    assert title.startswith("demonstration 1") and caption.startswith("input 4×5    → wanted 4×5   → made 4×5 wrong")
    assert first.startswith("1 3 1 3 0    0 3 1 3 1      0 1!3!1!3!")
    done = arc_ttt("program", "scale_down", MIRROR)
    assert done.code == 1 and done.out.count("→ does not apply") == 3


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("flip(x", "not a rule: a parenthesis is not closed"),
        ("fly", "not a rule: no operation is called 'fly'"),
        ("", "not a rule: there is no step in it"),
        ("trim > ", "not a rule: 'trim > ' has no step after its last '>'"),
        ("flip(sideways)", "not a rule: flip does not take 'sideways' as axis"),
        ("__import__('os')", "not a rule"),
    ],
)
def test_what_is_no_program(arc_ttt: Run, text: str, fault: str) -> None:
    """One line; nothing is evaluated."""
    done = arc_ttt("program", text, MIRROR)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1) and done.err.startswith(f"error: {fault}")


def test_programs_alone_need_no_model(arc_ttt: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run of them is complete, names the program behind each answer, can be shown, and says what found nothing."""
    monkeypatch.chdir(tmp_path)
    samples = tmp_path / "samples"
    samples.mkdir()
    for name in ("01-mirror", "07-fall"):
        shutil.copy(share("data", "samples", f"{name}.json"), samples)
    noise = np.random.default_rng(0).integers(1, 10, (3, 2, 4, 4)).tolist()
    pairs = [{"input": before, "output": after} for before, after in noise]
    (samples / "noise.json").write_text(json.dumps({"train": pairs[:2], "test": pairs[2:]}))
    words = ("--agents", "programs", "--programs.budget", 40_000)
    done = arc_ttt("solve", samples, *words, "--out", "run")
    assert (done.code, done.err) == (0, ""), done.err
    assert "reading the model" not in done.out and "2 of 3 tasks with every output right" in done.out
    lines = {line["task"]: line for line in map(json.loads, Path("run/results.jsonl").read_text().splitlines())}
    ((best, *_),) = lines["01-mirror"]["candidates"]
    assert best["agent"] == "programs" and best["program"] == "flip(horizontal)" and best["evidence"]["sure"] == 1
    assert lines["noise"]["attempts"] == [[]]
    done = arc_ttt("show", "01-mirror", "--run", "run")
    assert "flip(horizontal)" in done.out and "programs" in done.out and "attempt 1: The grid is mirrored" in done.out
    again = arc_ttt("solve", samples, *words, "--out", "run")
    assert (again.code, again.err) == (0, "") and "3 of 3 finished before" in again.out


def test_agents_that_there_are_not(arc_ttt: Run, folder: Path) -> None:
    """One line, before anything is read."""
    for names in ("oracle", "learner,learner", "learner:", "programs:x", ""):
        done = arc_ttt("solve", folder, "--agents", names)
        assert done.code == 2 and done.err.startswith("error: --agents names programs, learner or learner:NAME|PATH")


def test_a_program_changed_by_hand(arc_ttt: Run, tmp_path: Path) -> None:
    """Of a run's results: one line that names the file, the task and the fault; nothing is drawn."""
    arc_ttt("solve", MIRROR, "--agents", "programs", "--out", tmp_path / "run")
    results = tmp_path / "run" / "results.jsonl"
    results.write_text(results.read_text().replace("flip(horizontal)", "flip(sideways)"))
    for words in ((tmp_path / "run", "01-mirror"), ("01-mirror", "--run", tmp_path / "run")):
        done = arc_ttt("show", *words)
        assert (done.code, done.out) == (2, "")
        assert done.err == (
            f"error: {results}: task 01-mirror: the program of an attempt is not a rule: flip does not take 'sideways' "
            "as axis\n"
        )
    assert arc_ttt("show", tmp_path / "run").code == 0


def test_demonstrations_that_contradict_each_other(arc_ttt: Run, tmp_path: Path) -> None:
    """Nothing is found, and why is said: at the end of the run, by `show`, and in the notes."""
    before, one, two = [[1, 2]], [[1]], [[2]]
    train = [{"input": before, "output": one}, {"input": two, "output": two}, {"input": before, "output": two}]
    (tmp_path / "odd.json").write_text(json.dumps({"train": train, "test": [{"input": before}]}))
    why = "demonstrations 1 and 3 have the same input and different outputs"
    done = arc_ttt("solve", tmp_path / "odd.json", "--agents", "programs", "--out", tmp_path / "run")
    assert done.code == 0 and f"odd: no rule fits: {why}\n" in done.out
    (line,) = map(json.loads, (tmp_path / "run" / "results.jsonl").read_text().splitlines())
    assert line["attempts"] == [[]] and line["notes"]["contradiction"] == why
    assert f"No rule fits: {why}." in arc_ttt("show", tmp_path / "run", "odd").out
