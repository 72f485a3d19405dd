"""Candidates in order of preference: one short pure function for each rule of choosing. Ties are broken as
`agents.answers` has it: by the number of views that found a candidate first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from arc_ttt.agents.answers import flat, ranked
from arc_ttt.arc.augment import Augmentation
from arc_ttt.config import UNSCORED
from arc_ttt.solve.judge import judge as weigh
from arc_ttt.solve.judge import weighable
from arc_ttt.solve.pool import learned, pooled, programs
from arc_ttt.types import Candidate, Grid, Prediction, Result

PROPOSALS = 3  # of each group in the hierarchical vote
ATTEMPTS = 2


def hierarchical(found: Sequence[Candidate]) -> list[Candidate]:
    """The vote of the MIT test-time training paper (arXiv 2411.07279, section 4).

    Answers are grouped by transformation (here: the symmetry); each group proposes its three most frequent; the
    proposals are pooled and the most frequent win; a tie is decided by the count in the identity view, then as in the
    flat vote. The paper fills up a group that has fewer than three distinct answers with the majority of their rows and
    of their columns; of two grids the more frequent one has the majority in every row, so that adds nothing.
    """
    groups: dict[str, Counter[Candidate]] = {}
    for c in found:
        for view in c.views:
            groups.setdefault(_symmetry(view), Counter())[c] += 1
    pooled: Counter[Candidate] = Counter()
    for counts in groups.values():
        pooled.update(ranked(list(counts), counts.__getitem__)[:PROPOSALS])
    return ranked(list(pooled), lambda c: (pooled[c], c.views.count(Augmentation().key)))


def total(found: Sequence[Candidate]) -> list[Candidate]:
    """The sum of a candidate's probabilities over the scoring views: a mixture of experts."""
    return ranked(found, lambda c: math.fsum(map(math.exp, c.scores)))


def highest(found: Sequence[Candidate]) -> list[Candidate]:
    """The highest score in a single view."""
    return ranked(found, lambda c: max(c.scores))


def lowest(found: Sequence[Candidate]) -> list[Candidate]:
    """The score in the worst view: what no view finds improbable."""
    return ranked(found, lambda c: min(c.scores))


def product(found: Sequence[Candidate]) -> list[Candidate]:
    """The sum of log-probabilities over the scoring views: a product of experts (ARChitects, arXiv 2505.07859)."""
    return ranked(found, lambda c: math.fsum(c.scores) if -math.inf not in c.scores else -math.inf)


def count_nll(found: Sequence[Candidate]) -> list[Candidate]:
    """Times found minus the mean negative log-likelihood over the scoring views (NVARC, ARC Prize 2025)."""
    return ranked(found, lambda c: len(c.views) + _mean(c.scores))


VOTES: dict[str, Callable[[Sequence[Candidate]], list[Candidate]]] = {
    "flat": flat,
    "hierarchical": hierarchical,
    "sum": total,
    "max": highest,
    "min": lowest,
    "product": product,
    "count-nll": count_nll,
}


def choose(rule: str, found: Sequence[Candidate]) -> list[Candidate]:
    """`found` in the order of preference of `rule`, a key of `VOTES`; where it goes by scores, only those that have
    them."""
    return VOTES[rule](found if rule in UNSCORED else [c for c in found if c.scores])


def together(rule: str, found: Sequence[Candidate], judge: str = "fixed") -> list[Candidate]:
    """The candidates of all agents in order, each grid once. `found` has each agent's in its own order.

    The order is by how likely each is right (`judge.judge`) where `judge` is "calibrated" and there is what it goes by;
    else fixed: a program that is sure; the learner's best by `rule`; a program that makes all demonstrations; then the
    learner's others and near misses.
    """
    if judge == "calibrated" and weighable(found):
        return [judged.candidate for judged in weigh(found)]
    made, mine = programs(found), pooled(learned(found))
    # Where there was no time to score, the views' votes are all there is.
    unscored = not any(c.scores for c in mine)
    best = choose("flat" if unscored and rule not in UNSCORED else rule, mine)
    sure, exact, near = (
        [c for c in made if c.sure],
        [c for c in made if c.exact and not c.sure],
        [c for c in made if not c.exact],
    )
    once: dict[Grid, Candidate] = {}
    for candidate in (*sure, *best[:1], *exact, *best[1:], *near):
        once.setdefault(candidate.grid, candidate)
    return list(once.values())


def agreement(result: Result) -> float:
    """The share of views that found one of the two attempts, for the test input where it is least; 0 without any."""
    shares = []
    for found, attempts in zip(result.candidates, result.prediction.attempts, strict=True):
        if any(c.sure for c in found):
            shares.append(1.0)
            continue
        votes = [len(c.views) for c in found]
        mine = sum(len(c.views) for c in found if c.grid in attempts)
        shares.append(mine / sum(votes) if sum(votes) else 0.0)
    return min(shares, default=0.0)


def chances(found: Sequence[Sequence[Candidate]], attempts: Sequence[Sequence[Grid]]) -> dict[str, list[list[float]]]:
    """A note: for each test input how likely each of its attempts is right by what all agents say, nothing where there
    is nothing to go by."""
    told = []
    for some, grids in zip(found, attempts, strict=True):
        known = {j.candidate.grid: j.probability for j in weigh(some)} if weighable(some) else {}
        told.append([round(known.get(grid, 0.0), 4) for grid in grids] if known else [])
    return {"chances": told} if any(told) else {}


def merge(rule: str, before: Result, after: Result, judge: str = "fixed") -> Result:
    """Two attempts at a task as one: their votes and costs are added up. Scores cannot be, since each attempt scores in
    views of its own: there the later one decides, if it found anything."""
    found = tuple(
        _united(old, new) if rule in UNSCORED else _later(old, new)
        for old, new in zip(before.candidates, after.candidates, strict=True)
    )
    best = [together(rule, one, judge)[:ATTEMPTS] for one in found]
    prediction = Prediction(after.task, tuple(tuple(c.grid for c in ranked) for ranked in best))
    notes = {**after.notes, **chances(found, prediction.attempts)}
    stages = dict.fromkeys([*before.seconds, *after.seconds])
    seconds = {s: round(before.seconds.get(s, 0.0) + after.seconds.get(s, 0.0), 3) for s in stages}
    return Result(prediction, found, None, seconds, notes)


def _united(old: Sequence[Candidate], new: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Candidates of two attempts, an agent's equal grids put together, in the order of the flat vote; programs, of
    which the same are found each time, stay in the order of the first."""
    both: dict[tuple[str, Grid], Candidate] = {}
    for c in (*learned(old), *learned(new)):
        was = both.get((c.agent, c.grid))
        more = replace(was, views=was.views + c.views, logprobs=was.logprobs + c.logprobs, scores=()) if was else c
        both[c.agent, c.grid] = more
    return (*flat(list(both.values())), *programs(old, new))


def _later(old: Sequence[Candidate], new: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return (*(learned(new) or learned(old)), *programs(old, new))


def _symmetry(view: str) -> str:
    return view.split("-", maxsplit=1)[0]


def _mean(values: Sequence[float]) -> float:
    return -math.inf if -math.inf in values else math.fsum(values) / len(values)
