"""One task on the bench: what training and answering share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from arc_ttt.agents.effort import Clock
from arc_ttt.agents.learner.memory import Room
from arc_ttt.agents.progress import Event, Progress, silent
from arc_ttt.config import SolveConfig
from arc_ttt.lm.adapter import Adapter
from arc_ttt.lm.load import LanguageModel
from arc_ttt.seeds import derive, rng
from arc_ttt.text.format import PromptFormat
from arc_ttt.types import Candidate, Task


@dataclass(frozen=True)
class Work:
    """A task, the model that is to learn it, and how much may be spent: see `Effort` for `clock` and `round`."""

    task: Task
    lm: LanguageModel
    form: PromptFormat
    adapter: Adapter
    config: SolveConfig
    room: Room
    clock: Clock = field(default_factory=Clock)
    round: int = 0
    progress: Progress = silent
    agent: str = "learner"  # whose candidates they are
    # Tasks like it, whose demonstrations serve as lessons, too; and its vector where one was asked for: see `reuse`.
    neighbours: tuple[Task, ...] = ()
    vector: npt.NDArray[np.float32] | None = None

    @property
    def in_context(self) -> bool:
        """Whether prompts show demonstrations."""
        return self.form.context == "all"

    def seed(self, purpose: str) -> int:
        """A seed of the settings' seed, task, purpose and round."""
        return derive(self.config.seed, self.task.id, purpose, *self._later())

    def rng(self, purpose: str, *more: str | int) -> np.random.Generator:
        """Random numbers of the settings' seed, task, purpose and round."""
        return rng(self.config.seed, self.task.id, purpose, *more, *self._later())

    def tell(
        self, stage: str, done: float, loss: float | None = None, found: Sequence[tuple[int, Candidate]] = ()
    ) -> None:
        """Tell how far `stage` is, and what was `found`, with the numbers of the test inputs."""
        self.progress(Event(self.task.id, stage, done, loss, self.agent, found=tuple(found)))

    def _later(self) -> tuple[str, ...]:
        return (f"round {self.round}",) if self.round else ()
