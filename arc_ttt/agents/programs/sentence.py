"""A program → a sentence in plain English, made of the operations' own descriptions."""

from __future__ import annotations

import inspect
import re

from arc_ttt.rules.language import INK, MARK, OPERATIONS, Argument, Kind, Program, Step

COLOUR_NAMES = ("black", "blue", "red", "green", "yellow", "grey", "pink", "orange", "azure", "maroon")
# Letters of a table that are shown.
MOST_LETTERS = 80


def sentence(program: Program) -> str:
    """What the program does: one clause for each step."""
    if not program:
        return "Leave the grid as it is."
    text = "; then: ".join(map(clause, program))
    return text[0].upper() + text[1:] + "."


def clause(step: Step) -> str:
    """The operation's description with its arguments: in their places where it names them, else in parentheses."""
    operation = OPERATIONS[step.name]
    text = " ".join((operation.function.__doc__ or step.name).split("\n\n")[0].split()).rstrip(".")
    text = text[0].lower() + text[1:]
    names = list(inspect.signature(operation.function).parameters)[1:]
    rest = []
    inks = sum(kind is INK for kind in operation.kinds)
    for name, kind, argument in zip(names, operation.kinds, step.arguments, strict=True):
        word = _word(kind, argument)
        named = f"`{name}`"
        if kind is INK and inks == 1 and re.search(r"\bone colour\b", text):
            text = re.sub(r"\bone colour\b", word, text, count=1)
        elif named in text:
            text = text.replace(f"colour {named}", word).replace(named, word)
        else:
            rest.append(f"{name.replace('_', ' ')}: {word}")
    return text + (f" ({', '.join(rest)})" if rest else "")


def _word(kind: Kind, argument: Argument) -> str:
    if isinstance(argument, tuple):
        return "“" + (sentence(argument).rstrip(".") if argument else "leave the grid as it is") + "”"
    if kind in (INK, MARK) and isinstance(argument, int):
        return COLOUR_NAMES[argument]
    word = str(argument).replace("_", ", " if kind.check else " ")
    return word if len(word) <= MOST_LETTERS else word[:MOST_LETTERS].rsplit(",", 1)[0] + ", …"
