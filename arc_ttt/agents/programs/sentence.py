"""A program → a sentence in plain English, made of the operations' own descriptions."""

from __future__ import annotations

import inspect

from arc_ttt.rules.language import INK, MARK, OPERATIONS, Argument, Kind, Program, Step

COLOUR_NAMES = ("black", "blue", "red", "green", "yellow", "grey", "pink", "orange", "azure", "maroon")


def sentence(program: Program) -> str:
    """What the program does: one clause for each step."""
    if not program:
        return "Leave the grid as it is."
    clauses = [clause(step) for step in program]
    text = "; then: ".join(clauses)
    return text[0].upper() + text[1:] + "."


def clause(step: Step) -> str:
    """The operation's description, with its arguments in parentheses."""
    operation = OPERATIONS[step.name]
    described = " ".join((operation.function.__doc__ or step.name).split("\n\n")[0].split()).rstrip(".")
    described = described[0].lower() + described[1:]
    names = list(inspect.signature(operation.function).parameters)[1:]
    words = [
        f"{name.replace('_', ' ')}: {_word(kind, argument)}"
        for name, kind, argument in zip(names, operation.kinds, step.arguments, strict=True)
    ]
    return described + (f" ({', '.join(words)})" if words else "")


def _word(kind: Kind, argument: Argument) -> str:
    if isinstance(argument, tuple):
        return sentence(argument).rstrip(".") if argument else "nothing"
    if kind in (INK, MARK) and isinstance(argument, int):
        return COLOUR_NAMES[argument]
    return str(argument).replace("_", " ")
