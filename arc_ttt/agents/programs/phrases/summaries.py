"""Phrases of the operations that make a small grid of what the whole grid says: votes, beads, differences, figures."""

from __future__ import annotations

from arc_ttt.agents.programs.phrases.made import layer_parts
from arc_ttt.agents.programs.phrases.members import which
from arc_ttt.agents.programs.phrases.teller import ORDINALS, SETS, Clause, Teller, counted, listed
from arc_ttt.agents.programs.phrases.words import NOUNS

PHRASES: dict[str, str] = {
    "spell_labelled": "each cell of the small picture becomes the thing beside which a single cell has its colour, in "
    "{ink:label=that colour|own=the thing's own colour}",
    "list_beads": "the largest thing is a wire with cells of other colours on it: these are listed in a {line:row=row|"
    "column=column}, beginning {start:rare=with the end of a colour that no other of its cells has|left=at the left end"
    "|right=at the right end|upper=at the upper end|lower=at the lower end}{mark:listed=|left_out=, whose mark is left "
    "out}",
}


def _agreed(teller: Teller, members: str, shown: str) -> str:
    those = f"the {NOUNS[members][1]}, all of one size,"
    if shown == "lone":
        return f"{those} are laid upon each other: the cells are left that a single one of them has otherwise than all"
    return f"{those} are laid upon each other: each cell takes the colour that {shown} of them have there"


SHOWN = {
    "cells": "the {}",
    "box": "the boxes of the {}",
    "within": "what lies within the sides of the boxes of the {}",
}


def _gather(teller: Teller, link: str, name: str, value: str, shown: str, axis: str) -> str:
    those = SHOWN[shown].format(which(teller, link, name, value))
    return f"{those} are put {SETS['row'][axis]}, in the order in which they lie"


_FIGURES = {
    "square": "a full square as wide", "row": "a row as long", "column": "a column as long",
    "diagonal": "an empty square with a coloured diagonal as wide", "frame": "the frame of a square as wide",
}  # fmt: skip


def _outnumber(teller: Teller, counted_: str, many: str, figure: str) -> str:
    figure = f"the grid becomes {_FIGURES[figure]} as"
    if many == "times":
        return f"{figure} the colour with the most {counted_}, which it has, has times the {counted_} of the next one"
    owner = "which it has, has" if many == "more" else "that of the next one, has"
    return f"{figure} the colour with the most {counted_}, {owner} more of them than the next one"


def _choose(teller: Teller, split: str, decides: str, table: str) -> str:
    parts = layer_parts(split)
    if decides == "marks":
        begin = f"{parts} become one, and at each place it matters which of them are coloured: "
    else:
        begin = f"{parts} become one, and at each place the colour of the {ORDINALS[int(decides[4:])]} one decides: "
    told = []
    for entry in table.split("_"):
        key, what = entry.split("to")
        if decides == "marks":
            at = [ORDINALS[i + 1] for i, on in enumerate(key) if on == "2"]
            case = f"where the {listed(at)} {'are' if len(at) > 1 else 'is'}" if at else "where none is"
        else:
            case = f"for {teller.ink(key)}"
        told.append(
            f"{case}, {teller.ink(what) if what.isdecimal() else f'the {ORDINALS[ord(what) - 96]} part'} is seen"
        )
    return begin + "; ".join(told)


_SIDES = {
    "rowlines": "there are lines across", "columnlines": "there are lines down",
    "roomsdown": "there are rooms between lines, one below the other",
    "roomsacross": "there are rooms between lines, side by side", "colours": "there are colours",
    "things": "there are things", "singles": "there are single cells", "holes": "there are holes",
    "ofrarest": "there are things of the rarest colour", "ofcommonest": "there are things of the most common colour",
    "largestheight": "the largest thing is high", "largestwidth": "the largest thing is wide",
    "largestsize": "the largest thing has cells",
    "voidheight": "the largest empty rectangle is high", "voidwidth": "the largest empty rectangle is wide",
}  # fmt: skip


def sides(teller: Teller, word: str) -> str:
    """What a side is as long as."""
    return _SIDES.get(word) or f"there are things of {teller.ink(word[2:])}"


_INKS = {
    "rowlines": "the colour of the lines across", "columnlines": "the colour of the lines down",
    "commonest": "the most common colour", "rarest": "the rarest colour", "largest": "the colour of the largest thing",
    "ground": "the background",
}  # fmt: skip
_FORMS = {"full": "rectangle", "chessboard": "chessboard", "rows": "rectangle of rows", "columns": "rectangle of "
          "columns", "frame": "frame"}  # fmt: skip


def _sized(teller: Teller, height: str, width: str, figure: str, ink: str, other: str) -> str:
    high, wide = (
        counted(int(w[1:]), "cell") if w[0] == "n" else f"as {{}} as {sides(teller, w)}" for w in (height, width)
    )
    high = high.format("high") if "{}" in high else f"{high} high"
    wide = wide.format("wide") if "{}" in wide else f"{wide} wide"
    first, second = (_INKS.get(w) or teller.ink(w[-1]) for w in (ink, other))
    inks = first if figure == "full" else f"{first} and {second}"
    return f"the grid becomes a {_FORMS[figure]} of {inks}, {high} and {wide}"


CLAUSES: dict[str, Clause] = {
    "choose_layers": _choose,
    "draw_sized": _sized,
    "gather_by": _gather,
    "outnumber": _outnumber,
    "show_agreed": _agreed,
}
