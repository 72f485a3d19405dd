"""A task's demonstrations → one vector: where the model itself sees them. Tasks of like rules lie near one another.

A lesson's vector is the mean of the last hidden states over the tokens that carry the loss (the answer) less the mean
over the others (the question): what is done to a grid, more than what grids look like. A task's is the mean over its
smallest demonstrations in four fixed views, as it is and three times turned and recoloured. All tasks have a large part
in common, the `centre`; distances are taken from there.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch

from arc_ttt.arc.augment import Augmentation, draw_palette
from arc_ttt.arc.split import lesson
from arc_ttt.lm.batch import IGNORE, collate
from arc_ttt.lm.group import plan
from arc_ttt.lm.load import LanguageModel
from arc_ttt.lm.train import autocast
from arc_ttt.seeds import rng
from arc_ttt.text.format import PromptFormat
from arc_ttt.types import Task

Vectors = npt.NDArray[np.float32]

# The two smallest demonstrations are looked at, and more of them up to so many cells in all.
FEW, CELLS = 2, 300
VIEWS = (Augmentation(), *(Augmentation(s, draw_palette(rng(0, "embedding", s))) for s in (3, 5, 6)))


def embed(
    lm: LanguageModel, form: PromptFormat, tasks: Sequence[Task], *, max_tokens: int, batch_tokens: int
) -> Vectors:
    """(len(tasks), D) float32, D the width of the model. An adapter on it must be as new, so that the base is asked.

    With demonstrations in context each one is predicted from the others, fitted to `max_tokens`.
    """
    prompts, owner = [], list[int]()
    for i, task in enumerate(tasks):
        everyone = range(len(task.demonstrations))
        for query in _smallest(task):
            split = tuple(j for j in everyone if j != query), query
            for view in VIEWS:
                one = lesson(task, split, view, in_context=form.context == "all")
                prompts.append(form.fitting_lesson(one, max_tokens))
                owner.append(i)
    states: list[torch.Tensor] = []
    head = lm.module.get_output_embeddings()
    hook = head.register_forward_pre_hook(lambda _, given: states.append(given[0]))
    sums: npt.NDArray[np.float64] | None = None
    try:
        with torch.no_grad(), autocast(lm.device, lm.dtype):
            for chosen in plan([len(p) for p in prompts], batch_tokens, np.random.default_rng(0)):
                batch = collate([prompts[k] for k in chosen], form.vocabulary.padding).to(lm.device)
                states.clear()
                lm.module(**batch.inputs(lm.grid_positions))
                asked = batch.labels != IGNORE
                rest = (batch.attention_mask > 0) & ~asked
                made = (_mean(states[0], asked) - _mean(states[0], rest)).double().cpu().numpy()
                sums = np.zeros((len(tasks), made.shape[1])) if sums is None else sums
                np.add.at(sums, [owner[k] for k in chosen], made)
    finally:
        hook.remove()
    assert sums is not None
    counts = np.bincount(owner, minlength=len(tasks))
    return np.asarray(sums / counts[:, None], dtype=np.float32)


def distances(one: Vectors, others: Vectors, centre: Vectors) -> npt.NDArray[np.float64]:
    """(N,) from `one` (D,) to `others` (N, D): 1 − cosine as seen from `centre` (D,); 0 to 2, and 1 on the average."""
    a, b = (x.astype(np.float64) - centre for x in (one, others))
    lengths = np.linalg.norm(a) * np.linalg.norm(b, axis=1)
    return np.asarray(1 - np.divide(b @ a, lengths, out=np.zeros(len(b)), where=lengths > 0))


def _smallest(task: Task) -> list[int]:
    """Indices of the demonstrations that are looked at."""
    cells = [pair.input.cells.size + pair.output.cells.size for pair in task.demonstrations]
    order = sorted(range(len(cells)), key=lambda i: (cells[i], i))
    return [i for n, i in enumerate(order) if n < FEW or sum(cells[k] for k in order[: n + 1]) <= CELLS]


def _mean(states: torch.Tensor, where: torch.Tensor) -> torch.Tensor:
    """Mean (B, D) of states (B, T, D) where (B, T)."""
    weight = where.float()
    return torch.einsum("btd,bt->bd", states.float(), weight) / weight.sum(1, keepdim=True)
