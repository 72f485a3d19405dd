"""The work of a search, counted: what it may spend, what it has spent, and the word that ends it at once.

Everything that takes long is paid for here, in the units of the budget, and asks whether it is to go on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf

from arc_ttt.agents.programs.weights import weights
from arc_ttt.rules.language import Argument, Operation, Program
from arc_ttt.rules.work import heard_by
from arc_ttt.types import Cells

# A fit that takes so many times what it takes on average is ended, and what every fit may take.
FAR, ALLOWED = 8.0, 1000.0


@dataclass
class Trace:
    """What was done for a task: for tables and for finding faults."""

    states: int = 0
    calls: int = 0
    spent: float = 0.0
    # When the first program that makes all demonstrations was met, by the clock of `time.monotonic`.
    met: float | None = None
    raised: Counter[str] = field(default_factory=Counter)


class TooLong(Exception):
    """Raised inside a fit that takes too long; what it has read off by then stays."""


class Meter:
    """Counts into `trace`. `until` so many units are spent there is something left; `stop` is called before every
    piece of work, and may raise."""

    def __init__(self, stop: Callable[[], None] = lambda: None, trace: Trace | None = None, until: float = inf) -> None:
        self.trace = trace or Trace()
        self.until = until
        self.stopped = False
        self._stop = stop
        self._told = self._allowed = 0.0

    def heed(self, stop: Callable[[], None]) -> None:
        """Call `stop` from now on."""
        self._stop = stop

    @property
    def left(self) -> bool:
        """Whether there is something left to spend."""
        return self.trace.spent < self.until

    def ask(self) -> None:
        """Whether to go on: else what `stop` raises, which passes through everything that survives faults."""
        try:
            self._stop()
        except BaseException:
            self.stopped = True
            raise

    def pay(self, units: float) -> bool:
        """Ask, count work to come, and say whether there is something left to spend."""
        self.ask()
        self.trace.spent += units
        return self.left

    def ran(self, name: str, cells: float) -> None:
        """Count an operation that was run on so many cells."""
        self.trace.spent += weights().cost(name, cells)

    def read_off(
        self, operation: Operation, shown: Sequence[Cells], wanted: Sequence[Cells], most: int
    ) -> list[tuple[Argument, ...]]:
        """The first arguments that the operation's fit reads off these grids. It costs what it tells, or else what it
        costs on average."""
        assert operation.fit is not None
        name = "fit:" + operation.name
        average = weights().cost(name, sum(g.size for g in shown))
        self._told, self._allowed = 0.0, max(ALLOWED, FAR * average)
        found: list[tuple[Argument, ...]] = []
        self.ask()
        try:
            with heard_by(self._hear):
                for arguments in operation.fit(shown, wanted):
                    found.append(arguments)
                    if len(found) == most:
                        break
        except TooLong:
            pass
        except Exception:
            if self.stopped:
                raise
            self.trace.raised[name] += 1
        self.trace.spent += self._told or average
        return found

    def _hear(self, units: float) -> None:
        self.ask()
        self._told += units
        if self._told > self._allowed:
            raise TooLong


def cost(program: Program, cells: float) -> float:
    """Units of running a program on a grid of so many cells, the programs inside it included."""
    inner = (a for step in program for a in step.arguments if isinstance(a, tuple))
    return sum(weights().cost(s.name, cells) for s in program) + sum(cost(p, cells) for p in inner)
