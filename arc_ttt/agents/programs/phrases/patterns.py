"""Phrases of the operations on patterns: paths, spirals, images, tables of panels."""

from __future__ import annotations

import re
from collections.abc import Callable

from arc_ttt.agents.programs.phrases.members import best
from arc_ttt.agents.programs.phrases.teller import IMAGES, ORDINALS, Clause, Teller, counted, listed

_FROM_ONE = (
    "{change:"
    + "|".join(
        f"{word}{k}=moved {name} by {counted(k, 'cell')}, round the border"
        for word, name in (("on", "on"), ("back", "back"))
        for k in (1, 2, 3)
    )
    + "|ongrowing=moved on, round the border, by a cell more each time|backgrowing=moved back, round the border, by a "
    "cell more each time|mirrored=mirrored|halves=with its halves exchanged|turn=with each colour the next of those in "
    "it|turnback=with each colour the one before of those in it}"
)

PHRASES: dict[str, str] = {
    "lines_from_one": f"from the one line that is coloured all others are made, each the one before {_FROM_ONE}",
    "square_from_line": f"the line becomes a square, each further line the one before {_FROM_ONE}",
    "continue_lines": "{lines:rows=rows|columns=columns|both=rows and columns} that begin at a border "
    "{stride:period=with what repeats go on so, each in its own period,|mirrored=go on to and fro} to the other border",
    "pattern_by_specks": "full rectangles with a few specks of other colours: these colours (or that of the specks and "
    "the rectangle's) take turns in {pattern:checks=checks|rows=rows|columns=columns|rings=rings|across=stripes across "
    "the longer side} {where:rim=on its rim|all=on all of it|core=within its rim|around=around it}, and the specks "
    "{specks:vanish=vanish|stay=stay}",
    "unwind": "the beginning of a spiral that winds outwards goes on, its colours in turn, {end:stops=as far as the "
    "border|cut=cut off at the border}",
    "texture_by_legend": "small pictures, each with one cell of a colour sticking out, are a legend: {whom:rooms=rooms "
    "with a cell of this colour|things=things of this colour} are filled with the picture again and again, from the "
    "upper left of {where:box=their box|grid=the grid} on",
    "map_odd_tiles": "the grid is one tile again and again: a cell for each tile, {ink} where it has a fault",
    "continue_panel_lines": "each {lines:rows=row|columns=column} of panels is a series of its own, each panel the one "
    "before turned, shifted, recoloured or with more or less of the same: the empty ones at its end are filled",
    "restore_panel_lines": "along all {lines:rows=rows|columns=columns} each panel becomes the next one in the same "
    "way (turned, shifted or recoloured): those that are empty, or under one colour, are restored",
    "fill_sets": "all {sets:rows=rows|columns=columns|both=rows and all columns} of panels have the same set of "
    "panels, and empty ones become what is lacking there",
    "lines_go_on": "lines at equal or growing steps go on {way:up=upwards|down=downwards|left=to the left|right=to the "
    "right|onward=where there is most room} as far as the border, their colours in turn, each {change:same=like the "
    "one before|longer=as much longer or shorter as the one before|round=moved along and round the border as the one "
    "before|out=moved along as the one before}",
    "fronts_go_on": "the beginning of {front:corner=nested corners|slant=slanting lines in a corner|rings=rings|"
    "diamonds=diamonds}, at {steps:equal=equal|growing=growing} steps, goes on as far as the border, the colours in "
    "turn",
    "continue_along": "what is coloured at the beginning of a path, {path:border=around the border|spiral=winding "
    "inwards|spiral_gap=winding inwards one cell from its last turn|snake=to and fro over all rows (or columns)|"
    "snake_gap=to and fro over every second row (or column)}, goes on along it, "
    "{change:cells=its colours again and again|stretches=each straight stretch in the next of its colours}",
    "agree_panels": "all panels{group:rows= of a row|columns= of a column|all=} show the same: each cell takes the "
    "colour that most of them have there",
    "fill_table_gap": "empty panels are filled as the others tell: in all rows (or columns) one panel becomes another "
    "in the same way, or two of them make a third",
    "show_table_gap": "only what the one empty panel must show is kept: in all rows (or columns) one panel becomes "
    "another in the same way, or two of them make a third",
    "cross_panels": "panels in rows and columns, of which the first ones are given: each other one becomes "
    "{how:row=what begins its row, in the colour of what begins its column|column=what begins its column, in the "
    "colour of what begins its row|over=both upon each other|and=what both have|one=what only one of both has}",
    "interleave": "the panels (or halves) become one, {way:along=their lines across the row of panels|across=their "
    "lines along the row of panels} in turn",
    "image_at_marks": "what lies in one quarter of the grid appears {imaged:mirrored=mirrored|turned=turned|moved=as it"
    " is} in those with a single cell of another colour, and takes that colour",
    "tile_rooms": "the small picture of several colours is repeated in each empty room (or solid rectangle) from "
    "{first:upper_left=its upper left|lower_right=its lower right|grid=the grid's upper left} corner on, and "
    "{after:vanishes=vanishes|stays=stays}",
    "continue_series": "things of one shape and several colours at equal steps go on, their colours in turn, "
    "{ends:free=where they have more room|both=at both ends}, as far as the border",
    "continue_thing": "things that repeat themselves go on in the same way {ends:free=where they do not touch the "
    "border|both=at both ends}, as far as the border or what is in their way",
    "align_lines": "{axis/lines} with one cell of {mark} move along until these cells lie in line, "
    "{goal:first=as in the first of them|last=as in the last of them|common=as in most of them|start=at the beginning|"
    "end=at the end|middle=in the middle}; what leaves the grid {lost:come_back=comes back on the other "
    "side|are_lost=is lost}",
    "show_tile": "only the smallest piece is kept whose repetition agrees with most cells of the grid",
    "join_corners": "cells that are {given:two=two opposite|four=the four} corners of a rectangle become {form:frame="
    "its frame|full=all of it|rings=rings in it, every second one|inside=its inside|diagonals=its diagonals}, "
    "{top:smaller=smaller|larger=larger} rectangles on top of others",
    "stamp_turned": "the large thing is copied onto each single cell, its {facing/side} side turned "
    "{whereto:border=to the nearest border|away=away from the thing}, so that the middle of "
    "{anchor:front=that side|middle=it|back=the opposite side} lies on the cell, "
    "{ink:mark=in the colour of the cell|own=in its own colour}",
    "assemble_marked": "four things, each with one cell of the rarest colour in a corner, are put together so that "
    "these cells {meet:in=meet in the middle|out=lie in the corners}",
    "lay_by_key": "parts of one colour each are laid upon each other in the order in which a line of cells lists their "
    "colours, the {top:first=first|last=last} one on top",
    "figure_into_blocks": "solid rectangles become the one figure, {how:scaled=stretched to their size|tiled=repeated "
    "over them}, {ink:own=in its own colours|block=in their own colour|gaps=its gaps in their own colour}, and the "
    "figure {after:stays=stays|vanishes=vanishes}",
    "turn_rings": "the colours of {which:outer=the outermost ring of cells|all=all rings of cells|by_turns=all rings "
    "of cells, every second one the other way,} move {by:one=one cell|two=two cells|three=three cells|side=by the "
    "length of a side} {sense:clockwise=with|backwards=against} the clock",
    "change_marked": "things of any colours that {whom:marked=touch|unmarked=do not touch} a cell of {mark} "
    "{change:across=are mirrored left to right|down=are mirrored top to bottom|half=are turned by half a turn|left=are "
    "turned to the left|right=are turned to the right|rings=have the colours of their rings reversed|swapped=have "
    "their two colours swapped|inverted=have what is coloured and what is empty swapped}, and the marks "
    "{marks:vanish=vanish|stay=stay}",
    "lift_only": "of several rectangles on a repeating or mirrored picture, each of a colour of its own, only the "
    "{cover} one is taken away, and what it hides is shown",
    "enlarge_counted": "only the largest thing (of any colours) is kept, {grown:scaled=enlarged|tiled=repeated across "
    "and down|across=repeated side by side|down=repeated one below the other} as many times as {counted:singles=there "
    "are single cells|others=there are other things|rare=the rarest colour has cells|colours=there are colours|holes="
    "it has holes|size=it has cells}",
}

_SIDES = {"u": "upwards", "d": "downwards", "l": "to the left", "r": "to the right"}


def _all_over(teller: Teller, picture: str, how: str, gaps: str, rest: str) -> str:
    what = {
        "box": "all that is coloured",
        "framed": "what the one frame holds",
        "motley": "the one thing of several colours",
        "largest": "the largest thing",
    }[picture]
    ways = {
        "plain": "",
        "mirrored": ", mirrored by turns",
        "bricks": ", like bricks, every second row moved by half a step",
        "stacks": ", every second column moved by half a step",
        "checker": ", as a chequerboard",
    }[how]
    down, across = (int(n) for n in gaps[-2:])
    apart = (
        f", with {counted(across, 'cell')} between side by side and {counted(down, 'cell')} between one below another"
    )
    ends = "vanishes" if rest == "vanishes" else "stays on top"
    return f"{what} is repeated over the whole grid{ways}{apart if down or across else ''}; the rest {ends}"


def _images(teller: Teller, says: str, cases: str) -> str:
    further = {
        "z": "an empty grid",
        "f": "a grid full of its colour",
        "o": "the whole grid in its colour",
        "n": "the whole grid's empty cells in its colour",
        "m": "the whole grid with only the cells of its colour",
    }
    told = []
    for case, letter in re.findall(r"(\d)to(\w)", cases):
        who = (
            f"a cell of {teller.ink(case)}"
            if says == "colour"
            else f"a cell of the {ORDINALS[int(case)]} most common colour"
        )
        image = further.get(letter) or f"the whole grid {IMAGES[letter]}"
        told.append(f"{'an empty cell' if case == '0' else who.replace('first most', 'most')} becomes {image}")
    return listed(told)


def _spirals(teller: Teller, gap: str, leaving: str, table: str) -> str:
    ways = [
        f"of {teller.ink(c)} {_SIDES[way]} at first and then {'against' if side == 'l' else 'with'} the clock"
        for c, way, side in re.findall(r"(\d)to(\w)(\w)", table)
    ]
    apart = {"1": "one empty cell", "2": "two empty cells"}[str(gap)]
    end = "as far as the border" if leaving == "ends" else "cut off at the border"
    return f"from single cells spirals wind outwards, {apart} between their turns, {end}: {listed(ways)}"


def _settled(teller: Teller, axis: str, order: str) -> str:
    line, first = ("row", "leftmost") if axis == "horizontal" else ("column", "on top")
    if order in ("common_first", "common_last"):
        sort = f"the most common {first if order == 'common_first' else {'row': 'rightmost', 'column': 'lowest'}[line]}"
    else:
        inks = [teller.ink(int(c)) if c != "0" else "nothing" for c in order[1:]]
        sort = f"first {', then '.join(inks)}"
    return f"in each {line} (of each panel, if there are any) the cells are sorted by their colours, {sort}"


_IMAGES = {
    "same": "as it is",
    "fliphorizontal": "mirrored left to right",
    "flipvertical": "mirrored top to bottom",
    "turn": "turned by half a turn",
    "turnleft": "turned a quarter turn to the left",
    "turnright": "turned a quarter turn to the right",
    "transpose": "mirrored at its falling diagonal",
    "antitranspose": "mirrored at its rising diagonal",
}
_SECTORS = (
    "above and left of it", "above it", "above and right of it", "left of it", "within its box", "right of it",
    "below and left of it", "below it", "below and right of it",
)  # fmt: skip
_QUARTERS = ("in the upper left", "in the upper right", "in the lower left", "in the lower right")


def _stamped_by(teller: Teller, anchor: str, ink: str, says: str, images: str) -> str:
    names: dict[str, Callable[[int], str]] = {
        "colour": lambda k: f"of {teller.ink(k)}",
        "side": lambda k: _SECTORS[k] if k < len(_SECTORS) else "elsewhere",
        "quarter": lambda k: f"{_QUARTERS[k] if k < len(_QUARTERS) else 'in no'} quarter of the grid",
    }
    ways = [f"{_IMAGES[image]} onto those {names[says](int(k))}" for k, image in re.findall(r"(\d)to([a-z]+)", images)]
    cell = "the cell of its rarest colour" if anchor == "speck" else "its middle"
    how = {"own": "in its own colours", "under": "with the single cells on top", "mark": "in their colour"}[ink]
    return f"the largest thing is copied, {how}, with {cell} onto the single cells: {listed(ways)}"


def _sorted_panels(teller: Teller, rank: str) -> str:
    return f"the panels change places, the one {best(teller, rank)} first, and so on in reading order"


def _moved_panels(teller: Teller, order: str) -> str:
    numbers = [str(int(k) + 1) for k in order[1:]]
    return f"the panels change places: in reading order come now those that were number {listed(numbers)}"


CLAUSES: dict[str, Clause] = {
    "images_by_colour": _images,
    "repeat_all_over": _all_over,
    "permute_panels": _moved_panels,
    "settle_cells": _settled,
    "sort_panels": _sorted_panels,
    "stamp_by": _stamped_by,
    "wind_out": _spirals,
}
