"""Clauses of the operations on things and colours whose arguments were read off demonstrations."""

from __future__ import annotations

import re

from arc_ttt.agents.programs.phrases import tables
from arc_ttt.agents.programs.phrases.acts import SOURCES, coloured, moved
from arc_ttt.agents.programs.phrases.members import members, singular, which
from arc_ttt.agents.programs.phrases.tables import MOST_TOLD, learned
from arc_ttt.agents.programs.phrases.teller import IMAGES, ORDINALS, SETS, Clause, Teller, counted, listed
from arc_ttt.agents.programs.phrases.views import condition
from arc_ttt.agents.programs.phrases.words import NOUNS
from arc_ttt.rules.finishes import CHOSEN
from arc_ttt.rules.learned_rays import WAYS

_TABLE = re.compile(r"([\dx])to([a-z\d]*)")


_FINISH = {
    "same": "", "fliphorizontal": ", mirrored left to right", "flipvertical": ", mirrored top to bottom",
    "turn": ", turned by half a turn", "turnleft": ", turned to the left", "turnright": ", turned to the right",
    "transpose": ", mirrored at its falling diagonal", "double": ", twice as large", "treble": ", three times as large",
    "twiceacross": ", twice side by side", "twicedown": ", twice one below the other",
    "mirroredright": ", with its mirror image to its right", "mirroreddown": ", with its mirror image below it",
    "mirroredleft": ", with its mirror image to its left", "halved": ", half as large",
    "trimmed": ", cut to what is coloured", "shrunk": ", scaled down as far as it goes",
    "rooms": ", each of its rooms as one cell of the colour in it",
    **{
        f"mark{way}": f", turned until its rarest colour lies {_way}"
        for way, _way in {
            "up": "above (or up and left)", "right": "to the right (or up and right)",
            "down": "below (or down and right)", "left": "to the left (or down and left)",
        }.items()
    },
    **{
        f"tag{way}": f", turned until what is attached to it, or the single cell beside it, lies {_way}"
        for way, _way in {"up": "above", "right": "to the right", "down": "below", "left": "to the left"}.items()
    },
    **{
        f"legend{way}": f", recoloured as the pairs of colours elsewhere say, read {_way}"
        for way, _way in {
            "rightwards": "from left to right", "leftwards": "from right to left", "downwards": "from top to bottom",
            "upwards": "from bottom to top",
        }.items()
    },
}  # fmt: skip
_SHOWN = {
    "cells": "the {}",
    "box": "the box of the {}, with all that lies in it,",
    "within": "what lies within the sides of the box of the {}",
    "around": "the box of the {}, with one cell more on each side,",
    "content": "what else lies in the box of the {}",
    "tall": "the box of the {}, with one row more above and below,",
    "wide": "the box of the {}, with one column more on either side,",
}


def _take(teller: Teller, link: str, name: str, value: str, shown: str, finish: str) -> str:
    noun = members(teller, link, name, [int(value[1:])], one=True)
    if name == "any":
        noun = f"one {noun}"
    if match := re.fullmatch(r"solid(\d+)r(\d+)([a-z]+)", finish):
        colour = singular(SOURCES[match[3]]).replace("its own", "the")
        of = f" of the {noun}" if match[3] == "own" else f", seen from the {noun}"
        rows, columns = int(match[1]), int(match[2])
        what = "one cell" if rows == columns == 1 else f"{rows} by {columns} cells"
        return f"the grid becomes {what} of {colour}{of}"
    what = _SHOWN["cells" if shown == "box" and link in ("panels", "boxes", "side_boxes", "colour_boxes") else shown]
    if match := re.fullmatch(r"(specks|ground)(\w+)", finish):
        part = "all but its most common colour" if match[1] == "specks" else "its most common colour"
        how = f", with {part} changed to {_of_chosen(teller, link, match[2])}"
    elif match := re.fullmatch(r"(shrunk|)(ink|swap|fill)(\w+)", finish):
        colour = _of_chosen(teller, link, match[3])
        how = ", scaled down" * bool(match[1]) + (
            f", all in {colour}"
            if match[2] == "ink"
            else f", its empty cells in {colour}"
            if match[2] == "fill"
            else f", with its empty cells in {colour} and its coloured ones empty"
        )
    else:
        how = _FINISH[finish]
    return f"only {what.format(noun).rstrip(',') if how else what.format(noun)}{how}{',' if how else ''} is kept"


def _of_chosen(teller: Teller, link: str, colour: str) -> str:
    """A colour of what is kept, also that of another member which a property says."""
    match = CHOSEN.fullmatch(colour)
    if match is None:
        return singular(coloured(teller, colour))
    which_ = "colour" if match[1] == "own" else "rarest colour"
    return f"the {which_} of the {members(teller, link, match[2], [1], one=True)}"


_ALONG = {
    "down": {"middle": "", "first": "with their tops in line", "last": "with their bottoms in line",
             "before": "above it", "after": "below it", "cell": "with the cell of the mark's colour in its row",
             "bend": "with the corner where a full row and a full column of it meet in its row"},
    "across": {"middle": "", "first": "with their left sides in line", "last": "with their right sides in line",
               "before": "to the left of it", "after": "to the right of it",
               "cell": "with the cell of the mark's colour in its column",
               "bend": "with that corner in its column"},
}  # fmt: skip
_LIKE = {
    "colour": "of its colour", "shape": "of its shape", "turnedshape": "of its shape, perhaps turned,",
    "box": "as high and wide as it", "size": "of as many cells",
    "inside": "that fits exactly inside it", "row": "in its rows", "column": "in its columns",
    "part": "with a cell of its colour",
}  # fmt: skip


def _copy(
    teller: Teller,
    link: str,
    source: str,
    other: str,
    target: str,
    like: str,
    down: str,
    across: str,
    ink: str,
    source_fate: str,
    target_fate: str,
) -> str:
    marks = f"each of the {_chosen(teller, other, target, True)}"
    if other == "colours" and (match := re.fullmatch(r"colourv(\d)", target)):
        marks = f"the cells of {teller.ink(match[1])}, taken as one thing"
    what = _chosen(teller, link, source, False)
    place = " and ".join(p for p in (_ALONG["down"][down], _ALONG["across"][across]) if p) or "middle upon middle"
    after = [
        f"{'it then vanishes from where it was' if like == 'one' else 'they then vanish from where they were'}"
    ] * (source_fate == "goes")
    after += {"covered": [], "on_top": ["the marks stay on top"], "goes": ["the marks vanish"]}[target_fate]
    colour = ", in the mark's colour" if ink == "target" else ""
    made = f"the {what} is copied to {marks}" if like == "one" else f"to {marks} the {what} {_LIKE[like]} is copied"
    return f"{made.rstrip(',')}, {place}{colour}" + "".join(f"; {a}" for a in after)


def _chosen(teller: Teller, link: str, choice: str, several: bool) -> str:
    match = re.fullmatch(r"([a-z]+?)([vn])(\d+)", choice)
    assert match is not None
    noun = which(teller, link, match[1], f"{match[2]}{match[3]}")
    if match[1] == "any":
        noun = NOUNS[link][1]
    return noun if several else singular(noun.replace(NOUNS[link][1], NOUNS[link][0], 1))


_WAYS = {
    "u": "up", "d": "down", "l": "to the left", "r": "to the right", "q": "up to the left", "e": "up to the right",
    "z": "down to the left", "c": "down to the right",
}  # fmt: skip
_STARS = {
    "dlru": "in all four directions",
    "ceqz": "slantwise in all four directions",
    "cdelqruz": "in all eight directions",
}
_ENDS = {
    "blocked": "as far as the border or a coloured cell",
    "under": "as far as the border, under what lies there",
    "over": "as far as the border, over what lies there",
    "pairing": "only where they meet a cell of the same colour",
    "meeting": "only where they meet a coloured cell",
    "clearing": "as far as the border, over what lies there, and empty what has their own colour",
    "indoors": "through the wall of what is enclosed, and are drawn only in there",
}


def _rays(teller: Teller, table: str, end: str, who: str) -> str:
    groups: dict[tuple[str, str], list[str]] = {}
    table, _, met = table.partition("_metto")
    for colour, ways in _TABLE.findall(table):
        if ways != "same":
            groups.setdefault((ways.rstrip("0123456789"), ways.lstrip("udlrqezc")), []).append(colour)
    cells = "single cells" if who == "single" else "cells"
    if len(groups) > MOST_TOLD:
        return f"{cells} shoot rays {learned(len(groups), 'their colour')}, {_ENDS[end]}"
    parts = []
    for (ways, ink), colours in groups.items():
        whose = (
            f"all {'other ' * ('_' in table)}{'single' if who == 'single' else 'coloured'} cells"
            if "x" in colours
            else f"{cells} of {listed([teller.ink(c) for c in colours])}"
        )
        where = _STARS.get("".join(sorted(ways))) or listed([_WAYS[w] for w in ways])
        parts.append(f"{whose} shoot rays {f'of {teller.ink(ink)}' if ink else 'of their colour'} {where}")
    crossed = f"; where those of several colours meet, it is painted {teller.ink(met)}" if met else ""
    return f"{', '.join(parts) or 'cells shoot no rays'}, {_ENDS[end]}{crossed}"


_CORNERS = {"ul": "upper left", "ur": "upper right", "ll": "lower left", "lr": "lower right"}
_PATTERN = re.compile(r"(\d)(ul|ur|ll|lr)([mp])(\d)([mp])(\d)(ray|on)?to(\d|own)")


def _stamp(teller: Teller, link: str, pattern: str) -> str:
    entries = _PATTERN.findall(pattern)
    things = NOUNS[link][1]
    colours = sorted({e[0] for e in entries} - {"0"})
    if len(entries) > MOST_TOLD:
        whose = f"{things} of {listed([teller.ink(c) for c in colours])}" if colours else f"all {things}"
        rays = " and rays" if any(e[6] == "ray" for e in entries) else ""
        return f"around {whose} a pattern of {len(entries)} cells{rays} is painted, learned from the demonstrations"
    parts: dict[str, list[str]] = {}
    for colour, *entry in entries:
        whose = "each " + NOUNS[link][0] if colour == "0" else f"each {NOUNS[link][0]} of {teller.ink(colour)}"
        parts.setdefault(whose, []).append(_placed(teller, *entry))
    return "; ".join(f"for {whose}: {listed(places)}" for whose, places in parts.items())


def _placed(teller: Teller, corner: str, s: str, down: str, t: str, right: str, ray: str, ink: str) -> str:
    """One cell or ray of a pattern, from a corner of a thing's box."""
    rows, columns = int(down) * (-1 if s == "m" else 1), int(right) * (-1 if t == "m" else 1)
    own = "its own colour" if ink == "own" else "empty" if ink == "0" else teller.ink(ink)
    at = f"its {_CORNERS[corner]} corner"
    ways = [letter for letter, way in WAYS.items() if way == (rows, columns)]
    if ray == "ray" and ways:
        return f"a ray of {own} goes {_WAYS[ways[0]]} from {at}"
    if (rows, columns) == (-1 if corner[0] == "u" else 1, -1 if corner[1] == "l" else 1):
        return f"{own} diagonally off {at}"
    parts = [f"{counted(abs(rows), 'cell')} {'below' if rows > 0 else 'above'}"] * (rows != 0)
    parts += [f"{counted(abs(columns), 'cell')} to the {'right' if columns > 0 else 'left'} of"] * (columns != 0)
    where = " where it has a cell" * (ray == "on")
    return f"{own} {listed(parts)} {at}{where}" if parts else f"{own} at {at}{where}"


_FORMS = {
    "square": "square rings", "diamond": "diamond-shaped rings", "across": "columns", "down": "rows",
    "slanting": "slanting lines",
}  # fmt: skip


def _ripple(teller: Teller, form: str, table: str) -> str:
    pairs = [
        f"{teller.ink(new) if new != '0' else 'empty'} after {teller.ink(old) if old != '0' else 'empty'}"
        for old, new in _TABLE.findall(table)
    ]
    order = f"each of the colour that comes after the one within: {listed(pairs)}"
    return f"from each coloured cell on go {_FORMS[form]}, {order}"


_FROM = {
    "spot_out": "from the spot of another colour of each thing, away from its body,",
    "spot_back": "from the spot of another colour of each thing, back through its body,",
    "tip": "from the tips of each thing",
    "corner": "slantwise from the corners of each thing",
    "notch": "slantwise from the missing corners of each thing",
}


def _hit(teller: Teller, pointer: str, hit: str) -> str:
    becomes = {"own": "takes the colour there", "other": "takes the body's colour", "empty": "becomes empty"}
    return f"the cell that a straight line hits {_FROM[pointer]} {becomes.get(hit) or f'takes {teller.ink(hit[3:])}'}"


def _followed(teller: Teller, direction: str, step: int, rule: str, table: str) -> str:
    cells = ["".join("x" if int(n) & bit else "-" for bit in (4, 2, 1)) for n in rule[2:]]
    pairs = [f"{teller.ink(new)} follows {teller.ink(old)}" for old, new in _TABLE.findall(table)]
    each = "line" if step == 1 else f"{ORDINALS[step]} line"
    return (
        f"from the one coloured line on, {SETS['ways'][direction]}, each {each} follows from the one before: a cell is "
        f"coloured where the three cells there are {listed(cells, 'or')} (x coloured, - empty), and {listed(pairs)}"
    )


_SPREADS = {
    "sides": "in all four directions", "corners": "slantwise", "all": "in all eight directions",
    "across": "to the left and right", "upright": "up and down", "down": "down", "up": "up", "right": "to the right",
    "left": "to the left",
}  # fmt: skip


def _spread(teller: Teller, mark: int, ink: int | str, ways: str, where: str, may: str) -> str:
    values = [int(v) for v in may[1:].split("_")]
    colour = teller.ink(mark if isinstance(ink, str) else ink)
    begin = f"from the cells of {teller.ink(mark)} on, {colour} spreads {_SPREADS[ways]} over empty cells"
    return begin if where == "ink" else f"{begin}, but only over those {condition(teller, where, values, [])}"


def _colours(teller: Teller, table: str) -> str:
    names = {old: new for old, new in _TABLE.findall(table) if old != new}
    swapped = [(o, n) for o, n in names.items() if o < n and names.get(n) == o]
    others = {o: n for o, n in names.items() if (o, n) not in swapped and (n, o) not in swapped}
    by_new: dict[str, list[str]] = {}
    for old, new in others.items():
        by_new.setdefault(new, []).append(old)
    parts = [f"{teller.ink(o)} and {teller.ink(n)} change places" for o, n in swapped]
    parts += [
        f"{listed([teller.ink(o) for o in old])} become{'s' if len(old) == 1 else ''} {teller.ink(n)}"
        for n, old in by_new.items()
    ]
    return listed(parts) if parts else "all colours stay as they are"


def _turned_copies(teller: Teller, table: str, kept: str) -> str:
    begin = (
        "where the one cell lies again that a picture of several colours is known by, the picture is copied around it"
    )
    entries = _TABLE.findall(table)
    if len(entries) > MOST_TOLD:
        how = f", turned or mirrored {learned(len(entries), 'the colour of that cell')}"
    else:
        ways = [IMAGES[way] + ("" if ink == "x" else f" for {teller.ink(ink)}") for ink, way in entries]
        how = f", {listed(ways)}"
    return begin + how + ("; the pictures themselves vanish" if kept == "remove" else "")


_GOING = {
    "ray": "", "line": ", and as often the other way", "back": ", and turned by half a turn on the other side",
    "across": ", and mirrored to the other side, left and right", "upright": ", and mirrored above and below",
    "cross": ", and turned to all four sides",
}  # fmt: skip


def _motif(teller: Teller, source: int | str, going: str, step: str, motif: str) -> str:
    cells = "each single cell" if source == "x" else f"each cell of {teller.ink(source)}"
    entries = motif.split("_")
    inks = list(dict.fromkeys(e.rpartition("to")[2] for e in entries))
    colours = listed(["its own colour" if ink == "own" else teller.ink(ink) for ink in inks])
    what = f"a cell of {colours}" if len(entries) == 1 else f"a motif of {counted(len(entries), 'cell')} of {colours}"
    down, right = (int(n) * (-1 if s == "m" else 1) for s, n in re.findall(r"([mp])(\d+)", step))
    each = f"each time moved by {moved(down, right)}"
    return f"from {cells} on, {what} is painted over empty cells again and again, {each}{_GOING[going]}"


_BENDS = {
    "row_first": "along the row of the first and the column of the second",
    "column_first": "along the column of the first and the row of the second",
    "slant_first": "aslant as far as they must, then straight",
    "slant_last": "straight, then aslant as far as they must",
}


def _linked(teller: Teller, order: str, bend: str, ink: int | str) -> str:
    colour = "their colour" if ink == "own" else teller.ink(ink)
    way = "from left to right" if order == "right" else "from top to bottom"
    return f"single cells of one colour are linked, {way}, one to the next, by lines of {colour}, {_BENDS[bend]}"


_FIRST = {"right": "to the right", "left": "to the left", "farther": "to the farther side", "both": "to both sides"}


def _thrown(teller: Teller, direction: str, first: str, ink: int | str) -> str:
    colour = "its colour" if ink == "own" else teller.ink(ink)
    line = f"a slanting line of {colour} runs {direction}, {_FIRST[first]} at first (facing down)"
    return f"from every single cell {line}, thrown back by the sides of the grid and by coloured cells"


_TURNS = {
    "l": "turns to its left", "r": "turns to its right", "y": "steps aside to its left",
    "x": "steps aside to its right", "s": "stops", "p": "passes", "b": "goes round on both sides",
    "f": "turns to both sides",
}  # fmt: skip


def _turning(teller: Teller, source: int, direction: str, turns: str) -> str:
    table = _TABLE.findall(turns)
    does = listed([f"{_TURNS[turn]} before a cell of {teller.ink(colour)}" for colour, turn in table])
    return f"each cell of {teller.ink(source)} shoots a ray {direction} that {does}"


_COMPUTED = {
    "all": "all others are", "some": "some of the others are", "one": "only one of the others is",
    "none": "none of the others is", "first": "of the others only the first is",
    "last": "of the others only the last is",
}  # fmt: skip


def _computed(teller: Teller, way: str, ink: str) -> str:
    colour = "that colour" if ink == "own" else teller.ink(ink[-1])
    return f"the one empty panel is coloured where {_COMPUTED[way]}, in {colour}"


def _rolled(teller: Teller, down: str, right: str) -> str:
    ways = [(down, "down", "up"), (right, "to the right", "to the left")]
    parts = [
        f"half the grid {way}" if by == "half" else f"{counted(int(by[1:]), 'cell')} {way if by[0] == 'p' else back}"
        for by, way, back in ways
        if by == "half" or int(by[1:])
    ]
    return f"everything moves {listed(parts)}; what leaves the grid comes back on the other side"


def _pairs(teller: Teller, direction: str, pairs: str) -> str:
    told = [" and ".join(map(teller.ink, p.split("w"))) for p in pairs.split("_")]
    way = SETS["ways"][direction]
    return f"cells move {way} until they touch the next one in line, where the two are {', or '.join(told)}"


CLAUSES: dict[str, Clause] = {
    "act_by": tables.act_by,
    "compute_panel": _computed,
    "copy_by": _copy,
    "join_pairs": _pairs,
    "copy_turned": _turned_copies,
    "draw_motif": _motif,
    "grow_where": _spread,
    "paint_by_views": tables.cells_by_views,
    "panels_to_cells": tables.panels_to_cells,
    "recolour_by_table": _colours,
    "roll_by": _rolled,
    "shoot_rays": _rays,
    "shoot_turning": _turning,
    "follow_rows": _followed,
    "hit_pointed": _hit,
    "ripple": _ripple,
    "stamp_around": _stamp,
    "link_cells": _linked,
    "take_by": _take,
    "throw_lines": _thrown,
}
