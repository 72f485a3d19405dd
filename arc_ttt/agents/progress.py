"""What a solver tells while it works on a task; the command line draws it, tests count it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """`stage` ("adapt", "answer" or "vote") of `task` is `done` (0–1); `loss` in nats a token while it adapts."""

    task: str
    stage: str
    done: float
    loss: float | None = None


Progress = Callable[[Event], None]


def silent(_: Event) -> None:
    """A `Progress` that nobody looks at."""
