"""Which agent next, and whether one more is worth its seconds: the cheapest first, until one is sure."""

from __future__ import annotations

from collections.abc import Sequence

from arc_ttt.agents.agent import Agent, Proposal
from arc_ttt.types import Task


def order(agents: Sequence[Agent], task: Task) -> list[Agent]:
    """The agents by what they would cost; equally cheap ones as they were named."""
    return sorted(agents, key=lambda agent: agent.offer(task).cost) if len(agents) > 1 else list(agents)


def settled(proposals: Sequence[Proposal], tests: int) -> bool:
    """Whether every test input has an answer that an agent is sure of."""
    return tests > 0 and all(
        any(candidate.sure for proposal in proposals for candidate in proposal.found[test]) for test in range(tests)
    )
