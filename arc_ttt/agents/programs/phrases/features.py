"""What a feature of a grid, or of a part of it, says: in words for a condition, and for what a table goes by."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from arc_ttt.agents.programs.phrases.members import filled
from arc_ttt.agents.programs.phrases.teller import Teller, listed

COUNTED = {
    "colours": "colours",
    "things": "things",
    "lumps": "things (of any colours)",
    "pieces": "things (joined by sides)",
    "coloured": "coloured cells",
    "blocks": "squares of two by two cells of one colour",
    "holes": "holes",
    "singles": "single cells",
    "mostthings": "things of the most common colour",
    "loners": "single cells that nothing touches",
    "rares": "cells of the rarest colour",
    "alike": "things of the colour that most things have",
    "height": "rows",
    "width": "columns",
    "kinds": "different panels",
    "largestholes": "holes in the largest thing",
}
_COLOURS = {
    "commonest": "most common colour",
    "rarest": "rarest colour",
    "onlycolour": "only colour",
    "centre": "middle cell",
    "corner": "upper left cell",
    "walls": "colour of the lines between panels",
    "cornerink": "one coloured corner",
    "largestink": "colour of the largest thing",
    "smallestink": "colour of the smallest thing",
    "oddcolour": "one colour that not more than half of all parts have",
    "patch": "one colour that makes a full rectangle",
}
_YES = {
    "mirrored": "its own mirror image left to right",
    "upside": "its own mirror image top to bottom",
    "symmetric": "its own mirror image left to right or top to bottom",
    "diagonal": "its own mirror image at the falling diagonal",
}
_ODD = {"oddheight": "rows", "oddwidth": "columns", "oddthings": "things", "oddcoloured": "coloured cells"}
_BORDERS = ("no one border", "its upper border", "its right border", "its lower border", "its left border")
_MORE = ("fewer coloured cells than", "as many coloured cells as", "more coloured cells than")
_RELATIONS = (
    "have nothing to do with each other", "are the same", "are the same but for their colours",
    "are mirror images left to right", "are mirror images top to bottom", "are each other turned by half a turn",
    "are each other turned to the left", "are each other turned to the right",
    "are mirror images at the falling diagonal", "are mirror images at the rising diagonal",
    "are coloured where the other is not", "are such that the first includes the second",
    "are such that the second includes the first", "are nowhere both coloured",
)  # fmt: skip
_PLACES = (
    "at the upper left", "above the middle", "at the upper right", "left of the middle", "around the middle",
    "right of the middle", "at the lower left", "below the middle", "at the lower right",
)  # fmt: skip
_CORNERS = (
    "no one corner",
    "the upper left corner",
    "the upper right corner",
    "the lower left corner",
    "the lower right corner",
)
_WIDE = ("higher than wide", "as high as wide", "wider than high")


# By name: words for the values, and what is said of a grid with some of them.
_CHOICES: dict[str, tuple[tuple[str, ...], Callable[[str, str], str]]] = {
    "borderline": (_BORDERS, lambda subject, words: f"{subject} has a full line along {words}"),
    "wide": (_WIDE, lambda subject, words: f"{subject} is {words}"),
    "rareplace": (_PLACES, lambda subject, words: f"{_of(subject, 'rarest colour')} lies {words}"),
    "cornerplace": (_CORNERS, lambda subject, words: f"of {subject} {words} alone is coloured"),
    "largestlying": (_WIDE, lambda subject, words: f"{_of(subject, 'largest thing')} is {words}"),
}


def passes(  # noqa: PLR0911 a return for each sort of feature
    teller: Teller, name: str, values: Sequence[int], subject: str = "the grid"
) -> str:
    """That a feature has one of these values: `the grid has 2 or 3 colours`."""
    if name in COUNTED:
        return f"{subject} has {filled(f'{{}} {COUNTED[name]}', values)}"
    if name in _COLOURS:
        inks = listed([teller.ink(v) if v < 10 else "none" for v in values], "or")
        return f"{_of(subject, _COLOURS[name])} is {inks}"
    if name in _YES:
        return f"{subject} is {'' if values[0] else 'not '}{_YES[name]}"
    if name in _ODD:
        return f"{subject} has an {'odd' if values[0] else 'even'} number of {_ODD[name]}"
    if name.startswith("has"):
        return f"{subject} has {'a' if values[0] else 'no'} {teller.ink(name[-1])} cell"
    if name in _CHOICES:
        words, sentence = _CHOICES[name]
        return sentence(subject, listed([words[min(v, len(words) - 1)] for v in values], "or"))
    if name in ("relation", "more"):
        return _of_two(name, values, subject)
    if name == "lined":
        return f"{subject} has {'a' if values[0] else 'no'} full line of one colour"
    return f"what is coloured in {subject} has a certain shape"


def about(name: str, subject: str = "the grid") -> str:
    """What a table goes by: `the number of colours of the grid`."""
    if name in COUNTED:
        return f"the number of {COUNTED[name]} in {subject}"
    if name in _COLOURS:
        return _of(subject, _COLOURS[name])
    if name in _YES:
        return f"whether {subject} is {_YES[name]}"
    if name in _ODD:
        return f"whether the number of {_ODD[name]} in {subject} is odd"
    if name.startswith("has") or name == "lined":
        return f"whether {subject} has a {'full line of one' if name == 'lined' else 'cell of a certain'} colour"
    return _SHAPES.get(name, "the shape of what is coloured in {}").format(subject)


_SHAPES = {
    "wide": "whether {} is higher than wide",
    "relation": "what the two parts of {} have to do with each other",
    "more": "which of the two parts of {} has more cells",
    "rareplace": "where the rarest colour of {} lies",
    "cornerplace": "which corner of {} is coloured",
    "largestlying": "whether the largest thing of {} is higher than wide",
}


def _of_two(name: str, values: Sequence[int], subject: str) -> str:
    """What its two parts say of each other."""
    if name == "more":
        return f"the first part of {subject} has {listed([_MORE[min(v, 2)] for v in values], 'or')} the second"
    return f"the two parts of {subject} {listed([_RELATIONS[min(v, len(_RELATIONS) - 1)] for v in values], 'or')}"


def _of(subject: str, what: str) -> str:
    return f"its {what}" if subject == "it" else f"the {what} of {subject}"
