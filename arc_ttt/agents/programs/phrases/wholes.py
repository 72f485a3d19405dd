"""Phrases of the operations on whole lines, on grids that are summed up, and on grids cut by other grids."""

from __future__ import annotations

from arc_ttt.agents.programs.phrases.members import best
from arc_ttt.agents.programs.phrases.teller import SETS, Clause, Teller, counted, listed
from arc_ttt.agents.programs.phrases.words import NOUNS

PHRASES: dict[str, str] = {
    "nest_list": "each colour of the line becomes a square frame, the frames in each other, the first colour {first}",
    "squeeze_gappy": "in the box around everything coloured, rows that agree but for empty cells become one row, and "
    "columns one column",
    "overlay_marked": "the {members:mixed=things of any colours|corner=things|panels=panels}, all of one size, are "
    "laid upon each other, all seen through where they have their most common colour",
    "pad_to": "the grid lies {place:middle=in the middle|upper_left=in the upper left corner|upper_right=in the upper "
    "right corner|lower_left=in the lower left corner|lower_right=in the lower right corner} of an empty one of "
    "{extent} cells",
    "without_colour": "cells of {mark} are set aside and come back where they are left empty; without them: {program}",
    "change_lines": "in each {axis/line} by itself: {program}",
    "agree_in_poses": "the {members:panels=panels|slices=slices|insides=insides of the frames|side_boxes=boxes of "
    "things|lumps=lumps} show one picture, each {poses:turned=turned|mirrored=mirrored|any=turned or mirrored}: they "
    "are laid upon each other as the first one lies, and each cell takes the colour that {shown} of them have there",
    "fit_hole": "the hole of the picture is filled with the one of the pieces{turned:never=|turned=, perhaps turned,} "
    "whose sides go on what lies around it; {shown:picture=the picture alone is shown|grid=the pieces stay|cleared="
    "the pieces vanish|piece=that piece alone is shown}",
    "assemble_by_rims": "the {members:lumps=things of any colours|panels=panels|insides=insides of the frames}, all of "
    "one size, are put together so that the sides that are all of a colour they share lie outside",
    "assemble_by_edges": "the {members:lumps=things of any colours|panels=panels|insides=insides of the frames}, all "
    "of one size, are put together to a square or rectangle in which all sides that touch are alike",
    "mend_lattice": "lines from border to border that have gaps, or are covered here and there, become whole",
    "mend_slip": "{moves:rightdown=what lies right of or below|leftup=what lies left of or above|smaller=what lies on "
    "the smaller side of} the full line moves along it until it goes on what is beyond the line",
    "change_insides": "in what lies within each frame: {program}",
    "sort_cells": "all cells are sorted by how common their colours are, the most common first, and laid down in "
    "reading order",
    "complete_scattered": "some pictures of several colours are shown in full: all other cells are parts of one of "
    "them{turned:never=|any=, perhaps turned or mirrored}, and the rest of it is painted",
}


def _mend_odd(teller: Teller, members: str, turned: str, lacking: int | str, amiss: int | str) -> str:
    made = {"own": "is completed"}.get(str(lacking)) or f"is painted {teller.ink(lacking)}" if lacking != "stay" else ""
    other = {"own": "is mended", "0": "is taken away"}.get(str(amiss)) if amiss != "stay" else ""
    other = f"is painted {teller.ink(amiss)}" if other is None else other
    parts = [f"what {w} {does}" for w, does in (("others lack of it", made), ("others have amiss", other)) if does]
    kind = "the most common thing" + (" (of any colours)" if members == "mixed" else "")
    return f"{kind} is a pattern of all{', perhaps turned or mirrored' if turned == 'any' else ''}; " + listed(parts)


def _keep_lines(teller: Teller, side: str, lines: str) -> str:
    number, line = int(lines[1:]), "row" if side in ("up", "down") else "column"
    name = {"up": "top", "down": "bottom"}.get(side, side)
    return f"only the {name} {line} is kept" if number == 1 else f"only the {name} {counted(number, line)} are kept"


LEVEL = {
    "horizontal": {"far": "at their bottom", "near": "at their top", "middle": "in the middle"},
    "vertical": {"far": "at their right side", "near": "at their left side", "middle": "in the middle"},
}


def _line_up(teller: Teller, parts: str, rank: str, axis: str, level: str, gap: str) -> str:
    apart = "" if gap == "g0" else f", {counted(int(gap[1:]), 'cell')} apart"
    row = f"the {NOUNS[parts][1]} are put {SETS['row'][axis]}{apart}, level {LEVEL[axis][level]}"
    return f"{row}, the one {best(teller, rank)} first"


def _join_in_order(teller: Teller, ink: str, bend: str) -> str:
    inks = {"from": "in the colour of the first of both", "to": "in the colour of the second of both"}
    lines = {"straight": "straight lines", "across": "lines, across and then up or down,"}.get(
        bend, "lines, up or down and then across,"
    )
    colour = inks.get(ink) or f"of {teller.ink(ink[-1])}"
    return f"single cells are joined by {lines} {colour} in the order in which a strip lists their colours"


def _join_by_rank(teller: Teller, joined: str, measure: str, ink: str, bend: str) -> str:
    who = {"all": "things", "most": "things of the colour that most have"}.get(joined)
    who = who or f"things of {teller.ink(joined)}"
    order = {
        "size": "from the one with the fewest to the one with the most cells",
        "height": "from the lowest to the highest",
        "width": "from the narrowest to the widest",
        "holes": "from the one with the fewest to the one with the most holes",
        "top": "from top to bottom",
        "left": "from left to right",
    }[measure]
    lines = {"straight": "straight lines", "across": "lines, across and then up or down,"}.get(
        bend, "lines, up or down and then across,"
    )
    inks = {
        "less": "in the colour of the first of both",
        "more": "in the colour of the second of both",
        "left": "in the colour of what is not joined",
    }
    colour = inks.get(ink) or f"of {teller.ink(ink[-1])}"
    return f"{who} are joined, middle to middle, one to the next, {order}, by {lines} {colour}"


CLAUSES: dict[str, Clause] = {
    "join_by_rank": _join_by_rank,
    "join_in_order": _join_in_order,
    "keep_lines": _keep_lines,
    "line_up_level": _line_up,
    "mend_odd": _mend_odd,
}
