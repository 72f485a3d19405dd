"""How likely each grid is, from all that agents say of it."""

import json
import math
from dataclasses import replace
from importlib import resources

import pytest

from arc_ttt.solve.judge import FEATURES, features, judge, shipped, weighable
from arc_ttt.types import Candidate, Grid

ONE, TWO, THREE = Grid([[1]]), Grid([[2]]), Grid([[3]])
EXACT = (
    ("sure", 0.0),
    ("bits", 20.0),
    ("bits explained", 40.0),
    ("reproduced", 3),
    ("demonstrations", 3),
    ("agree", 2),
)


def program(grid: Grid, *more: tuple[str, float]) -> Candidate:
    evidence = tuple((dict(EXACT) | dict(more)).items())
    return Candidate(grid, (), (), agent="programs", program="trim", evidence=evidence)


def learner(grid: Grid, *views: str, score: float = -2.0) -> Candidate:
    return Candidate(grid, views, (-1.0,) * len(views), (score, score))


def test_shares_of_the_weights() -> None:
    """Two grids and "none": with all weights nothing each has a third; a vote more is worth what its weight says."""
    found = [learner(ONE, "s0"), learner(TWO, "s1", "s2", "s3")]
    assert [j.probability for j in judge(found, {})] == pytest.approx([1 / 3, 1 / 3])
    judged = judge(found, {"votes": 2.0})
    assert [j.candidate.grid for j in judged] == [TWO, ONE]
    whole = 1 + math.exp(0.5) + math.exp(1.5)
    assert [j.probability for j in judged] == pytest.approx([math.exp(1.5) / whole, math.exp(0.5) / whole])
    assert judge([], {}) == []


def test_what_there_is_to_say_of_a_grid() -> None:
    """Of a program its evidence, of a learner's grid its views and scores, of a grid that both found both."""
    found = [
        program(ONE, ("predicted when left out", 2)),
        program(TWO, ("reproduced", 2), ("wrong cells", 0.049)),
        learner(ONE, "s0", "s1", score=-3.0),
        learner(THREE, "s2", "s3", score=-1.0),
        learner(TWO, score=-1.5),
    ]
    rows = dict(zip(["one", "two", "three"], (row for _, row in features(found)), strict=True))
    assert rows["one"] == pytest.approx(
        {
            "made": 1.0,
            "sure": 0.0,
            "first made": 1.0,
            "bits": 0.5,
            "agreeing": math.log(2),
            "missed": 1 / 3,
            "votes": 0.5,
            "unfound": 0.0,
            "both": 1.0,
            "best": 0.0,
            "behind": math.log1p(2.0),
            "nats": math.log(3.01),
            "unlike": 0.0,
            "too unlike": 0.0,
        }
    )
    assert rows["two"]["near"] == 1.0 and rows["two"]["wrong"] == pytest.approx(math.log(0.05))
    assert (rows["two"]["unfound"], rows["two"]["both"], rows["three"]["best"]) == (1.0, 0.0, 1.0)
    assert [c.agent for c, _ in features(found)] == ["programs", "programs", "learner"]
    ((_, row),) = features([replace(found[3], evidence=(("unlike", 4.5),))])
    assert (row["unlike"], row["too unlike"]) == (math.log(5.5), 1.0)


def test_a_grid_that_no_view_can_hold() -> None:
    """A score of minus infinity is far behind, and no fault."""
    rows = [row for _, row in features([learner(ONE, "s0"), learner(TWO, "s1", score=-math.inf)])]
    assert rows[1]["behind"] == math.log1p(10.0) and rows[1]["nats"] == math.log(100.01)
    assert sum(j.probability for j in judge([learner(TWO, "s1", score=-math.inf)], {"nats": 1.0})) < 1


def test_what_there_is_to_go_by() -> None:
    """Programs alone, or scores; a learner that had no time to score is not judged."""
    assert weighable([program(ONE)]) and weighable([program(ONE), learner(TWO, "s0")])
    assert not weighable([program(ONE), Candidate(TWO, ("s0",), (-1.0,))])
    assert not weighable([])


def test_the_coefficients_that_ship() -> None:
    """Every feature has one, and the card says what they were fitted to."""
    card = json.loads(resources.files("arc_ttt.solve").joinpath("judge.json").read_text(encoding="utf-8"))
    assert set(card["weights"]) == set(FEATURES) == set(shipped())
    assert card["card"]["outputs"] > 0
    # What is best for an answer in every way is likelier than what is worst.
    best = program(ONE, ("sure", 1.0), ("bits", 4.0), ("agree", 8), ("predicted when left out", 3))
    judged = judge([program(TWO, ("reproduced", 1), ("wrong cells", 0.5)), best, learner(ONE, "s0", "s1", score=-0.1)])
    assert judged[0].candidate.grid == ONE and judged[0].probability > 0.8
