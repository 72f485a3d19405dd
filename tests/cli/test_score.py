"""`arc-ttt score`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three tasks of two, one and one outputs; the submission has one of the two right and lacks the third."""
    monkeypatch.chdir(tmp_path)
    right, wrong = [[1, 2]], [[3]]
    Path("solutions.json").write_text(json.dumps({"a": [right, right], "b": [right], "c": [right]}))
    entry = {"attempt_1": wrong, "attempt_2": right}, {"attempt_1": wrong, "attempt_2": wrong}
    Path("submission.json").write_text(json.dumps({"a": entry, "b": [entry[0]]}))
    return tmp_path


def test_both_scores(arc_ttt: Run, files: Path) -> None:
    """Outputs and tasks are counted apart, each with its interval and the name of its convention."""
    done = arc_ttt("score", "submission.json", "solutions.json")
    assert (done.code, done.err) == (0, "")
    assert [line.split() for line in done.out.splitlines()[:4]] == [
        ["task", "right"],
        ["a", "✗", "1/2"],
        ["b", "✓", "1/1"],
        ["c", "✗", "0/1"],
    ]
    assert "by outputs      2 of 4     50.0 % (95 % interval 15.0 to 85.0) Kaggle's score" in done.out
    assert "by tasks      1.5 of 3     50.0 %" in done.out and "ARC Prize's score" in done.out
    assert "1 of 3 tasks with every output right" in done.out
    assert "not in the submission, so counted as wrong: c (1 in all)" in done.out


def test_json(arc_ttt: Run, files: Path) -> None:
    """--json is one object with the counts, both shares and the tasks."""
    (score,) = arc_ttt("score", "submission.json", "solutions.json", "--json").lines
    assert (score["outputs_right"], score["outputs"], score["by_tasks"], score["missing"]) == (2, 4, 0.5, ["c"])
    assert score["correct"] == {"a": [True, False], "b": [True], "c": [False]}


def test_a_submission_for_other_tasks(arc_ttt: Run, files: Path) -> None:
    """A task that the answers do not know is an error, not a zero."""
    Path("solutions.json").write_text(json.dumps({"b": [[[1]]]}))
    done = arc_ttt("score", "submission.json", "solutions.json")
    assert (done.code, done.out, done.err) == (2, "", "error: submission.json: task a: not among the solutions\n")


def test_a_file_that_is_no_submission(arc_ttt: Run, files: Path) -> None:
    """One line that names file, task and fault."""
    done = arc_ttt("score", "solutions.json", "solutions.json")
    assert done.code == 2 and done.err.startswith("error: solutions.json: task a: [0]")
    assert done.err.count("\n") == 1


def test_a_run_knows_its_tasks_and_what_is_left(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Of a run only the tasks that it was to solve count, and those without a result are told."""
    arc_ttt("solve", folder, "-n", 1, "--out", "run")
    (score,) = arc_ttt("score", "run", "--json").lines
    assert (score["outputs_right"], score["outputs"], score["unfinished"], score["missing"]) == (1, 1, [], [])
    arc_ttt("solve", folder, "--out", "all")
    results = Path("all/results.jsonl")
    results.write_text(results.read_text().splitlines(keepends=True)[0])
    assert "1 task has no result in this run, so far, and counts as wrong" in arc_ttt("score", "all").out
    (score,) = arc_ttt("score", "all", "--json").lines
    assert (score["outputs"], score["unfinished"]) == (2, ["other"])


def test_a_faulty_task_of_a_run_does_not_count(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """It has no answers that could be compared, and the score says so."""
    (folder / "faulty.json").write_text("{")
    arc_ttt("solve", folder, "--out", "faulty")
    told = arc_ttt("score", "faulty").out
    assert "1 task has neither a result in this run nor answers, and does not count" in told
    assert "counts as wrong" not in told


def test_a_run_in_the_place_of_answers(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """The answers that a run was scored by score another's submission, and compare two runs."""
    arc_ttt("solve", folder, "--out", "run")
    arc_ttt("solve", folder, "--out", "again")
    (score,) = arc_ttt("score", "again/submission.json", "run", "--json").lines
    assert (score["outputs_right"], score["outputs"]) == (1, 2)
    assert arc_ttt("compare", "run", "again", "--solutions", "again").code == 0
