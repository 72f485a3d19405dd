"""Random rules: a family of inputs, a program that suits it, and the filters' consent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from arc_ttt.rules.filters import is_good
from arc_ttt.rules.inputs import draw_source
from arc_ttt.rules.language import (
    INK,
    LINK,
    MARK,
    OTHER,
    PROGRAM,
    Argument,
    Kind,
    Program,
    Step,
    length,
)
from arc_ttt.rules.operations import OPERATIONS, Operation
from arc_ttt.rules.pieces import FAMILIES, PALETTE, Rng, one_of
from arc_ttt.rules.rule import Rule

LENGTHS = (0.35, 0.35, 0.20, 0.10)  # share of rules with 1, 2, 3 and 4 steps
MANY_COLOURED = frozenset({"spotted"})  # tags of inputs whose things have several colours


def draw_rule(rng: Rng, steps: int | None = None) -> Rule | None:
    """A random rule of `steps` steps (drawn by `LENGTHS` if None) that passes all filters; None if the one that was
    drawn does not."""
    if steps is None:
        steps = int(rng.choice(len(LENGTHS), p=LENGTHS)) + 1
    source = draw_source(rng, str(rng.choice(sorted(FAMILIES), p=_family_weights())))
    known = _role_colours(source)
    tags = FAMILIES[source.name].tags
    # One meaning of "thing" for a whole rule; many-coloured things are seldom meant by their single colours.
    mixed = 0.7 if tags & MANY_COLOURED or "speckled" in source.arguments else 0.15
    link = str(rng.choice(["mixed", "corner", "side"], p=[mixed, 0.8 * (1 - mixed), 0.2 * (1 - mixed)]))
    program = draw_program(rng, steps, tags, known, link)
    rule = Rule(source, program, int(rng.integers(1, 10)) if rng.random() < 0.08 else 0)
    return rule if length(program) == steps and is_good(rule) else None


@cache
def _family_weights() -> tuple[float, ...]:
    total = sum(f.weight for f in FAMILIES.values())
    return tuple(FAMILIES[name].weight / total for name in sorted(FAMILIES))


def _role_colours(source: Step) -> tuple[int, ...]:
    """The colours that the inputs of a source always may have: its marks, and its palette if it is fixed."""
    found: list[int] = []
    for kind, a in zip(FAMILIES[source.name].kinds, source.arguments, strict=True):
        if kind == MARK and isinstance(a, int):
            found += [a, a]  # twice: a colour with a role is more often what an operation looks for
        elif kind == PALETTE and str(a).startswith("c"):
            found += map(int, str(a)[1:])
    return tuple(found)


def draw_program(rng: Rng, steps: int, tags: frozenset[str], known: Sequence[int], link: str) -> Program:
    """A program of `steps` steps for inputs with `tags`; the colours in `known` are those it may look for, and
    `link` says how it finds things."""
    program: list[Step] = []
    left = steps
    while left > 0:
        names = [o for _, o in sorted(OPERATIONS.items()) if _fits(o, left, known, program)]
        weights = np.array([o.weight * _liking(o, tags) for o in names])
        chosen = names[int(rng.choice(len(names), p=weights / weights.sum()))]
        inner = left - 1
        arguments: list[Argument] = []
        programs = chosen.kinds.count(PROGRAM)
        for kind in chosen.kinds:
            if kind == PROGRAM:
                share = inner if programs == 1 else int(rng.integers(inner + 1))
                share = min(share, 2)
                within = frozenset({"small", "single"}) if chosen.name.startswith("change") else tags
                arguments.append(draw_program(rng, share, within, known, link))
                inner, programs = inner - share, programs - 1
            elif kind == LINK:
                arguments.append(link)
            else:
                arguments.append(draw_argument(rng, kind, known, arguments))
        step = Step(chosen.name, tuple(arguments))
        program.append(step)
        left -= length((step,))
        known = (*known, *(a for k, a in zip(chosen.kinds, arguments, strict=True) if k == INK and isinstance(a, int)))
        if chosen.result == OTHER:
            tags = frozenset({"small", "lopsided"})
    return tuple(program)


def _fits(operation: Operation, left: int, known: Sequence[int], before: Sequence[Step]) -> bool:
    """Whether there are enough steps and colours left, and it is neither the last step again nor a second turn of
    the whole grid, which would only make another turn of both."""
    turned = "turn" in operation.tags and any("turn" in OPERATIONS[s.name].tags for s in before)
    again = bool(before) and before[-1].name == operation.name
    possible = (left > 1 or PROGRAM not in operation.kinds) and (bool(known) or MARK not in operation.kinds)
    return possible and not turned and not again


def _liking(operation: Operation, tags: frozenset[str]) -> float:
    if operation.tags & tags:
        return 1.0
    return 0.25 if "any" in operation.tags else 0.006


def draw_argument(rng: Rng, kind: Kind, known: Sequence[int], before: Sequence[Argument]) -> Argument:
    """A value of `kind`: a colour to look for is one of `known`, one to paint mostly is not; colours differ."""
    if kind in (INK, MARK):
        free = [int(v) for v in kind.values if v not in before]
        old = [c for c in known if c not in before]
        new = [c for c in free if c not in known]
        choice = old if old and (kind == MARK or not new or rng.random() < 0.3) else new or free
        return one_of(rng, choice)
    return one_of(rng, kind.values)
