"""One interface for whatever can propose answers to a task; who asks knows no more of an agent than this.

An agent says what it would cost before it begins (`offer`), and works on a task in a sitting: there it proposes answers
with their evidence, and may say what it thinks of another agent's. What it learned ends with the sitting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from arc_ttt.agents.effort import Clock
from arc_ttt.agents.progress import Progress
from arc_ttt.types import Candidate, Grid, Task

Found = tuple[tuple[Candidate, ...], ...]
"""The candidates for each test input, in input order."""

Scores = tuple[tuple[tuple[float, ...], ...], ...]
"""For each test input, for each of some grids: log-probabilities (nats), the same views for all grids of an input."""


@dataclass(frozen=True)
class Offer:
    """What an agent expects of a task before it has begun."""

    # Core-seconds that it would take, roughly, on the processor that its constants were measured on.
    cost: float
    # The share of tasks like this one that it solves; None where nothing was measured.
    chance: float | None = None


@dataclass(frozen=True)
class Proposal:
    """What an agent found: candidates that name it, seconds by stage, and what else it measured, ready for JSON.

    `pace` is the part of it by which agents are compared: `first_answer` (seconds until it had one), of a search
    `states_per_second`, of decoding `tokens_per_second` and `drafts_accepted` (a share).
    """

    found: Found
    seconds: Mapping[str, float] = field(default_factory=dict)
    notes: Mapping[str, Any] = field(default_factory=dict)
    pace: Mapping[str, float] = field(default_factory=dict)


class Sitting(Protocol):
    """An agent at work on one task."""

    def propose(self) -> Proposal:
        """Look for answers as long as the clock allows; asked once. May raise what it cannot mend."""

    def opinion(self, grids: Sequence[Sequence[Grid]]) -> Scores | None:
        """What it thinks of other answers to each test input, after `propose`; None where it has no opinion, or no time
        is left to form one."""


class Agent(Protocol):
    """Proposes answers, one task after another. What it is after a task, also one that failed, it was before."""

    @property
    def name(self) -> str:
        """What candidates, results and reports call it."""

    @property
    def learns(self) -> bool:
        """Whether it learns from demonstrations alone, so that it can go on from what a program makes of the inputs."""

    @property
    def digests(self) -> tuple[str, ...]:
        """What its answers depend on besides the settings: weights, say."""

    def offer(self, task: Task) -> Offer:
        """What it would cost; fast, and without having learned anything."""

    def sit(self, task: Task, clock: Clock, progress: Progress) -> AbstractContextManager[Sitting]:
        """Begin with `task`; within the `clock`, whose effort also names the round."""
