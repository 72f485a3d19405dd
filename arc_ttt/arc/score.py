"""Attempts and answers → scores, in both ways of counting: by outputs (Kaggle) and by tasks (ARC Prize).

An output is right if either of the first two attempts equals the answer in every cell; near misses and
further attempts count for nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from arc_ttt.arc import dataset, jsonio
from arc_ttt.errors import DataError
from arc_ttt.types import Grid, Solutions

_Z95 = 1.959963984540054


@dataclass(frozen=True)
class Score:
    """How much of a set of tasks is right; shares from 0 to 1, and 0 of nothing."""

    outputs_right: int
    outputs: int
    # Sum over tasks of the share of their outputs that are right.
    tasks_right: float
    tasks: int
    # Tasks of which every output is right.
    tasks_solved: int

    @property
    def by_outputs(self) -> float:
        """Kaggle's score: the share of test outputs that are right."""
        return self.outputs_right / self.outputs if self.outputs else 0.0

    @property
    def by_tasks(self) -> float:
        """ARC Prize's score: the mean over tasks of the share of their outputs that are right."""
        return self.tasks_right / self.tasks if self.tasks else 0.0

    def interval(self, by: Literal["outputs", "tasks"]) -> tuple[float, float]:
        """A 95 % confidence interval of the score, Wilson's, which is sound near 0 and 1 and for few tasks.

        By tasks, each counts as one trial: a task's share lies in [0, 1], so its variance is at most that of
        a coin with the same mean, and the interval is if anything too wide; a normal approximation would
        shrink to a point where nothing is right. By outputs, it is a little too narrow in so far as the
        outputs of one task are right or wrong together. (0, 1) of nothing.
        """
        share, n = (self.by_outputs, self.outputs) if by == "outputs" else (self.by_tasks, self.tasks)
        if n == 0:
            return 0.0, 1.0
        z2 = _Z95**2
        centre = (share + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z95 * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
        # Rounding must not put the score itself outside.
        return min(share, max(0.0, centre - half)), max(share, min(1.0, centre + half))


def is_correct(attempts: Sequence[Grid], answer: Grid) -> bool:
    """Whether one of the first two attempts is the answer."""
    return answer in attempts[:2]


def correctness(attempts: Sequence[Sequence[Grid]], answers: Sequence[Grid]) -> tuple[bool, ...]:
    """For each answer of a task whether its attempts have it; no attempts at all are wrong for every answer.

    Raises `DataError` where the numbers differ otherwise, for then nobody knows which attempt is for which.
    """
    if not attempts:
        return (False,) * len(answers)
    if len(attempts) != len(answers):
        raise DataError(f"attempts for {len(attempts)} outputs, but {len(answers)} answers")
    return tuple(is_correct(a, answer) for a, answer in zip(attempts, answers, strict=True))


def total(tasks: Iterable[tuple[bool, ...]]) -> Score:
    """The score of tasks given as `correctness` of each; the order makes no difference, not even in rounding.

    Raises `ValueError` for a task without outputs.
    """
    rows = list(tasks)
    if not all(rows):
        raise ValueError("a task has at least one output")
    return Score(
        outputs_right=sum(map(sum, rows)),
        outputs=sum(map(len, rows)),
        tasks_right=math.fsum(sum(row) / len(row) for row in rows),
        tasks=len(rows),
        tasks_solved=sum(map(all, rows)),
    )


def sign_test(better: int, worse: int) -> float:
    """The exact two-sided sign test (McNemar's, for right and wrong): of `better` and `worse` pairs, the probability of
    a split at least as uneven if either were as likely. 1 where there is nothing to split."""
    n, k = better + worse, min(better, worse)
    return min(1.0, 2 * sum(math.comb(n, i) for i in range(k + 1)) / (1 << n))


def score_submission(
    submission: Mapping[str, Sequence[Sequence[Grid]]], solutions: Solutions, where: str = "submission"
) -> tuple[Score, dict[str, tuple[bool, ...]]]:
    """The score, and the correctness of every task of `solutions`, in their order.

    A task missing from the submission is wrong. Raises `DataError` for a task that `solutions` do not know,
    and for a wrong number of entries.
    """
    for id, entries in submission.items():
        if id not in solutions:
            raise DataError(f"{where}: task {jsonio.printable(id)}: not among the solutions")
        if len(entries) != len(solutions[id]):
            fault = f"{len(entries)} entries for {len(solutions[id])} test outputs"
            raise DataError(f"{where}: task {jsonio.printable(id)}: {fault}")
    correct = {id: correctness(submission.get(id, ()), answers) for id, answers in solutions.items()}
    return total(correct.values()), correct


def read_solutions(source: str | Path) -> Solutions:
    """The answers in a Kaggle solutions file, or in anything `dataset.load` reads that holds answers.

    Raises `DataError` where there are none, and for any faulty task: a score must not leave it out silently.
    """
    path = Path(source)
    if jsonio.exists(path) and path.is_file():
        where = jsonio.printable(str(path))
        content = jsonio.members(jsonio.read(path, limit=jsonio.SET_LIMIT), where)
        # A task file has lists too, but under these two names.
        if not {"train", "test"} & content.keys() and any(isinstance(v, list) for v in content.values()):
            return jsonio.answers(content, where)
    found = dataset.load(source)
    if found.faults:
        raise DataError(found.faults[0].message)
    if not found.solutions:
        raise DataError(f"{jsonio.printable(str(source))}: holds no answers")
    return found.solutions
