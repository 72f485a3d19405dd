"""Two runs → what the one gains over the other on the tasks that both have: outputs and tasks won and lost, seconds.

Runs are paired task by task, since tasks differ far more than runs do. What is right is told by the attempts and the
answers, never by what a run says of itself. Tasks whose answers are not known count for the seconds only; a failed task
whose answer is known is wrong.
"""

from __future__ import annotations

import dataclasses
import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arc_ttt.arc import submission
from arc_ttt.arc.jsonio import printable
from arc_ttt.arc.score import Score, correctness, sign_test, total
from arc_ttt.errors import DataError, StoreError
from arc_ttt.report.origin import load_tasks, part
from arc_ttt.report.page import seconds
from arc_ttt.run import store
from arc_ttt.types import Result, Solutions


@dataclass(frozen=True)
class Run:
    """A run as it is on disk, scored by the answers that are at hand."""

    folder: Path
    config: Mapping[str, Any]
    results: Mapping[str, Result]
    # One line about results that are of no task of the run, which are left out; empty if there are none.
    left_out: str = ""
    # One line about why the answers are not at hand; empty where some are.
    unscored: str = ""

    @property
    def contaminated(self) -> list[str]:
        """Ids of results on tasks that the model's training saw."""
        seen = {*self.config.get("seen", ())}
        return [id for id in self.results if id in seen]

    @classmethod
    def read(cls, folder: Path) -> Run:
        """Without a score. Raises `StoreError` for a folder that is no run."""
        config, results = store.read_config(folder), store.read_results(folder)
        results = {id: dataclasses.replace(result, correct=None) for id, result in results.items()}
        try:
            ids = submission.read(folder / store.SUBMISSION)  # has every task of the run, wherever the tasks are now
        except DataError:
            return cls(folder, config, results)
        return cls(folder, config, *store.own(folder, results, ids, str(part(config, "tasks").get("name"))))

    def scored(self, answers: Solutions, unscored: str = "") -> Run:
        """With every result compared anew; `StoreError` for a result of another number of outputs than its answers."""
        results = {}
        for id, result in self.results.items():
            try:
                right = correctness(result.prediction.attempts, answers[id]) if id in answers else None
            except DataError as fault:
                raise StoreError(printable(f"{self.folder}: task {id}: {fault}: not the same task")) from fault
            results[id] = dataclasses.replace(result, correct=right)
        return dataclasses.replace(self, results=results, unscored=unscored)


def read_runs(folders: Sequence[Path], answers: Solutions | None = None) -> list[Run]:
    """The runs, scored by `answers`, by default those where each says that they are: runs over the same tasks have the
    same answers, and one that still has them is enough."""
    runs = [Run.read(folder) for folder in folders]
    if answers is not None:
        return [run.scored(answers) for run in runs]
    known: dict[str, Solutions] = {}
    faults: dict[Path, str] = {}
    for run in runs:
        if known.get(digest := _tasks(run)):
            continue
        try:
            known[digest] = load_tasks(run.folder, run.config, advice="name the answers with --solutions").solutions
        except DataError as fault:
            faults[run.folder] = str(fault)
    scored = []
    for run in runs:
        found = known.get(_tasks(run), {})
        scored.append(run.scored(found, "" if found else faults.get(run.folder, "")))
    return scored


def _tasks(run: Run) -> str:
    """The digest of its tasks."""
    return str(part(run.config, "tasks").get("digest"))


@dataclass(frozen=True)
class Costs:
    """Seconds of the tasks that both runs answered, `n` of them: the first run's, the second's."""

    n: int
    median: tuple[float, float]
    total: tuple[float, float]
    # Median of the second's seconds divided by the first's, task by task.
    ratio: float


@dataclass(frozen=True)
class Comparison:
    """The second run against the first, on the tasks of which both have a result."""

    both: int
    only_first: int
    only_second: int
    # Whether both are about the same task set, by its digest.
    same_tasks: bool
    # Settings, weights and prompt that differ: the first run's and the second's.
    changed: Mapping[str, tuple[str, str]]
    # The scores on the tasks whose answers both know.
    first: Score
    second: Score
    # Outputs that only the second has right, and only the first.
    outputs_won: int
    outputs_lost: int
    # Tasks of which the second has more outputs right, and fewer.
    won: tuple[str, ...]
    lost: tuple[str, ...]
    # None where no task has seconds in both.
    costs: Costs | None

    @property
    def p_outputs(self) -> float:
        """The exact two-sided sign test over the outputs on which the runs differ."""
        return sign_test(self.outputs_won, self.outputs_lost)

    @property
    def p_tasks(self) -> float:
        """The same over the tasks."""
        return sign_test(len(self.won), len(self.lost))


def compare(first: Run, second: Run) -> Comparison:
    """Pair the results of two runs by task.

    Raises `StoreError` where they have no task in common, or the same id for tasks with another number of outputs.
    """
    both = [id for id in first.results if id in second.results]
    names = [printable(str(run.folder)) for run in (first, second)]
    for run, name in zip((first, second), names, strict=True):
        if not run.results:
            raise StoreError(f"{name}: has finished no task yet")
    if not both:
        raise StoreError(f"{names[1]}: has no task in common with {names[0]}")
    pairs: dict[str, tuple[tuple[bool, ...], tuple[bool, ...]]] = {}
    for id in both:
        a, b = first.results[id].correct, second.results[id].correct
        if not a or not b:
            continue
        if len(a) != len(b):
            fault = f"task {printable(id)} has {len(b)} outputs, in {names[0]} it has {len(a)}"
            raise StoreError(f"{names[1]}: {fault}: not the same task")
        pairs[id] = a, b
    outputs = [(x, y) for a, b in pairs.values() for x, y in zip(a, b, strict=True)]
    return Comparison(
        both=len(both),
        only_first=len(first.results) - len(both),
        only_second=len(second.results) - len(both),
        same_tasks=_tasks(first) == _tasks(second),
        changed=_changed(first.config, second.config),
        first=total(a for a, _ in pairs.values()),
        second=total(b for _, b in pairs.values()),
        outputs_won=sum(y and not x for x, y in outputs),
        outputs_lost=sum(x and not y for x, y in outputs),
        won=tuple(id for id, (a, b) in pairs.items() if sum(b) > sum(a)),
        lost=tuple(id for id, (a, b) in pairs.items() if sum(b) < sum(a)),
        costs=_costs([(first.results[id], second.results[id]) for id in both]),
    )


def _costs(pairs: Sequence[tuple[Result, Result]]) -> Costs | None:
    answered = [(a, b) for a, b in pairs if a.error is None and b.error is None]
    times = [tuple(math.fsum(seconds(r).values()) for r in pair) for pair in answered]
    both = [(a, b) for a, b in times if a > 0 and b > 0]
    if not both:
        return None
    ours, theirs = zip(*both, strict=True)
    return Costs(
        len(both),
        (statistics.median(ours), statistics.median(theirs)),
        (math.fsum(ours), math.fsum(theirs)),
        statistics.median(b / a for a, b in both),
    )


def _changed(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """The settings by dotted names; what one version does not know yet is not a difference."""
    a, b = ({k: v for k, v in store.settings_of(run).items() if not k.startswith("tasks.")} for run in (first, second))
    return {k: (a[k], b[k]) for k in a if k in b and a[k] != b[k]}
