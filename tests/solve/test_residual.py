"""What a program that comes near leaves over."""

from __future__ import annotations

from arc_ttt.agents.agent import Proposal
from arc_ttt.solve.residual import residual, wrong
from arc_ttt.types import Candidate, Grid, Pair, Task

INPUT, OUTPUT = Grid([[0, 0], [0, 1]]), Grid([[0, 2], [1, 0]])
TASK = Task("t", (Pair(INPUT, OUTPUT),), (Grid([[1, 0], [0, 0]]),))


def proposed(program: str, cells: float, reproduced: float = 0.0) -> Proposal:
    evidence = (("reproduced", reproduced), ("demonstrations", 1.0), ("wrong cells", cells))
    return Proposal(((Candidate(OUTPUT, (), (), agent="programs", program=program, evidence=evidence),),))


def test_the_nearest_program_begins() -> None:
    left = residual(TASK, [proposed("flip(vertical)", 0.3), proposed("flip(horizontal)", 0.25)], 0.4)
    assert left is not None
    assert left.begun.program == "flip(horizontal)"
    assert left.task.demonstrations == (Pair(Grid([[0, 0], [1, 0]]), OUTPUT),)
    assert left.task.tests == (Grid([[0, 1], [0, 0]]),)


def test_no_residual() -> None:
    """None where a program makes all, none comes near enough or nearer than the inputs are, or a program fails."""
    near = proposed("flip(horizontal)", 0.25)
    assert residual(TASK, [near, proposed("transpose", 0.0, 1.0)], 0.4) is None
    assert residual(TASK, [near], 0.2) is None
    assert residual(TASK, [proposed("flip(horizontal)", 0.7)], 1.0) is None  # 0.75 are wrong in the input
    assert (
        residual(
            TASK,
            [
                proposed(
                    "enlarge(down, triple) > enlarge(down, triple) > enlarge(down, triple) > enlarge(down, triple)", 0.1
                )
            ],
            0.4,
        )
        is None
    )
    assert residual(TASK, [], 0.4) is None


def test_no_residual_that_contradicts_itself() -> None:
    """Where a program forgets what tells two inputs apart."""
    other = Pair(Grid([[0, 0], [0, 2]]), Grid([[0, 0], [0, 3]]))
    task = Task("t", (Pair(INPUT, OUTPUT), other), (INPUT,))
    assert residual(task, [proposed("recolour_by_table(0to0_1to1_2to1)", 0.1)], 0.4) is None


def test_share_of_wrong_cells() -> None:
    assert wrong([INPUT.cells], [OUTPUT]) == 0.75
    assert wrong([INPUT.cells[:1]], [OUTPUT]) == 1.0
