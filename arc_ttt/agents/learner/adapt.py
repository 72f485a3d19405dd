"""Lessons → a trained adapter: test-time training of one task.

AdamW on the adapter alone; how its rate rises and falls `stop` says. The budget is lesson tokens or lessons, so that
the result does not depend on the machine's speed, or seconds.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import torch

from arc_ttt.agents.learner.course import Course, batches, budget, mixed, prompts
from arc_ttt.agents.learner.gate import Gate, Ponder, always
from arc_ttt.agents.learner.stop import Whole
from arc_ttt.agents.learner.work import Work
from arc_ttt.lm.batch import IGNORE, Batch, collate
from arc_ttt.lm.train import batch_loss, clip
from arc_ttt.text.window import Windows
from arc_ttt.types import Prompt

CURVE = 60  # values of the loss that a result keeps
RECENT = 5  # steps whose loss is the present one


class Spent:
    """What of one task's budget is spent: tokens, lessons taught and steps, of as many lessons as `lessons` says where
    these are counted. With `compiling` the first step is that of a model which is compiled meanwhile: what that takes,
    often more than a task has under a deadline, is no time of the task's."""

    def __init__(self, work: Work, lessons: int | None, *, compiling: bool = False) -> None:
        self._compiling = compiling
        self._work, self._more, self._lessons = work, float(2**work.round), lessons
        self.begun, self.tokens, self.taught, self.steps = time.monotonic(), 0, 0, 0
        size = work.config.ttt.batch_lessons
        self.all_steps = None if lessons is None or size is None else math.ceil(lessons * self._more / size)

    def add(self, tokens: int, taught: int) -> None:
        if self._compiling:
            passed = time.monotonic() - self.begun
            self._work.clock.forgive(passed)
            self.begun, self._compiling = self.begun + passed, False
        self.tokens, self.taught, self.steps = self.tokens + tokens, self.taught + taught, self.steps + 1

    def share(self) -> float:
        """From 0 to 1; more where time runs out."""
        ttt = self._work.config.ttt
        if ttt.seconds is not None:
            share = (time.monotonic() - self.begun) / (ttt.seconds * self._more)
        elif self.all_steps is not None:
            share = self.steps / self.all_steps
        elif self._lessons is not None:
            share = self.taught / (self._lessons * self._more)
        else:
            share = self.tokens / (ttt.tokens * self._more)
        return max(share, self._work.clock.trained())

    def batch(self) -> int | None:
        """Lessons of the next batch, where they are counted: the last one may be of fewer."""
        size = self._work.config.ttt.batch_lessons
        if size is None or self._lessons is None:
            return size
        return min(size, max(1, round(self._lessons * self._more) - self.taught))


class Diverged(Exception):
    """Loss or gradients are no numbers any more, and so is the adapter, or would be after the next step."""


def adapt(work: Work, rule: Whole, scale: float = 1.0) -> dict[str, Any]:
    """Train the adapter on the task's lessons, at `scale` times the learning rate; returns what was spent and the loss
    (nats a token) on the way.

    Ends early when `rule` says so, or the clock has less left than answering needs; the learning rate falls in time.
    Raises `Diverged`.
    """
    ttt, r, lm, adapter, room = work.config.ttt, work.rng("lessons"), work.lm, work.adapter, work.room
    groups = adapter.groups(ttt.learning_rate * scale, ttt.embedding_rate and ttt.embedding_rate * scale)
    optimiser = torch.optim.AdamW(groups, weight_decay=ttt.weight_decay, fused=True)
    windows = Windows(work.form, room.max_tokens)
    gate: Gate = Ponder(ttt.gate_rate) if ttt.gate == "ponder" else always
    compiled = ttt.compile and not room.checkpointing
    new = compiled and not adapter.compiled
    model, losses, updates = adapter.trained(compiled), list[float](), 0
    course = Course(rule.task(), work.form, work.config, r)
    spent = Spent(work, budget(work.config, course.size), compiling=new)
    rate = rule.once if ttt.schedule == "cosine" else rule.rate
    rule.begin(spent.all_steps)
    with adapter.training(checkpointing=room.checkpointing):
        stream, changed = _prompts(course, work, windows, r), False
        while (done := spent.share()) < rule.end:
            if changed:
                course = Course(rule.task(), work.form, work.config, r)
                stream, changed = _prompts(course, work, windows, r), False
            for parts in batches(stream, room.batch_tokens, spent.batch(), r):
                made = [collate(part, work.form.vocabulary.padding).to(lm.device) for part in parts]
                loss, backward = _loss(made, lambda batch: batch_loss(model, batch, lm.grid_positions, lm.dtype))
                losses.append(loss)
                _check_finite(loss, "loss", spent.steps, ttt.learning_rate * scale)
                if gate(loss):
                    backward()
                    if ttt.clip:
                        norm = clip(adapter.parameters(), ttt.clip)
                        _check_finite(norm, "gradient", spent.steps, ttt.learning_rate * scale)
                    for group in optimiser.param_groups:
                        group["lr"] = group["initial_lr"] * rate(done)
                    optimiser.step()
                    updates += 1
                optimiser.zero_grad(set_to_none=True)
                spent.add(sum(batch.tokens for batch in made), sum(map(len, parts)))
                done = spent.share()
                work.tell("adapt", min(1.0, done / rule.end), losses[-1])
                changed = rule.look(done, float(np.mean(losses[-RECENT:])))
                if done >= rule.end or changed:
                    break
    ended = rule.stopped.partition(":")[0] if rule.stopped else "time" if work.clock.trained() >= 1 else "budget"
    if not losses:
        return {"lesson_tokens": 0, "steps": 0, "budget_used": 0.0, "ended": ended, **rule.notes()}
    work.tell("adapt", 1.0, losses[-1])  # time may have run out between two looks at the clock
    more_notes: dict[str, Any] = {"updates": updates} if ttt.gate != "none" else {}
    if too_long := [i for i, pair in enumerate(work.task.demonstrations) if pair in windows.too_long]:
        more_notes["too_long"] = too_long
    tenth = max(1, len(losses) // 10)
    return {
        "lesson_tokens": spent.tokens,
        "steps": spent.steps,
        "budget_used": round(min(1.0, done), 3),
        "ended": ended,
        "loss_before": round(float(np.mean(losses[:tenth])), 4),
        "loss_after": round(float(np.mean(losses[-tenth:])), 4),
        "losses": curve(losses),
        **more_notes,
        **rule.notes(),
    }


def _check_finite(value: float, what: str, steps: int, rate: float) -> None:
    if not math.isfinite(value):
        where = f"in step {steps + 1} at the learning rate {rate:g}"
        raise Diverged(f"training diverged: the {what} is {value} {where}")


def _prompts(course: Course, work: Work, windows: Windows, r: np.random.Generator) -> Iterator[Prompt]:
    """The lessons of `course`, and its neighbours' among them."""
    own = course.prompts(work.form, windows)
    if not work.neighbours:
        return own
    others = [prompts(t, work.form, work.config, r, windows) for t in work.neighbours]
    return mixed(own, others, r)


def _loss(made: Sequence[Batch], loss_of: Callable[[Batch], torch.Tensor]) -> tuple[float, Callable[[], None]]:
    """The loss (nats a token) of a batch in pieces, and what computes its gradients. Those of all pieces but the last
    one are computed here, so that one piece's activations are held at a time."""
    counts = [int((batch.labels != IGNORE).sum()) for batch in made]
    total, whole = 0.0, max(1, sum(counts))
    for batch, count in zip(made, counts, strict=True):
        loss = loss_of(batch)
        weight = count / whole if len(made) > 1 else 1.0
        total += weight * float(loss.detach())
        loss = weight * loss if len(made) > 1 else loss
        if batch is not made[-1]:
            loss.backward()  # type: ignore[no-untyped-call]
    return total, loss.backward


def curve(losses: Sequence[float]) -> list[float]:
    """At most `CURVE` means of neighbours."""
    parts = np.array_split(np.asarray(losses), min(CURVE, len(losses)))
    return [round(float(part.mean()), 3) for part in parts]
