"""Phrases of the operations that put parts of a grid together, or show one through another."""

from __future__ import annotations

from arc_ttt.agents.programs.phrases import tables
from arc_ttt.agents.programs.phrases.members import best, which
from arc_ttt.agents.programs.phrases.summaries import SHOWN, sides
from arc_ttt.agents.programs.phrases.teller import IMAGES, SETS, Clause, Teller, counted
from arc_ttt.agents.programs.phrases.wholes import LEVEL
from arc_ttt.agents.programs.phrases.words import NOUNS

PHRASES: dict[str, str] = {
    "show_through": "of the {mask:first=second|last=first} of {parted:panels=two panels|across2=the left and the right "
    "half|down2=the upper and the lower half|things=the two things of one size, of which the one with fewer colours "
    "counts as the first,} only what lies where the other one is {lets} is kept{extent:whole=|cut=, cut to the box of "
    "that}",
    "make_of_each": "a piece is made of each {each:rows=row of panels|columns=column of panels|panels=panel|across="
    "thing from left to right|down=thing from top to bottom}, and the pieces are put together as these lie"
    "{between:nothing=|lines=, with the lines between them|empty=, with empty lines between}; for each: {program}",
}


def _arranged(
    teller: Teller, link: str, name: str, value: str, order: str, shown: str, axis: str, level: str, gap: str
) -> str:
    strip = order == "strip"
    those = SHOWN[shown].format(NOUNS[link][1] if strip else which(teller, link, name, value))
    apart = "" if gap == "g0" else f", {counted(int(gap[1]), 'cell')} apart"
    if gap.endswith("wall"):
        apart += " in the colour of the lines between panels"
    elif apart and gap[-1] != "0":
        apart += f" in {teller.ink(gap[-1])}"
    how = "in the order in which a strip lists their colours" if strip else f"the one {best(teller, order)} first"
    return f"{those} are put {SETS['row'][axis]}{apart}, level {LEVEL[axis][level]}, {how}"


def _times(teller: Teller, word: str, several: str) -> str:
    if word.startswith("n") and word[1:].isdecimal():
        return counted(int(word[1:]), several)
    return f"as many {several}s as {sides(teller, word)}"


def _tiled(teller: Teller, tile: str, down: str, across: str, poses: str) -> str:
    picture = "the grid" if tile == "grid" else "the largest thing (of any colours)"
    where = "" if tile == "grid" else ", as the rest of the grid says"
    text = f"{picture} is repeated in {_times(teller, down, 'row')} and {_times(teller, across, 'column')}{where}"
    if poses == "ii_ii":
        return text
    turned = [f"{IMAGES[k]} in {place}" for k, place in zip(poses.replace("_", ""), _PLACES, strict=True) if k != "i"]
    return f"{text}, {', '.join(turned)}"


_PLACES = (
    "odd rows and odd columns",
    "odd rows and even columns",
    "even rows and odd columns",
    "even rows and columns",
)


def _laid(teller: Teller, members: str, name: str, table: str) -> str:
    shrunk = tables.panels_to_cells(teller, name, table, members)
    return f"{shrunk}; the cells lie in rows and columns as the things lie to each other"


CLAUSES: dict[str, Clause] = {"arrange_by": _arranged, "layout_by": _laid, "tile_counted": _tiled}
