"""One task, from demonstrations to two attempts: adapt, answer, vote."""

from __future__ import annotations

import time

from arc_ttt.config import SolveConfig
from arc_ttt.lm.adapter import Adapter
from arc_ttt.lm.load import LanguageModel
from arc_ttt.lm.train import need_compiler
from arc_ttt.seeds import derive
from arc_ttt.solve.adapt import adapt
from arc_ttt.solve.answer import answer
from arc_ttt.solve.progress import Event, Progress, silent
from arc_ttt.solve.vote import choose
from arc_ttt.text.format import PromptFormat
from arc_ttt.types import Grid, Prediction, Result, Task

ATTEMPTS = 2


class Solver:
    """Solves tasks one after another with one model, to which an adapter is attached once.

    `digest` identifies configuration, weights and prompt format. After `solve`, also one that failed, the adapter is
    as new and the base bit-identical to what was loaded. A `drafter`, a solver with another model, solves each task
    first; its attempts are the first drafts.
    """

    def __init__(
        self, model: LanguageModel, form: PromptFormat, config: SolveConfig, drafter: Solver | None = None
    ) -> None:
        self.model, self.form, self.config, self.drafter = model, form, config, drafter
        # A draft changes no answer but where two tokens are equal to the last bit; that is enough to tell runs apart.
        self.digest: str = config.digest(model.digest, form.digest, *([drafter.digest] if drafter else []))
        if config.ttt.enabled and config.ttt.compile:
            need_compiler(model.device)
        tokens = (form.vocabulary.task,) if form.header else ()
        self._adapter = Adapter(
            model,
            rank=config.ttt.rank,
            alpha=config.ttt.alpha,
            tokens=tokens,
            rslora=config.ttt.rslora,
            targets=config.ttt.targets,
        )

    def solve(self, task: Task, progress: Progress = silent) -> Result:
        """The task's prediction with its candidates and costs. Sees no answer to a test; `correct` stays None."""
        clock = [time.monotonic()]
        notes: dict[str, object] = {}
        hints: list[Grid | None] = [None] * len(task.tests)
        if self.drafter:
            hints = [(*a, None)[0] for a in self.drafter.solve(task).prediction.attempts]
        clock.append(time.monotonic())
        try:
            self._adapter.reset(derive(self.config.seed, task.id, "adapter"))
            if self.config.ttt.enabled:
                notes |= adapt(self._adapter, self.model, self.form, task, self.config, progress)
            clock.append(time.monotonic())
            found, spent = answer(self._adapter, self.model, self.form, task, self.config, progress, hints)
            notes |= spent
        finally:
            self._adapter.reset(0)
        clock.append(time.monotonic())
        progress(Event(task.id, "vote", 0.0))
        ranked = [choose(self.config.vote, c) for c in found]
        prediction = Prediction(task.id, tuple(tuple(c.grid for c in best[:ATTEMPTS]) for best in ranked))
        clock.append(time.monotonic())
        stages = zip(("draft", "adapt", "answer", "vote"), clock, clock[1:], strict=False)
        seconds = {stage: round(after - before, 3) for stage, before, after in stages}
        if not self.drafter:
            del seconds["draft"]
        return Result(prediction, found, None, seconds, notes)
