"""Phrases with places for arguments → English: `{ink}` is a colour, `{1}` blue, `{axis/lines}` a word of a set, and
`{sizes:double=twice|square=as wide}` says what each value is called here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from arc_ttt.rules.language import Argument, Program

COLOUR_NAMES = ("black", "blue", "red", "green", "yellow", "grey", "pink", "orange", "azure", "maroon")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_PLACE = re.compile(r"\{(\w+)(?:/(\w+)|:([^{}]*))?\}")

# How a copy is turned, by the letters of `arc_ttt.rules.blocks`.
IMAGES = {
    "i": "as it is", "h": "mirrored left to right", "v": "mirrored top to bottom", "r": "turned by half a turn",
    "l": "turned to the left", "k": "turned to the right", "t": "mirrored at its falling diagonal",
    "a": "mirrored at its rising diagonal",
}  # fmt: skip

# Words by set and value, for arguments that mean the same in many phrases.
SETS: dict[str, dict[str, str]] = {
    "beside": {"down": "below", "up": "above", "left": "to the left of", "right": "to the right of"},
    "ways": {"down": "downwards", "up": "upwards", "left": "to the left", "right": "to the right"},
    "side": {"down": "lower", "up": "upper", "left": "left", "right": "right"},
    "lines": {"horizontal": "rows", "vertical": "columns"},
    "line": {"horizontal": "row", "vertical": "column"},
    "mirror": {"horizontal": "left to right", "vertical": "top to bottom"},
    "row": {"horizontal": "side by side", "vertical": "one below the other"},
    # The things that a link makes, behind their noun.
    "link": {"corner": "", "side": " (joined by sides)", "mixed": " (of any colours)"},
    "cells": {str(n): NUMBERS[n] + (" cell" if n == 1 else " cells") for n in range(13)},
    "times": {"1": "once", "2": "twice", **{str(n): f"{NUMBERS[n]} times" for n in range(3, 13)}},
    "number": {str(n): NUMBERS[n] for n in range(13)},
    "symmetry": {
        "across": "left and right alike",
        "down": "top and bottom alike",
        "both": "left and right alike, and top and bottom",
        "half_turn": "the same after half a turn",
        "quarter_turns": "the same after each quarter turn",
        "turning": "the same after each quarter turn",
        "all": "the same mirrored and after each quarter turn",
    },
}


@dataclass(frozen=True)
class Teller:
    """Who tells a program: `inks` are the words for the colours 0–9, `speak` says a program, `depth` counts how deep in
    quoted programs it is."""

    speak: Callable[[Program, Teller], str]
    inks: Sequence[str] = COLOUR_NAMES
    depth: int = 0

    def ink(self, colour: int | str) -> str:
        """The word for a colour, or for its digit; a number that is no colour is told as it is."""
        return self.inks[int(colour)] if int(colour) < len(self.inks) else f"colour {colour}"

    def program(self, program: Program, inks: Sequence[str] | None = None) -> str:
        """What an inner program does; in quotation marks where that is more than a plain clause."""
        inner = replace(self, inks=inks or self.inks)
        text = inner.speak(program, inner)
        if not any(mark in text for mark in ":;“‘"):
            return text
        inner = replace(inner, depth=self.depth + 1)
        text = inner.speak(program, inner)
        return f"“{text}”" if self.depth % 2 == 0 else f"‘{text}’"

    def fill(self, phrase: str, arguments: Mapping[str, Argument]) -> str:
        """The phrase with its places filled."""

        def word(match: re.Match[str]) -> str:
            name, words, choices = match.groups()
            if name.isdecimal():
                return self.ink(name)
            argument = arguments[name]
            if isinstance(argument, tuple):
                return self.program(argument)
            if words or choices:
                known = SETS[words] if words else dict(c.split("=", 1) for c in choices.split("|"))
                return known.get(str(argument), str(argument))
            if isinstance(argument, int):
                return self.ink(argument)
            return re.sub(r"^(\d+)x(\d+)$", r"\1 by \2", argument.replace("_", " "))

        return _PLACE.sub(word, phrase)


# What says an operation with its arguments, where a phrase is not enough.
Clause: TypeAlias = "Callable[..., str]"


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words) or "nothing"


def counted(number: int, noun: str) -> str:
    """`one cell`, `3 cells`."""
    return f"{NUMBERS[number] if number < 4 else number} {noun}{'' if number == 1 else 's'}"
