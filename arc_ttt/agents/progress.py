"""What a solver tells while it works on a task; the command line draws it, a page shows it, tests count it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from arc_ttt.types import Candidate


@dataclass(frozen=True)
class Event:
    """`stage` ("route", "search", "adapt", "answer", "propose" or "vote") of `task` is `done` (0–1); `loss` in nats a
    token while it adapts.

    `agent` is who tells, or whom the router is about to ask, `said` a sentence for people. `found` are answers that
    were not told in this stage before, each with the number of its test input (from 0): programs as the search meets
    them, an answer in one view; of "propose", all that the agent proposes.
    """

    task: str
    stage: str
    done: float
    loss: float | None = None
    agent: str = ""
    said: str = ""
    found: tuple[tuple[int, Candidate], ...] = ()

    @property
    def passing(self) -> bool:
        """Whether the next one says all that this one does: it need not reach everyone."""
        return not self.said and not self.found


Progress = Callable[[Event], None]


def silent(_: Event) -> None:
    """A `Progress` that nobody looks at."""
