"""Candidates of all agents for one test input → how likely each of them is the answer.

At most one grid is right. So each candidate has a weight, "none of them" has the weight 1, and the probabilities are
their shares: a conditional logit (McFadden 1974). Its coefficients are fitted to what became of validation tasks
(scripts/make_judge.py) and ship as `judge.json`, with a card. The two likeliest grids are the two attempts with the
best chance that one of them is right.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from arc_ttt.agents.traits import MOST_UNLIKE
from arc_ttt.solve.pool import continued, learned, pooled, programs
from arc_ttt.types import Candidate, Grid

# Features of a candidate; what a candidate has none of counts 0.
FEATURES = (
    "made",  # by a program that makes all demonstrations
    "sure",  # … and is sure
    "first made",  # … and is the first such
    "bits",  # … the part of what it explains that it takes to say it, at most 2
    "agreeing",  # … logarithm of the number of programs that agree
    "missed",  # … the share of demonstrations that it does not predict from the others
    "near",  # by a program that does not make all
    "wrong",  # … logarithm of its share of wrong cells
    "votes",  # the share of a learner's views that found it
    "unfound",  # no view found it, though it was scored
    "best",  # it is the learner's likeliest
    "behind",  # nats a view by which it is behind the learner's likeliest, at most 10: logarithm of 1 and them
    "nats",  # logarithm of its nats a view
    "both",  # a program that makes all demonstrations and a view
    "unlike",  # how unlike the demonstrations' outputs it is (`agents.traits`): logarithm of 1 and these nats
    "too unlike",  # more than goes before all others
)


@dataclass(frozen=True)
class Judged:
    """A grid, who stands for it, and how likely it is right."""

    candidate: Candidate
    probability: float


def judge(found: Sequence[Candidate], weights: Mapping[str, float] | None = None) -> list[Judged]:
    """Each grid of `found` once with its probability, the likeliest first; equal ones in the order in which they were
    found; none where there is nothing to go by. All agents' candidates for one test input; `weights` are those that
    ship."""
    if not weighable(found):
        return []
    known = shipped() if weights is None else weights
    described = features(found)
    worth = [math.exp(math.fsum(known.get(name, 0.0) * x for name, x in row.items())) for _, row in described]
    whole = 1.0 + math.fsum(worth)
    judged = [Judged(c, w / whole) for (c, _), w in zip(described, worth, strict=True)]
    return sorted(judged, key=lambda j: -j.probability)


def weighable(found: Sequence[Candidate]) -> bool:
    """Whether there is what a judgement goes by: a program, or scores of what the learners found."""
    mine = learned(found)
    return bool(found) and (not mine or any(c.scores for c in mine))


def features(found: Sequence[Candidate]) -> list[tuple[Candidate, dict[str, float]]]:
    """Each grid once, with whoever found it first, and what there is to say of it."""
    made, mine = programs(found), pooled(learned(found))
    views = sum(len(c.views) for c in mine)
    likely = {c.grid: math.fsum(c.scores) / len(c.scores) for c in mine if c.scores}
    top = max(likely.values(), default=0.0)
    rows: dict[Grid, dict[str, float]] = {}
    first: dict[Grid, Candidate] = {}
    exact = next((c for c in made if c.exact), None)
    for c in (*made, *continued(found)):
        row = rows.setdefault(c.grid, {})
        if first.setdefault(c.grid, c) is c:
            row |= _of_program(c) | {"first made": float(c is exact)}
    for c in mine:
        row = rows.setdefault(c.grid, {})
        first.setdefault(c.grid, c)
        row["votes"] = len(c.views) / views if views else 0.0
        row["unfound"] = float(not c.views)
        row["both"] = float(bool(c.views) and row.get("made", 0.0) > 0)
        if c.grid in likely:
            row["best"] = float(likely[c.grid] == top)
            row["behind"] = math.log1p(min(10.0, top - likely[c.grid]))
            row["nats"] = math.log(0.01 + min(100.0, -likely[c.grid]))
    for grid, row in rows.items():
        nats = first[grid].unlike
        row["unlike"], row["too unlike"] = math.log1p(nats), float(nats > MOST_UNLIKE)
    return [(first[grid], row) for grid, row in rows.items()]


def _of_program(c: Candidate) -> dict[str, float]:
    known = dict(c.evidence)
    n = known.get("demonstrations", 1) or 1
    if not c.exact:
        return {"near": 1.0, "wrong": math.log(0.001 + known.get("wrong cells", 1.0))}
    return {
        "made": 1.0,
        "sure": float(c.sure),
        "bits": min(2.0, known.get("bits", 0.0) / max(1.0, known.get("bits explained", 1.0))),
        "agreeing": math.log(max(1.0, known.get("agree", 1.0))),
        "missed": 1 - known.get("predicted when left out", n) / n,
    }


@cache
def shipped() -> dict[str, float]:
    """The coefficients that ship with the package."""
    text = resources.files("arc_ttt.solve").joinpath("judge.json").read_text(encoding="utf-8")
    return {str(name): float(value) for name, value in json.loads(text)["weights"].items()}
