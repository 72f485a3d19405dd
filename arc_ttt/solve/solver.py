"""One task, from demonstrations to two attempts: agents propose answers, a vote chooses among them."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from dataclasses import dataclass

from arc_ttt.agents.agent import Agent, Found, Proposal
from arc_ttt.agents.effort import FULL, Clock, Effort
from arc_ttt.agents.progress import Event, Progress, silent
from arc_ttt.agents.recipe import Equipment, Recipe
from arc_ttt.config import SolveConfig
from arc_ttt.solve.vote import ATTEMPTS, together
from arc_ttt.types import Prediction, Result, Task


class Solver:
    """Solves tasks one after another with its `agents`. `digest` identifies the settings and what the agents' answers
    depend on."""

    def __init__(self, agents: Sequence[Agent], config: SolveConfig) -> None:
        self.agents, self.config = tuple(agents), config
        self.digest = config.digest(*(digest for agent in self.agents for digest in agent.digests))

    def solve(self, task: Task, progress: Progress = silent, effort: Effort = FULL) -> Result:
        """The task's prediction with its candidates and costs. Sees no answer to a test; `correct` stays None."""
        clock = Clock(effort)
        # 1. The agents, the cheapest first.
        agents = sorted(self.agents, key=lambda agent: agent.offer(task).cost) if len(self.agents) > 1 else self.agents
        proposals = list[Proposal]()
        with contextlib.ExitStack() as table:
            for agent in agents:
                proposals.append(table.enter_context(agent.sit(task, clock, progress)).propose())
        # 2. Two attempts for each test input.
        begun = time.monotonic()
        progress(Event(task.id, "vote", 0.0))
        found: Found = tuple(
            tuple(candidate for proposal in proposals for candidate in proposal.found[test])
            for test in range(len(task.tests))
        )
        attempts = tuple(tuple(c.grid for c in together(self.config.vote, some)[:ATTEMPTS]) for some in found)
        # 3. What it took.
        seconds = {stage: spent for proposal in proposals for stage, spent in proposal.seconds.items()}
        seconds["vote"] = round(time.monotonic() - begun, 3)
        notes = {name: note for proposal in proposals for name, note in proposal.notes.items()}
        if effort.round:
            notes["round"] = effort.round
        return Result(Prediction(task.id, attempts), found, None, seconds, notes)


@dataclass(frozen=True)
class Factory:
    """How to make a solver on a device, in this process or in another one: `solver, equipment = factory(device)`."""

    recipe: Recipe

    def __call__(self, device: str) -> tuple[Solver, Equipment]:
        agents, equipment = self.recipe(device)
        return Solver(agents, self.recipe.config), equipment
