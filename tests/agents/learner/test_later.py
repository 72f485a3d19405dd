"""A learner whose model waits for the first task that needs it."""

import dataclasses
import time

import pytest

from arc_ttt.agents.agent import Agent
from arc_ttt.agents.effort import Clock, Effort
from arc_ttt.agents.learner.later import READING, Later
from arc_ttt.agents.learner.learner import Learner
from arc_ttt.agents.recipe import Recipe
from arc_ttt.config import SolveConfig, TTTConfig
from arc_ttt.errors import ConfigError
from arc_ttt.lm import graphs
from arc_ttt.types import Task

QUICK = SolveConfig(views=1, vote="flat", ttt=TTTConfig(tokens=300))
RECIPE = Recipe(model="arc-mini", prompt="pair", config=QUICK)


def learner(recipe: Recipe) -> Agent:
    return next(agent for agent in recipe("cpu")[0] if agent.name == "learner")


def test_what_is_told_before_the_model_is_read(task: Task) -> None:
    """Name, digests, machine and what its training saw, and what a task would cost, are those of the model."""
    at_once = dataclasses.replace(RECIPE, warm="0" * 64)  # which is looked at with --ttt.warm-start alone
    waiting, there = learner(RECIPE), learner(at_once)
    assert isinstance(waiting, Later) and isinstance(there, Learner)
    assert RECIPE("cpu")[1] == at_once("cpu")[1]
    assert waiting.digests == there.digests
    assert waiting.offer(task) == there.offer(task)


def test_it_is_read_once(task: Task) -> None:
    """The first sitting notes what that took; the second one is the learner's own."""
    agent = learner(RECIPE)
    for first in (True, False):
        with agent.sit(task, Clock(), lambda _: None) as sitting:
            proposal = sitting.propose()
            assert all(proposal.found)
            assert ("read" in proposal.notes) == first


def test_who_waits() -> None:
    """Only a shipped model that programs go before, without quantization or other tasks' adapters."""
    assert isinstance(learner(RECIPE), Later)
    alone = dataclasses.replace(RECIPE, config=dataclasses.replace(QUICK, agents=("learner",)))
    assert isinstance(learner(alone), Learner)


def test_it_is_not_read_near_the_end_of_a_run(task: Task) -> None:
    agent = learner(RECIPE)
    with agent.sit(task, Clock(Effort(seconds=5.0, most=READING - 1)), lambda _: None) as sitting:
        proposal = sitting.propose()
    assert proposal.found == ((),) * len(task.tests)
    assert proposal.notes == {"stopped": "no time to read the model"}


def test_reading_takes_nothing_of_the_task(task: Task) -> None:
    """A task that may take less than reading does has its time all the same; the run's end stays where it is."""
    agent = learner(RECIPE)
    begun = time.monotonic()
    with agent.sit(task, Clock(Effort(seconds=1.0, most=600.0)), lambda _: None) as sitting:
        read = time.monotonic() - begun
        assert sitting.sitting.clock.left() > 0.5  # type: ignore[attr-defined]
        assert sitting.sitting.clock.until() < 600 - read + 0.1  # type: ignore[attr-defined]


def test_a_compiler_is_looked_for_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not when the first task needs it."""
    monkeypatch.setattr(graphs.shutil, "which", lambda _: None)
    ttt = dataclasses.replace(QUICK.ttt, compile=True)
    with pytest.raises(ConfigError, match="compiler"):
        dataclasses.replace(RECIPE, config=dataclasses.replace(QUICK, ttt=ttt))("cpu")
