"""What a worker begins with, candidates, the judge's opinion → as the page is told of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from arc_ttt.agents.recipe import Recipe
from arc_ttt.arc.jsonio import printable
from arc_ttt.report import page
from arc_ttt.solve.judge import judge, weighable
from arc_ttt.types import Candidate


def beginning(recipe: Recipe) -> str:
    """What a worker does before its first task, in a few words."""
    if not recipe.config.learns:
        return "it imports the grid operations"
    models = [recipe.model if name == "learner" else name.partition(":")[2] for name in recipe.config.agents]
    return f"it imports PyTorch and reads {printable(' and '.join(dict.fromkeys(name for name in models if name)))}"


def brief(c: Candidate) -> dict[str, Any]:
    """A candidate as the page has it while it is found."""
    told: dict[str, Any] = {"grid": page.rows(c.grid), "agent": c.agent, "views": list(c.views)}
    told["logprobs"] = [round(p, 3) if math.isfinite(p) else None for p in c.logprobs]
    if c.program:
        told |= {"program": c.program, "reason": c.reason, "sure": c.sure, "exact": c.exact}
    return told


def judged(found: Sequence[Candidate]) -> list[list[Any]]:
    """Each grid with the judge's probability of it; nothing where there is nothing to judge by."""
    return [[page.rows(j.candidate.grid), round(j.probability, 4)] for j in judge(found)] if weighable(found) else []
