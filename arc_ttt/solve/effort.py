"""What one attempt at a task may take, and a clock for it that training and decoding look at in their loops."""

from __future__ import annotations

import time
from dataclasses import dataclass

# The part of a time limit that training may use; answering has the rest.
TRAINING = 0.7


class TimeUp(Exception):
    """Raised inside a loop whose time is up; what was found before it stays. Never leaves `solve`."""


@dataclass(frozen=True)
class Effort:
    """How much may be spent on one attempt at a task."""

    # Seconds for all of it; None: as long as the settings ask for. What is found then depends on the machine's speed.
    seconds: float | None = None
    # 0 at first. Round n draws other lessons and views and trains 2 ** n times as long.
    round: int = 0
    # The rung of the memory ladder to begin with.
    rung: int = 0


FULL = Effort()
"""What the settings ask for."""


class Clock:
    """Runs from its making. Without `seconds` it never runs out."""

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds, self.begun = seconds, time.monotonic()

    def spent(self) -> float:
        """The share of the time that has passed; 0 without a limit."""
        if self.seconds is None:
            return 0.0
        return (time.monotonic() - self.begun) / self.seconds if self.seconds > 0 else 1.0

    def check(self) -> None:
        """Raises `TimeUp` when the time is up."""
        if self.spent() >= 1:
            raise TimeUp
