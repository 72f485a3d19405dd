"""Lengths of sequences → which of them make a batch of bounded size. Knows no tensors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np


def plan(lengths: Sequence[int], batch_tokens: int, rng: np.random.Generator) -> Iterator[list[int]]:
    """Indices of sequences grouped by like lengths, at most `batch_tokens` a batch with its padding (one sequence
    at least), the batches in random order."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i])
    batches: list[list[int]] = []
    current: list[int] = []
    for i in order:
        if current and (len(current) + 1) * lengths[i] > batch_tokens:
            batches.append(current)
            current = []
        current.append(i)
    if current:
        batches.append(current)
    for k in rng.permutation(len(batches)):
        yield batches[k]


def pieces(lengths: Sequence[int], batch_tokens: int) -> list[list[int]]:
    """Indices of sequences as they stand, in groups of at most `batch_tokens` with the padding (one sequence at
    least)."""
    made: list[list[int]] = []
    for i, length in enumerate(lengths):
        if made and (len(made[-1]) + 1) * max(length, *(lengths[k] for k in made[-1])) <= batch_tokens:
            made[-1].append(i)
        else:
            made.append([i])
    return made
