"""What things, panels and other parts are called, and what is said of them: which of them are meant by a property."""

from __future__ import annotations

import re
from collections.abc import Sequence

from arc_ttt.agents.programs.phrases.teller import NUMBERS, ORDINALS, Teller, listed
from arc_ttt.agents.programs.phrases.words import COLOURS, COUNTS, NOUNS, RANKS, SHAPES, TURNS, VALUES, YES_NO
from arc_ttt.rules.crowds import OVER


def having(  # noqa: PLR0911 a return for each sort of property
    teller: Teller, name: str, values: Sequence[int], known: Sequence[int] = ()
) -> str:
    """What is said behind the noun of things whose property has one of these values, of all that are known; nothing for
    the property that all things have."""
    if name == "any":
        return ""
    if OVER in name:
        base, _, most = name.partition(OVER)
        return listed([COUNTS[base][0].format(f"more than {most}" if v else f"at most {most}") for v in values], "or")
    if "_" in name:
        first, second = name.split("_")
        return " or ".join(f"{having(teller, first, [v // 10])} and {having(teller, second, [v % 10])}" for v in values)
    if name in YES_NO:
        return listed([YES_NO[name][v != 1] for v in values], "or")
    if name in VALUES:
        return listed([VALUES[name][min(v, len(VALUES[name]) - 1)] for v in values], "or")
    if name in COUNTS:
        return filled(COUNTS[name][0], values, known)
    if name in RANKS:
        plain = list(values) == [0] and not name.startswith("from")
        return RANKS[name][0].format("" if plain else listed([ordinal(v + 1) for v in sorted(values)], "or") + " ")
    if name in COLOURS:
        some, none, _ = COLOURS[name]
        inks = [teller.ink(v) for v in values if v]
        words = [some.format(listed(inks, "or"))] if inks else []
        return " or ".join(words + [none] * (0 in values))
    return SHAPES[name]


def about(name: str) -> str:
    """What a property is about, as in `by their size`."""
    words = []
    for part in name.partition(OVER)[0].split("_"):
        if part in YES_NO:
            words.append(
                f"whether they are {YES_NO[part][0].removeprefix('that are ')}".replace("they are that ", "they ")
            )
        else:
            noun = {**COUNTS, **RANKS, **COLOURS}.get(part, ("shape",))[-1]
            words.append(
                {"lying": "format", "aim": "direction", "mirrored": "symmetry", **dict.fromkeys(TURNS, "turn")}.get(
                    part, noun
                )
                if part not in SHAPES
                else "shape"
            )
    return " and ".join(w if w.startswith("whether") else f"their {w}" for w in words)


def filled(text: str, values: Sequence[int], known: Sequence[int] = ()) -> str:
    """The text with the numbers in its place: `of one cell`, `of 2 or 3 cells`."""
    text = text.format(numbers(values, known))
    return re.sub(r"(?<!or )(?<!least )\b1 (\w+)s\b", r"one \1", text) if len(values) == 1 else text


def numbers(values: Sequence[int], known: Sequence[int] = ()) -> str:
    """`3`, `1 or 2`, `at least 2`, where that is all that is known."""
    have = sorted(values)
    if len(have) > 2 and have == sorted(known)[-len(have) :] and have[0] > min(known):
        return f"at least {have[0]}"
    return NUMBERS[0] if have == [0] else listed(list(map(str, have)), "or")


def ordinal(number: int) -> str:
    return ORDINALS[number] if number < len(ORDINALS) else f"{number}th"


_SINGULAR = (
    (" are ", " is "), (" have ", " has "), (" touch ", " touches "), (" reach ", " reaches "),
    (" do not ", " does not "), (" their ", " its "), (" they ", " it "), (" fill ", " fills "), (" lie ", " lies "),
    (" them", " it"),    ("does not reaches", "does not reach"), ("does not fills", "does not fill"),
)  # fmt: skip


def singular(text: str) -> str:
    """What is said of several things said of one."""
    text = f" {text}"
    for several, one in _SINGULAR:
        text = text.replace(several, one)
    return text.strip()


# Parts of which coloured cells are counted, but that have others, too.
_COLOURED = (
    "boxes",
    "side_boxes",
    "panels",
    "slices",
    "colour_boxes",
    "insides",
    "rows",
    "columns",
    "rowspans",
    "columnspans",
)


def members(
    teller: Teller, link: str, name: str, values: Sequence[int], known: Sequence[int] = (), one: bool = False
) -> str:
    """`things with a hole`, or `thing with a hole`."""
    text = having(teller, name, values, known)
    if link in _COLOURED:
        text = re.sub(r"\bcells\b", "coloured cells", text)
    return f"{NOUNS[link][not one]} {singular(text) if one else text}".strip()


def which(teller: Teller, link: str, name: str, word: str) -> str:
    """The things that have (`is3`, `v3`) or have not (`not3`, `n3`) a value."""
    negated = word.startswith("n")
    value = int("".join(c for c in word if c.isdigit()))
    if negated and name in YES_NO:
        return members(teller, link, name, [0 if value == 1 else 1])
    noun = members(teller, link, name, [value])
    return f"{NOUNS[link][1]} other than those {having(teller, name, [value])}" if negated else noun


# --- orders by a measure ---

MEASURES = {
    "size": "cells",
    "area": "area",
    "colours": "colours",
    "gaps": "empty cells in its box",
    "holes": "holes",
    "specks": "cells of other than its main colour",
    "pieces": "parts",
    "height": "height",
    "width": "width",
    "mirrored": "mirror symmetry",
    "diagonal": "mirror symmetry at a diagonal",
}
_ENDS = {
    "top": ("lowest", "highest"),
    "bottom": ("lowest", "highest"),
    "left": ("farthest right", "farthest left"),
    "right": ("farthest right", "farthest left"),
}
_COMMON = {
    "common_shape": "shape", "common_turned": "shape, turned as it may be,",
    "common_colour": "colour", "common_size": "size",
}  # fmt: skip


def best(teller: Teller, rank: str) -> str:  # noqa: PLR0911 a return for each sort of measure
    """What is said of the one part with the most or the least of a measure."""
    end, _, name = rank.partition("_")
    if name in _ENDS:
        side = {"top": "begins", "left": "begins", "bottom": "ends", "right": "ends"}[name]
        return f"that {side} {_ENDS[name][end == 'least']}"
    if name == "common_cells":
        return f"of which there are the {'most' if end == 'most' else 'fewest'} exact copies"
    if name in _COMMON:
        return f"of the {'most' if end == 'most' else 'least'} common {_COMMON[name]}".rstrip(",")
    if name.startswith("cells_of_"):
        return f"with the {'most' if end == 'most' else 'fewest'} cells of {teller.ink(name[-1])}"
    if name == "number":
        inks = ", ".join(map(teller.ink, range(1, 6)))
        return f"of the {'last' if end == 'most' else 'first'} colour in the order {inks}, …"
    if name == "pile":
        return "that lies in front of all others" if end == "most" else "that lies behind all others"
    if name in ("area", "height", "width"):
        return f"of the {'greatest' if end == 'most' else 'least'} {MEASURES[name]}"
    if name in ("mirrored", "diagonal"):
        return f"with the {end} {MEASURES[name]}"
    return f"with the {'most' if end == 'most' else 'fewest'} {MEASURES[name]}"
