"""What each agent did for a run, counted from its results."""

from __future__ import annotations

from typing import Any

from arc_ttt.solve.shares import Share, shares
from arc_ttt.types import Candidate, Grid, Prediction, Result

ONE, TWO, THREE = (Grid([[n]]) for n in (1, 2, 3))


def result(id: str, attempts: tuple[Grid, ...], agents: Any, *found: Candidate) -> Result:
    return Result(Prediction(id, (attempts,)), (found,), notes={"agents": agents})


def test_what_was_asked_taken_and_right() -> None:
    """Tasks and outputs are counted by agent; an opinion is no proposal; unknown answers leave nothing right."""
    took = {"seconds": 1.0, "cpu_seconds": 2.0}
    both = {"programs": took | {"first_answer": 0.5}, "learner": took | {"first_answer": 3.0, "drafts_accepted": 0.5}}
    program = Candidate(ONE, (), (), program="flip(horizontal)", agent="programs")
    mine, same = (Candidate(grid, ("a",), (-1.0,)) for grid in (TWO, ONE))
    opinion = Candidate(THREE, (), (), (-9.0,))
    results = [
        result("a", (ONE,), {"programs": took}, program),
        result("b", (ONE, TWO), both, program, mine, opinion),
        result("c", (ONE,), both, program, same),
        result("d", (TWO,), {"programs": "much", "learner": {"seconds": None}}, mine),
        Result(Prediction("e", ((ONE,),)), ((program,),)),
    ]
    found = shares(results, {"a": (ONE,), "b": (TWO,), "d": (THREE,)})
    assert found == (
        Share(
            "programs",
            asked=4,
            settled=1,
            proposed=3,
            chosen=3,
            alone=2,
            right=1,
            seconds=3.0,
            cpu_seconds=6.0,
            pace={"first_answer": 0.5},
        ),
        Share(
            "learner",
            asked=3,
            settled=0,
            proposed=3,
            chosen=3,
            alone=2,
            right=1,
            seconds=2.0,
            cpu_seconds=4.0,
            pace={"first_answer": 3.0, "drafts_accepted": 0.5},
        ),
    )
    assert shares(results[:1], {})[0].right is None
    silent = shares([result("b", (TWO,), both, mine)], {"b": (TWO,)})
    assert [(share.proposed, share.right) for share in silent] == [(0, 0), (1, 1)]
    assert shares([], {}) == ()
