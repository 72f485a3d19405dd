"""A program → a sentence in plain English: one clause for each step, an operation's phrase or its own description."""

from __future__ import annotations

import inspect

from arc_ttt.agents.programs.phrases import (
    combined,
    flights,
    grids,
    layered,
    learned,
    lists,
    made,
    parts,
    patterns,
    pieced,
    put,
    signed,
    summaries,
    wholes,
    zoned,
)
from arc_ttt.agents.programs.phrases.teller import Clause, Teller
from arc_ttt.rules.language import OPERATIONS, Program, Step

PHRASES: dict[str, str] = (
    grids.PHRASES
    | parts.PHRASES
    | layered.PHRASES
    | combined.PHRASES
    | wholes.PHRASES
    | flights.PHRASES
    | patterns.PHRASES
    | summaries.PHRASES
    | zoned.PHRASES
    | signed.PHRASES
    | pieced.PHRASES
    | put.PHRASES
)
CLAUSES: dict[str, Clause] = (
    parts.CLAUSES
    | lists.CLAUSES
    | learned.CLAUSES
    | made.CLAUSES
    | wholes.CLAUSES
    | flights.CLAUSES
    | patterns.CLAUSES
    | summaries.CLAUSES
    | zoned.CLAUSES
    | signed.CLAUSES
    | pieced.CLAUSES
    | put.CLAUSES
)


def sentence(program: Program) -> str:
    """What the program does."""
    if not program:
        return "The grid stays as it is."
    text = _spoken(program, Teller(_spoken))
    return text[0].upper() + text[1:] + "."


def _spoken(program: Program, teller: Teller) -> str:
    """The clauses of a program; of none that nothing changes."""
    return "; then: ".join(_clause(step, teller) for step in program) or "the grid as it is"


def _clause(step: Step, teller: Teller) -> str:
    function = OPERATIONS[step.name].function
    if step.name in CLAUSES:
        return CLAUSES[step.name](teller, *step.arguments)
    if step.name in PHRASES:
        names = list(inspect.signature(function).parameters)[1:]
        return teller.fill(PHRASES[step.name], dict(zip(names, step.arguments, strict=True)))
    text = " ".join((function.__doc__ or step.name).split("\n\n")[0].split()).rstrip(".")
    return text[0].lower() + text[1:]
