"""What agents did, where they agree, and whether the judge's chances hold."""

from arc_ttt.report.agents import agents_document, calibration
from arc_ttt.report.page import with_opinions
from arc_ttt.types import Candidate, Grid, Prediction, Result

ONE, TWO, THREE = Grid([[1]]), Grid([[2]]), Grid([[3]])


def program(grid: Grid) -> Candidate:
    return Candidate(grid, (), (), agent="programs", program="trim")


def learner(grid: Grid, *views: str) -> Candidate:
    return Candidate(grid, views, (-1.0,) * len(views), (-2.0,))


def result(task: str, found: tuple[Candidate, ...], attempts: tuple[Grid, ...], chances: list[float]) -> Result:
    asked = {"programs": {"cpu_seconds": 1.0}, "learner": {"cpu_seconds": 9.0}}
    return Result(Prediction(task, (attempts,)), (found,), notes={"agents": asked, "chances": [chances]})


def test_where_two_agents_agree_and_differ() -> None:
    """Their best answers are compared; what one thinks of the other's grids is no answer."""
    results = {
        "a": result("a", (program(ONE), learner(ONE, "s0")), (ONE,), [0.9]),
        "b": result("b", (program(ONE), learner(TWO, "s0"), learner(ONE)), (TWO, ONE), [0.5, 0.25]),
        "c": result("c", (program(ONE), learner(TWO, "s0")), (TWO, ONE), [0.125, 0.0]),
        "d": result("d", (learner(TWO, "s0"),), (TWO,), [0.1]),
    }
    document = agents_document(results, {"a": (ONE,), "b": (TWO,), "c": (THREE,), "d": (THREE,)})
    assert document["pairs"] == [
        {
            "agents": ["programs", "learner"],
            "agree": 1,
            "differ": 2,
            "agree, right": 1,
            "second right": 1,
            "differ, none right": 1,
        }
    ]
    shares = {share["agent"]: share for share in document["shares"]}
    assert (shares["programs"]["chosen"], shares["programs"]["right"], shares["learner"]["right"]) == (3, 1, 2)
    assert agents_document(results, {})["calibration"] == []
    unknown = agents_document(results, {})["pairs"][0]
    assert (unknown["agree"], unknown["differ"], len(unknown)) == (1, 2, 3)


def test_chances_against_what_became_of_them() -> None:
    """Both attempts' chances count together, in bins of a fifth; what is no number counts for nothing."""
    told = [
        result("a", (program(ONE),), (ONE,), [0.9, 0.1]),
        result("b", (program(ONE),), (TWO, ONE), [0.5, 0.25]),
        result("c", (program(ONE),), (ONE,), [0.75]),
        result("d", (program(ONE),), (ONE,), [float("nan")]),
    ]
    bins = calibration(told, {id: (ONE,) for id in "abcd"} | {"c": (TWO,)})
    assert [(b["low"], b["claimed"], b["right"], b["of"]) for b in bins] == [(0.6, 0.75, 1, 2), (0.8, 1.0, 1, 1)]


def test_an_opinion_belongs_to_the_grid_that_it_is_of() -> None:
    """A learner's scores of a program's grid are shown with it; a grid is there once."""
    shown = with_opinions((program(ONE), learner(TWO, "s0"), learner(ONE)))
    assert [(c.agent, c.grid, c.scores) for c in shown] == [("programs", ONE, (-2.0,)), ("learner", TWO, (-2.0,))]
    assert with_opinions((learner(THREE),)) == [learner(THREE)]
