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

from arc_ttt.arc.split import lessons
from arc_ttt.config import SolveConfig
from arc_ttt.lm.batch import collate, plan
from arc_ttt.lm.train import batch_loss, clip
from arc_ttt.solve.work import Work
from arc_ttt.text.format import PromptFormat
from arc_ttt.types import Prompt, Task

ROUND = 48  # lessons that are drawn together and sorted into batches of like lengths
CURVE = 60  # values of the loss that a result keeps
TRIES = 100  # lessons that may be too long, one after the other, before one is taken as it is


def schedule(done: float) -> float:
    """Share of the peak learning rate when `done` (0–1) of the budget is spent."""
    if done < 0.1:
        return (done + 0.01) / 0.11
    return 0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi * (done - 0.1) / 0.9))


def prompts(
    task: Task, form: PromptFormat, config: SolveConfig, r: np.random.Generator, max_tokens: int | None = None
) -> Iterator[Prompt]:
    """Lessons as tokens, for ever; those longer than `max_tokens` (by default the settings') lose demonstrations, and
    are passed over where that is not enough and others are shorter."""
    longest = config.max_tokens if max_tokens is None else max_tokens
    drawn = lessons(
        task,
        r,
        in_context=form.context == "all",
        own_colours=config.ttt.own_colours,
        fixed_background=not config.ttt.all_colours,
    )
    passed = 0
    for lesson in drawn:
        prompt = form.fitting_lesson(lesson, longest)
        passed = passed + 1 if len(prompt) > longest else 0
        if passed in (0, TRIES):
            passed = 0
            yield prompt


def adapt(work: Work) -> dict[str, Any]:
    """Train the adapter on the task's lessons; returns what was spent and the loss (nats a token) on the way.

    Ends early when the clock has less left than answering needs; the learning rate then falls in time.
    """
    ttt, r, lm, adapter, room = work.config.ttt, work.rng("lessons"), work.lm, work.adapter, work.room
    groups = adapter.groups(ttt.learning_rate, ttt.embedding_rate)
    optimiser = torch.optim.AdamW(groups, weight_decay=0.0, fused=True)
    stream = prompts(work.task, work.form, work.config, r, room.max_tokens)
    model = adapter.trained(ttt.compile and not room.checkpointing)
    begun, tokens, taught, steps, losses = time.monotonic(), 0, 0, 0, list[float]()
    more = float(2**work.round)

    def spent() -> float:
        if ttt.seconds is not None:
            share = (time.monotonic() - begun) / (ttt.seconds * more)
        elif ttt.lessons is not None:
            share = taught / (ttt.lessons * more)
        else:
            share = tokens / (ttt.tokens * more)
        return max(share, work.clock.trained())

    with adapter.training(checkpointing=room.checkpointing):
        while (done := spent()) < 1:
            drawn = list(islice(stream, ROUND))
            for chosen in plan([len(p) for p in drawn], room.batch_tokens, r):
                batch = collate([drawn[i] for i in chosen], work.form.vocabulary.padding).to(lm.device)
                loss = batch_loss(model, batch, lm.grid_positions, lm.dtype)
                loss.backward()  # type: ignore[no-untyped-call]
                clip(adapter.parameters(), ttt.clip)
                for group in optimiser.param_groups:
                    group["lr"] = group["initial_lr"] * schedule(done)
                optimiser.step()
                optimiser.zero_grad(set_to_none=True)
                losses.append(float(loss.detach()))
                tokens, taught, steps = tokens + batch.tokens, taught + len(chosen), steps + 1
                done = spent()
                work.tell("adapt", min(1.0, done), losses[-1])
                if done >= 1:
                    break
    if not losses:
        return {"lesson_tokens": 0, "steps": 0}
    tenth = max(1, len(losses) // 10)
    return {
        "lesson_tokens": tokens,
        "steps": steps,
        "loss_before": round(float(np.mean(losses[:tenth])), 4),
        "loss_after": round(float(np.mean(losses[-tenth:])), 4),
        "losses": curve(losses),
    }


def curve(losses: Sequence[float]) -> list[float]:
    """At most `CURVE` means of neighbours."""
    parts = np.array_split(np.asarray(losses), min(CURVE, len(losses)))
    return [round(float(part.mean()), 3) for part in parts]
