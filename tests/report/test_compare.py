"""Two runs, paired by task."""

from pathlib import Path
from typing import Any

import pytest

from arc_ttt.errors import StoreError
from arc_ttt.report.compare import Run, compare
from arc_ttt.types import Prediction, Result


def run(name: str, *results: Result, **config: Any) -> Run:
    return Run(Path(name), {"tasks": {"digest": "1"}} | config, {r.task: r for r in results})


def scored(id: str, *right: bool, seconds: float | None = 1.0, error: str | None = None) -> Result:
    spent = {} if seconds is None else {"adapt": seconds / 2, "answer": seconds / 2}
    return Result(Prediction(id, ()), correct=right or None, seconds=spent, error=error)


def test_outputs_and_tasks_won_and_lost() -> None:
    """Outputs are paired by position. A task is won with more outputs right; one that swaps outputs is neither."""
    a = run("a", scored("t", True, False), scored("u", False), scored("v", True, True), scored("w", True))
    b = run("b", scored("w", True), scored("v", False, True), scored("t", False, True), scored("u", True), scored("x"))
    c = compare(a, b)
    assert (c.outputs_won, c.outputs_lost, c.won, c.lost) == (2, 2, ("u",), ("v",))
    assert (c.both, c.only_first, c.only_second) == (4, 0, 1)
    assert (c.first.outputs_right, c.second.outputs_right, c.first.outputs) == (4, 4, 6)
    assert (c.p_outputs, c.p_tasks) == (1, 1)


def test_the_exact_test() -> None:
    """Eight outputs won and one lost: two-sided, 2 · (1 + 9) / 2⁹."""
    before = [scored(f"t{i}", i == 0) for i in range(9)]
    after = [scored(f"t{i}", i != 0) for i in range(9)]
    assert compare(run("a", *before), run("b", *after)).p_outputs == pytest.approx(20 / 512)


def test_a_task_that_failed_is_wrong_and_has_no_seconds() -> None:
    """Its answer is known; what it took says nothing."""
    a = run("a", scored("t", True, seconds=4), scored("u", True, seconds=2))
    b = run("b", scored("t", False, seconds=None, error="no luck"), scored("u", True, seconds=3))
    c = compare(a, b)
    assert c.lost == ("t",) and c.costs is not None
    assert (c.costs.n, c.costs.median, c.costs.ratio) == (1, (2, 3), 1.5)


def test_seconds_are_paired() -> None:
    """The median of the ratios, not the ratio of the medians."""
    a = run("a", *(scored(id, seconds=s) for id, s in zip("tuv", (1, 10, 100), strict=True)))
    b = run("b", *(scored(id, seconds=s) for id, s in zip("tuv", (3, 5, 50), strict=True)))
    costs = compare(a, b).costs
    assert costs is not None
    assert (costs.median, costs.total, costs.ratio) == ((10, 5), (111, 58), 0.5)
    assert compare(run("a", scored("t", True, seconds=None)), b).costs is None


def test_unknown_answers_count_for_nothing_but_seconds() -> None:
    """A task scored in one run only is not compared."""
    c = compare(run("a", scored("t", True)), run("b", scored("t")))
    assert (c.first.outputs, c.second.outputs, c.lost) == (0, 0, ())
    assert c.costs is not None and c.costs.n == 1


def test_what_differs_in_the_settings() -> None:
    """Dotted names with both values; a setting that only one version knows is not one."""
    a = run("a", scored("t"), settings={"views": 8, "ttt": {"rank": 32, "old": 1}}, model={"digest": "1" * 64})
    b = run("b", scored("t"), settings={"views": 16, "ttt": {"rank": 32}}, model={"digest": "2" * 64})
    assert compare(a, b).changed == {"views": ("8", "16"), "model.digest": ("1" * 8, "2" * 8)}


def test_other_tasks() -> None:
    """Nothing in common and equal ids with other numbers of outputs are errors; another set is only told."""
    with pytest.raises(StoreError, match=r"^b: has no task in common with a$"):
        compare(run("a", scored("t")), run("b", scored("u")))
    with pytest.raises(StoreError, match=r"^b: task t has 2 outputs, in a it has 1: not the same task$"):
        compare(run("a", scored("t", True)), run("b", scored("t", True, True)))
    assert compare(run("a", scored("t")), run("b", scored("t"))).same_tasks
    assert not compare(run("a", scored("t")), run("b", scored("t"), tasks={"digest": "2"})).same_tasks
