"""A program that makes all outputs of a search."""

from __future__ import annotations

from dataclasses import dataclass

from arc_ttt.agents.programs.targets import Grids
from arc_ttt.rules.language import Program


@dataclass
class Solution:
    """A program that makes all outputs: its steps, the places of fitted ones and, from a search, all grids."""

    program: Program
    fitted: tuple[int, ...]
    bits: float
    grids: Grids = ()
