"""A task's result and its answers → what became of it, in the terms in which people look for what to mend.

Like every score, this knows the first two attempts only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from arc_ttt.arc.score import correctness
from arc_ttt.types import Grid, Result

NEAR = 0.05
"""A near miss has a smaller share of wrong cells than this."""

State = Literal["solved", "partly", "wrong", "failed", "open", "unknown"]
"""All outputs right, some, none; an error; no result yet; attempts whose answers are not known."""


@dataclass(frozen=True)
class Output:
    """One test output whose answer is known."""

    right: bool
    # Number of wrong cells of the best attempt that has the answer's size; None where none has.
    wrong: int | None
    # Number of cells of the answer.
    cells: int
    # Where the answer stands among the candidates, from 1; None where no view found it.
    rank: int | None

    @property
    def near(self) -> bool:
        """Not right, but an attempt has the right size and less than 5 % of its cells are wrong."""
        return not self.right and self.wrong is not None and self.wrong < NEAR * self.cells

    @property
    def among(self) -> bool:
        """Not right, but the answer is among the candidates: it was found and not chosen."""
        return not self.right and self.rank is not None


@dataclass(frozen=True)
class Verdict:
    """What became of a task."""

    state: State
    # Which outputs are right, None where nobody knows.
    right: tuple[bool, ...] | None = None
    # One for each output; empty unless there is a result and the answers are at hand.
    outputs: tuple[Output, ...] = ()

    @property
    def near(self) -> bool:
        """Whether an output is a near miss."""
        return any(o.near for o in self.outputs)

    @property
    def among(self) -> bool:
        """Whether the answer of an output was found and not chosen."""
        return any(o.among for o in self.outputs)


def verdict(result: Result | None, answers: Sequence[Grid] | None) -> Verdict:
    """What became of a task; where its `answers` are not at hand, by what the result says itself.

    Raises `DataError` where the result is for another number of outputs than `answers`.
    """
    if result is None:
        return Verdict("open")
    attempts = result.prediction.attempts
    right = result.correct if answers is None else correctness(attempts, answers)
    found = [[c.grid for c in candidates] for candidates in result.candidates]
    outputs = tuple(
        _output(right[i], attempts[i][:2] if attempts else (), found[i] if i < len(found) else [], answer)
        for i, answer in enumerate(answers or ())
        if right is not None
    )
    if result.error is not None:
        return Verdict("failed", right, outputs)
    if right is None:
        return Verdict("unknown")
    return Verdict("solved" if all(right) else "partly" if any(right) else "wrong", right, outputs)


def _output(right: bool, attempts: Sequence[Grid], candidates: Sequence[Grid], answer: Grid) -> Output:
    wrong = [int(np.count_nonzero(a.cells != answer.cells)) for a in attempts if a.cells.shape == answer.cells.shape]
    rank = candidates.index(answer) + 1 if answer in candidates else None
    return Output(right, min(wrong, default=None), answer.height * answer.width, rank)
