"""Two programs, each right for some demonstrations → one that chooses between them by a feature of the input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

from arc_ttt.agents.programs.meter import Meter
from arc_ttt.agents.programs.states import State
from arc_ttt.agents.programs.targets import Grids
from arc_ttt.rules.features import FEATURES, NOTHING, feature
from arc_ttt.rules.language import Program, Step

MOST_DECISIONS = 4
# Programs that are chosen between where two do not do.
SEVERAL = 3
DECIDE_BITS, CASE_BITS = 6.0, 1.5
# Of a feature of a grid, and of two programs to choose between.
FEATURE_COST, PAIR_COST = 1.0, 0.3


@dataclass(frozen=True)
class Decision:
    """`first` where the feature has one of the values in `cases`; `left_out` counts the demonstrations whose case and
    program others show as well."""

    name: str
    cases: tuple[int, ...]
    first: State
    second: State | Decision
    bits: float
    left_out: int

    @property
    def program(self) -> Program:
        cases = "c" + "_".join(map(str, self.cases))
        return (Step("decide_by", (self.name, cases, self.first.program, self.second.program)),)


def decisions(partial: Mapping[int, Sequence[State]], inputs: Grids, n: int, meter: Meter) -> list[Decision]:
    """The decisions that make all outputs, the surest and shortest first; `partial` has one bit for each demonstration
    that its states make. The tests' features must be known from demonstrations."""
    every = (1 << n) - 1
    masks = [m for m in partial if m != every]
    pairs = [(a, b) for a in masks for b in masks if a | b == every and a < b]
    if not pairs:
        return _several(partial, inputs, n, meter) if len(masks) >= SEVERAL else []
    found: list[Decision] = []
    for rank, name in enumerate(FEATURES):
        if not meter.pay(FEATURE_COST * len(inputs) + PAIR_COST * len(pairs)):
            break
        known = [feature(g, name) for g in inputs]
        shown = known[:n]
        if NOTHING in known or not set(known[n:]) <= set(shown) or len(set(shown)) < 2:
            continue
        for a, b in pairs:
            only_first = {shown[i] for i in range(n) if not b >> i & 1}
            only_second = {shown[i] for i in range(n) if not a >> i & 1}
            if only_first & only_second:
                continue
            # A value that both programs serve goes with the second.
            seconds = set(shown) - only_first
            repeated = sum(shown.count(v) > 1 for v in shown)
            for first in partial[a]:
                for second in partial[b]:
                    bits = first.bits + second.bits + DECIDE_BITS + CASE_BITS * len(set(shown)) + log2(rank + 1)
                    if seconds:
                        found.append(Decision(name, tuple(sorted(only_first)), first, second, bits, repeated))
    return sorted(found or _several(partial, inputs, n, meter), key=lambda d: (-d.left_out, d.bits))


def _several(partial: Mapping[int, Sequence[State]], inputs: Grids, n: int, meter: Meter) -> list[Decision]:
    """Decisions between three programs: for each value of a feature the shortest one that serves all of its
    demonstrations."""
    best = {mask: min(states, key=lambda s: s.bits) for mask, states in partial.items() if states}
    found: list[Decision] = []
    for rank, name in enumerate(FEATURES):
        if not meter.pay(FEATURE_COST * len(inputs)):
            break
        known = [feature(g, name) for g in inputs]
        shown = known[:n]
        if NOTHING in known or not set(known[n:]) <= set(shown):
            continue
        cases: dict[int, list[int]] = {}
        for value in sorted(set(shown)):
            mine = sum(1 << i for i in range(n) if shown[i] == value)
            serving = [m for m in best if m & mine == mine]
            if not serving:
                break
            cases.setdefault(min(serving, key=lambda m: best[m].bits), []).append(value)
        else:
            if len(cases) == SEVERAL:
                bits = sum(best[m].bits for m in cases) + 2 * DECIDE_BITS + CASE_BITS * len(set(shown))
                repeated = sum(shown.count(v) > 1 for v in shown)
                (a, first), (b, second), (c, _) = cases.items()
                inner = Decision(name, tuple(second), best[b], best[c], 0.0, 0)
                found.append(Decision(name, tuple(first), best[a], inner, bits + log2(rank + 1), repeated))
    return found
