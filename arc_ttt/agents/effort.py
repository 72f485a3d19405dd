"""What one attempt at a task may take, and a clock for it that training and decoding look at in their loops."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace


class TimeUp(Exception):
    """Raised inside a loop whose time is up; what was found before it stays. Never leaves `solve`."""


@dataclass(frozen=True)
class Effort:
    """How much may be spent on one attempt at a task."""

    # Seconds for all of it; None: as long as the settings ask for. What is found then depends on the machine's speed.
    seconds: float | None = None
    # The part of them that training may use; answering has the rest.
    training: float = 0.7
    # Seconds until the run ends. The first view is answered until then, the others while `seconds` last.
    most: float | None = None
    # 0 at first. Round n draws other lessons and views and trains 2 ** n times as long.
    round: int = 0
    # The rung of the memory ladder to begin with.
    rung: int = 0


FULL = Effort()
"""What the settings ask for."""


class Clock:
    """Runs from its making, within the limits of `effort`. Without limits it never runs out."""

    def __init__(self, effort: Effort = FULL) -> None:
        self.effort, self.begun = effort, time.monotonic()

    @property
    def limited(self) -> bool:
        return self.effort.seconds is not None

    def trained(self) -> float:
        """The share of the time for training that has passed; 0 without a limit."""
        if self.effort.seconds is None:
            return 0.0
        return self._passed(self.effort.seconds * self.effort.training)

    def left(self) -> float | None:
        """Seconds of the limit that are left, if there is one."""
        return self._rest(self.effort.seconds)

    def until(self) -> float | None:
        """Seconds until the run ends, if it must."""
        return self._rest(self.effort.most)

    def forgive(self, seconds: float) -> None:
        """Count the last `seconds` as not spent, as far as the run's end allows: what was done then serves the tasks
        that follow, too."""
        limit, most = self.effort.seconds, self.effort.most
        if most is not None:
            most -= seconds
            limit = None if limit is None else min(limit, most)
        self.begun, self.effort = self.begun + seconds, replace(self.effort, seconds=limit, most=most)

    def half(self) -> Clock:
        """A clock that begins now and has half of what is left of the limit, if there is one, and the run's end."""
        rest = self.left()
        return Clock(replace(self.effort, seconds=None if rest is None else rest / 2, most=self.until()))

    def check(self, *, first: bool = False) -> None:
        """Raises `TimeUp` when the time is up; for the first answer only the run's end counts."""
        limit = self.effort.most if first else self.effort.seconds
        if limit is not None and self._passed(limit) >= 1:
            raise TimeUp

    def _rest(self, limit: float | None) -> float | None:
        return None if limit is None else max(0.0, limit - (time.monotonic() - self.begun))

    def _passed(self, seconds: float) -> float:
        return (time.monotonic() - self.begun) / seconds if seconds > 0 else 1.0
