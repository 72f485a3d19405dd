"""The story of one task, told by agents that know their answers."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from arc_ttt.agents.agent import Offer, Proposal, Scores
from arc_ttt.agents.effort import Clock, Effort
from arc_ttt.agents.progress import Event, Progress
from arc_ttt.config import SolveConfig
from arc_ttt.solve.route import chance
from arc_ttt.solve.solver import Solver
from arc_ttt.types import Candidate, Grid, Pair, Task


@dataclass
class Says:
    """An agent that proposes `grid` for every test input, with as many votes as it has; raises with `broken`."""

    name: str
    grid: Grid
    votes: int
    cost: float = 1.0
    broken: bool = False
    sure: bool = False
    scores: tuple[float, ...] = ()
    opinionated: bool = True
    silent: bool = False
    program: str = ""
    evidence: tuple[tuple[str, float], ...] = ()
    digests: tuple[str, ...] = ("0",)
    log: list[str] = field(default_factory=list)
    task: Task | None = None
    learns: bool = False

    def offer(self, task: Task) -> Offer:
        return Offer(self.cost)

    @contextlib.contextmanager
    def sit(self, task: Task, clock: Clock, progress: Progress) -> Iterator[Says]:
        self.task = task
        self.log.append(f"{self.name} sits")
        try:
            yield self
        finally:
            self.log.append(f"{self.name} rises")

    def propose(self) -> Proposal:
        assert self.task is not None
        if self.broken:
            raise RuntimeError("no luck")
        if self.silent:
            return Proposal(((),) * len(self.task.tests))
        views = tuple(f"s{i}" for i in range(self.votes))
        evidence = (("sure", 1.0), ("reproduced", 3.0), ("demonstrations", 3.0)) if self.sure else self.evidence
        program = "flip(horizontal)" if self.sure else self.program
        candidate = Candidate(
            self.grid, views, (-1.0,) * self.votes, self.scores, self.name, program, evidence=evidence
        )
        return Proposal(((candidate,),) * len(self.task.tests), {self.name: 1.0}, {f"of {self.name}": 1})

    def opinion(self, grids: Sequence[Sequence[Grid]]) -> Scores | None:
        return tuple(tuple((-5.0, -5.0) for _ in some) for some in grids) if self.opinionated else None


ONE, TWO = Grid([[1]]), Grid([[2]])


def test_candidates_of_all_agents_in_one_vote(task: Task) -> None:
    """The cheapest begins, most votes come first, each candidate names its agent, costs and notes are put together."""
    log: list[str] = []
    few, many = Says("few", ONE, 2, cost=1.0, log=log), Says("many", TWO, 3, cost=9.0, log=log)
    events: list[Event] = []
    result = Solver([many, few], SolveConfig()).solve(task, events.append, Effort(round=2))
    assert log == ["few sits", "many sits", "many rises", "few rises"]
    assert result.prediction.attempts == ((TWO, ONE),) * 2
    assert [c.agent for c in result.candidates[0]] == ["few", "many"]
    assert set(result.seconds) == {"few", "many", "vote"}
    costs = result.notes.pop("agents")
    assert list(costs) == ["few", "many"] and set(costs["few"]) == {"seconds", "cpu_seconds"}
    assert result.notes == {"of few": 1, "of many": 1, "round": 2}
    told = [(event.stage, event.agent, [(n, c.agent) for n, c in event.found]) for event in events]
    assert told == [
        ("route", "few", []),
        ("propose", "few", [(0, "few"), (1, "few")]),
        ("route", "many", []),
        ("propose", "many", [(0, "many"), (1, "many")]),
        ("vote", "", []),
    ]
    assert events[0].said == "asked: it expects to take 1 core-seconds at most"


def test_a_digest_is_of_settings_and_agents() -> None:
    """What an agent's answers depend on makes another run; its name does not."""
    config = SolveConfig()
    assert Solver([Says("a", ONE, 1)], config).digest == Solver([Says("b", TWO, 1)], config).digest
    assert Solver([Says("a", ONE, 1, digests=("1",))], config).digest != Solver([Says("a", ONE, 1)], config).digest
    assert Solver([Says("a", ONE, 1)], SolveConfig(seed=1)).digest != Solver([Says("a", ONE, 1)], config).digest


def test_an_agent_that_fails_costs_its_own_proposals(task: Task) -> None:
    """The others answer, the fault is noted, every sitting has ended; where none is left, it is the task's."""
    log: list[str] = []
    agents = [Says("first", ONE, 1, cost=0.5, log=log), Says("second", TWO, 1, broken=True, log=log)]
    result = Solver(agents, SolveConfig()).solve(task)
    assert result.prediction.attempts == ((ONE,),) * 2 and result.error is None
    assert result.notes["failed"] == {"second": "RuntimeError: no luck"}
    assert log == ["first sits", "second sits", "second rises", "first rises"]
    with pytest.raises(RuntimeError, match="no luck"):
        Solver(agents[1:], SolveConfig()).solve(task)
    assert log[4:] == ["second sits", "second rises"]
    agents[0].silent = True  # who was asked and found nothing answers for nobody
    with pytest.raises(RuntimeError, match="no luck"):
        Solver(agents, SolveConfig()).solve(task)


def test_an_agent_that_is_sure_ends_it(task: Task) -> None:
    """The dearer one is not asked, unless all are to be."""
    log: list[str] = []
    agents = [Says("dear", TWO, 3, cost=9.0, log=log), Says("cheap", ONE, 0, cost=0.5, sure=True, log=log)]
    result = Solver(agents, SolveConfig()).solve(task)
    assert log == ["cheap sits", "cheap rises"] and list(result.notes["agents"]) == ["cheap"]
    assert result.prediction.attempts == ((ONE,),) * 2
    both = Solver(agents, SolveConfig(ask_all=True)).solve(task)
    assert "dear sits" in log and both.prediction.attempts == ((ONE, TWO),) * 2


def test_learners_come_after_what_they_may_go_on_from(task: Task) -> None:
    """However cheap they are; the cheapest is first again where they are not to go on from near programs."""
    for near, first in ((0.1, "other"), (0.0, "quick")):
        log: list[str] = []
        quick, other = Says("quick", ONE, 1, cost=0.1, log=log), Says("other", TWO, 1, cost=9.0, log=log)
        quick.learns = True
        Solver([quick, other], SolveConfig(near=near)).solve(task)
        assert log[0] == f"{first} sits"


def test_learners_pool_their_views_and_score_each_other(task: Task) -> None:
    """Votes for equal grids are added up; where scores decide, each scores what only the other one found."""
    first = Says("learner", ONE, 2, cost=0.5, scores=(-3.0, -1.0))
    second = Says("learner:x", TWO, 3, cost=9.0, scores=(-1.0, -1.0))
    third = Says("learner:y", ONE, 2, cost=9.5, scores=(-1.0, -2.0))
    assert Solver([first, second, third], SolveConfig()).solve(task).prediction.attempts == ((ONE, TWO),) * 2
    result = Solver([first, second], SolveConfig(vote="product")).solve(task)
    assert [(c.agent, len(c.views), c.scores) for c in result.candidates[0]] == [
        ("learner", 2, (-3.0, -1.0)),
        ("learner:x", 3, (-1.0, -1.0)),
        ("learner", 0, (-5.0, -5.0)),
        ("learner:x", 0, (-5.0, -5.0)),
    ]
    assert result.prediction.attempts == ((TWO, ONE),) * 2
    second.opinionated = False  # no time is left: what is not scored by both does not count
    assert Solver([first, second], SolveConfig(vote="product")).solve(task).prediction.attempts == ((TWO,),) * 2


def test_a_learner_says_what_it_thinks_of_programs(task: Task) -> None:
    """What only a program made is scored, too, where scores decide; nobody asks the program."""
    program = Says("programs", ONE, 0, cost=0.5, program="trim", opinionated=False)
    learner = Says("learner", TWO, 2, cost=9.0, scores=(-9.0, -9.0))
    result = Solver([program, learner], SolveConfig(vote="product")).solve(task)
    assert [(c.agent, c.grid, c.scores) for c in result.candidates[0]] == [
        ("programs", ONE, ()),
        ("learner", TWO, (-9.0, -9.0)),
        ("learner", ONE, (-5.0, -5.0)),
    ]
    assert result.prediction.attempts == ((ONE, TWO),) * 2
    learner.scores = (-9.0, -9.0, -9.0)  # scores of other views cannot be compared with its own
    assert Solver([program, learner], SolveConfig(vote="product")).solve(task).prediction.attempts == ((TWO, ONE),) * 2


def test_what_is_likely_enough_ends_it_too(task: Task) -> None:
    """Where the router is told how much is enough: no dearer agent is asked if the two likeliest answers have it."""
    fits = (("reproduced", 3.0), ("demonstrations", 3.0), ("agree", 8.0), ("bits", 9.0), ("bits explained", 90.0))
    log: list[str] = []
    cheap = Says("programs", ONE, 0, cost=0.5, program="trim", evidence=fits, log=log)
    agents = [cheap, Says("learner", TWO, 2, cost=9.0, scores=(-9.0,), log=log)]
    likely = chance(_proposed(cheap, task))
    assert 0.1 < likely < 1
    Solver(agents, SolveConfig()).solve(task)
    Solver(agents, SolveConfig(enough=(1 + likely) / 2, traits=False)).solve(task)
    assert log.count("learner sits") == 2
    Solver(agents, SolveConfig(enough=likely / 2, traits=False)).solve(task)
    assert log.count("learner sits") == 2
    # One that is unlike the demonstrations' outputs, as this is, is not as likely.
    Solver(agents, SolveConfig(enough=likely / 2)).solve(task)
    assert log.count("learner sits") == 3


def _proposed(agent: Says, task: Task) -> tuple[Candidate, ...]:
    with agent.sit(task, Clock(Effort()), lambda event: None) as sitting:
        return sitting.propose().found[0]


def test_a_learner_goes_on_from_a_program_that_comes_near() -> None:
    """It sits twice: first with what the program makes as inputs, then with the task as it is; each has an attempt."""
    black, red = Grid([[0, 0], [0, 1]]), Grid([[0, 0], [1, 0]])
    wanted = Grid([[0, 2], [1, 0]])
    nearly = Task("t", (Pair(black, wanted), Pair(red, Grid([[2, 0], [0, 1]]))), (black,))
    near = (("reproduced", 0.0), ("demonstrations", 2.0), ("wrong cells", 0.25))
    program = Says("programs", red, 0, cost=0.1, program="flip(horizontal)", evidence=near)
    sat: list[Task] = []

    @dataclass
    class Learns(Says):
        learns: bool = True

        @contextlib.contextmanager
        def sit(self, task: Task, clock: Clock, progress: Progress) -> Iterator[Says]:
            sat.append(task)
            self.grid = wanted if len(sat) == 1 else Grid([[3]])
            with super().sit(task, clock, progress) as sitting:
                yield sitting

    learner = Learns("learner", ONE, 2, cost=9.0, scores=(-1.0, -1.0))
    result = Solver([program, learner], SolveConfig(near=0.3, traits=False)).solve(nearly)
    assert [task.tests[0] for task in sat] == [red, black]
    assert sat[0].demonstrations == (Pair(red, wanted), Pair(black, Grid([[2, 0], [0, 1]])))
    assert result.prediction.attempts == ((Grid([[3]]), wanted),)
    assert {c.agent for c in result.candidates[0]} == {"programs", "programs+learner", "learner"}
    assert list(result.notes["agents"]) == ["programs", "programs+learner", "learner"]
    assert result.notes["residual"] == {"program": "flip(horizontal)", "wrong cells": 0.25}
    sat.clear()
    Solver([program, learner], SolveConfig(near=0.2)).solve(nearly)
    assert [task.tests[0] for task in sat] == [black]


def test_answers_unlike_the_demonstrations_come_last() -> None:
    """Every candidate is told how unlike it is, unless that is not wanted."""
    pairs = (Pair(Grid([[0, 0], [0, 1]]), Grid([[0, 2], [0, 1]])), Pair(Grid([[0, 0], [1, 0]]), Grid([[2, 0], [1, 0]])))
    task = Task("t", pairs, (Grid([[1, 0], [0, 0]]),))
    like, off = Grid([[1, 2], [0, 0]]), Grid([[3]])
    agents = [Says("learner", off, 9), Says("learner:other", like, 1)]
    for traits, first in ((True, like), (False, off)):
        result = Solver(agents, SolveConfig(traits=traits, vote="flat")).solve(task)
        assert result.prediction.attempts[0][0] == first
        told = {c.grid: dict(c.evidence).get("unlike") for c in result.candidates[0]}
        assert (told[off] or 0) > 3 if traits else told == {like: None, off: None}


def test_who_fails_to_go_on_costs_only_that() -> None:
    black, wanted = Grid([[0, 1]]), Grid([[1, 2]])
    nearly = Task("t", (Pair(black, wanted),), (black,))
    near = (("reproduced", 0.0), ("demonstrations", 1.0), ("wrong cells", 0.5))
    program = Says("programs", Grid([[1, 0]]), 0, cost=0.1, program="flip(horizontal)", evidence=near)

    @dataclass
    class Fails(Says):
        learns: bool = True

        def propose(self) -> Proposal:
            if self.task is not nearly:
                raise RuntimeError("no luck")
            return super().propose()

    result = Solver([program, Fails("learner", ONE, 1, cost=9.0, scores=(-1.0, -1.0))], SolveConfig(near=0.6)).solve(
        nearly
    )
    assert result.notes["failed"] == {"programs+learner": "RuntimeError: no luck"}
    assert result.prediction.attempts[0][0] == ONE
