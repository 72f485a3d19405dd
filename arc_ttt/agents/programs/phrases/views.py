"""What a cell sees, in words: the cells with certain values of a view, a view's colour, and what a view is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arc_ttt.agents.programs.phrases.members import (
    COLOURS,
    COUNTS,
    RANKS,
    YES_NO,
    numbers,
    ordinal,
)
from arc_ttt.agents.programs.phrases.teller import NUMBERS, ORDINALS, SETS, Teller, listed

NOTHING = 10


@dataclass(frozen=True)
class Seen:
    """A view: `about` follows `by`; a colour's is its name. What is said behind `cells` is `yes` or `no`, or `some` with
    the number's place, or what `values` says of each."""

    about: str
    yes: str = ""
    no: str = ""
    some: str = ""
    values: tuple[str, ...] = ()
    colour: bool = False


VIEWS: dict[str, Seen] = {}


def _yes(name: str, yes: str, no: str) -> None:
    VIEWS[name] = Seen(f"whether they are {yes}".replace("they are that ", "they "), yes=yes, no=no)


def _number(name: str, some: str, about: str) -> None:
    VIEWS[name] = Seen(about, some=some)


def _colour(name: str, noun: str) -> None:
    VIEWS[name] = Seen(noun, colour=True)


def _values(name: str, about: str, *values: str) -> None:
    VIEWS[name] = Seen(about, values=values)


_FAR = {
    "up": "above", "down": "below", "left": "to the left", "right": "to the right", "upleft": "to the upper left",
    "upright": "to the upper right", "downleft": "to the lower left", "downright": "to the lower right",
}  # fmt: skip
for _way, _where in _FAR.items():
    _colour(_way, f"the colour of the cell {_where}")
    _colour(f"ray{_way}", f"the first colour {_where}")
    _yes(f"sees{_way}", f"with a coloured cell somewhere {_where}", f"with no coloured cell anywhere {_where}")
_yes("ink", "coloured", "empty")
_colour("own", "their colour")
_number("sides", "with {} coloured cells at their sides", "the number of coloured cells at their sides")
_number("corners", "with {} coloured cells at their corners", "the number of coloured cells at their corners")
_number("around", "with {} coloured cells around", "the number of coloured cells around")
_yes("besides", "beside a coloured cell", "not beside a coloured cell")
_yes("touched", "that touch a coloured cell", "that touch no coloured cell")
_number("alikesides", "with {} cells of their colour at their sides", "the number of cells of their colour at their sides")
_number("alikearound", "with {} cells of their colour around", "the number of cells of their colour around")
_yes("surrounded", "surrounded by coloured cells", "not surrounded by coloured cells")
_colour("aroundcolour", "the one colour around them")
for _line, _else in (("row", "column"), ("column", "row")):
    _values(
        f"{_line}parity", f"which of two {_line}s in turn they are in",
        f"in every second {_line}, from the first on", f"in every second {_line}, from the second on",
    )  # fmt: skip
    for _name, _n in (("three", 3), ("four", 4)):
        _values(
            f"{_line}of{_name}", f"which of {_name} {_line}s in turn they are in",
            *(f"in every {ordinal(_n)} {_line}, from the {ordinal(k + 1)} on" for k in range(_n)),
        )  # fmt: skip
    _end = "below" if _line == "row" else "right"
    _values(
        f"{_line}parityfrom{_end}", f"which of two {_line}s in turn, from {_end}, they are in",
        *(f"in every second {_line}, counted from the last, from the {w} on" for w in ("first", "second")),
    )  # fmt: skip
    _colour(f"{_line}colour", f"the one colour in their {_line}")
    _yes(f"{_line}any", f"in {_line}s with a coloured cell", f"in empty {_line}s")
    _yes(f"{_line}full", f"in full {_line}s", f"in {_line}s that are not full")
    _yes(f"{_line}uniform", f"in {_line}s of one colour throughout", f"in {_line}s of several colours")
    _number(f"{_line}count", f"in {_line}s with {{}} coloured cells", f"the number of coloured cells in their {_line}")
    _colour(f"{_line}first", f"the colour of the first cell of their {_line}")
    _colour(f"{_line}last", f"the colour of the last cell of their {_line}")
    _yes(f"{_line}fullest", f"in the {_line}s with the most coloured cells", f"not in the fullest {_line}s")
    _yes(f"{_line}emptiest", f"in the {_line}s with the fewest coloured cells", f"not in the emptiest {_line}s")
    _yes(f"{_line}mirrored", f"in {_line}s that are their own mirror image", f"in {_line}s that are not mirrored")
    _colour(f"{_line}ends", f"the colour at both ends of their {_line}")
    _colour(f"{_line}most", f"the most common colour of their {_line}")
    _yes(
        f"{_line}hasrarest", f"in {_line}s with a cell of the rarest colour", f"in {_line}s without the rarest colour"
    )
for _slant in ("rising", "falling"):
    for _name, _n in (("three", 3), ("four", 4)):
        _values(
            f"{_slant}of{_name}", f"which of {_name} {_slant} diagonals in turn they are on",
            *(f"on every {ordinal(_n)} {_slant} diagonal, from the {ordinal(k + 1)} on" for k in range(_n)),
        )  # fmt: skip
    _yes(_slant, f"on the {_slant} diagonal", f"not on the {_slant} diagonal")
_values(
    "checker", "which fields of a chessboard they are on",
    "on the chessboard fields that the upper left corner is one of", "on the other fields of a chessboard",
)  # fmt: skip
_yes("rim", "at the border", "away from the border")
_values("depthparity", "which of two rings in turn they are in", "in every second ring, from the outermost on", "in every "
        "second ring, from the second on")  # fmt: skip
_number("depth", "{} cells away from the border", "how far from the border they are")
_yes("toprow", "in the top row", "below the top row")
_yes("bottomrow", "in the bottom row", "above the bottom row")
_yes("leftcolumn", "in the left column", "right of the left column")
_yes("rightcolumn", "in the right column", "left of the right column")
_yes("middlerow", "in the middle row", "not in the middle row")
_yes("middlecolumn", "in the middle column", "not in the middle column")
for _name, _where in {
    "across": "left and right", "upright": "above and below", "crosswise": "on two opposite sides",
    "rising": "at both ends of their rising diagonal", "falling": "at both ends of their falling diagonal",
    "slanting": "on two opposite sides, slantwise",
}.items():  # fmt: skip
    _colour(f"between{_name}", f"the one colour that they lie between {_where}")
_number("hits", "that see colours in {} of four directions", "in how many of four directions they see a colour")
_number("slantinghits", "that see colours in {} of four slanting directions", "in how many slanting directions they see "
        "a colour")  # fmt: skip
_colour("inline", "the one colour that they see up, down, left and right")
_colour("inslant", "the one colour that they see slantwise")
_colour("instar", "the one colour that they see in all eight directions")
_colour("lines", "the colour of the full row or column that they are in")
for _name, _what in {
    "leftright": "the mirror image, left to right", "upsidedown": "the mirror image, top to bottom",
    "halfturn": "the image after half a turn", "diagonal": "the mirror image at the falling diagonal",
    "antidiagonal": "the mirror image at the rising diagonal", "quarterturn": "the image after a quarter turn",
    "quarterturnback": "the image after a quarter turn back",
}.items():  # fmt: skip
    _colour(_name, f"the colour in {_what}")
    for _part, _of in {"box": "of everything coloured", "things": "of their thing", "panels": "of their panel"}.items():
        _colour(f"{_part}{_name}", f"the colour in {_what} {_of}")
_colour("commonest", "the most common colour")
_colour("rarest", "the rarest colour")
_colour("second", "the second most common colour")
_yes("iscommonest", "of the most common colour", "not of the most common colour")
_yes("israrest", "of the rarest colour", "not of the rarest colour")
_colour("cornercolour", "the colour of the upper left corner")
_colour("lowercornercolour", "the colour of the lower left corner")
_colour("rightcornercolour", "the colour of the upper right corner")
_yes("tall", "of a grid higher than wide", "of a grid not higher than wide")
_number("numberofcolours", "of a grid of {} colours", "the number of colours")
_yes("crosshasrarest", "in a row or column with the rarest colour", "in no row or column with the rarest colour")

# --- things, regions, panels ---

_NOUNS = {"thing": "things of any colours", "piece": "things", "block": "things joined by sides", "room": "empty regions"}
_MORE = {
    "big": ("of the greatest size", "not of the greatest size"),
    "small": ("of the least size", "not of the least size"),
    "mirrored": ("that are their own mirror image", "that are not their own mirror image"),
    "unlike": ("of a shape that no other has", "of a shape that another has, too"),
    "onlycolour": ("of a colour that no other has", "of a colour that another has, too"),
    "even": ("of an odd number of cells", "of an even number of cells"),
    "lying": ("wider than high", "not wider than high"),
}
_RANKED = {"sizerank": "sizerank", "sizerankfrombelow": "sizeranksup", "fromleft": "fromleft", "fromtop": "fromtop"}
_NAMES = (
    "size", "largest", "smallest", "sizerank", "sizerankfrombelow", "big", "small", "single", "even", "height", "width",
    "tallest", "widest", "bordering", "square", "lying", "full", "line", "holes", "holed", "mirrored", "twins", "unlike",
    "fromleft", "fromtop", "highest", "lowest", "leftmost", "rightmost", "onlycolour", "colours",
)  # fmt: skip
for _noun, _things in _NOUNS.items():
    for _name in _NAMES:
        if _name in _RANKED:
            _first, _other, _what = RANKS[_RANKED[_name]]
            _the = "" if " from " in _first else "the "
            _values(
                _noun + _name, f"the {_what} of their {_noun}", f"of no {_noun}",
                *(f"of {_things} that are {_the}{_first if k == 1 else _other.format(ordinal(k))}" for k in range(1, 16)),
            )  # fmt: skip
        elif _name in COUNTS:
            _some, _what = COUNTS[_name]
            _number(_noun + _name, f"of {_things} {_some}", f"the {_what} of their {_noun}")
        else:
            _is, _not = (_MORE | YES_NO)[_name] if _name in _MORE else YES_NO[_name]
            _yes(_noun + _name, f"of {_things} {_is}", f"not of {_things} {_is}")
for _name, (_, _, _what) in COLOURS.items():
    if _name in ("colour", "rarest"):
        _colour(f"thing{_name}", f"the {'most common' if _name == 'colour' else 'rarest'} colour of their thing")
_number("numberofthings", "of a grid of {} things of any colours", "the number of things of any colours")
_number("numberofpieces", "of a grid of {} things", "the number of things")
for _noun in ("thing", "piece"):
    _is = _NOUNS[_noun]
    _number(f"in{_noun}ring", f"in ring {{}} of {_is}, counted from outside", f"their ring in their {_noun}")
    for _name, _where in {
        "top": "the top row", "bottom": "the bottom row", "left": "the left column", "right": "the right column",
        "row": "every second row, from the second on,", "column": "every second column, from the second on,",
        "checker": "the other chessboard fields", "lower": "the lower half", "upper": "the upper half",
        "righter": "the right half", "lefter": "the left half", "corner": "the box's corners", "edge": "the box's sides",
    }.items():  # fmt: skip
        _yes(f"in{_noun}{_name}", f"in {_where} of {_is}", f"not in {_where} of {_is}")
    _number(f"in{_noun}rowfrombelow", f"in row {{}} of {_is}, counted from below", f"their row in their {_noun}")
    for _line in ("row", "column"):
        _number(f"in{_noun}{_line}ofthree", f"in {_line} {{}} of three in turn of {_is}", f"their {_line} in their {_noun}")
for _noun, _is in (("thing", "things of any colours"), ("room", "empty regions")):
    for _side, _place in (("left", "from the left"), ("top", "from the top")):
        for _n, _word in ((2, "two"), (3, "three")):
            VIEWS[f"{_noun}from{_side}of{_word}"] = Seen(
                f"which of {_word} in turn {_place} their {_noun} is",
                values=(
                    *(f"of every {ordinal(_n)} of the {_is} {_place}, from the {ordinal(k + 1)} on" for k in range(_n)),
                    *("",) * (15 - _n),
                    f"of no {_noun}",
                ),
            )
_yes("enclosed", "that are enclosed", "that are not enclosed")
_colour("roomcolour", "the one colour around their empty region")
_colour("inbox", "the colour of the thing in whose box they are")
_colour("inframe", "the colour of the thing that goes around them")
_number("distance", "{} steps from the nearest colour", "how far the nearest colour is")
_number("walk", "{} steps from the nearest colour, on foot", "how far the nearest colour is on foot")
_colour("nearest", "the nearest colour")
_colour("nearestonfoot", "the nearest colour, on foot")
_yes("nearestsure", "with one nearest colour", "without one nearest colour")
_yes("nearestonfootsure", "with one nearest colour, on foot", "without one nearest colour, on foot")
for _name, _n in (("two", 2), ("three", 3)):
    _values(f"distanceof{_name}", "how far the nearest colour is", *(
        f"as far from the nearest colour as {_name}s leave {NUMBERS[k] if k else 'nothing'} over" for k in range(_n)))
    _values(f"walkof{_name}", "how far the nearest colour is on foot", *(
        f"as far from the nearest colour, on foot, as {_name}s leave {NUMBERS[k] if k else 'nothing'} over" for k in range(_n)))
_number("panelrow", "in row {} of panels", "the row of their panel")
_number("panelcolumn", "in column {} of panels", "the column of their panel")
_values("panelchecker", "which fields of a chessboard their panel is on", "in every second panel, like a chessboard",
        "in the other panels, like a chessboard")  # fmt: skip
_values("panelcorner", "where their panel is", "in inner panels", "in panels at the sides", "in panels at the corners")
_yes("panelbox", "in panels at the border", "in inner panels")
_number("panelcount", "in panels with {} coloured cells", "the number of coloured cells in their panel")
_yes("panelempty", "in empty panels", "in panels that are not empty")
_yes("panelmost", "in the panels with the most coloured cells", "in the other panels")
_yes("panelleast", "in the panels with the fewest coloured cells", "in the other panels")
_colour("panelcolour", "the one colour of their panel")
for _way, _where in (("up", "above"), ("down", "below"), ("left", "to the left"), ("right", "to the right")):
    for _k, _name in ((0, ""), (2, "oftwo"), (3, "ofthree"), (4, "offour")):
        for _line, _what in (("", "coloured cell"), ("line", "line with a coloured cell")):
            _turn = f", counted in {NUMBERS[_k]}s" if _k else ""
            _number(f"{_line}steps{_way}{_name}", f"{{}} steps from the next {_what} {_where}{_turn}", f"how far the next "
                    f"{_what} {_where} is{_turn}")  # fmt: skip
for _name, _where in {
    "diagonal": "on the diagonals of", "cross": "in the row or column of", "ringoftwo": "in every second ring around",
    "diamondoftwo": "in every second diamond around", "rowoftwo": "in every second row from",
    "columnoftwo": "in every second column from",
}.items():  # fmt: skip
    _yes(f"mark{_name}", f"{_where} the one single cell", f"not {_where} the one single cell")
_number("markring", "in ring {} around the one single cell", "their ring around the one single cell")
_values("markupright", "their side of the one single cell", "above the one single cell", "in its row", "below it")
_values("markacross", "their side of the one single cell", "left of the one single cell", "in its column", "right of it")
_values("markcone", "their side of the one single cell", "above the one single cell", "where it is", "below it",
        "left of it", "where it is", "right of it")  # fmt: skip
_colour("lineends", "the colour at both ends of their row or column")
for _way, _where in (("down", "downwards"), ("right", "to the right"), ("up", "upwards")):
    _colour(f"list{_way}", f"the next colour in turn of the list at the edge, {_where}")
_colour("cluster", "the colour of the cluster in whose box they are")
_colour("widecluster", "the colour of the wide cluster in whose box they are")
_colour("inspan", "the colour in the box of all of whose cells they are")
_colour("peersall", "the colour that other panels have in their place")
_colour("peersrow", "the colour that other panels in their row have in their place")
_colour("peerscolumn", "the colour that other panels in their column have in their place")

assert SETS and ORDINALS


def condition(teller: Teller, name: str, values: Sequence[int], known: Sequence[int]) -> str:
    """What is said behind `cells` of those for which a view has one of these values, of all that are known."""
    seen = VIEWS[name]
    if seen.colour:
        words = [teller.ink(v) for v in values if v < NOTHING] + ["several colours"] * (NOTHING in values)
        return f"where {seen.about} is {listed([w.replace(teller.ink(0), 'none') for w in words], 'or')}"
    if seen.some:
        return seen.some.format(numbers(values, known)).replace(" 1 cells", " one cell").replace(" 1 steps", " one step")
    words = list(seen.values) or [seen.no, seen.yes]
    return listed([words[v] if v < len(words) and words[v] else "elsewhere" for v in values], "or")
