"""The learner: demonstrations → an adapter that knows them → answers in many views. Test-time training of one task."""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch

from arc_ttt.agents.agent import Offer, Proposal, Scores
from arc_ttt.agents.effort import Clock, TimeUp
from arc_ttt.agents.learner import memory
from arc_ttt.agents.learner.adapt import Diverged, adapt
from arc_ttt.agents.learner.answer import answer, opinion
from arc_ttt.agents.learner.held_out import HeldOut
from arc_ttt.agents.learner.memory import Room, ladder, need, out_of_memory, room_of
from arc_ttt.agents.learner.price import Price
from arc_ttt.agents.learner.reuse import NOTHING, Reuse, Shelf
from arc_ttt.agents.learner.stop import Staged, Whole
from arc_ttt.agents.learner.work import Work
from arc_ttt.agents.progress import Progress, silent
from arc_ttt.config import SolveConfig
from arc_ttt.lm.adapter import Adapter
from arc_ttt.lm.graphs import need_compiler
from arc_ttt.lm.load import LanguageModel
from arc_ttt.lm.memory import Needs, measure, used
from arc_ttt.text.format import PromptFormat
from arc_ttt.tuning import release
from arc_ttt.types import Grid, Task

RULES: dict[str, type[Whole]] = {"none": Whole, "loss": Staged, "held-out": HeldOut}
CAREFUL = 0.1  # times the learning rate, where training diverged
DRAFTING = 0.3  # the part of a time limit that a drafter has
Reload = Callable[[str], tuple[LanguageModel, PromptFormat]]


class Learner:
    """Learns tasks one after another with one model, to which an adapter is attached once.

    After each sitting, also one that failed, the adapter is as new and the base bit-identical to what was loaded. A
    `drafter`, a learner with another model, looks at each task first; its answers are the first drafts. `reload` loads
    the model anew in another quantization, for tasks that do not fit otherwise. `shelf` holds what other tasks left;
    `reuse.folder`, once it is set, takes what this one leaves.
    """

    learns = True

    def __init__(
        self,
        model: LanguageModel,
        form: PromptFormat,
        config: SolveConfig,
        drafter: Learner | None = None,
        reload: Reload | None = None,
        shelf: Shelf = NOTHING,
        name: str = "learner",
    ) -> None:
        self.name = name
        self.model, self.form, self.config, self.drafter, self.reload = model, form, config, drafter, reload
        # A draft changes no answer but where two tokens are equal to the last bit; that is enough to tell runs apart.
        more = [drafter.config.digest(*drafter.digests)] if drafter else []
        more += [shelf.digest] if shelf.digest else []
        self.digests: tuple[str, ...] = (model.digest, form.digest, *more)
        if config.ttt.enabled and config.ttt.compile:
            need_compiler(model.device)
        self.price = Price(form, config, sum(p.numel() for p in model.module.parameters()))
        self.top = self._at = room_of(config, model.quantization)
        self._needs: Needs | None = None
        self.adapter = self._attach(config.ttt.rank)
        self.reuse = Reuse(shelf, model, form, config)

    def offer(self, task: Task) -> Offer:
        """See `Price`."""
        return self.price.offer(task)

    @contextlib.contextmanager
    def sit(self, task: Task, clock: Clock, progress: Progress = silent) -> Iterator[Study]:
        """Begin with `task`."""
        sitting = Study(self, task, clock, progress)
        try:
            yield sitting
        finally:
            self.adapter.reset(0)
            self.fit(self.top)
            release()

    def planned(self, rungs: Sequence[tuple[str, Room]], task: Task, longest: int) -> tuple[int, float]:
        """The first rung that keeps within the memory limit, or the last one of this quantization and by how many bytes
        it exceeds the limit."""
        if self.config.memory is None:
            return 0, 0.0
        if self._needs is None:
            with self.adapter.training():
                self._needs = measure(self.adapter.model, self.model)
        left = self.config.memory - used(self.model.device)
        answers, trains = self.config.views * len(task.tests), self.config.ttt.enabled
        over = 0.0
        for n, (_, room) in enumerate(rungs):
            if room.quantization != self.top.quantization:
                return n - 1, over
            over = need(room, self._needs, longest, answers, trains=trains) - left
            if over <= 0:
                return n, 0.0
        return len(rungs) - 1, over

    def fit(self, room: Room) -> None:
        """Have the model in the quantization of `room` and an adapter of its rank."""
        if (room.quantization, room.rank) == (self._at.quantization, self._at.rank):
            return
        self.adapter.remove()
        if room.quantization != self._at.quantization:
            assert self.reload is not None
            del self.adapter, self.model  # before the other one is read
            free()
            self.model, self.form = self.reload(room.quantization)
        self._at = room
        self.adapter = self._attach(room.rank)

    def _attach(self, rank: int) -> Adapter:
        ttt = self.config.ttt
        tokens = (self.form.vocabulary.task,) if self.form.header else ()
        return Adapter(
            self.model,
            rank=rank,
            alpha=ttt.alpha,
            tokens=tokens,
            rslora=ttt.rslora,
            targets=ttt.targets,
            whole=ttt.whole,
            head_alone=ttt.method == "head",
        )


class Study:
    """A learner at work on one task."""

    def __init__(self, learner: Learner, task: Task, clock: Clock, progress: Progress) -> None:
        self.learner, self.task, self.clock, self.progress = learner, task, clock, progress
        self._work: Work | None = None  # while the adapter knows the task

    def propose(self) -> Proposal:
        """Train and answer. A task that runs out of memory is tried again on the rungs below; what was done is noted
        under "memory"."""
        me, steps = self.learner, list[str]()
        longest, trains, effort = me.price.longest(self.task), me.config.ttt.enabled, self.clock.effort
        heavy = me.model.module.get_memory_footprint() >= memory.HEAVY
        rungs = ladder(me.top, longest, trains=trains, requantize=me.reload is not None and heavy)
        planned, over = me.planned(rungs, self.task, longest)
        first = min(max(effort.rung, planned), len(rungs) - 1)
        for rung, (change, room) in enumerate(rungs):
            steps += [change] if rung else []
            if rung < first:
                continue
            try:
                me.fit(room)
                proposal = self._attempt(room)
                break
            except (MemoryError, RuntimeError) as fault:
                if not out_of_memory(fault) or rung + 1 == len(rungs):
                    raise
            # Here the exception is gone, and with it the frames that held the tensors.
            free()
        if over > 0:
            steps.append(f"about {over / 2**20:,.0f} MiB above the limit")
        notes = {"memory": steps} if steps else {}
        return dataclasses.replace(proposal, notes={**proposal.notes, **notes})

    def opinion(self, grids: Sequence[Sequence[Grid]]) -> Scores | None:
        """Log-probabilities of other answers in its views."""
        if self._work is None:
            return None
        try:
            return opinion(self._work, grids)
        except TimeUp:
            return None

    def _attempt(self, room: Room) -> Proposal:
        """Draft, adapt, answer; the adapter then knows the task, or is as new where that failed."""
        me = self.learner
        work = Work(
            self.task,
            me.model,
            me.form,
            me.adapter,
            me.config,
            room,
            self.clock,
            self.clock.effort.round,
            self.progress,
            me.name,
        )
        begun = [time.monotonic()]
        hints = self._hints()
        begun.append(time.monotonic())
        try:
            work.adapter.reset(work.seed("adapter"))
            work, notes = me.reuse.begin(work)
            if me.config.ttt.enabled:
                notes |= self._train(work)
            notes |= me.reuse.keep(work, notes)
            begun.append(time.monotonic())
            found, spent = answer(work, hints)
        except BaseException:
            work.adapter.reset(0)
            raise
        begun.append(time.monotonic())
        self._work = work
        stages = zip(("draft", "adapt", "answer"), begun, begun[1:], strict=False)
        seconds = {stage: round(after - before, 3) for stage, before, after in stages}
        if not me.drafter:
            del seconds["draft"]
        pace = {name: spent[name] for name in ("tokens_per_second", "drafts_accepted") if spent.get(name) is not None}
        if (first := spent.get("first_answer")) is not None:
            pace["first_answer"] = round(begun[2] - begun[0] + first, 3)
        return Proposal(found, seconds, notes | spent, pace)

    def _train(self, work: Work) -> dict[str, Any]:
        """Adapt; training that diverges begins once more, at a tenth of the learning rate."""
        rule = RULES[self.learner.config.ttt.stop]
        try:
            return adapt(work, rule(work))
        except Diverged as fault:
            said = str(fault)
        # Here the exception is gone, and with it the frames that held the tensors.
        work.adapter.reset(work.seed("adapter"))
        work, _ = self.learner.reuse.begin(work)
        try:
            return {**adapt(work, rule(work), CAREFUL), "diverged": said}
        except Diverged as fault:
            raise Diverged(f"{said}; {fault}") from fault

    def _hints(self) -> list[Grid | None]:
        """What the drafter found, for each test input."""
        drafter, limit = self.learner.drafter, self.clock.effort
        if drafter is None:
            return [None] * len(self.task.tests)
        quick = dataclasses.replace(limit, seconds=limit.seconds and DRAFTING * limit.seconds, round=0, rung=0)
        with drafter.sit(self.task, Clock(quick)) as sitting:
            found = sitting.propose().found
        return [candidates[0].grid if candidates else None for candidates in found]


def free() -> None:
    """Give back what is held and not used."""
    gc.collect()
    release()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
