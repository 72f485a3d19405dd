"""Answers of many views → candidates, and candidates in order of preference.

Each rule is a pure function; ties are broken by log-probability and then by a fixed order of grids, so that the
same answers always give the same attempts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from arc_ttt.arc.augment import IDENTITY_PALETTE, Augmentation
from arc_ttt.types import Candidate, Grid

PROPOSALS = 3  # of each group in the hierarchical vote


@dataclass(frozen=True)
class Answer:
    """What one view answered, already inverted to the task's own frame, with its log-probability (nats)."""

    view: Augmentation
    grid: Grid
    logprob: float


def candidates(answers: Sequence[Answer]) -> tuple[Candidate, ...]:
    """Equal answers put together, in the order of the flat vote."""
    return tuple(
        Candidate(
            grid,
            tuple(a.view.key for a in answers if a.grid == grid),
            tuple(a.logprob for a in answers if a.grid == grid),
        )
        for grid in flat(answers)
    )


def flat(answers: Sequence[Answer]) -> list[Grid]:
    """Self-consistency: the answer that most views gave comes first (Wang et al., arXiv 2203.11171)."""
    counts = Counter(a.grid for a in answers)
    return _ranked(counts, answers)


def hierarchical(answers: Sequence[Answer]) -> list[Grid]:
    """The vote of the MIT test-time training paper (arXiv 2411.07279, section 4).

    Answers are grouped by transformation (here: the symmetry); each group proposes its three most frequent; the
    proposals are pooled and the most frequent win; a tie is decided by the count in the identity view, then as in the
    flat vote. The paper fills up a group that has fewer than three distinct answers with the majority of their rows and
    of their columns; of two grids the more frequent one has the majority in every row, so that adds nothing.
    """
    groups: dict[int, list[Answer]] = {}
    for a in answers:
        groups.setdefault(a.view.symmetry, []).append(a)
    pooled: Counter[Grid] = Counter()
    for group in groups.values():
        pooled.update(flat(group)[:PROPOSALS])
    identity = Counter(a.grid for a in answers if a.view.symmetry == 0 and a.view.palette == IDENTITY_PALETTE)
    flat_order = flat(answers)
    rank = {g: i for i, g in enumerate(flat_order)}
    return sorted(pooled, key=lambda g: (-pooled[g], -identity[g], rank[g], g))


VOTES: dict[str, Callable[[Sequence[Answer]], list[Grid]]] = {"flat": flat, "hierarchical": hierarchical}


def _ranked(counts: Counter[Grid], answers: Sequence[Answer]) -> list[Grid]:
    best = {g: max(a.logprob for a in answers if a.grid == g) for g in counts}
    return sorted(counts, key=lambda g: (-counts[g], -best[g], g))
