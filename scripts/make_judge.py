"""Fit the judge (arc_ttt/solve/judge.py) to what became of validation tasks, and measure it on tasks left out.

    python scripts/make_judge.py RUN [RUN ...] [--out FILE] [--folds 10] [--ridge 1.0]

RUN is the folder of a run with answers, of validation tasks or of fresh instances of them (data/validation): nothing
else is taken. Tasks of one rule are left out together. Prints right outputs by the fixed order and by the judge, and
how well its probabilities hold; writes the coefficients, fitted to all, with their card.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from runs import end, parser, positive, split
from tables import joined

from arc_ttt.errors import DataError
from arc_ttt.report.origin import load_tasks
from arc_ttt.solve.judge import FEATURES, features, judge
from arc_ttt.solve.solver import compared
from arc_ttt.solve.vote import ATTEMPTS, together
from arc_ttt.types import Candidate, Grid

Floats = npt.NDArray[np.float64]
BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.001)


@dataclass(frozen=True)
class Output:
    """One test output: all candidates, features of each grid, and which of them is right."""

    rule: str
    found: tuple[Candidate, ...]
    truth: Grid
    rows: Floats
    right: int | None


def outputs_of(folder: Path) -> list[Output]:
    known = {id for ids in split("validation").values() for id in ids}
    made = []
    for config, results in joined([folder]):
        tasks = load_tasks(folder, config)
        by_id = {task.id: task for task in tasks.tasks}
        for id, result in results.items():
            rule = id.split("-")[0]
            if rule not in known:
                raise DataError(f"{folder}: {id} is no validation task")
            for found, truth in zip(compared(by_id[id], result.candidates), tasks.solutions[id], strict=False):
                described = features(found)
                rows = np.array([[row.get(name, 0.0) for name in FEATURES] for _, row in described])
                right = next((i for i, (c, _) in enumerate(described) if c.grid == truth), None)
                made.append(Output(rule, found, truth, rows.reshape(-1, len(FEATURES)), right))
    return made


def fit(outputs: list[Output], ridge: float) -> Floats:
    """The coefficients with the greatest likelihood less `ridge` / 2 times their squares: Newton's method."""
    w = np.zeros(len(FEATURES))
    for _ in range(50):
        slope, bend = -ridge * w, -ridge * np.eye(len(w))
        for o in outputs:
            worth = np.exp(np.clip(o.rows @ w, -30, 30))
            p = worth / (1 + worth.sum())
            mean = p @ o.rows
            slope += (o.rows[o.right] if o.right is not None else 0.0) - mean
            bend -= (o.rows * p[:, None]).T @ o.rows - np.outer(mean, mean)
        step = np.linalg.solve(bend, slope)
        w = w - step * min(1.0, 2.0 / max(1e-9, float(np.abs(step).max())))
        if np.abs(step).max() < 1e-6:
            break
    return w


def named(w: Floats) -> dict[str, float]:
    return {name: round(float(x), 3) for name, x in zip(FEATURES, w, strict=True)}


def measured(outputs: list[Output], folds: int, ridge: float) -> dict[str, Any]:
    """Right outputs of tasks that the fit did not see, by the fixed order and by the judge; claims and what became."""
    rules = sorted({o.rule for o in outputs})
    rng = np.random.default_rng(0)
    place = {rule: int(i) % folds for rule, i in zip(rules, rng.permutation(len(rules)), strict=True)}
    total: dict[str, int] = defaultdict(int)
    claims: list[tuple[float, bool]] = []
    loss = 0.0
    for k in range(folds):
        weights = named(fit([o for o in outputs if place[o.rule] != k], ridge))
        for o in (o for o in outputs if place[o.rule] == k):
            fixed = [c.grid for c in together("product", o.found)[:ATTEMPTS]]
            judged = judge(o.found, weights)
            mine = [j.candidate.grid for j in judged[:ATTEMPTS]]
            total["outputs"] += 1
            total["among the candidates"] += o.right is not None
            total["fixed order"] += o.truth in fixed
            total["judge"] += o.truth in mine
            total["won"] += o.truth in mine and o.truth not in fixed
            total["lost"] += o.truth not in mine and o.truth in fixed
            total["first, fixed order"] += fixed[:1] == [o.truth]
            total["first, judge"] += mine[:1] == [o.truth]
            chance = sum(j.probability for j in judged[:ATTEMPTS])
            claims.append((chance, o.truth in mine))
            p = next(
                (j.probability for j in judged if j.candidate.grid == o.truth), 1 - sum(j.probability for j in judged)
            )
            loss -= math.log(max(1e-9, p))
    bins = []
    for low, high in pairwise(BINS):
        mine_ = [(p, r) for p, r in claims if low <= p < high]
        if mine_:
            bins.append(
                {
                    "claimed": round(sum(p for p, _ in mine_) / len(mine_), 3),
                    "right": sum(r for _, r in mine_),
                    "of": len(mine_),
                }
            )
    return {**total, "nats an output": round(loss / len(outputs), 3), "calibration": bins}


def main() -> None:
    ap = parser(__doc__, whole=True)
    ap.add_argument("runs", nargs="+", type=Path, metavar="RUN")
    ap.add_argument("--out", type=Path)
    ap.add_argument("--folds", type=positive, default=10)
    ap.add_argument("--ridge", type=float, default=1.0)
    args = ap.parse_args()
    outputs = [o for folder in args.runs for o in outputs_of(folder)]
    told = measured(outputs, args.folds, args.ridge)
    weights = named(fit(outputs, args.ridge))
    print(json.dumps(told, indent=1))
    print(json.dumps(weights, indent=1))
    if args.out:
        args.out.write_text(json.dumps({"card": told, "weights": weights}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    end(main)
