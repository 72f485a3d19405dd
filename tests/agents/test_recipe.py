"""What a run expects to take before any task was solved."""

import pytest

from arc_ttt.agents.recipe import NONE, Equipment, expected
from arc_ttt.config import SolveConfig, TTTConfig
from arc_ttt.types import Task


def equipment(**machine: object) -> Equipment:
    return Equipment(
        digest="d", model=NONE, prompt=NONE, seen=frozenset(), machine={"threads": 1, **machine}, size=6_400_000
    )


def test_float32_takes_longer_and_threads_less(task: Task) -> None:
    """On a GPU nothing was measured; seconds that were asked for are what it takes."""
    learner = SolveConfig(agents=("learner",))
    half = expected(learner, equipment(dtype="bfloat16"), task)
    whole = expected(learner, equipment(dtype="float32"), task)
    assert half is not None and whole is not None and whole > 3 * half
    assert expected(learner, equipment(dtype="float32", threads=2), task) == pytest.approx(whole / 2)
    assert expected(learner, equipment(device="cuda:0"), task) is None
    timed = SolveConfig(agents=("learner",), ttt=TTTConfig(seconds=7.0))
    assert expected(timed, equipment(dtype="float32"), task) == 7.0
