"""`arc-ttt compare`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def runs(arc_ttt: Run, solver: Any, folder: Path) -> None:
    """`one` fails on `copy`, which `two`, of other settings, has right."""
    solver.broken = {"copy"}
    arc_ttt("solve", "puzzles", "--out", "one")
    solver.broken = set()
    arc_ttt("solve", "puzzles", "--out", "two", "--views", "4")


def test_in_the_terminal(arc_ttt: Run, runs: None) -> None:
    """A line for each run, then what the second wins and loses, what differs in its settings, and the seconds."""
    done = arc_ttt("compare", "one", "two")
    assert (done.code, done.err) == (0, "")
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert lines[1:3] == ["one 2 0 of 2 0.0 (0.0 to 65.8) 0.0 1 1.5", "two 2 1 of 2 50.0 (9.5 to 90.5) 50.0 0 1.5"]
    assert "two against one" in lines and "2 tasks in both" in lines
    assert "with views 4 (not 16)" in lines
    assert "by outputs won 1, lost 0 of 2: +50.0 points (exact sign test p = 1)" in lines
    assert "won copy" in lines and not any(line.startswith("lost") for line in lines)
    assert "seconds, 1 tasks that both answered: median 1.5 (not 1.5)" in done.out


def test_as_json(arc_ttt: Run, runs: None) -> None:
    """One object, the first run and a comparison for each of the others."""
    (document,) = arc_ttt("compare", "one", "two", "one", "--json").lines
    assert document["first"] == "one" and [c["run"] for c in document["comparisons"]] == ["two", "one"]
    better, same = document["comparisons"]
    assert (better["won"], better["lost"], better["outputs_won"], better["p_outputs"]) == (["copy"], [], 1, 1)
    assert better["changed"] == {"views": ["16", "4"]} and same["changed"] == {}
    assert better["second"]["by_outputs"] == 0.5 and better["costs"]["n"] == 1


def test_other_tasks_are_told(arc_ttt: Run, runs: None) -> None:
    """Runs over other sets are paired by the ids they share, with a word of warning."""
    arc_ttt("solve", "puzzles/other.json", "--out", "three")
    done = arc_ttt("compare", "one", "three")
    assert "the task sets differ" in done.out and "1 only in one" in done.out


def test_unknown_answers_are_told(arc_ttt: Run, runs: None) -> None:
    """Then only seconds are compared."""
    puzzles = Path("puzzles").rename("moved-away")
    done = arc_ttt("compare", "one", "two")
    assert "the answers are not known" in done.out and "sign test" not in done.out
    assert done.err.count("\n") == 2 and "one was about these tasks" in done.err and "--solutions" in done.err
    done = arc_ttt("compare", "one", "two", "--solutions", puzzles)
    assert (done.code, done.err) == (0, "") and "won  copy" in done.out


def test_a_stored_flag_is_not_trusted(arc_ttt: Run, runs: None) -> None:
    """What is right is told by the attempts and the answers alone."""
    path = Path("two/results.jsonl")
    path.write_text(path.read_text().replace("[false]", "[true]"))
    assert "two" in arc_ttt("compare", "one", "two").out
    (document,) = arc_ttt("compare", "one", "two", "--json").lines
    assert document["comparisons"][0]["second"]["outputs_right"] == 1


def test_what_cannot_be_compared(arc_ttt: Run, runs: None) -> None:
    """One run, or a folder that is none, is one line."""
    assert arc_ttt("compare", "one").err == "error: compare needs two runs or more\n"
    assert arc_ttt("compare", "one", "puzzles").err == "error: puzzles: is no run: it has no config.json\n"
    assert arc_ttt("compare").code == 2
    Path("two/results.jsonl").write_text("")
    assert arc_ttt("compare", "one", "two").err == "error: two: has finished no task yet\n"


def test_a_result_of_no_task_of_the_run(arc_ttt: Run, runs: None) -> None:
    """It is left out with a line on stderr, the same as `eval` and `report` say."""
    path = Path("two/results.jsonl")
    line = path.read_text().splitlines()[0].replace('"copy"', '"alien"')
    path.write_text(path.read_text() + line + "\n")
    told = "two/results.jsonl: task alien: not among the tasks of puzzles, so left out\n"
    done = arc_ttt("compare", "one", "two")
    assert (done.code, done.err) == (0, told) and "2 tasks in both" in done.out and "only in two" not in done.out
    assert arc_ttt("eval", "puzzles", "--out", "two", "--views", "4").err == told
    done = arc_ttt("report", "two")
    assert (done.code, done.err) == (0, told) and done.out.startswith("two/report.html: 2 of 2 tasks, 1 of 2 outputs")
