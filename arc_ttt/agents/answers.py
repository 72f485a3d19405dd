"""Answers found in views → candidates: equal grids put together, those that most views found first.

Ties are broken by the best log-probability where an answer was found, and at last by a fixed order of grids, so that
the same answers always give the same candidates.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from arc_ttt.arc.augment import Augmentation
from arc_ttt.types import Candidate, Grid

FEW = 4  # views that must agree before the rest is left out
CLEAR = 0.8  # share of the votes that the first candidate must have then


@dataclass(frozen=True)
class Answer:
    """What was found in one view, already inverted to the task's own frame, with its log-probability (nats)."""

    view: Augmentation
    grid: Grid
    logprob: float


def candidates(answers: Sequence[Answer], agent: str = "learner") -> tuple[Candidate, ...]:
    """Equal answers put together, in the order of the flat vote; not scored yet. `agent` is who found them."""
    found: dict[Grid, list[Answer]] = {}
    for a in answers:
        found.setdefault(a.grid, []).append(a)
    put = (
        Candidate(grid, tuple(a.view.key for a in same), tuple(a.logprob for a in same), agent=agent)
        for grid, same in found.items()
    )
    return tuple(flat(list(put)))


def flat(found: Sequence[Candidate]) -> list[Candidate]:
    """Self-consistency: what most views found comes first (Wang et al., arXiv 2203.11171)."""
    return ranked(found, lambda c: len(c.views))


def ranked(found: Sequence[Candidate], worth: Callable[[Candidate], float | tuple[float, ...]]) -> list[Candidate]:
    """`found` by `worth`, the greatest first; ties as this module has them."""
    ordered = sorted(found, key=lambda c: c.grid)  # sorting is stable, also in reverse
    return sorted(ordered, key=lambda c: (worth(c), len(c.views), max(c.logprobs, default=-math.inf)), reverse=True)


def decided(votes: Iterable[int], left: int) -> bool:
    """Whether the views that are `left` need not be asked, by the `votes` for each candidate: they cannot change which
    two lead, or the first one has at least `FEW` votes and nearly all of them."""
    first, second, third, *rest = (*sorted(votes, reverse=True), 0, 0, 0)
    certain = second > third + left
    return certain or (first >= FEW and first >= CLEAR * (first + second + third + sum(rest)))
