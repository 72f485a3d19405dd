"""Lessons → a trained adapter: test-time training of one task.

AdamW on the adapter alone; the rate warms up over the first tenth of the budget and falls to a tenth. The budget is
lesson tokens or lessons, so that the result does not depend on the machine's speed, or seconds.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
import torch

from arc_ttt.agents.learner.gate import Gate, Ponder, always
from arc_ttt.agents.learner.stop import Whole
from arc_ttt.agents.learner.work import Work
from arc_ttt.arc.split import lessons
from arc_ttt.config import SolveConfig
from arc_ttt.lm.batch import collate, plan
from arc_ttt.lm.train import batch_loss, clip
from arc_ttt.text.format import PromptFormat
from arc_ttt.text.window import Windows
from arc_ttt.types import Prompt, Task

ROUND = 48  # lessons that are drawn together and sorted into batches of like lengths
CURVE = 60  # values of the loss that a result keeps
NEIGHBOURS = 0.2  # share of the lessons that are neighbours', where there are any
RECENT = 5  # steps whose loss is the present one
TRIES = 100  # lessons that may be too long, one after the other, before one is taken as it is


def prompts(
    task: Task, form: PromptFormat, config: SolveConfig, r: np.random.Generator, windows: Windows | None = None
) -> Iterator[Prompt]:
    """Lessons as tokens, for ever; those that are too long show a part of the demonstrations (see `text.window`), and
    are passed over where that is not enough and others are shorter."""
    windows = windows or Windows(form, config.max_tokens)
    drawn = lessons(
        task,
        r,
        in_context=form.context == "all",
        own_colours=config.ttt.own_colours,
        fixed_background=not config.ttt.all_colours,
    )
    passed = 0
    for lesson in drawn:
        prompt = windows.lesson(lesson)
        passed = passed + 1 if prompt is None else 0
        if prompt is not None:
            yield prompt
        elif passed == TRIES:
            passed = 0
            yield form.fitting_lesson(lesson, windows.max_tokens)


def mixed(own: Iterator[Prompt], others: Sequence[Iterator[Prompt]], r: np.random.Generator) -> Iterator[Prompt]:
    """`own` lessons, and a share of `others`' among them."""
    while True:
        yield next(others[int(r.integers(len(others)))] if r.random() < NEIGHBOURS else own)


class Diverged(Exception):
    """Loss or gradients are no numbers any more, and so is the adapter, or would be after the next step."""


def adapt(work: Work, rule: Whole, scale: float = 1.0) -> dict[str, Any]:  # noqa: C901 the loop of training is one place
    """Train the adapter on the task's lessons, at `scale` times the learning rate; returns what was spent and the loss
    (nats a token) on the way.

    Ends early when `rule` says so, or the clock has less left than answering needs; the learning rate falls in time.
    Raises `Diverged`.
    """
    ttt, r, lm, adapter, room = work.config.ttt, work.rng("lessons"), work.lm, work.adapter, work.room
    groups = adapter.groups(ttt.learning_rate * scale, ttt.embedding_rate and ttt.embedding_rate * scale)
    optimiser = torch.optim.AdamW(groups, weight_decay=0.0, fused=True)
    windows = Windows(work.form, room.max_tokens)
    gate: Gate = Ponder(ttt.gate_rate) if ttt.gate == "ponder" else always
    model = adapter.trained(ttt.compile and not room.checkpointing)
    begun, tokens, taught, steps, losses, updates = time.monotonic(), 0, 0, 0, list[float](), 0
    more = float(2**work.round)

    def spent() -> float:
        if ttt.seconds is not None:
            share = (time.monotonic() - begun) / (ttt.seconds * more)
        elif ttt.lessons is not None:
            share = taught / (ttt.lessons * more)
        else:
            share = tokens / (ttt.tokens * more)
        return max(share, work.clock.trained())

    rule.begin()
    with adapter.training(checkpointing=room.checkpointing):
        stream, changed = None, False
        while (done := spent()) < rule.end:
            if stream is None or changed:
                stream, changed = prompts(rule.task(), work.form, work.config, r, windows), False
                if work.neighbours:
                    others = [prompts(t, work.form, work.config, r, windows) for t in work.neighbours]
                    stream = mixed(stream, others, r)
            drawn = list(islice(stream, ROUND))
            for chosen in plan([len(p) for p in drawn], room.batch_tokens, r):
                batch = collate([drawn[i] for i in chosen], work.form.vocabulary.padding).to(lm.device)
                loss = batch_loss(model, batch, lm.grid_positions, lm.dtype)
                losses.append(float(loss.detach()))
                _check_finite(losses[-1], "loss", steps, ttt.learning_rate * scale)
                if gate(losses[-1]):
                    loss.backward()  # type: ignore[no-untyped-call]
                    norm = clip(adapter.parameters(), ttt.clip)
                    _check_finite(norm, "gradient", steps, ttt.learning_rate * scale)
                    for group in optimiser.param_groups:
                        group["lr"] = group["initial_lr"] * rule.rate(done)
                    optimiser.step()
                    optimiser.zero_grad(set_to_none=True)
                    updates += 1
                tokens, taught, steps = tokens + batch.tokens, taught + len(chosen), steps + 1
                done = spent()
                work.tell("adapt", min(1.0, done / rule.end), losses[-1])
                changed = rule.look(done, float(np.mean(losses[-RECENT:])))
                if done >= rule.end or changed:
                    break
    ended = rule.stopped.partition(":")[0] if rule.stopped else "time" if work.clock.trained() >= 1 else "budget"
    if not losses:
        return {"lesson_tokens": 0, "steps": 0, "budget_used": 0.0, "ended": ended, **rule.notes()}
    more_notes: dict[str, Any] = {"updates": updates} if ttt.gate != "none" else {}
    if too_long := [i for i, pair in enumerate(work.task.demonstrations) if pair in windows.too_long]:
        more_notes["too_long"] = too_long
    tenth = max(1, len(losses) // 10)
    return {
        "lesson_tokens": tokens,
        "steps": steps,
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


def curve(losses: Sequence[float]) -> list[float]:
    """At most `CURVE` means of neighbours."""
    parts = np.array_split(np.asarray(losses), min(CURVE, len(losses)))
    return [round(float(part.mean()), 3) for part in parts]
