"""Phrases of signs on a way, of gaps in lines, and of figures as large as something is counted."""

from __future__ import annotations

import re

from arc_ttt.agents.programs.phrases.features import COUNTED
from arc_ttt.agents.programs.phrases.teller import SETS, Clause, Teller, listed

PHRASES: dict[str, str] = {
    "things_of_panels": "of two panels the {which:first=first|last=second} is shown, only with things that "
    "{shared:shared=the other one has, too|alone=the other one has not}, alike in {alike:cells=all cells|shape=shape|"
    "turned=shape, turned as it may be|place=shape and place}",
    "exchange_two": "the two colours of the grid change places",
}

_FIGURES = {
    "square": "a full square", "frame": "a square frame", "falling": "a falling diagonal",
    "rising": "a rising diagonal",
    "crossed": "both diagonals of a square", "checker": "a chessboard, its upper left field coloured,",
    "stairs": "stairs that fall to the right, full to the left,", "row": "a row", "column": "a column",
}  # fmt: skip
_GAPS = {"widest": "the widest gap", "narrowest": "the narrowest gap", "repeated": "all gaps of a width found twice"}


def _ink(teller: Teller, word: str) -> str:
    return {"most": "the most common colour", "least": "the rarest colour"}.get(word) or teller.ink(word[1:])


def _figure(teller: Teller, figure: str, name: str, ink: str, around: str) -> str:
    rest = "" if around == "none" else f", around it {_ink(teller, around)}"
    return (
        f"only {_FIGURES[figure]} of {_ink(teller, ink)} is shown{rest}, with a side of as many cells as the grid has "
        f"{COUNTED[name]}"
    )


def _gaps(teller: Teller, axis: str, width: str, ink: str) -> str:
    colour = "the colour on both its sides" if ink == "own" else teller.ink(ink[1:])
    return f"in each {SETS['line'][axis]} {_GAPS[width]} between coloured cells takes {colour}".replace(
        "twice between coloured cells takes", "twice between coloured cells take"
    )


def _signs(teller: Teller, source: int, direction: str, signs: str) -> str:
    table = re.findall(r"([1-9])to([a-z]+)", signs)
    turns = listed([f"{SETS['ways'][way]} from {teller.ink(ink)} on" for ink, way in table])
    return f"from each cell of {teller.ink(source)} a line runs {SETS['ways'][direction]}, but {turns}"


_ORDERS = {
    "rising_left": "in their order", "falling_left": "in the opposite order", "rising_size": "the smallest first",
    "falling_size": "the largest first", "rising_height": "the lowest first", "falling_height": "the highest first",
    "rising_width": "the narrowest first", "falling_width": "the widest first",
    "rising_top": "the farthest from it first", "falling_top": "the nearest to it first",
}  # fmt: skip
# Seen with the border below the first of the two ends is on the left.
_CORNERS = {"down": ("left", "right"), "up": ("right", "left"), "right": ("lower", "upper"), "left": ("upper", "lower")}


def _packed(teller: Teller, link: str, border: str, order: str, gap: str, start: str) -> str:
    things, side = "things" + SETS["link"][link], SETS["side"][border]
    apart = "without gaps" if gap == "gap0" else "a cell apart"
    corner = _CORNERS[border][start == "end"]
    return f"all {things} are set along the {side} border {apart}, {_ORDERS[order]}, from its {corner} end on"


_PASSED = {
    "colours": "pass their colours on to the {}",
    "shapes": "pass their shapes on to the {}",
    "crosswise": "pass their colours on to the {} and their shapes the other way",
}


def _passed(teller: Teller, axis: str, link: str, passed: str, to: str) -> str:
    beside = "side by side" if axis == "horizontal" else "one below the other"
    whom = {"next": ("right", "one below"), "previous": ("left", "one above")}[to][axis != "horizontal"]
    return f"things {beside}{SETS['link'][link]} {_PASSED[passed].format(whom)}, the last one to the first"


def _falls(teller: Teller, table: str) -> str:
    entries = re.findall(r"([1-9])to([a-z]+)", table)
    told = listed([f"{teller.ink(ink)} {SETS['ways'][way]}" for ink, way in entries])
    return f"cells fall by their colour, {told}, past each other, as far as what stays"


CLAUSES: dict[str, Clause] = {
    "fall_by_colour": _falls,
    "bridge_gaps": _gaps,
    "figure_counted": _figure,
    "follow_signs": _signs,
    "pack_things": _packed,
    "pass_along": _passed,
}
