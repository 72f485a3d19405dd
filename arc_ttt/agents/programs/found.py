"""What the search hands on: a program with its sentence, its outputs and the evidence for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, inf, log2

import numpy as np

from arc_ttt.agents.traits import is_part
from arc_ttt.types import Cells, Grid

# What a find must be worth: bits for each demonstration at most, more where each is predicted by the others; bits by
# which it must be shorter than what it explains, and by which any program with other outputs must be longer.
MOST_BITS, MOST_PREDICTED, LEAST_SAVED, LEAST_AHEAD = 9.0, 15.0, 8.0, 4.0
# That an output is a part of the input, beyond which one.
PART_BITS = 3.0


@dataclass(frozen=True)
class Found:
    """A program and what speaks for it.

    `bits` is its description length, fitted data counted, and `explained` the bits of the demonstrations' outputs where
    nothing but the inputs is known; `reproduced` of `demonstrations` come out right, and `near` is the share of wrong
    cells over all of them; `left_out` says how many come out right of a program whose fitted data were read off the
    others alone (None: nothing was fitted); `agree` counts the programs with these outputs, and `ahead` is by how many
    bits the next one with others is longer, its oddities counted; `odd` counts what is unlike the demonstrations about
    the answers.
    """

    program: str
    sentence: str
    outputs: tuple[Grid, ...]
    bits: float
    explained: float
    reproduced: int
    demonstrations: int
    left_out: int | None = None
    near: float = 0.0
    agree: int = 1
    ahead: float = inf
    odd: int = 0

    @property
    def exact(self) -> bool:
        return self.reproduced == self.demonstrations

    @property
    def sure(self) -> bool:
        """Whether the evidence is strong enough to speak of a find."""
        return (
            self.exact
            and not self.odd
            and (self.left_out is None or self.left_out == self.demonstrations)
            and self.bits <= (MOST_BITS if self.left_out is None else MOST_PREDICTED) * self.demonstrations
            and self.bits <= self.explained - LEAST_SAVED
            and self.ahead >= LEAST_AHEAD
        )


def information(inputs: Sequence[Cells], outputs: Sequence[Cells]) -> float:
    """Bits of the outputs: of which cells change and how where sizes stay, else of every cell's colour, or which part
    of the input it is; what is like another output is told by its number among those that there are."""
    colours = log2(max(2, len(set().union(*(o.ravel().tolist() for o in outputs)))))
    bits, known = 0.0, {(o.shape, o.tobytes()) for o in outputs}
    told: set[object] = set()
    for before, after in zip(inputs, outputs, strict=True):
        whole, mark = after.size * colours, (after.shape, after.tobytes())
        if mark in told:
            whole = min(whole, log2(max(2, len(known))))
        told.add(mark)
        if before.shape == after.shape:
            changed = int(np.count_nonzero(before != after))
            whole = min(whole, log2(comb(after.size, changed)) + changed * colours)
        elif is_part(after, before):
            whole = min(whole, PART_BITS + sum(log2(comb(side + 1, 2)) for side in before.shape))
        bits += whole
    return bits
