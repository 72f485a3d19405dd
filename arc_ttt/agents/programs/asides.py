"""A task → the same task without one of its colours, where its cells stay or are painted over: a rule that goes through
them or under them does not see them."""

from __future__ import annotations

import numpy as np

from arc_ttt.agents.programs.targets import Grids
from arc_ttt.types import COLOURS

# Colours set aside at most.
MOST_ASIDE = 1


def asides(inputs: Grids, outputs: Grids) -> list[tuple[int, Grids, Grids]]:
    """The colours that may be set aside, with the inputs and outputs without them: those in all inputs of which the
    outputs have no new cell, and none that is empty; the ones that are painted over most often first."""
    if any(i.shape != o.shape for i, o in zip(inputs, outputs, strict=False)):
        return []
    found = []
    for colour in range(1, COLOURS):
        masks = [g == colour for g in inputs]
        if not all(m.any() for m in masks):
            continue
        over = 0
        for i, o, m in zip(inputs, outputs, masks, strict=False):
            if ((o == colour) & ~m).any() or (o[m] == 0).any() or (i == o)[~m].all() or not i[~m].any():
                break
            over += int((o[m] != colour).sum())
        else:
            if over:
                found.append((over, colour))
    return [
        (
            colour,
            tuple(np.where(g == colour, np.uint8(0), g) for g in inputs),
            tuple(np.where(g == colour, np.uint8(0), g) for g in outputs),
        )
        for _, colour in sorted(found, reverse=True)[:MOST_ASIDE]
    ]
