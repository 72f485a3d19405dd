"""Lessons → a trained adapter: test-time training of one task.

AdamW on the adapter alone; the rate warms up over the first tenth of the budget and falls to a tenth. The budget is
lesson tokens or lessons, so that the result does not depend on the machine's speed, or seconds.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import torch

from arc_ttt.arc.split import lessons
from arc_ttt.config import SolveConfig
from arc_ttt.lm.adapter import Adapter
from arc_ttt.lm.batch import collate, plan
from arc_ttt.lm.load import LanguageModel
from arc_ttt.lm.train import batch_loss, clip
from arc_ttt.seeds import rng
from arc_ttt.solve.progress import Event, Progress
from arc_ttt.text.format import PromptFormat
from arc_ttt.types import Prompt, Task

ROUND = 48  # lessons that are drawn together and sorted into batches of like lengths


def schedule(done: float) -> float:
    """Share of the peak learning rate when `done` (0–1) of the budget is spent."""
    if done < 0.1:
        return (done + 0.01) / 0.11
    return 0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi * (done - 0.1) / 0.9))


def prompts(task: Task, form: PromptFormat, config: SolveConfig, r: np.random.Generator) -> Iterator[Prompt]:
    """Lessons as tokens, for ever; those that are too long lose demonstrations."""
    drawn = lessons(
        task,
        r,
        in_context=form.context == "all",
        own_colours=config.ttt.own_colours,
        fixed_background=not config.ttt.all_colours,
    )
    for lesson in drawn:
        yield form.fitting_lesson(lesson, config.max_tokens)


def adapt(
    adapter: Adapter,
    lm: LanguageModel,
    form: PromptFormat,
    task: Task,
    config: SolveConfig,
    progress: Progress,
) -> dict[str, Any]:
    """Train `adapter` on `task`'s lessons; returns what was spent and the loss (nats a token) at both ends."""
    ttt, r = config.ttt, rng(config.seed, task.id, "lessons")
    groups = adapter.groups(ttt.learning_rate, ttt.embedding_rate)
    optimiser = torch.optim.AdamW(groups, weight_decay=0.0, fused=True)
    stream = prompts(task, form, config, r)
    model = adapter.trained(ttt.compile)
    begun, tokens, taught, steps, losses = time.monotonic(), 0, 0, 0, []

    def spent() -> float:
        if ttt.seconds is not None:
            return (time.monotonic() - begun) / ttt.seconds
        return taught / ttt.lessons if ttt.lessons is not None else tokens / ttt.tokens

    adapter.model.train()
    while (done := spent()) < 1:
        drawn = list(islice(stream, ROUND))
        for chosen in plan([len(p) for p in drawn], ttt.batch_tokens, r):
            batch = collate([drawn[i] for i in chosen], form.vocabulary.padding).to(lm.device)
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
            progress(Event(task.id, "adapt", min(1.0, done), losses[-1]))
            if done >= 1:
                break
    adapter.model.eval()
    tenth = max(1, len(losses) // 10)
    return {
        "lesson_tokens": tokens,
        "steps": steps,
        "loss_before": round(float(np.mean(losses[:tenth])), 4),
        "loss_after": round(float(np.mean(losses[-tenth:])), 4),
    }
