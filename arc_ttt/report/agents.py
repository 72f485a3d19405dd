"""Results → what the agents did, where they agree and differ, and how far the judge's probabilities hold."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from itertools import combinations
from typing import Any

from arc_ttt.report.spent import number
from arc_ttt.solve.shares import shares
from arc_ttt.types import Grid, Result, Solutions

BINS = 5  # of equal width, from 0 to 1


def agents_document(results: Mapping[str, Result], solutions: Solutions) -> dict[str, Any]:
    """Ready for JSON: each agent's share; for two agents that both answered, how their best answers compare; and what
    the judge claimed against what became of it, where it was asked and answers are known."""
    told = list(results.values())
    return {
        "shares": [dataclasses.asdict(share) for share in shares(told, solutions)],
        "pairs": _pairs(told, solutions),
        "calibration": calibration(told, solutions),
    }


def calibration(results: list[Result], solutions: Solutions) -> list[dict[str, float]]:
    """Outputs by the chance that the judge gave their two attempts together: `low` and `high`, the mean `claimed`, how
    many are `right` `of` them."""
    claims: list[tuple[float, bool]] = []
    for result in results:
        chances = result.notes.get("chances")
        truths = solutions.get(result.task)
        if not isinstance(chances, list) or truths is None:
            continue
        for chance, attempts, truth in zip(chances, result.prediction.attempts, truths, strict=False):
            values = [v for c in chance if (v := number(c)) is not None] if isinstance(chance, list) else []
            if values:
                claims.append((min(1.0, math.fsum(values)), truth in attempts))
    rows = []
    for i in range(BINS):
        low, high = i / BINS, (i + 1) / BINS
        mine = [(p, right) for p, right in claims if low <= p < high or (p == 1.0 and i == BINS - 1)]
        if mine:
            claimed = math.fsum(p for p, _ in mine) / len(mine)
            right = sum(r for _, r in mine)
            rows.append({"low": low, "high": high, "claimed": claimed, "right": right, "of": len(mine)})
    return rows


def _pairs(results: list[Result], solutions: Solutions) -> list[dict[str, Any]]:
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for result in results:
        truths: tuple[Grid | None, ...] = solutions.get(result.task) or (None,) * len(result.candidates)
        for found, truth in zip(result.candidates, truths, strict=False):
            best: dict[str, Grid] = {}
            for c in found:
                if c.views or c.program:  # not an opinion of another's answer
                    best.setdefault(c.agent, c.grid)
            for one, other in combinations(best, 2):
                row = counts.setdefault((one, other), dict.fromkeys(("agree", "differ"), 0))
                same = best[one] == best[other]
                row["agree" if same else "differ"] += 1
                if truth is not None:
                    right = [agent for agent in (one, other) if best[agent] == truth]
                    what = "agree, right" if same and right else "agree, wrong" if same else "differ, none right"
                    if right and not same:
                        what = "first right" if right == [one] else "second right"
                    row[what] = row.get(what, 0) + 1
    return [{"agents": list(agents), **row} for agents, row in counts.items()]
