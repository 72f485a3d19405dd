"""Scores by outputs and by tasks."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arc_ttt.arc import score
from arc_ttt.arc.score import Score
from arc_ttt.errors import DataError
from arc_ttt.types import Grid

A, B, C = Grid([[1]]), Grid([[2, 3]]), Grid([[2], [3]])
rows = st.lists(st.lists(st.booleans(), min_size=1, max_size=4).map(tuple), max_size=20)


def test_either_attempt_counts_and_no_third() -> None:
    """An output is right if one of the first two attempts is the answer, cell for cell and in shape."""
    assert score.is_correct((A, B), B)
    assert score.is_correct((B,), B)
    assert not score.is_correct((A, C), B)
    assert not score.is_correct((A, A, B), B)
    assert not score.is_correct((), B)


def test_correctness_is_by_test_input() -> None:
    """Attempts answer their own input only; none at all are wrong everywhere; a wrong number is refused."""
    assert score.correctness(((A,), (B, A)), (B, A)) == (False, True)
    assert score.correctness((), (B, A)) == (False, False)
    with pytest.raises(DataError, match="attempts for 1 outputs, but 2 answers"):
        score.correctness(((A,),), (A, A))


def test_the_two_ways_of_counting() -> None:
    """Kaggle counts outputs, ARC Prize the mean over tasks; a solved task has all outputs right."""
    total = score.total([(True, False, False), (True,), (False,)])
    assert total == Score(outputs_right=2, outputs=5, tasks_right=1 + 1 / 3, tasks=3, tasks_solved=1)
    assert total.by_outputs == pytest.approx(2 / 5)
    assert total.by_tasks == pytest.approx(4 / 9)


def test_nothing_scores_nothing() -> None:
    """Of no tasks the scores are 0 and the intervals tell that nothing is known."""
    empty = score.total([])
    assert (empty.by_outputs, empty.by_tasks) == (0, 0)
    assert empty.interval("outputs") == empty.interval("tasks") == (0, 1)


def test_a_task_without_outputs_is_refused() -> None:
    """It would divide by zero."""
    with pytest.raises(ValueError, match="at least one output"):
        score.total([(True,), ()])


def test_wilson_interval_by_known_values() -> None:
    """The interval agrees with published ones: 10 of 100, and 0 of 20."""
    tenth = Score(outputs_right=10, outputs=100, tasks_right=0.0, tasks=20, tasks_solved=0)
    assert tenth.interval("outputs") == pytest.approx((0.0552, 0.1744), abs=1e-4)
    assert tenth.interval("tasks") == pytest.approx((0.0, 0.1611), abs=1e-4)


@settings(deadline=None)
@given(rows=rows, data=st.data())
def test_the_order_of_tasks_makes_no_difference(rows: list[tuple[bool, ...]], data: st.DataObject) -> None:
    """The same tasks in another order give the same score to the last bit."""
    assert score.total(rows) == score.total(data.draw(st.permutations(rows)))


@settings(deadline=None)
@given(rows=rows)
def test_scores_lie_in_their_intervals(rows: list[tuple[bool, ...]]) -> None:
    """0 ≤ low ≤ score ≤ high ≤ 1, both ways; solved tasks never exceed the sum of shares."""
    total = score.total(rows)
    low, high = total.interval("outputs")
    assert 0 <= low <= total.by_outputs <= high <= 1
    low, high = total.interval("tasks")
    assert 0 <= low <= total.by_tasks <= high <= 1
    assert total.tasks_solved <= total.tasks_right + 1e-9


@settings(deadline=None)
@given(rows=st.lists(st.booleans().map(lambda right: (right,)), min_size=1, max_size=20))
def test_with_one_output_each_both_ways_agree(rows: list[tuple[bool]]) -> None:
    """Where every task has one output, outputs and tasks are the same count."""
    total = score.total(rows)
    assert total.by_outputs == total.by_tasks
    assert total.interval("outputs") == total.interval("tasks")


def test_sign_test_by_known_values() -> None:
    """Two-sided and exact; what splits evenly, or not at all, is no evidence."""
    assert score.sign_test(0, 0) == score.sign_test(3, 3) == score.sign_test(1, 0) == 1
    assert score.sign_test(10, 0) == score.sign_test(0, 10) == pytest.approx(2 / 1024)
    assert score.sign_test(8, 1) == pytest.approx(0.0390625)
    assert 0 < score.sign_test(1500, 700) < 1e-60  # far more pairs than a float can count


def test_score_of_a_submission() -> None:
    """Tasks missing from the submission are wrong; correctness comes in the order of the solutions."""
    solutions = {"a": (A,), "b": (B, C), "c": (C,)}
    total, correct = score.score_submission({"b": ((A, B), (A, A)), "c": ((C, A),)}, solutions)
    assert list(correct.items()) == [("a", (False,)), ("b", (True, False)), ("c", (True,))]
    assert (total.outputs_right, total.outputs, total.tasks_right) == (2, 4, 1.5)


@pytest.mark.parametrize(
    ("submission", "fault"),
    [
        ({"x": ((A, A),)}, "task x: not among the solutions"),
        ({"a": ((A, A), (A, A))}, "task a: 2 entries for 1 test outputs"),
        ({"a": ()}, "task a: 0 entries for 1 test outputs"),
    ],
)
def test_a_submission_for_other_tasks(submission: dict[str, tuple[tuple[Grid, Grid], ...]], fault: str) -> None:
    """Unknown ids and wrong numbers of entries are errors: the submission is of another data set."""
    with pytest.raises(DataError, match=fault):
        score.score_submission(submission, {"a": (A,)})


TASK = {"train": [{"input": [[1]], "output": [[1]]}], "test": [{"input": [[1]], "output": [[2, 3]]}]}
UNANSWERED = {"train": TASK["train"], "test": [{"input": [[1]]}]}


def put(path: Path, content: object) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content))
    return path


def test_solutions_come_from_every_kind_of_source(tmp_path: Path) -> None:
    """A solutions file, a task file, a folder, a challenges file with solutions beside it, a named set."""
    solutions = put(tmp_path / "x_solutions.json", {"a": [[[2, 3]]]})
    challenges = put(tmp_path / "x_challenges.json", {"a": UNANSWERED})
    task = put(tmp_path / "folder" / "a.json", TASK)
    for source in (solutions, challenges, task, str(task.parent)):
        assert score.read_solutions(source) == {"a": (B,)}
    assert len(score.read_solutions("arc2:evaluation")) == 120


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (UNANSWERED, "holds no answers"),
        ({"a": [[[2, 3]]], "b": None}, "task b: is null, not a list of answers"),
        ({"a": [[[2, 11]]]}, r"task a: \[0\]: row 1, cell 2 is 11"),
        ({}, "holds no tasks"),
        ([], "is a list, not an object"),
    ],
)
def test_solutions_that_are_not(content: object, fault: str, tmp_path: Path) -> None:
    """A file without answers, or with faulty ones, is an error that names it."""
    with pytest.raises(DataError, match=rf"s\.json: {fault}"):
        score.read_solutions(put(tmp_path / "s.json", content))


def test_a_faulty_task_does_not_vanish_from_the_score(tmp_path: Path) -> None:
    """A folder with a faulty task gives no solutions: a score would leave the task out unnoticed."""
    put(tmp_path / "a.json", TASK)
    put(tmp_path / "b.json", {})
    with pytest.raises(DataError, match=r"b\.json: task b: has no \"train\""):
        score.read_solutions(tmp_path)
