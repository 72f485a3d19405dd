"""What became of a task."""

import numpy as np
import pytest

from arc_ttt.errors import DataError
from arc_ttt.report.verdict import Verdict, verdict
from arc_ttt.types import Candidate, Grid, Prediction, Result

TRUTH = Grid(np.arange(100).reshape(10, 10) % 10)


def spoilt(count: int) -> Grid:
    """`TRUTH` with the first `count` cells wrong."""
    cells = TRUTH.cells.copy()
    cells.flat[:count] = (cells.flat[:count] + 1) % 10
    return Grid(cells)


def result(*attempts: Grid, candidates: tuple[Grid, ...] = (), error: str | None = None) -> Result:
    found = tuple(Candidate(grid, ("s0",), (-1.0,)) for grid in candidates)
    return Result(Prediction("t", (attempts,)), (found,), error=error)


@pytest.mark.parametrize(("wrong", "near"), [(1, True), (4, True), (5, False), (100, False)])
def test_near_misses(wrong: int, near: bool) -> None:
    """At least one and less than 5 % of the cells of an attempt of the right size are wrong."""
    found = verdict(result(spoilt(60), spoilt(wrong)), [TRUTH])
    assert (found.state, found.near, found.outputs[0].wrong) == ("wrong", near, min(60, wrong))


def test_what_is_solved_is_no_near_miss() -> None:
    """Whatever the other attempt is; and a third attempt does not count."""
    found = verdict(result(spoilt(1), TRUTH, candidates=(spoilt(1), TRUTH)), [TRUTH])
    assert (found.state, found.near, found.among, found.outputs[0].rank) == ("solved", False, False, 2)
    assert verdict(result(Grid([[1]]), spoilt(9), TRUTH), [TRUTH]).outputs[0].wrong == 9


def test_another_size_has_no_wrong_cells_to_count() -> None:
    """A grid of another size is no near miss, even of one cell."""
    found = verdict(result(Grid([[1]]), Grid(TRUTH.cells[:9])), [TRUTH])
    assert (found.near, found.outputs[0].wrong) == (False, None)


def test_the_truth_among_the_candidates() -> None:
    """Found, but not chosen; its place is counted from 1."""
    found = verdict(result(spoilt(50), candidates=(spoilt(50), spoilt(2), TRUTH)), [TRUTH])
    assert (found.among, found.near, found.outputs[0].rank) == (True, False, 3)


def test_states() -> None:
    """No result, an error, unknown answers, and some of several outputs right."""
    assert verdict(None, [TRUTH]) == verdict(None, None) == Verdict("open")
    assert verdict(result(TRUTH), None) == Verdict("unknown")
    assert verdict(Result(Prediction("t", ()), error="no luck"), None) == Verdict("failed")
    failed = verdict(Result(Prediction("t", ()), error="no luck"), [TRUTH, TRUTH])
    assert (failed.state, failed.right, failed.near, failed.among) == ("failed", (False, False), False, False)
    two = Result(Prediction("t", ((TRUTH,), (spoilt(1),))))
    assert (verdict(two, [TRUTH, TRUTH]).state, verdict(two, [TRUTH, TRUTH]).near) == ("partly", True)


def test_without_answers_the_result_says_what_is_right() -> None:
    """As it was scored when it was made."""
    scored = Result(Prediction("t", ((TRUTH,),)), correct=(True,))
    assert verdict(scored, None) == Verdict("solved", (True,))


def test_a_result_of_another_task_is_refused() -> None:
    """Attempts for two outputs, and one answer."""
    with pytest.raises(DataError, match="attempts for 2 outputs, but 1 answers"):
        verdict(Result(Prediction("t", ((TRUTH,), (TRUTH,)))), [TRUTH])
