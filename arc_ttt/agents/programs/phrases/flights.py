"""Clauses of the operations on what flies, falls and flows."""

from __future__ import annotations

from arc_ttt.agents.programs.phrases.tables import things_by
from arc_ttt.agents.programs.phrases.teller import NUMBERS, SETS, Clause, Teller, listed

_TIE = "like cells that are next to each other in a row or column are joined by a line of their colour"

PHRASES: dict[str, str] = {
    "dashes_go_on": "dotted lines{run:rows= in rows|columns= in columns|straight= in rows and columns|slants= aslant} "
    "go on at their own steps{onward:both= to both sides|towards= to the side where something lies ahead|away= away "
    "from the border that is nearer|forth= to the right or downwards|back= to the left or upwards}{until:blocked=, up "
    "to what is in the way|border=, behind what is in the way, to the border}",
    "lines_over": "each single cell at the border is drawn out to a line across the grid; where two cross, "
    "{over:first=the one whose colour a strip lists first lies over the other|last=the one whose colour a strip lists "
    "last lies over the other|nearer=the one whose cell is nearer lies over the other|farther=the one whose cell is "
    "farther lies over the other|more=the one of the colour with more lines lies over the other|fewer=the one of the "
    "colour with fewer lines lies over the other|neither=neither is seen}",
    "bead_path": "paths one cell broad take, cell by cell, {beads:own=the colours of their beginning, again and "
    "again|strip=the colours of a strip, again and again, behind the mark at one end|near=the colours of a strip, "
    "again and again, from the end that is nearer to it}",
    "push_on": "the one thing of {mark} moves {heading:down=downwards|up=upwards|left=to the left|right=to the "
    "right|across=away from the border along which it lies} and pushes before it the "
    "{pushed:cell=cells|thing=things|piled=cells} that are in its way, until one meets the "
    "border{pushed:cell=|thing=|piled=, where all of them pile up}",
    "pour_over": "from each cell of {source} a stream falls {direction/ways}, runs along what stops it to both sides "
    "and falls on at the ends{basins:flat=|full=, and basins are filled until it runs over}",
    "fill_basins": "what is closed but on the side opposite to {direction:down=below|up=above|left=the left|right=the "
    "right} is filled with {ink} {amount:full=up to the brim|rows=by as many rows as there are such cells above it, "
    "which vanish|cells=by as many cells as there are above it, which vanish|leaking=up to the brim; where the ground "
    "has a hole, a jet runs from the brim through it}",
    "pour_loose": "loose cells are poured {direction/ways} into {fills:rows=the basin before them, each filling a row "
    "of it|cells=the basin before them, each filling a cell of it|full=the basin before them, and fill all of "
    "it|kinrows=the basin whose ground has their colour, each filling a row of it|kin=the basin whose ground has their "
    "colour, each filling a cell of it} in its own colour",
}

_STARTS = {
    "inwards": "at the border flies straight into the grid",
    "fromside": "at the border with most of them flies straight into the grid",
    "onwards": "that is the end of a line from the border flies on as the line goes",
    "headlong": "at the end of a line of another colour flies on as the line goes, which grows behind it,",
    "nose": "at the end of a line of another colour shoots on as the line goes",
    "train": "at the end of a line of several colours from the border flies on as the line goes, with these in turn",
    "towards": "at the end of a line of several colours from where something lies ahead flies on as the line goes, "
    "with these in turn",
    "slanting": "at the end of a slanting line from the border, or before something ahead, flies on as the line goes",
    "slantup": "at the left or right border flies aslant upwards into the grid",
    "slantdown": "at the left or right border flies aslant downwards into the grid",
    **{
        f"slant{short}": f"flies aslant to the {long}"
        for short, long in (("ul", "upper left"), ("ur", "upper right"), ("ll", "lower left"), ("lr", "lower right"))
    },
}
_MEETS = {
    "s": "stops before {}", "l": "turns left before {}", "r": "turns right before {}", "m": "turns left in {}",
    "n": "turns right in {}", "b": "bounces from {}", "p": "passes behind {}", "o": "goes over {}",
    "d": "takes the colour of {}", "k": "breaks through the first of {} and stops before the next",
    "w": "enters {} and goes on from the other cell of that colour", "f": "goes straight within {}",
    "a": "stops before {} and paints that thing", "v": "stops before {} and that thing vanishes",
    "i": "stops before {} and paints that cell", "e": "stops before {} and that cell vanishes",
    "c": "bounces from {} and takes that colour",
    "x": "steps aside to its right before {} until the way is free",
    "y": "steps aside to its left before {} until the way is free",
    "g": "is turned in {} as light is by a mirror that rises",
    "h": "is turned in {} as light is by a mirror that falls",
    "t": "bounces from {} but stops at the side across from where it starts",
}  # fmt: skip
_TRAILS = {
    "own": "leaving a trail", "walled": "leaving a trail that is a wall to itself (as the border is)",
    "nothing": "without a trail", "unseen": "as a shot that nobody sees",
    "met": "leaving a trail only where something lies",
}  # fmt: skip


def _met(teller: Teller, key: str) -> str:
    if key == "edge":
        return "the border"
    return "anything else" if key == "x" else f"cells of {teller.ink(key)}"


def _travel(teller: Teller, source: int | str, aim: str, meetings: str, leaves: int | str) -> str:
    whose = {"any": "", "rare": " of the rarest colour"}
    who = "each cell" + (whose[str(source)] if str(source) in whose else f" of {teller.ink(source)}")
    starts = _STARTS.get(aim) or (("at the border " * (source == "any")) + f"flies {SETS['ways'][aim]}")
    crossed = str(leaves).removeprefix("crossing")
    if crossed != str(leaves):
        trail = f"{_TRAILS['own']}, and of {teller.ink(int(crossed))} where two cross"
    else:
        trail = _TRAILS.get(str(leaves)) or f"leaving a trail of {teller.ink(leaves)}"
    meets = [_MEETS[does].format(_met(teller, key)) for key, does in (e.split("to") for e in meetings.split("_"))]
    return f"{who} {starts}, {trail}; it {listed(meets)}"


_WAYS = {
    "stay": "stay", "gone": "vanish", "nose": "slide to where their rarest colour lies", "tip": "slide as they point",
    "home": "slide to the border line of their colour, if there is one",
    "homeorgo": "slide to the border line of their colour, and vanish if there is none",
    "float": "fall onto the fluid",
    "toline": "slide to the border that is a full line", "fromline": "slide away from the border that is a full line",
    "tokin": "slide towards the largest of their colour in line with them",
    "fromkin": "slide away from the largest of their colour in line with them",
    "tosign": "slide to the border where a single cell of their colour lies",
    "fromsign": "slide away from the border where a single cell of their colour lies",
}  # fmt: skip
_BY_MARK = {
    "towards": "slide towards {} in line with them, if there is some",
    "away": "slide away from {} in line with them, if there is some",
    "ahead": "slide as the one thing of {} points",
    "behind": "slide against the way that the one thing of {} points",
}


def _sliding(teller: Teller, way: str) -> str:
    """What the things of a case do."""
    if way in SETS["ways"]:
        return f"slide {SETS['ways'][way]}"
    return _WAYS.get(way) or _BY_MARK[way[:-1]].format(teller.ink(way[-1]))


def _slide(teller: Teller, link: str, name: str, ways: str, fluid: int | str) -> str:
    entries = {value: way for value, _, way in (e.partition("to") for e in ways.split("_"))}
    single = "taking each cell for a thing, " * (link == "cell")
    told = things_by(teller, "corner" if link == "cell" else link, name, entries, _sliding)
    through = "" if fluid == "none" else f", through {teller.ink(fluid)}"
    return f"{single}{told}; what slides goes as far as it can{through}, and piles up"


_REACHES = {
    "side": "touch it by a side", "corner": "touch it", "sight": "see it in their row or column",
    "line": "lie in its rows or columns",
}  # fmt: skip
_DRAWS = {
    "nothing": "",
    "links": ", each with a line from where it has it",
    "cross": "; the rows and columns of all of them are filled with it",
}


def _catch(teller: Teller, mark: int, fuel: int | str, reach: str, drawn: str) -> str:
    what = "other things" if fuel == "any" else f"things of {teller.ink(fuel)}"
    near = _REACHES.get(reach) or f"are no more than {NUMBERS[int(reach[4:])]} cells away"
    return f"{what} take {teller.ink(mark)} from a thing that has it if they {near}, and pass it on{_DRAWS[drawn]}"


def _push_pointing(teller: Teller, head: str, fixed: str) -> str:
    way = "their rarest colour" if head == "rare" else f"their {teller.ink(head[-1])} cells"
    end = "the border" if fixed == "none" else f"the border or {teller.ink(fixed[-1])}"
    return (
        f"things of several colours move on the way that {way} lie{'s' * (head == 'rare')}, and push before them the "
        f"things that are in their way, until one meets {end}"
    )


def _wear_away(teller: Teller, what: str, holds: str, ties: str, ink: int) -> str:
    cells = {"empty": "empty cells", "any": "coloured cells"}.get(what) or f"{teller.ink(what[-1])} cells"
    held = "of their kind" if holds == "alike" else "of their kind or marks"
    most = "no more than one side" if ties == "two" else "no more than two sides"
    left = f"take {teller.ink(ink)}" if ink else "vanish"
    return f"{cells} with cells {held} at {most} {left}, again and again until none is left like that"


_BLASTS = {"side": "as far from it as its longer side is long", "size": "as far from it as it has cells"}


def _chain_on(teller: Teller, mark: int, fuel: int | str, reach: str, flames: str, burnt: int | str, start: str) -> str:
    what = "thing" if fuel == "any" else f"thing of {teller.ink(fuel)}"
    ink = teller.ink(mark) if burnt == "own" else "" if burnt == "gone" else teller.ink(burnt)
    far = _BLASTS.get(reach)
    if far is None:
        long = int(reach[4:])
        rays = "straight rays" if reach.startswith("rays") else "straight and slanting rays"
        end = "that end before anything" if long > 9 else f"of {NUMBERS[long]} cell{'s' * (long > 1)}"
        far = f"that its {rays} {end} meet{'s' * (long < 0)}"
    reached = f"the next ones {far}" if far.startswith("that") else f"the next ones {far}, straight beside it"
    painted = f", and the rays take {ink}" if flames == "rays" and ink else ""
    became = f"all of these take {ink}" if ink else "all of these vanish"
    also = {"stays": "", "alike": " and so does what set them off", "gone": ", and what set them off vanishes"}[start]
    first = f"{teller.ink(mark)} sets off the {what} nearest to it, and each that is set off"
    return f"{first} {reached}; {became}{also}{painted}"


_OVER = {"empty": "empty cells", "others": "cells of other colours"}
_CAUGHT = {
    "sides": "to all four sides", "all": "to all sides and aslant", "corners": "aslant",
    "across": "to the left and right", "upright": "up and down", "down": "downwards", "up": "upwards",
    "left": "to the left", "right": "to the right", "two": "to where two sides of a cell have it",
    "three": "to where three sides of a cell have it", "angle": "to where two sides of a cell that meet have it",
    "facing": "to where two opposite sides of a cell have it", "inwards": "from the border straight into the grid",
}  # fmt: skip
_FAR = {
    "ends": "as far as it goes",
    "corner": "as many steps as a line in a corner has cells, which itself does not spread",
    "size": "as many steps as the thing has cells that it comes from", "colours": "as many steps as there are colours",
    "sources": "as many steps as there are things that spread",
    "key": "as many steps as the bar of its colour at the border is long, which itself does not spread",
}  # fmt: skip


def _spread_by_steps(
    teller: Teller, spreads: int | str, over: int | str, caught: str, far: int | str, meet: int | str, paints: int | str
) -> str:
    word = str(spreads)
    who = {"any": "each colour", "singles": "the colour of each single cell"}.get(word)
    if who is None:
        who = teller.ink(word) if word.isdecimal() else f"each colour but {teller.ink(word[3:])}"
    where = _OVER.get(str(over)) or (teller.ink(over) if isinstance(over, int) else "")
    where = where or f"cells of other colours but {teller.ink(str(over)[3:])}"
    steps = f"{NUMBERS[far]} step{'s' * (far > 1)}" if isinstance(far, int) else _FAR[far]
    trail = {
        "own": "",
        "second": ", taking every second step only",
        "strip": ", step by step in the colours of a strip at the border",
    }.get(str(paints))
    trail = f", painting {teller.ink(paints)}" if trail is None else trail
    met = "" if meet == "gap" else f"; where two come together {teller.ink(meet)} is painted"
    return f"{who} spreads over {where} {_CAUGHT[caught]}, {steps}{trail}{met}"


_CROSSED = {
    "upright": "upright lines are on top", "level": "level lines are on top",
    "gapupright": "upright lines are on top, and the others leave a gap beside them",
    "gaplevel": "level lines are on top, and the others leave a gap beside them",
}  # fmt: skip


def _over(teller: Teller, over: int | str) -> str:
    if over == "all":
        return "over all that is between"
    return "through empty cells" if over == "empty" else f"seen only over {teller.ink(over)}"


def _tie(teller: Teller, over: int | str, crossing: str) -> str:
    return f"{_TIE}, {_over(teller, over)}; {_CROSSED[crossing]}"


def _tie_crossed(teller: Teller, over: int | str, ink: int) -> str:
    return f"{_TIE}, {_over(teller, over)}; cells where two lines cross take {teller.ink(ink)}"


def _route_alike(teller: Teller, barred: int | str) -> str:
    way = "" if barred == "none" else f"; {teller.ink(barred)} is only in the way"
    return (
        f"the things of each colour are joined by lines of it through empty cells, with as few turns as possible{way}"
    )


CLAUSES: dict[str, Clause] = {
    "catch": _catch,
    "chain_on": _chain_on,
    "push_pointing": _push_pointing,
    "route_alike": _route_alike,
    "slide_by": _slide,
    "spread_by_steps": _spread_by_steps,
    "tie_alike": _tie,
    "tie_crossed": _tie_crossed,
    "travel": _travel,
    "wear_away": _wear_away,
}
