"""All operations: importing this module fills the table `OPERATIONS`."""

from arc_ttt.rules import (
    around,
    branches,
    colouring,
    frames,
    joined,
    learned_answers,
    learned_cells,
    learned_colours,
    learned_stamps,
    lines,
    moves,
    objects,
    panels,
    patterns,
    spread,
    whole,
)
from arc_ttt.rules.language import OPERATIONS, Operation

__all__ = [
    "OPERATIONS",
    "Operation",
    "around",
    "branches",
    "colouring",
    "frames",
    "joined",
    "learned_answers",
    "learned_cells",
    "learned_colours",
    "learned_stamps",
    "lines",
    "moves",
    "objects",
    "panels",
    "patterns",
    "spread",
    "whole",
]
