"""Many tasks: each is answered once, faults are recorded, the rest goes on."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arc_ttt.arc import submission
from arc_ttt.arc.dataset import TaskSet
from arc_ttt.errors import ConfigError, StoreError
from arc_ttt.run.batch import InTurn, Summary, run
from arc_ttt.run.engines.engine import Here
from arc_ttt.run.store import Header, Store, read_results
from arc_ttt.types import Prediction, Result

Make = Callable[..., TaskSet]


@pytest.fixture
def start(folder: Path, header: Header) -> Callable[..., Summary]:
    """One start of the run in `folder`."""

    def start(tasks: TaskSet, solver: Any, **options: Any) -> Summary:
        with Store.open(options.pop("folder", folder), header) as store:
            return run(tasks, Here(solver), store, **options)

    return start


def test_all_tasks_are_answered_and_scored(
    make_tasks: Make, start: Callable[..., Summary], copy_solver: Any, folder: Path
) -> None:
    """The copy is right for the first of two outputs in each task; the answers are on disk."""
    told: list[Result] = []
    summary = start(make_tasks(), copy_solver(), on_result=told.append, seen={"b", "x"})
    assert [r.task for r in told] == ["a", "b", "c"]
    assert summary.score is not None
    assert (summary.score.outputs_right, summary.score.outputs, summary.score.by_tasks) == (3, 6, 0.5)
    assert (summary.answered, summary.skipped, summary.failed, summary.faulty) == (3, 0, (), ())
    assert (summary.contaminated, summary.median) == (("b",), 1.5)
    assert summary.peak_mib is None or summary.peak_mib > 10
    assert [r.correct for r in read_results(folder).values()] == [(True, False)] * 3
    entries = json.loads((folder / "submission.json").read_bytes())
    assert [e["attempt_1"] for e in entries["a"]] == [[[1, 2]], [[3], [1]]]


def test_without_answers_there_is_no_score(make_tasks: Make, start: Callable[..., Summary], copy_solver: Any) -> None:
    """Neither for a task nor in sum; a later start that knows the answers scores what is there."""
    summary = start(make_tasks(known=False), copy_solver())
    assert summary.score is None and {r.correct for r in summary.results} == {None}
    summary = start(make_tasks(), copy_solver())
    assert summary.score is not None and summary.score.outputs_right == 3
    assert summary.skipped == 3


def test_a_failed_task_does_not_end_the_run(
    make_tasks: Make, start: Callable[..., Summary], copy_solver: Any, folder: Path
) -> None:
    """It is recorded on one line and counts as wrong; the traceback is in errors.log; others are answered."""
    summary = start(make_tasks(), copy_solver(broken="b"))
    assert (summary.answered, summary.failed) == (2, ("b",))
    assert summary.results[1].error == "RuntimeError: the fault of two lines"
    assert summary.results[1].correct == (False, False)
    assert summary.score is not None and summary.score.outputs == 6
    log = (folder / "errors.log").read_text()
    assert log.startswith("task b\nTraceback") and "the fault" in log
    entries = submission.read(folder / "submission.json")
    assert entries["b"] == ((submission.FALLBACK,) * 2,) * 2


def test_failed_tasks_are_tried_again(
    make_tasks: Make, start: Callable[..., Summary], copy_solver: Any, folder: Path
) -> None:
    """A later start solves what failed, and only that."""
    start(make_tasks(), copy_solver(broken="b"))
    solver = copy_solver()
    summary = start(make_tasks(), solver)
    assert solver.solved == ["b"]
    assert (summary.answered, summary.skipped, summary.failed) == (1, 2, ())
    assert read_results(folder)["b"].error is None


def test_faulty_tasks_are_results_too(
    make_tasks: Make, start: Callable[..., Summary], copy_solver: Any, folder: Path
) -> None:
    """A task that could not be read is told at every start, stored once, and has its place in the submission."""
    for _ in range(2):
        told: list[Result] = []
        summary = start(make_tasks(faulty=("bad",)), copy_solver(), on_result=told.append)
        assert told[-1].error is None or told[-1].error == "folder/bad.json: is empty"
        assert "bad" in [r.task for r in told]
        assert (summary.faulty, summary.failed) == (("bad",), ())
    assert (folder / "results.jsonl").read_bytes().count(b'"bad"') == 1
    assert len(submission.read(folder / "submission.json")["bad"]) == 2


def test_kill_and_resume_equals_an_unbroken_run(
    make_tasks: Make, start: Callable[..., Summary], copy_solver: Any, folder: Path, tmp_path: Path
) -> None:
    """An interrupt passes through; the next start solves the rest, and the submission has the same bytes."""
    with pytest.raises(KeyboardInterrupt):
        start(make_tasks(), copy_solver(stop="b"))
    halfway = submission.read(folder / "submission.json")
    assert halfway["a"][0][0] != submission.FALLBACK and halfway["b"][0][0] == submission.FALLBACK
    solver = copy_solver()
    start(make_tasks(), solver)
    assert solver.solved == ["b", "c"]
    start(make_tasks(), copy_solver(), folder=tmp_path / "unbroken")
    unbroken = (tmp_path / "unbroken" / "submission.json").read_bytes()
    assert (folder / "submission.json").read_bytes() == unbroken


def test_the_order_of_tasks_changes_nothing(
    make_tasks: Make, start: Callable[..., Summary], copy_solver: Any, tmp_path: Path
) -> None:
    """The same submission, byte for byte."""
    written = []
    for i, order in enumerate((("a", "b", "c"), ("c", "a", "b"))):
        solver = copy_solver()
        start(make_tasks(order), solver, folder=tmp_path / str(i), only=order)
        assert solver.solved == list(order)
        written.append((tmp_path / str(i) / "submission.json").read_bytes())
    assert written[0] == written[1]


def test_a_choice_of_tasks(make_tasks: Make, start: Callable[..., Summary], copy_solver: Any, folder: Path) -> None:
    """Only the chosen are solved and scored; the submission holds all."""
    summary = start(make_tasks(), copy_solver(), only=["c"])
    assert [r.task for r in summary.results] == ["c"]
    assert summary.score is not None and summary.score.tasks == 1
    assert list(submission.read(folder / "submission.json")) == ["a", "b", "c"]
    with pytest.raises(ConfigError, match="some tasks: has no task zz"):
        start(make_tasks(), copy_solver(), only=["zz"])


def test_the_submission_is_complete_before_the_first_task(
    make_tasks: Make, start: Callable[..., Summary], copy_solver: Any, folder: Path
) -> None:
    """A run that is stopped in its first task leaves a valid submission."""
    with pytest.raises(KeyboardInterrupt):
        start(make_tasks(), copy_solver(stop="a"))
    assert list(submission.read(folder / "submission.json")) == ["a", "b", "c"]


def test_an_answer_to_something_else_has_failed(make_tasks: Make, start: Callable[..., Summary], folder: Path) -> None:
    """A wrong number of answers, or what JSON cannot hold, is recorded and never reaches the submission."""

    class Wrong:
        def solve(self, task: Any, progress: Any = None, effort: Any = None) -> Result:
            if task.id == "a":
                return Result(Prediction("a", ()))
            return Result(Prediction(task.id, ((), ())), notes={"loss": object()} if task.id == "b" else {})

    summary = start(make_tasks(), Wrong())
    assert summary.failed == ("a", "b")
    assert str(summary.results[1].error).startswith("TypeError")
    assert "a" in submission.read(folder / "submission.json")


def test_a_store_that_cannot_be_written_ends_the_run(
    make_tasks: Make, start: Callable[..., Summary], copy_solver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no use in solving what cannot be kept."""

    def append(self: Store, result: Result) -> None:
        raise StoreError("no room")

    monkeypatch.setattr(Store, "append", append)
    solver = copy_solver()
    with pytest.raises(StoreError):
        start(make_tasks(), solver)
    assert solver.solved == ["a"]


def test_an_answer_that_a_later_start_finds_is_its_own(
    make_tasks: Make, start: Callable[..., Summary], copy_solver: Any
) -> None:
    """A task that a limited start has left without an answer was not answered before, and is counted once."""

    class Late(copy_solver):  # type: ignore[misc]
        def solve(self, task: Any, *more: Any) -> Result:
            result: Result = super().solve(task, *more)
            prediction = Prediction(task.id, tuple(() for _ in task.tests))
            found = tuple(() for _ in task.tests)
            return replace(result, prediction=prediction, candidates=found, notes={"stopped": "time was up"})

    class Again(InTurn):
        def __init__(self, _: Any) -> None:
            super().__init__(make_tasks().tasks[:2])

    first = start(make_tasks(), Late(), only=["a", "b"])
    assert (first.answered, first.skipped, first.unreached) == (0, 0, ("a", "b"))
    second = start(make_tasks(), copy_solver(), only=["a", "b"], order=Again)
    assert (second.answered, second.skipped) == (2, 0)
    third = start(make_tasks(), copy_solver(), only=["a", "b"])
    assert (third.answered, third.skipped) == (0, 2)


def test_answers_that_come_later_are_noted(
    make_tasks: Make, start: Callable[..., Summary], copy_solver: Any, folder: Path
) -> None:
    """Nothing is solved again, and results.jsonl says what is right."""
    tasks = make_tasks()
    start(replace(tasks, solutions={}), copy_solver())
    assert [r.correct for r in read_results(folder).values()] == [None] * 3
    solver = copy_solver()
    assert start(tasks, solver).score is not None and solver.solved == []
    assert [r.correct for r in read_results(folder).values()] == [(True, False)] * 3
