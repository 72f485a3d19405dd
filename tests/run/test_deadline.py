"""A deadline: kept, every task once before any twice, and no time left lying about."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from faults.simulation import Told, draw_tasks, simulate, total

from arc_ttt.config import SolveConfig, TTTConfig
from arc_ttt.run.deadline import AGREED, LEAST, MOST_ROUNDS, Deadline, within
from arc_ttt.solve.vote import agreement
from arc_ttt.types import Candidate, Grid, Prediction, Result, Task

CONFIG = SolveConfig(timed=True, vote="flat")


def check(run: Told, seconds: float, slots: int, count: int = 400) -> None:
    """What holds whatever the costs are: no overrun, no idleness, each task once before any twice, cheap ones first."""
    assert run.seconds <= 1.01 * seconds
    assert run.used > 0.95
    assert len(run.reached) == count
    rounds = [job.effort.round for _, job in run.engine.started]
    assert rounds[:count] == [0] * count
    guess = Deadline(draw_tasks(count, run.seed), CONFIG, seconds, slots).estimate
    assert run.reached == sorted(run.reached, key=lambda id: (guess(id), id))
    # The last ones may be cut off by the end before they have found anything.
    assert len(run.answered) >= count - slots


@pytest.mark.parametrize("slots", [1, 2, 8])
@pytest.mark.parametrize("part", [0.2, 1.0])
def test_unknown_costs_and_a_deadline(part: float, slots: int) -> None:
    """400 tasks whose true costs have heavy tails, with a fifth of the time that they need and with just so much."""
    seconds = part * total(0) / slots
    check(simulate(seconds, slots, 0, here=slots == 1), seconds, slots)


def test_time_that_is_left_goes_to_split_votes() -> None:
    """With more time than needed only tasks whose views disagree are asked again; their votes are added up."""
    seconds = 3 * total(0, 200) / 2
    run = simulate(seconds, 2, 0, count=200)
    check(run, seconds, 2, 200)
    asked = {job.task.id for _, job in run.again}
    united = {id for id, truth in run.engine.truths.items() if truth.agree == 1}
    assert len(run.again) > 100 and not asked & united
    merged = {id for id in asked if run.results[id].notes.get("round")}
    assert len(merged) >= len(asked) - 2  # those under way at the end
    assert all(sum(len(c.views) for c in run.results[id].candidates[0]) > CONFIG.views for id in merged)


def test_where_all_is_done_a_run_ends_early() -> None:
    """Each task is decided or has had its attempts; the time that is left is not waited for."""
    run = simulate(30 * total(0, 20), 1, 0, count=20)
    assert run.used < 0.5
    for id, result in run.results.items():
        rounds = sum(job.task.id == id for _, job in run.engine.started)
        assert agreement(result) >= AGREED or rounds == 1 + MOST_ROUNDS


@pytest.fixture
def clock() -> list[float]:
    return [0.0]


@pytest.fixture
def make(clock: list[float]) -> Callable[..., Deadline]:
    """A deadline over five tasks, 100 s from now on the clock."""

    def make(config: SolveConfig = CONFIG, seconds: float = 100.0, slots: int = 1, **more: object) -> Deadline:
        return Deadline(draw_tasks(5, 0), config, seconds, slots, clock=lambda: clock[0], **more)  # type: ignore[arg-type]

    return make


def answered(task: Task, *votes: int, **notes: object) -> Result:
    """A result with so many votes for each of its candidates."""
    found = tuple(Candidate(Grid([[n]]), ("s0",) * v, (-1.0,) * v) for n, v in enumerate(votes))
    prediction = Prediction(task.id, tuple(tuple(c.grid for c in found[:2]) for _ in task.tests))
    return Result(prediction, tuple(found for _ in task.tests), None, {"adapt": 1.0, "answer": 1.0}, notes)


def test_an_earlier_answer_outlives_a_failure(make: Callable[..., Deadline]) -> None:
    """A second attempt that fails takes nothing away, and there is no third."""
    order = make()
    jobs = [order.next() for _ in range(5)]
    for job in jobs:
        assert job is not None
        order.done(answered(job.task, 3, 3, 3, 3))
    again = order.next()
    assert again is not None and again.effort.round == 1
    kept = order.done(Result(Prediction(again.task.id, ()), error="RuntimeError: no"))
    assert kept.error is None and kept.prediction.attempts
    following = order.next()
    assert following is not None and following.task.id != again.task.id


def test_who_has_nothing_is_asked_first(make: Callable[..., Deadline]) -> None:
    """Then the nearest to a decision; results of an earlier start take part."""
    tasks = draw_tasks(5, 0)
    votes = [(2, 2, 2), (3, 3, 1), (), (8,), (9, 3, 3)]
    earlier = {t.id: (t, answered(t, *v)) for t, v in zip(tasks, votes, strict=True)}
    order = Deadline([], CONFIG, 1000.0, 4, earlier, clock=lambda: 0.0)
    jobs = [order.next() for _ in range(5)]
    assert [job and job.task.id for job in jobs] == ["002", "001", "004", "000", None]
    assert {job.effort.round for job in jobs if job} == {1}


def test_what_a_token_costs_is_learned(make: Callable[..., Deadline], clock: list[float]) -> None:
    """On a machine ten times slower than guessed a task gets less of what it wants, not less of the time."""
    order = make(seconds=1000.0)
    before = {task.id: order.estimate(task.id) for task in draw_tasks(5, 0)}
    job = order.next()
    assert job is not None and job.effort.seconds is not None
    took = 10 * before[job.task.id]
    clock[0] += took
    notes = {"lesson_tokens": CONFIG.ttt.tokens, "first_answer": 0.1 * took}
    order.done(dataclasses.replace(answered(job.task, 9, **notes), seconds={"adapt": 0.8 * took, "answer": 0.2 * took}))
    assert all(order.estimate(id) > 4 * seconds for id, seconds in before.items())


def test_settings_without_training_or_views_to_spare(make: Callable[..., Deadline]) -> None:
    """One view and no training: all of the time is for the first answer."""
    order = make(SolveConfig(timed=True, views=1, ttt=TTTConfig(enabled=False)))
    job = order.next()
    assert job is not None and job.effort.seconds is not None and job.effort.seconds >= LEAST


def test_when_the_time_is_up_nothing_is_begun(make: Callable[..., Deadline], clock: list[float]) -> None:
    """Neither first attempts nor later ones; what ends a little late is still waited for."""
    order = make()
    clock[0] = 97.4
    assert order.next() is None
    assert 0 < order.left() < 2.6


def test_who_stands_still_is_asked_last(make: Callable[..., Deadline]) -> None:
    """Whatever its votes: more training brought its held-out demonstration no nearer."""
    tasks = draw_tasks(3, 0)
    notes = [{"trained": "plateau: demonstration 1 was predicted no better than before"}, {}, {"trained": "learned"}]
    votes = [(4, 3, 1), (2, 2, 2), (3, 2, 2)]
    told = zip(tasks, votes, notes, strict=True)
    earlier = {t.id: (t, answered(t, *v, **n)) for t, v, n in told}
    order = Deadline([], CONFIG, 1000.0, 4, earlier, clock=lambda: 0.0)
    assert [job and job.task.id for job in (order.next() for _ in range(3))] == ["002", "001", "000"]


def test_a_budget_lasts_by_its_cores() -> None:
    """What earlier attempts took on their cores is gone from it."""
    earlier = [answered(task, 1) for task in draw_tasks(3, 0)]  # 2 s each
    assert within(100.0, 2, 1, []) == 50
    assert within(100.0, 2, 4, []) == 12.5
    assert within(100.0, 2, 1, earlier) == 44
    assert within(10.0, 2, 1, earlier) == 0
