"""Finds → the likeliest first, one for each answer. Two attempts are two different answers.

A find is likelier the shorter it is, the more programs agree with it, and the more demonstrations it predicts from the
others. An answer that looks unlike the demonstrations' outputs is likely wrong, whatever program made it.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf

from arc_ttt.agents.programs.found import Found
from arc_ttt.agents.traits import traits
from arc_ttt.arc.size import output_size, size
from arc_ttt.types import Grid, Task

# Finds handed on at most.
MOST = 8
# Bits that programs which agree are worth each, and how many count.
AGREEING_BITS, MOST_AGREEING = 1.5, 4
# Bits that an oddity of the answers counts.
ODD_BITS = 10.0
# Traits of which answers of training tasks lack one in several hundred times.
STRICT = {
    "keeps all colours",
    "covers the grid",
    "loses no cells of a colour",
    "wins no cells of a colour",
    "as many coloured cells",
    "smaller",
    "larger",
    "as large",
    "is a part of the input",
    "has the input as a part",
    "changes the background alone",
    "changes to the background alone",
    "clears nothing",
    "changes one colour",
    "as many cells of each colour",
}
# Oddities that a colour from nowhere counts as: no answer of a training task has one.
NOWHERE = 4


def ranked(found: list[Found]) -> tuple[Found, ...]:
    """Those with the same outputs are one, for which the best of them stands. Near misses come last and alone."""
    found = [f for f in found if f.exact] or found
    by_outputs: dict[tuple[Grid, ...], list[Found]] = {}
    for f in found:
        by_outputs.setdefault(f.outputs, []).append(f)
    merged = []
    for group in by_outputs.values():
        best = min(group, key=_unlikely)
        merged.append(replace(best, agree=len({f.program for f in group})))
    whole = [f.bits + ODD_BITS * f.odd for f in merged]
    merged = [
        replace(f, ahead=min([b - f.bits for r, b in zip(merged, whole, strict=True) if r is not f], default=inf))
        for f in merged
    ]
    return tuple(sorted(merged, key=_unlikely)[:MOST])


def _unlikely(f: Found) -> tuple[int, bool, float, float, str]:
    missed = 0 if f.left_out is None else f.demonstrations - f.left_out
    bits = f.bits * (1 + missed) + ODD_BITS * f.odd - AGREEING_BITS * min(f.agree - 1, MOST_AGREEING)
    return f.demonstrations - f.reproduced, not f.sure, f.near, bits, f.program


def oddities(task: Task, outputs: tuple[Grid, ...]) -> int:
    """How many things are odd about these answers: unchanged inputs, sizes, new colours or none, where no
    demonstration has such; a colour that comes from nowhere though in the demonstrations it is in the input; a trait
    that all demonstrations have and these lack."""
    pairs = task.demonstrations
    common = frozenset.intersection(*(_strict(p.input, p.output) for p in pairs)) if len(pairs) > 1 else frozenset()
    new = set().union(*(_colours(p.output) - _colours(p.input) for p in pairs))
    shown = [_colours(p.output) for p in pairs]
    odd = 0
    for given, made in zip(task.tests, outputs, strict=True):
        known = output_size(pairs, given)
        odd += known is not None and known != size(made)
        odd += made == given and all(p.input != p.output for p in pairs)
        odd += NOWHERE * (not _colours(made) <= _colours(given) | new)
        odd += len(_colours(made)) == 1 and all(len(s) > 1 for s in shown)
        odd += len(common - _strict(given, made))
    return odd


def _strict(given: Grid, made: Grid) -> frozenset[str]:
    """What holds of a change, of the traits that of training tasks' answers one in several hundred lacks."""
    return frozenset(name for name, holds in traits(given, made).items() if holds is True and name in STRICT)


def _colours(grid: Grid) -> set[int]:
    return set(grid.cells.ravel().tolist())
