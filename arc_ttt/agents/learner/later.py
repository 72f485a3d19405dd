"""A learner that is not there yet: its model, and the libraries that read it, wait for the first task that needs them.

Where programs are sure of all answers they are never read, and the search for programs begins without them.
"""

from __future__ import annotations

import contextlib
import dataclasses
import time
from collections.abc import Callable, Iterator, Sequence

from arc_ttt.agents.agent import Agent, Offer, Proposal, Scores, Sitting
from arc_ttt.agents.effort import Clock
from arc_ttt.agents.learner.price import Price
from arc_ttt.agents.progress import Event, Progress, silent
from arc_ttt.errors import ModelError
from arc_ttt.types import Grid, Task

READING = 20.0  # seconds until the run's end under which no model is read: it takes up to ten where all cores are busy


class Later:
    """Stands for the learner that `make` makes, whose digests and prices are known."""

    learns = True

    def __init__(self, name: str, digests: tuple[str, ...], price: Price, make: Callable[[], Agent]) -> None:
        self.name, self.digests, self.price, self._make = name, digests, price, make
        self._made: Agent | None = None

    def offer(self, task: Task) -> Offer:
        """See `Price`."""
        return self.price.offer(task)

    @contextlib.contextmanager
    def sit(self, task: Task, clock: Clock, progress: Progress = silent) -> Iterator[Sitting]:
        """Begin with `task`; the first time the model is read, which is noted with what it took: it is no cost of the
        task's. Near the end of a run it is not read any more, and nothing is proposed."""
        wall, cpu = time.monotonic(), time.process_time()
        first = self._made is None
        if self._made is None:
            if (rest := clock.until()) is not None and rest < READING:
                yield _Absent(len(task.tests))
                return
            progress(Event(task.id, "route", 0.0, agent=self.name, said="reading the model"))
            made = self._make()
            if made.digests != self.digests:
                raise ModelError("the model has changed since the run began")
            self._made = made
        spent = {"seconds": time.monotonic() - wall, "cpu_seconds": time.process_time() - cpu}
        if first:
            clock.forgive(spent["seconds"])
        with self._made.sit(task, clock, progress) as sitting:
            yield _First(sitting, {k: round(v, 3) for k, v in spent.items()}) if first else sitting


@dataclasses.dataclass(frozen=True)
class _First:
    """A sitting before which the model was read."""

    sitting: Sitting
    spent: dict[str, float]

    def propose(self) -> Proposal:
        proposal = self.sitting.propose()
        return dataclasses.replace(proposal, notes={**proposal.notes, "read": self.spent})

    def opinion(self, grids: Sequence[Sequence[Grid]]) -> Scores | None:
        return self.sitting.opinion(grids)


@dataclasses.dataclass(frozen=True)
class _Absent:
    """A sitting without a model, for which there was no time."""

    tests: int

    def propose(self) -> Proposal:
        return Proposal(((),) * self.tests, notes={"stopped": "no time to read the model"})

    def opinion(self, grids: Sequence[Sequence[Grid]]) -> Scores | None:
        return None
