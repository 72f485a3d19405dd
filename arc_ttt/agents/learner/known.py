"""Demonstrations → are they predicted, each from the others, where the format shows these?"""

from __future__ import annotations

import numpy as np
import torch

from arc_ttt.agents.learner.work import Work
from arc_ttt.arc.augment import Augmentation, draw
from arc_ttt.arc.split import lesson
from arc_ttt.lm.batch import IGNORE, collate
from arc_ttt.lm.train import autocast, loss_of
from arc_ttt.text.grammar import spell
from arc_ttt.types import Prompt


def leave_one_out(work: Work, query: int, view: Augmentation) -> tuple[Prompt, int]:
    """The lesson of demonstration `query` with the others in its context, and how many of its last tokens are the
    answer."""
    others = tuple(i for i in range(len(work.task.demonstrations)) if i != query)
    made = lesson(work.task, (others, query), view, in_context=work.in_context)
    return work.form.fitting_lesson(made, work.room.max_tokens), len(spell(work.form, made.answer))


def predicted(work: Work, query: int) -> tuple[float, bool]:
    """The loss (nats a token of the answer) of demonstration `query` in two views, and whether every token is the most
    probable one."""
    r = np.random.default_rng(work.seed(f"look at {query}"))
    drawn = (Augmentation(), draw(r, work.task, fixed_background=not work.config.ttt.all_colours))
    made, answers = zip(*(leave_one_out(work, query, view) for view in drawn), strict=True)
    batch = collate(made, work.form.vocabulary.padding).to(work.lm.device)
    labels = batch.labels
    for row, (prompt, answer) in enumerate(zip(made, answers, strict=True)):
        labels[row, : len(prompt) - answer - 1] = IGNORE  # outputs that the context shows are no question here
    with torch.no_grad(), autocast(work.lm.device, work.lm.dtype):
        logits = work.adapter.model(**batch.inputs(work.lm.grid_positions)).logits
    asked = labels != IGNORE
    return float(loss_of(logits, labels)), bool((logits.argmax(-1) == labels)[asked].all())


def all_known(work: Work) -> bool:
    """Whether every demonstration is predicted from the others: the model needs no training on this task. Only a format
    that shows them can tell."""
    demonstrations = range(len(work.task.demonstrations))
    return work.in_context and len(demonstrations) > 1 and all(predicted(work, i)[1] for i in demonstrations)
