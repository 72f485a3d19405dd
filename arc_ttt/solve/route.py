"""Which agent next, and whether one more is worth its seconds: the cheapest first, until one is sure or what is found
is likely enough."""

from __future__ import annotations

import math
from collections.abc import Sequence

from arc_ttt.agents.agent import Agent, Proposal
from arc_ttt.solve.judge import judge
from arc_ttt.solve.vote import ATTEMPTS
from arc_ttt.types import Candidate, Task


def order(agents: Sequence[Agent], task: Task, *, near: bool = False) -> list[Agent]:
    """The agents by what they would cost; equally cheap ones as they were named. Where learners go on from programs
    that come `near`, they come last, however cheap they are."""
    if len(agents) == 1:
        return list(agents)
    return sorted(agents, key=lambda agent: (near and agent.learns, agent.offer(task).cost))


def settled(proposals: Sequence[Proposal], tests: int, enough: float = 1.0) -> bool:
    """Whether every test input has an answer that an agent is sure of, or two of which one is right with a probability
    of `enough` at least."""
    found = [[c for proposal in proposals for c in proposal.found[test]] for test in range(tests)]
    return tests > 0 and all(any(c.sure for c in some) or chance(some) >= enough for some in found)


def chance(found: Sequence[Candidate]) -> float:
    """How likely one of the two likeliest answers is right; 0 where there is nothing to go by."""
    return math.fsum(judged.probability for judged in judge(found)[:ATTEMPTS])
