"""The candidates of several agents sorted into what programs made and what learners found, theirs pooled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from arc_ttt.types import Candidate, Grid


def pooled(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of several learners as if one had found them: equal grids put together, with all their views,
    log-probabilities and scores."""
    if not found:
        return []
    together: dict[Grid, list[Candidate]] = {}
    for c in found:
        together.setdefault(c.grid, []).append(c)
    views, logprobs, scores = (
        {grid: tuple(x for c in same for x in getattr(c, name)) for grid, same in together.items()}
        for name in ("views", "logprobs", "scores")
    )
    most = max(map(len, scores.values()))
    # A grid that was scored in fewer views has no sum to compare.
    known = {grid: s if len(s) == most else () for grid, s in scores.items()}
    return [
        replace(same[0], views=views[grid], logprobs=logprobs[grid], scores=known[grid])
        for grid, same in together.items()
    ]


def learned(found: Sequence[Candidate]) -> list[Candidate]:
    """What a learner found from the inputs themselves."""
    return [c for c in found if not c.program]


def continued(found: Sequence[Candidate]) -> list[Candidate]:
    """What a learner found from what a program makes of the inputs."""
    return [c for c in found if c.program and c.views]


def programs(*attempts: Sequence[Candidate]) -> list[Candidate]:
    """What programs alone make, of the first attempt that has any."""
    return next((some for found in attempts if (some := [c for c in found if c.program and not c.views])), [])
