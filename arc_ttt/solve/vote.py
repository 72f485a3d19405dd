"""Candidates in order of preference: one short pure function for each rule of choosing. Ties are broken as
`agents.answers` has it: by the number of views that found a candidate first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from arc_ttt.agents.answers import flat, ranked
from arc_ttt.agents.traits import MOST_UNLIKE
from arc_ttt.arc.augment import Augmentation
from arc_ttt.config import UNSCORED
from arc_ttt.solve.judge import judge as weigh
from arc_ttt.solve.pool import continued, learned, pooled, programs
from arc_ttt.types import Candidate, Grid, Prediction, Result

ATTEMPTS = 2
BASELINE = 3.0  # nats, of `probmul`
# What a nat of unlikeness (`agents.traits`) is worth beside a learner's nats in a view: on 170 outputs of validation
# tasks anything from 0.1 to 1 is as good.
OF_A_VIEW = 0.2

Rows = tuple[tuple[int, ...], ...]
"""A grid's cells."""


def hierarchical(found: Sequence[Candidate]) -> list[Candidate]:
    """The vote of MIT's test-time training (arXiv 2411.07279, section 4), as github.com/ekinakyurek/marc has it.

    The groups are the answers of each transformation (here: symmetry), and all answers. Each makes three proposals
    (`_proposals`), so a unanimous group counts three times; the pooled proposals are put through the same once more,
    and equal second and third places are decided by the count in the identity's group. A majority of rows may be a grid
    that no view found. What is no attempt follows by how often it was proposed.
    """
    known = {_rows(c.grid): c for c in found}
    groups: dict[str, list[Rows]] = {}
    for c in found:
        for view in c.views:
            groups.setdefault(_symmetry(view), []).append(_rows(c.grid))
    if not groups:
        return []
    everyone = [rows for group in groups.values() for rows in group]
    pooled = [rows for group in (*groups.values(), everyone) for rows in _proposals(group)]
    first, second, third = _proposals(pooled)
    identity = groups.get(_symmetry(Augmentation().key), [])
    if pooled.count(second) == pooled.count(third) and identity.count(second) < identity.count(third):
        second, third = third, second
    # Those that no view found have been made of what views found, so they are that agent's.
    made = {
        r: known.get(r) or Candidate(Grid(r), (), (), agent=found[0].agent) for r in (first, second, third, *pooled)
    }
    best = list(dict.fromkeys((made[first], made[second])))
    others = [c for r, c in made.items() if c not in best]
    return [*best, *ranked(others, lambda c: pooled.count(_rows(c.grid)))]


def _proposals(grids: Sequence[Rows]) -> list[Rows]:
    """The three most frequent of `grids`; where fewer are distinct, what most have in each row, then in each column,
    fills up, also with a grid that is there already.

    Equal counts stand in the order of a set of tuples of numbers, which is the same in every process, and of two that
    lead together the second gives way to the majority: both are as in the authors' code.
    """
    distinct = list(set(grids))
    counts = [grids.count(rows) for rows in distinct]
    rising = sorted(range(len(distinct)), key=counts.__getitem__)
    first = second = third = distinct[counts.index(max(counts))]
    if len(distinct) > 1:
        second = distinct[rising[-2]]
    if len(distinct) > 2:
        third = distinct[rising[-3]]
    by_rows, by_columns = (
        _majority(grids),
        tuple(zip(*_majority([tuple(zip(*g, strict=True)) for g in grids]), strict=True)),
    )
    if second == first:
        second = by_rows if by_rows != first else by_columns
    if third in (first, second):
        third = by_rows if by_rows not in (first, second) else by_columns
    return [first, second, third]


def _majority(grids: Sequence[Rows]) -> Rows:
    """A grid of the most frequent size, each row the one that most of those `grids` have there which are as wide."""
    sizes = [(len(rows), len(rows[0])) for rows in grids]
    height, width = max(set(sizes), key=sizes.count)
    made = []
    for r in range(height):
        there = [rows[r] for rows in grids if len(rows) > r and len(rows[r]) == width]
        made.append(max(set(there), key=there.count))
    return tuple(made)


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


def probmul(found: Sequence[Candidate]) -> list[Candidate]:
    """The ARChitects' rule in the Kaggle competition of 2024 (`score_full_probmul_3`, github.com/da-fr/arc-prize-2024):
    the sum of log-probability + 3 over the views that found a candidate and over the scoring views. So each view in
    which it has at least e^-3 speaks for it."""

    def evidence(logprobs: Sequence[float]) -> float:
        return -math.inf if -math.inf in logprobs else math.fsum(BASELINE + x for x in logprobs)

    return ranked(found, lambda c: evidence(c.logprobs) + evidence(c.scores))


VOTES: dict[str, Callable[[Sequence[Candidate]], list[Candidate]]] = {
    "flat": flat,
    "hierarchical": hierarchical,
    "sum": total,
    "max": highest,
    "min": lowest,
    "product": product,
    "count-nll": count_nll,
    "probmul": probmul,
}


def choose(rule: str, found: Sequence[Candidate]) -> list[Candidate]:
    """`found` in the order of preference of `rule`, a key of `VOTES`; where it goes by scores, only those that have
    them."""
    return VOTES[rule](found if rule in UNSCORED else [c for c in found if c.scores])


def together(rule: str, found: Sequence[Candidate], judge: str = "fixed") -> list[Candidate]:
    """The candidates of all agents in order, each grid once. `found` has each agent's in its own order.

    The order is by how likely each is right (`judge.judge`) where `judge` is "calibrated" and there is what it goes by;
    else fixed: a program that is sure; the learner's best by `rule`; the best that it found from what a near program
    makes; a program that makes all demonstrations; then the learner's others and near misses. What is unlike the
    demonstrations' outputs (`agents.traits`) comes after all others but a sure program.
    """
    if judge == "calibrated" and (judged := weigh(found)):
        return [j.candidate for j in judged]
    made, best, further = programs(found), _chosen(rule, learned(found)), _chosen(rule, continued(found))
    sure, exact, near = (
        [c for c in made if c.sure],
        [c for c in made if c.exact and not c.sure],
        [c for c in made if not c.exact],
    )
    once: dict[Grid, Candidate] = {}
    others = (*best[:1], *further[:1], *exact, *best[1:], *further[1:], *near)
    for candidate in (*sure, *sorted(others, key=lambda c: c.unlike > MOST_UNLIKE)):
        once.setdefault(candidate.grid, candidate)
    return list(once.values())


def _chosen(rule: str, found: Sequence[Candidate]) -> list[Candidate]:
    """What learners found, in order; where there was no time to score, the views' votes are all there is."""
    mine = pooled(found)
    unscored = not any(c.scores for c in mine)
    ordered = choose("flat" if unscored and rule not in UNSCORED else rule, mine)
    if rule == "product" and not unscored:
        return sorted(ordered, key=lambda c: OF_A_VIEW * c.unlike - _mean(c.scores))
    return sorted(ordered, key=lambda c: c.unlike > MOST_UNLIKE)


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
        known = {j.candidate.grid: j.probability for j in weigh(some)}
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
    return (*flat(list(both.values())), *_after_programs(old, new))


def _later(old: Sequence[Candidate], new: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return (*(learned(new) or learned(old)), *_after_programs(old, new))


def _after_programs(old: Sequence[Candidate], new: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """What programs make, and what learners found from there, of which the later attempt decides."""
    return (*(continued(new) or continued(old)), *programs(old, new))


def _rows(grid: Grid) -> Rows:
    return tuple(map(tuple, grid.tolist()))


def _symmetry(view: str) -> str:
    return view.split("-", maxsplit=1)[0]


def _mean(values: Sequence[float]) -> float:
    return -math.inf if -math.inf in values else math.fsum(values) / len(values)
