"""The words of all views: what a cell sees near and far, in its row, its thing, its region, its panel."""

from __future__ import annotations

from arc_ttt.agents.programs.phrases.seen import VIEWS, Seen, colour, condition, number, values, yes
from arc_ttt.agents.programs.phrases.words import COLOURS, COUNTS, RANKS, YES_NO

__all__ = ["VIEWS", "condition"]


def _turns(first: int, step: int) -> str:
    return "{}, {}, {}, …".format(*(first + 1 + k * step for k in range(3)))


_FAR = {
    "up": "above", "down": "below", "left": "to the left", "right": "to the right", "upleft": "to the upper left",
    "upright": "to the upper right", "downleft": "to the lower left", "downright": "to the lower right",
}  # fmt: skip
for _way, _where in _FAR.items():
    colour(_way, f"the colour of the cell {_where}")
    colour(f"ray{_way}", f"the first colour {_where}")
    yes(f"sees{_way}", f"with a coloured cell somewhere {_where}", f"with no coloured cell anywhere {_where}")
for _way, _where in {"up": "above", "down": "below", "left": "left of", "right": "right of"}.items():
    colour(f"cone{_way}", f"the one colour in the cone that widens {_where} them")
yes("ink", "coloured", "empty")
colour("own", "their colour")
number("sides", "with {} coloured cells at their sides", "the number of coloured cells at their sides")
number("corners", "with {} coloured cells at their corners", "the number of coloured cells at their corners")
number("around", "with {} coloured cells around", "the number of coloured cells around")
yes("besides", "beside a coloured cell", "not beside a coloured cell")
yes("touched", "that touch a coloured cell", "that touch no coloured cell")
number(
    "alikesides", "with {} cells of their colour at their sides", "the number of cells of their colour at their sides"
)
number("alikearound", "with {} cells of their colour around", "the number of cells of their colour around")
yes("surrounded", "surrounded by coloured cells", "not surrounded by coloured cells")
colour("aroundcolour", "the only colour around them")
colour("quartercolour", "the only colour in their quarter of the grid")
colour("sectorcolour", "the only colour between the same diagonals of the grid")
colour("ringcolour", "the only colour in their ring around the middle")
for _slant in ("rising", "falling"):
    colour(f"{_slant}colour", f"the only colour on their {_slant} line")
for _line, _else in (("row", "column"), ("column", "row")):
    values(
        f"{_line}parity", f"which of two {_line}s in turn they are in",
        f"in {_line}s {_turns(0, 2)}", f"in {_line}s {_turns(1, 2)}",
    )  # fmt: skip
    for _name, _n in (("three", 3), ("four", 4)):
        values(
            f"{_line}of{_name}", f"which of {_name} {_line}s in turn they are in",
            *(f"in {_line}s {_turns(k, _n)}" for k in range(_n)),
        )  # fmt: skip
    _end = "below" if _line == "row" else "right"
    values(
        f"{_line}parityfrom{_end}", f"which of two {_line}s in turn, from {_end}, they are in",
        *(f"in {_line}s {_turns(k, 2)}, counted from the last" for k in range(2)),
    )  # fmt: skip
    colour(f"{_line}colour", f"the only colour in their {_line}")
    yes(f"{_line}any", f"in {_line}s with a coloured cell", f"in empty {_line}s")
    yes(f"{_line}full", f"in full {_line}s", f"in {_line}s that are not full")
    yes(f"{_line}uniform", f"in {_line}s of one colour throughout", f"in {_line}s of several colours")
    number(f"{_line}count", f"in {_line}s with {{}} coloured cells", f"the number of coloured cells in their {_line}")
    colour(f"{_line}first", f"the colour of the first cell of their {_line}")
    colour(f"{_line}last", f"the colour of the last cell of their {_line}")
    yes(f"{_line}fullest", f"in the {_line}s with the most coloured cells", f"not in the fullest {_line}s")
    yes(f"{_line}emptiest", f"in the {_line}s with the fewest coloured cells", f"not in the emptiest {_line}s")
    yes(f"{_line}mirrored", f"in {_line}s that are their own mirror image", f"in {_line}s that are not mirrored")
    colour(f"{_line}ends", f"the colour at both ends of their {_line}")
    colour(f"{_line}most", f"the most common colour of their {_line}")
    yes(f"{_line}hasrarest", f"in {_line}s with a cell of the rarest colour", f"in {_line}s without the rarest colour")
for _slant in ("rising", "falling"):
    for _name, _n in (("three", 3), ("four", 4)):
        values(
            f"{_slant}of{_name}", f"which of {_name} {_slant} diagonals in turn they are on",
            *(f"on {_slant} diagonals {_turns(k, _n)}" for k in range(_n)),
        )  # fmt: skip
    yes(_slant, f"on the {_slant} diagonal", f"not on the {_slant} diagonal")
values(
    "checker", "which fields of a chessboard they are on",
    "on black chessboard fields (the upper left corner is black)",
    "on white chessboard fields (the upper left corner is black)",
)  # fmt: skip
yes("rim", "at the border", "away from the border")
values("depthparity", "which of two rings in turn they are in", f"in rings {_turns(0, 2)} from outside", f"in rings "
        f"{_turns(1, 2)} from outside")  # fmt: skip
number("depth", "{} cells away from the border", "how far from the border they are")
yes("toprow", "in the top row", "below the top row")
yes("bottomrow", "in the bottom row", "above the bottom row")
yes("leftcolumn", "in the left column", "right of the left column")
yes("rightcolumn", "in the right column", "left of the right column")
yes("middlerow", "in the middle row", "not in the middle row")
yes("middlecolumn", "in the middle column", "not in the middle column")
for _name, _where in {
    "across": "left and right", "upright": "above and below", "crosswise": "on two opposite sides",
    "rising": "at both ends of their rising diagonal", "falling": "at both ends of their falling diagonal",
    "slanting": "on two opposite sides, slantwise",
}.items():  # fmt: skip
    colour(f"between{_name}", f"the colour that they lie between {_where}")
number("hits", "that see colours in {} of four directions", "in how many of four directions they see a colour")
number("slantinghits", "that see colours in {} of four slanting directions", "in how many slanting directions they see "
        "a colour")  # fmt: skip
colour("inline", "the only colour that they see up, down, left and right")
colour("inslant", "the only colour that they see slantwise")
colour("instar", "the only colour that they see in all eight directions")
colour("lines", "the colour of the full row or column that they are in")
for _name, _what in {
    "leftright": "the mirror image, left to right", "upsidedown": "the mirror image, top to bottom",
    "halfturn": "the image after half a turn", "diagonal": "the mirror image at the falling diagonal",
    "antidiagonal": "the mirror image at the rising diagonal", "quarterturn": "the image after a quarter turn",
    "quarterturnback": "the image after a quarter turn back",
}.items():  # fmt: skip
    colour(_name, f"the colour in {_what}")
    if _name in ("leftright", "upsidedown", "halfturn"):
        _theirs = _what.replace("the ", "their ", 1)
        yes(f"unlike{_name}", f"unlike {_theirs}", f"like {_theirs}")
        yes(f"thingsunlike{_name}", f"unlike {_theirs} within their thing", f"not unlike {_theirs} within a thing")
    for _part, _of in {"box": "of everything coloured", "things": "of their thing", "panels": "of their panel"}.items():
        colour(f"{_part}{_name}", f"the colour in {_what} {_of}")
colour("headsink", "the colour at the beginning both of their row and of their column")
for _line in ("row", "column"):
    yes(f"{_line}twin", f"in {_line}s that are there again", f"in {_line}s that are not there again")
colour("commonest", "the most common colour")
colour("rarest", "the rarest colour")
colour("second", "the second most common colour")
yes("iscommonest", "of the most common colour", "not of the most common colour")
yes("israrest", "of the rarest colour", "not of the rarest colour")
colour("cornercolour", "the colour of the upper left corner")
colour("lowercornercolour", "the colour of the lower left corner")
colour("rightcornercolour", "the colour of the upper right corner")
yes("tall", "of a grid higher than wide", "of a grid not higher than wide")
number("numberofcolours", "of a grid of {} colours", "the number of colours")
yes("crosshasrarest", "in a row or column with the rarest colour", "in no row or column with the rarest colour")

# --- things, regions, panels ---

_NOUNS = {
    "thing": "things (of any colours)",
    "piece": "things",
    "block": "things (joined by sides)",
    "room": "empty regions",
}
_MORE = {
    "big": YES_NO["largest"],
    "small": YES_NO["smallest"],
    "mirrored": ("that are their own mirror image", "that are not their own mirror image"),
    "unlike": ("of a shape that no other has", "of a shape that another also has"),
    "onlycolour": ("of a colour that no other has", "of a colour that another also has"),
    "even": ("of an odd number of cells", "of an even number of cells"),
    "lying": ("wider than high", "not wider than high"),
}
_RANKED = {"sizerank": "sizerank", "sizerankfrombelow": "sizeranksup", "fromleft": "fromleft", "fromtop": "fromtop"}
_NAMES = (
    "size", "largest", "smallest", "sizerank", "sizerankfrombelow", "big", "small", "single", "even", "height", "width",
    "tallest", "widest", "bordering", "square", "lying", "full", "line", "holes", "holed", "mirrored", "twins",
    "unlike", "fromleft", "fromtop", "highest", "lowest", "leftmost", "rightmost", "onlycolour", "colours",
)  # fmt: skip
for _noun, _things in _NOUNS.items():
    for _name in _NAMES:
        if _name in _RANKED:
            VIEWS[_noun + _name] = Seen(
                f"the {RANKS[_RANKED[_name]][1]} of their {_noun}", some=_things, rank=_RANKED[_name]
            )
        elif _name in COUNTS:
            _some, _what = COUNTS[_name]
            number(_noun + _name, f"of {_things} {_some}", f"the {_what} of their {_noun}")
        else:
            _is, _not = (_MORE | YES_NO)[_name] if _name in _MORE else YES_NO[_name]
            yes(_noun + _name, f"of {_things} {_is}", f"not of {_things} {_is}")
for _name, (_, _, _what) in COLOURS.items():
    if _name in ("colour", "rarest"):
        colour(f"thing{_name}", f"the {'most common' if _name == 'colour' else 'rarest'} colour of their thing")
number("numberofthings", "of a grid of {} things (of any colours)", "the number of things (of any colours)")
number("numberofpieces", "of a grid of {} things", "the number of things")
for _noun in ("thing", "piece"):
    _is = _NOUNS[_noun]
    number(f"in{_noun}ring", f"in ring {{}} of {_is}, counted from outside", f"their ring in their {_noun}")
    for _name, _where in {
        "top": "the top row", "bottom": "the bottom row", "left": "the left column", "right": "the right column",
        "row": "rows 2, 4, 6, …", "column": "columns 2, 4, 6, …",
        "checker": "the white chessboard fields", "lower": "the lower half", "upper": "the upper half",
        "righter": "the right half", "lefter": "the left half", "corner": "the box's corners",
        "edge": "the box's sides",
    }.items():  # fmt: skip
        _at = "on" if _name == "checker" else "in"
        yes(f"in{_noun}{_name}", f"{_at} {_where} of {_is}", f"not {_at} {_where} of {_is}")
    values(
        f"in{_noun}rowfrombelow",
        f"their row in their {_noun}, from below",
        *(f"in row {k}, from below, of {_is}" for k in range(1, 16)),
    )
    for _line in ("row", "column"):
        values(
            f"in{_noun}{_line}ofthree",
            f"their {_line} in their {_noun}",
            *(f"in {_line}s {_turns(k, 3)} of {_is}" for k in range(3)),
        )
for _noun, _is in (("thing", "things (of any colours)"), ("room", "empty regions")):
    for _side, _place in (("left", "from the left"), ("top", "from the top")):
        for _n, _word in ((2, "two"), (3, "three")):
            VIEWS[f"{_noun}from{_side}of{_word}"] = Seen(
                f"which of {_word} in turn {_place} their {_noun} is",
                values=(
                    *(f"of the {_is} {_turns(k, _n)} {_place}" for k in range(_n)),
                    *("",) * (15 - _n),
                    f"of no {_noun}",
                ),
            )
for _name, _first, _second in (
    ("row", f"in rows {_turns(0, 2)}", f"in rows {_turns(1, 2)}"),
    ("column", f"in columns {_turns(0, 2)}", f"in columns {_turns(1, 2)}"),
    ("checker", "on the black chessboard fields", "on the white chessboard fields"),
):  # fmt: skip
    values(
        f"inroom{_name}", f"their {'field' if _name == 'checker' else _name} in their empty region",
        "in no empty region", f"{_first} of empty regions", f"{_second} of empty regions",
    )  # fmt: skip
number("inroomring", "in ring {} of empty regions, counted from outside", "their ring in their empty region")
yes("enclosed", "that are enclosed", "that are not enclosed")
colour("roomcolour", "the only colour around their empty region")
colour("inbox", "the colour of the thing in whose box they are")
colour("inframe", "the colour of the thing that goes around them")
number("distance", "{} steps from the nearest colour", "how far the nearest colour is")
number("walk", "{} straight steps from the nearest colour", "how many straight steps away the nearest colour is")
colour("nearest", "the nearest colour")
colour("nearestonfoot", "the colour nearest in straight steps")
yes("nearestsure", "with one nearest colour", "without one nearest colour")
yes("nearestonfootsure", "with one nearest colour in straight steps", "without one nearest colour in straight steps")
for _name, _n in (("two", 2), ("three", 3)):
    for _view, _way in (("distance", "steps"), ("walk", "straight steps")):
        values(f"{_view}of{_name}", f"how many {_way} away the nearest colour is", *(
            f"{k}, {k + _n}, {k + 2 * _n}, … {_way} from the nearest colour" for k in range(_n)))  # fmt: skip
values("panelrow", "the row of their panel", *(f"in row {k} of panels" for k in range(1, 16)))
values("panelcolumn", "the column of their panel", *(f"in column {k} of panels" for k in range(1, 16)))
values("panelchecker", "which fields of a chessboard their panel is on", "in every second panel, like a chessboard",
        "in the other panels, like a chessboard")  # fmt: skip
values("panelcorner", "where their panel is", "in inner panels", "in panels at the sides", "in panels at the corners")
yes("panelbox", "in panels at the border", "in inner panels")
number("panelcount", "in panels with {} coloured cells", "the number of coloured cells in their panel")
yes("panelempty", "in empty panels", "in panels that are not empty")
yes("panelmost", "in the panels with the most coloured cells", "in panels with fewer coloured cells than the most")
yes("panelleast", "in the panels with the fewest coloured cells", "in panels with more coloured cells than the fewest")
colour("panelcolour", "the only colour of their panel")
for _way, _where in (("up", "above"), ("down", "below"), ("left", "to the left"), ("right", "to the right")):
    for _k, _name in ((0, ""), (2, "oftwo"), (3, "ofthree"), (4, "offour")):
        for _line, _what in (("", "coloured cell"), ("line", "line with a coloured cell")):
            _far = [f"{r}, {r + _k}, {r + 2 * _k}, …" for r in range(_k)] if _k else [str(r) for r in range(15)]
            values(
                f"{_line}steps{_way}{_name}",
                f"how far the next {_what} {_where} is",
                *(f"{n} step{'' if n == '1' else 's'} from the next {_what} {_where}" for n in _far),
                *("",) * (15 - len(_far)),
                f"with no coloured cell anywhere {_where}",
            )
for _name, _where in {
    "diagonal": "on the diagonals of", "cross": "in the row or column of", "ringoftwo": "in every second ring around",
    "diamondoftwo": "in every second diamond around", "rowoftwo": "in every second row from",
    "columnoftwo": "in every second column from",
}.items():  # fmt: skip
    yes(f"mark{_name}", f"{_where} the one single cell", f"not {_where} the one single cell")
number("markring", "in ring {} around the one single cell", "their ring around the one single cell")
values("halfofrows", "their half, upper or lower, of the grid", "in the upper half", "in the middle row",
       "in the lower half")  # fmt: skip
values("halfofcolumns", "their half, left or right, of the grid", "in the left half", "in the middle column",
       "in the right half")  # fmt: skip
values("sector", "the part of the grid between its diagonals that they are in", "on the diagonals of the grid",
       "above its diagonals", "below its diagonals", "left of its diagonals", "right of its diagonals")  # fmt: skip
values("markupright", "their side of the one single cell", "above the one single cell", "in its row", "below it")
values("markacross", "their side of the one single cell", "left of the one single cell", "in its column", "right of it")
values("markcone", "their side of the one single cell", "above the one single cell", "where it is", "below it",
        "left of it", "where it is", "right of it")  # fmt: skip
colour("lineends", "the colour at both ends of their row or column")
for _way, _where in (("down", "downwards"), ("right", "to the right"), ("up", "upwards")):
    colour(f"list{_way}", f"the next colour in turn of the list at the edge, {_where}")
for _name, _where in {
    "roomring": "of the ring of their room",
    "thingring": "of the ring of their thing",
    "distance": "of steps, aslant too, to a coloured cell",
    "walk": "of steps to a coloured cell",
    "size": "of the rank of their thing by size",
    "fromleft": "of the place of their thing from the left",
    "fromtop": "of the place of their thing from the top",
}.items():
    colour(f"list{_name}", f"the colour in the list at the edge at the number {_where}")
colour("motleyfirst", "the first other colour than the commonest in their thing of any colours")
colour("motleylast", "the last other colour than the commonest in their thing of any colours")
colour("cluster", "the colour of the nearby cells in whose box they are")
colour("widecluster", "the colour of the wider group in whose box they are")
colour("inspan", "the colour in the box of all of whose cells they are")
colour("peersall", "the colour that other panels have in their place")
colour("peersrow", "the colour that other panels in their row have in their place")
colour("peerscolumn", "the colour that other panels in their column have in their place")
for _line in ("row", "column"):
    colour(f"{_line}ink", f"the most common colour but the background of their {_line}")
    _of = f"of the most common colour of their {_line}"
    yes(f"is{_line}ink", _of, f"not {_of}")
values(
    "fan",
    "where they lie to the lines that end between the borders",
    "not in a triangle that widens from the end of a line to the border",
    "in a triangle that widens from the end of a line to the border",
    "of a line that leads from the border to an end",
)
colour("crossink", "the colour that is the most common one of both their row and their column")
number("evenlines", "with lines {} steps away in all four directions", "how many steps away lines are that point at "
        "them from all four sides")  # fmt: skip
number("boxescover", "in the boxes of {} colours", "in the boxes of how many colours they are")
number("rarelines", "that see the rarest colour first in {} of four directions", "in how many directions they see "
        "the rarest colour first")  # fmt: skip
number(
    "runacross", "in runs of {} cells of their colour in a row", "how many of their colour lie side by side in a row"
)
number("rundown", "in runs of {} cells of their colour in a column", "how many of their colour lie side by side in a "
       "column")  # fmt: skip
yes("inrunofthree", "in a straight run of three or more of their colour", "in no straight run of three of their colour")
yes(
    "inslantofthree",
    "in a slanting run of three or more of their colour",
    "in no slanting run of three of their colour",
)
yes(
    "acrosslonger",
    "in a run of their colour that is longer across than down",
    "in no run that is longer across than down",
)
yes("inlongestrun", "in one of the longest straight runs of one colour", "in none of the longest straight runs")
yes("inblock", "in a square of two by two cells of their colour", "in no square of two by two cells of their colour")
yes("deadend", "in ways that lead nowhere", "not in a way that leads nowhere")
yes("gap", "in gaps of walls", "not in a gap of a wall")
yes("gaproom", "in rooms that only gaps lead out of", "not in a room that only gaps lead out of")
colour("gaproomowner", "the one colour in their room, gaps closed")
yes("gapowned", "in gaps of rooms that hold one colour", "in no gap of a room that holds one colour")
colour("planned", "the colour that a small plan has for their place")
colour("gapowner", "the one colour in the rooms beside their gap")
values(
    "nearcrossing",
    "where they lie to crossings of rows and columns that are full or have ends of one colour",
    "far from a crossing of a row and a column that are full or have ends of one colour",
    "around a crossing of a row and a column that are full or have ends of one colour",
    "where a row and a column cross that are full or have ends of one colour",
)
colour("endscross", "the colour at the ends of both their row and their column")
colour("rowend", "the colour at the ends of their row")
colour("columnend", "the colour at the ends of their column")
values(
    "planrole",
    "their role in a plan of rooms with gaps",
    "in no room",
    "of walls",
    "coloured but not of walls",
    "in gaps of rooms that hold one colour",
    "in other gaps",
    "empty and in rooms that only gaps lead out of",
)
