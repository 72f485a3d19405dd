"""How often each operation helps and what it costs: counted on training tasks, kept in `weights.json`.

Costs are in units of about ten microseconds on the machine where they were measured: a constant, and a part for each
hundred cells. The counts are of programs found, by whether outputs are smaller than inputs, as large, or larger.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log2

from arc_ttt.rules.operations import OPERATIONS

CLASSES = ("smaller", "same", "larger")
# An operation that never helped counts this much; one that helped in another class of tasks that much for each time.
FLOOR, ELSEWHERE = 0.3, 0.15
UNKNOWN_COST = (4.0, 4.0)


@dataclass(frozen=True)
class Weights:
    """`bits[class][name]` of choosing an operation, `costs[name]` as (constant, for each hundred cells)."""

    bits: dict[str, dict[str, float]]
    costs: dict[str, tuple[float, float]]

    def cost(self, name: str, cells: float) -> float:
        constant, hundred = self.costs.get(name, UNKNOWN_COST)
        return constant + hundred * cells / 100


@cache
def weights() -> Weights:
    raw = json.loads((files(__package__) / "weights.json").read_text(encoding="utf-8"))
    helps: dict[str, dict[str, float]] = raw["helps"]
    bits = {}
    for kind in CLASSES:
        counts = {name: FLOOR for name in OPERATIONS}
        for other in CLASSES:
            for name, n in helps.get(other, {}).items():
                if name in counts:
                    counts[name] += n * (1.0 if other == kind else ELSEWHERE)
        total = sum(counts.values())
        bits[kind] = {name: log2(total / n) for name, n in counts.items()}
    return Weights(bits, {name: (float(a), float(b)) for name, (a, b) in raw["costs"].items()})
