"""One task, from demonstrations to two attempts: adapt, answer, vote."""

from __future__ import annotations

import dataclasses
import gc
import time
from collections.abc import Callable, Sequence

import torch

from arc_ttt.agents.effort import FULL, Clock, Effort
from arc_ttt.agents.learner import memory
from arc_ttt.agents.learner.adapt import adapt
from arc_ttt.agents.learner.answer import answer
from arc_ttt.agents.learner.held_out import HeldOut
from arc_ttt.agents.learner.memory import Room, ladder, need, out_of_memory, room_of
from arc_ttt.agents.learner.reuse import NOTHING, Reuse, Shelf
from arc_ttt.agents.learner.stop import Staged, Whole
from arc_ttt.agents.learner.work import Work
from arc_ttt.agents.progress import Progress, silent
from arc_ttt.arc.augment import Augmentation
from arc_ttt.arc.split import lesson, splits
from arc_ttt.config import SolveConfig
from arc_ttt.lm.adapter import Adapter
from arc_ttt.lm.load import LanguageModel
from arc_ttt.lm.memory import Needs, measure, used
from arc_ttt.lm.train import need_compiler
from arc_ttt.solve.vote import ATTEMPTS, UNSCORED, choose
from arc_ttt.text.format import PromptFormat
from arc_ttt.tuning import release
from arc_ttt.types import Grid, Prediction, Result, Task

RULES: dict[str, type[Whole]] = {"none": Whole, "loss": Staged, "held-out": HeldOut}
DRAFTING = 0.3  # the part of a time limit that a drafter has
Reload = Callable[[str], tuple[LanguageModel, PromptFormat]]


class Solver:
    """Solves tasks one after another with one model, to which an adapter is attached once.

    `digest` identifies configuration, weights and prompt format. After `solve`, also one that failed, the adapter is
    as new and the base bit-identical to what was loaded. A `drafter`, a solver with another model, solves each task
    first; its attempts are the first drafts. `reload` loads the model anew in another quantization, for tasks that do
    not fit otherwise. `shelf` holds what other tasks left;
    `reuse.folder`, once it is set, takes what this one leaves.
    """

    def __init__(
        self,
        model: LanguageModel,
        form: PromptFormat,
        config: SolveConfig,
        drafter: Solver | None = None,
        reload: Reload | None = None,
        shelf: Shelf = NOTHING,
    ) -> None:
        self.model, self.form, self.config, self.drafter, self.reload = model, form, config, drafter, reload
        # A draft changes no answer but where two tokens are equal to the last bit; that is enough to tell runs apart.
        more = [drafter.digest] if drafter else []
        more += [shelf.digest] if shelf.digest else []
        self.digest: str = config.digest(model.digest, form.digest, *more)
        if config.ttt.enabled and config.ttt.compile:
            need_compiler(model.device)
        self._top = self._at = room_of(config, model.quantization)
        self._needs: Needs | None = None
        self._adapter = self._attach(config.ttt.rank)
        self.reuse = Reuse(shelf, model, form, config)

    def solve(self, task: Task, progress: Progress = silent, effort: Effort = FULL) -> Result:
        """The task's prediction with its candidates and costs. Sees no answer to a test; `correct` stays None.

        A task that runs out of memory is tried again on the rungs below; what was done is noted under "memory".
        """
        clock, steps = Clock(effort), list[str]()
        longest, trains = self._longest(task), self.config.ttt.enabled
        heavy = self.model.module.get_memory_footprint() >= memory.HEAVY
        rungs = ladder(self._top, longest, trains=trains, requantize=self.reload is not None and heavy)
        planned, over = self._planned(rungs, task, longest)
        first = min(max(effort.rung, planned), len(rungs) - 1)
        try:
            for rung, (change, room) in enumerate(rungs):
                steps += [change] if rung else []
                if rung < first:
                    continue
                try:
                    self._fit(room)
                    model, form, adapter = self.model, self.form, self._adapter
                    result = self._attempt(
                        Work(task, model, form, adapter, self.config, room, clock, effort.round, progress)
                    )
                    break
                except (MemoryError, RuntimeError) as fault:
                    if not out_of_memory(fault) or rung + 1 == len(rungs):
                        raise
                # Here the exception is gone, and with it the frames that held the tensors.
                self._free()
        finally:
            self._fit(self._top)
            release()
        notes = dict(result.notes)
        if over > 0:
            steps.append(f"about {over / 2**20:,.0f} MiB above the limit")
        if steps:
            notes["memory"] = steps
        if effort.round:
            notes["round"] = effort.round
        return dataclasses.replace(result, notes=notes)

    def _attempt(self, work: Work) -> Result:
        task, config = work.task, self.config
        clock = [time.monotonic()]
        hints: list[Grid | None] = [None] * len(task.tests)
        if self.drafter:
            limit = work.clock.effort
            quick = dataclasses.replace(limit, seconds=limit.seconds and DRAFTING * limit.seconds, round=0, rung=0)
            hints = [(*a, None)[0] for a in self.drafter.solve(task, effort=quick).prediction.attempts]
        clock.append(time.monotonic())
        try:
            work.adapter.reset(work.seed("adapter"))
            work, notes = self.reuse.begin(work)
            rule = RULES[config.ttt.stop](work)
            if config.ttt.enabled:
                notes |= adapt(work, rule)
            notes |= self.reuse.keep(work, notes)
            clock.append(time.monotonic())
            found, spent = answer(work, hints)
            notes |= spent
        finally:
            work.adapter.reset(0)
        clock.append(time.monotonic())
        work.tell("vote", 0.0)
        # Where there was no time to score, the views' votes are all there is.
        unscored = any(c and not any(one.scores for one in c) for c in found)
        vote = "flat" if unscored and config.vote not in UNSCORED else config.vote
        ranked = [choose(vote, c) for c in found]
        prediction = Prediction(task.id, tuple(tuple(c.grid for c in best[:ATTEMPTS]) for best in ranked))
        clock.append(time.monotonic())
        stages = zip(("draft", "adapt", "answer", "vote"), clock, clock[1:], strict=False)
        spent_in = {stage: round(after - before, 3) for stage, before, after in stages}
        if not self.drafter:
            del spent_in["draft"]
        return Result(prediction, found, None, spent_in, notes)

    def _longest(self, task: Task) -> int:
        """Tokens of the task's longest lesson or question, as the settings have them."""
        limit, in_context = self.config.max_tokens, self.form.context == "all"
        drawn = (
            lesson(task, split, Augmentation(), in_context=in_context) for split in splits(len(task.demonstrations))
        )
        return min(limit, max(len(self.form.lesson(one)) for one in drawn))

    def _planned(self, rungs: Sequence[tuple[str, Room]], task: Task, longest: int) -> tuple[int, float]:
        """The first rung that keeps within the memory limit, or the last one of this quantization and by how many bytes
        it exceeds the limit."""
        if self.config.memory is None:
            return 0, 0.0
        if self._needs is None:
            with self._adapter.training():
                self._needs = measure(self._adapter.model, self.model)
        left = self.config.memory - used(self.model.device)
        answers, trains = self.config.views * len(task.tests), self.config.ttt.enabled
        over = 0.0
        for n, (_, room) in enumerate(rungs):
            if room.quantization != self._top.quantization:
                return n - 1, over
            over = need(room, self._needs, longest, answers, trains=trains) - left
            if over <= 0:
                return n, 0.0
        return len(rungs) - 1, over

    def _attach(self, rank: int) -> Adapter:
        ttt = self.config.ttt
        tokens = (self.form.vocabulary.task,) if self.form.header else ()
        return Adapter(self.model, rank=rank, alpha=ttt.alpha, tokens=tokens, rslora=ttt.rslora, targets=ttt.targets)

    def _fit(self, room: Room) -> None:
        """Have the model in the quantization of `room` and an adapter of its rank."""
        if (room.quantization, room.rank) == (self._at.quantization, self._at.rank):
            return
        self._adapter.remove()
        if room.quantization != self._at.quantization:
            assert self.reload is not None
            del self._adapter, self.model  # before the other one is read
            self._free()
            self.model, self.form = self.reload(room.quantization)
        self._at = room
        self._adapter = self._attach(room.rank)

    def _free(self) -> None:
        gc.collect()
        release()
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
