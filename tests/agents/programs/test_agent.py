"""The search as an agent: proposals with programs and evidence, within a clock."""

from __future__ import annotations

import time

import pytest

from arc_ttt.agents.effort import Clock, Effort
from arc_ttt.agents.programs import find as story
from arc_ttt.agents.programs.agent import Programs
from arc_ttt.agents.programs.look import tried
from arc_ttt.agents.progress import Event
from arc_ttt.config import ProgramsConfig, SolveConfig
from arc_ttt.solve.solver import Solver
from arc_ttt.types import Grid, Pair, Task

ALONE = SolveConfig(agents=("programs",), programs=ProgramsConfig(budget=20_000))
NOISE = [[(7 * r * r + 3 * c * c + r * c * k) % 10 for c in range(12)] for k in (1,) for r in range(12)]


def hard() -> Task:
    """A task without a short rule, on large grids."""
    grids = [[[(a * r * r + b * c + r * c) % 10 for c in range(20)] for r in range(20)] for a, b in ((1, 2), (3, 5))]
    other = [[[(b * r + a * c * c * r) % 10 for c in range(20)] for r in range(20)] for a, b in ((4, 7), (9, 2))]
    pairs = tuple(Pair(Grid(g), Grid(o)) for g, o in zip(grids, other, strict=True))
    return Task("hard", pairs, (Grid(NOISE),))


def test_a_mirror_is_found_and_said(task: Task) -> None:
    """A sure candidate for each test, whose program makes all demonstrations; no model is needed."""
    result = Solver([Programs(ALONE)], ALONE).solve(task)
    assert [attempts[0] for attempts in result.prediction.attempts] == [Grid([[2, 0, 1]]), Grid([[0, 3], [4, 0]])]
    best = result.candidates[0][0]
    assert (best.agent, best.sure, best.exact, best.views) == ("programs", True, True, ())
    assert tried(best.program, task) == tuple(p.output for p in task.demonstrations) and "irror" in best.reason
    assert result.notes["programs"]["sure"] and result.notes["programs"]["found"] >= 1
    assert set(result.seconds) == {"search", "vote"}


def test_nothing_is_no_answer() -> None:
    """Where nothing fits there are no candidates, and the notes say what was done."""
    result = Solver([Programs(ALONE)], ALONE).solve(hard())
    assert result.prediction.attempts == ((),) and result.candidates == ((),)
    assert result.notes["programs"]["found"] == 0 and result.notes["programs"]["operations"] > 0


def test_the_clock_ends_it() -> None:
    """Within half a second of the limit on a busy machine, with what was found by then."""
    agent = Programs(SolveConfig(agents=("programs",), programs=ProgramsConfig(budget=10**9)))
    begun = time.monotonic()
    events: list[Event] = []
    with agent.sit(hard(), Clock(Effort(seconds=0.1, most=1.0)), events.append) as sitting:
        proposal = sitting.propose()
    assert time.monotonic() - begun < 2.5
    assert proposal.found == ((),) and "time was up" in str(proposal.notes["stopped"])
    assert {event.stage for event in events} == {"search"}


def test_a_later_round_finds_nothing_new(task: Task) -> None:
    """The first attempt found all that there is: no second search, no second opinion."""
    with Programs(ALONE).sit(task, Clock(Effort(round=1))) as sitting:
        assert sitting.propose().found == ((), ())
        assert sitting.opinion([[], []]) is None


@pytest.mark.parametrize("budget", [10, 20_000])
def test_the_same_budget_the_same_answers(task: Task, budget: int) -> None:
    """Budgets are counted in operations, not in seconds."""
    config = SolveConfig(agents=("programs",), programs=ProgramsConfig(budget=budget))
    first, second = (Solver([Programs(config)], config).solve(task) for _ in range(2))
    assert (first.prediction, first.candidates) == (second.prediction, second.candidates)


def test_an_offer_is_the_budget(task: Task) -> None:
    """Twice the budget costs twice as much; another language or other weights make another run."""
    dear = SolveConfig(programs=ProgramsConfig(budget=40_000))
    assert Programs(dear).offer(task).cost == pytest.approx(2 * Programs(ALONE).offer(task).cost)
    assert Programs(dear).digests == Programs(ALONE).digests


def test_nothing_is_sketched_where_nobody_listens(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a listener programs are told as they are met; without, their answers are made once, at the end."""
    sketched: list[str] = []
    sketch = story.sketch
    monkeypatch.setattr(story, "sketch", lambda program, task: sketched.append(task.id) or sketch(program, task))
    Solver([Programs(ALONE)], ALONE).solve(task)
    assert sketched == []
    events: list[Event] = []
    Solver([Programs(ALONE)], ALONE).solve(task, events.append)
    assert sketched and any(event.stage == "search" and event.found for event in events)
