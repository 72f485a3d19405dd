"""What the search hands on: a program with its sentence, its outputs and the evidence for it."""

from __future__ import annotations

from dataclasses import dataclass

from arc_ttt.types import Grid

# A program of more bits than this for each demonstration it reproduces is a guess rather than a find.
SURE_BITS = 14.0


@dataclass(frozen=True)
class Found:
    """A program and what speaks for it.

    `bits` is its description length, fitted data counted; `reproduced` of `demonstrations` come out right, and
    `near` is the share of wrong cells over all of them; `left_out` says how many come out right of a program whose
    fitted data were read off the others alone (None: nothing was fitted); `agree` counts the programs with these
    outputs.
    """

    program: str
    sentence: str
    outputs: tuple[Grid, ...]
    bits: float
    reproduced: int
    demonstrations: int
    left_out: int | None = None
    near: float = 0.0
    agree: int = 1

    @property
    def exact(self) -> bool:
        return self.reproduced == self.demonstrations

    @property
    def sure(self) -> bool:
        """Whether the evidence is strong enough to speak of a find."""
        enough = self.left_out is None or self.left_out == self.demonstrations
        return self.exact and enough and self.bits <= SURE_BITS * self.demonstrations
