"""Clauses of the operations that choose, order, list or count parts of a grid by measures that were read off."""

from __future__ import annotations

import re

from arc_ttt.agents.programs.phrases.members import about, best, members, singular, which
from arc_ttt.agents.programs.phrases.tables import MOST_TOLD, learned
from arc_ttt.agents.programs.phrases.teller import SETS, Clause, Teller, counted, listed
from arc_ttt.agents.programs.phrases.words import NOUNS


def _pick(teller: Teller, parts: str, rank: str) -> str:
    return f"only the {NOUNS[parts][0]} {best(teller, rank)} is kept"


def _line_up(teller: Teller, parts: str, rank: str, axis: str) -> str:
    return f"the {NOUNS[parts][1]} are put {SETS['row'][axis]}, the one {best(teller, rank)} first"


def _list_colours(teller: Teller, parts: str, rank: str, axis: str) -> str:
    return _as_list(teller, f"the {NOUNS[parts][1]}", rank, f"a {SETS['line'][axis]}")


def _as_list(teller: Teller, what: str, rank: str, form: str) -> str:
    return f"the grid becomes {form} of the colours of {what}, that of the one {best(teller, rank)} first"


def _list(teller: Teller, link: str, name: str, word: str, rank: str, form: str) -> str:
    return _as_list(teller, _those(teller, link, name, word), rank, _shape(form))


def _shape(form: str) -> str:
    """What the listed cells fill, behind which `of the colours` follows."""
    if form in ("diagonal", "rising"):
        return f"the {'falling' if form == 'diagonal' else 'rising'} diagonal of a square"
    match = re.fullmatch(r"(row|column)(\d+|s)(?:(first|last)(\d+))?|(pad|snake)(\d+)r(\d+)", form)
    assert match is not None
    if match[5]:
        order = "in reading order" if match[5] == "pad" else "to the right and back in turn"
        return f"{counted(int(match[6]), 'row')} of {counted(int(match[7]), 'cell')}, filled {order} with cells"
    thick = {"row": "high", "column": "wide"}[match[1]]
    if match[2] == "s":
        text = f"a {match[1]}, as {thick} as long,"
    else:
        text = f"a {match[1]}" + (f", {match[2]} cells {thick}," if match[2] != "1" else "")
    end = {"first": "beginning", "last": "end"}.get(match[3] or "")
    return f"{text} at the {end} of {counted(int(match[4]), 'cell')}" if end else text


def _spell(teller: Teller, link: str, name: str, table: str, rank: str, form: str) -> str:
    entries = [entry.split("to") for entry in table.split("_")]
    begin = (
        f"the grid becomes {_shape(form)} of a colour for each of the {NOUNS[link][1]}, the one {best(teller, rank)} "
    )
    if len(entries) > MOST_TOLD:
        return f"{begin}first: {learned(len(entries), about(name))}"
    told = [f"{teller.ink(ink)} for {members(teller, link, name, [int(value)])}" for value, ink in entries]
    return f"{begin}first: {listed(told)}"


def _those(teller: Teller, link: str, name: str, word: str) -> str:
    return f"the {NOUNS[link][1] if name == 'any' else which(teller, link, name, word)}"


_LENGTHS = {
    "size": "it has cells", "pieces": "it has pieces", "parts": "it has parts",
    "larges": "it has parts of several cells", "squares": "it has full squares", "height": "it is high",
    "width": "it is wide", "holes": "it has holes", "specks": "it has cells of other than its main colour",
    "sizeplace": "its place from the smallest on says", "heightplace": "its place from the lowest on says",
    "widthplace": "its place from the narrowest on says", "holesplace": "its place from the fewest holes on says",
    "lowness": "its place from the bottom on says", "leftness": "its place from the left on says",
}  # fmt: skip


def _bars(teller: Teller, link: str, name: str, word: str, rank: str, length: str, width: str) -> str:
    forms = {"columns": "columns", "standing": "columns that stand on the ground", "backbars": "rows from the right on"}
    bars = forms.get(width.rstrip("0123456789"), "rows")
    return (
        f"the grid becomes a chart with one bar for each of {_those(teller, link, name, word)}, of its colour and as "
        f"long as {_LENGTHS[length]}, that of the one {best(teller, rank)} first; the bars are {bars}"
    )


_MEASURED = {
    "size": "has cells", "height": "is high", "width": "is wide", "colours": "has colours", "holes": "has holes",
    "specks": "has cells of other than its main colour", "gaps": "has empty cells in its box",
    "bends": "has bends", "ends": "has ends", "between": "has cells between its ends",
}  # fmt: skip


def _number(teller: Teller, link: str, name: str, word: str) -> str:
    """`there are things with a hole`, `the one thing with a hole is high`."""
    measure = word.lstrip("isnot").lstrip("0123456789")
    if not measure:
        return f"there are {which(teller, link, name, word)}"
    noun = which(teller, link, name, word.removesuffix(measure)).replace(NOUNS[link][1], NOUNS[link][0], 1)
    if measure == "cells":
        return f"all {noun} have cells"
    return f"the one {singular(noun)} {_MEASURED[measure]}"


def _count(teller: Teller, link: str, name: str, word: str, form: str, ink: str) -> str:
    those = _number(teller, link, name, word)
    colour = "in their colour" if ink == "own" else f"in {teller.ink(ink[-1])}"
    if form.startswith(("pad", "snake")):
        rows, columns = re.findall(r"\d+", form)
        order = "column by column" if "columns" in form else "in reading order"
        order = "to the right and back in turn" if form.startswith("snake") else order
        size = f"{rows} by {columns} cells, of which, {order},"
        if "1" in (rows, columns):
            size = f"a row of {columns} cells, of which" if rows == "1" else f"a column of {rows} cells, of which"
        return f"the grid becomes {size} as many are coloured as {those}, {colour}"
    shape = {
        "row": "a row of as many cells as",
        "column": "a column of as many cells as",
        "square": "a full square as wide as",
        "diagonal": "an empty square with a coloured diagonal of as many cells as",
    }[form]
    return f"the grid becomes {shape} {those}, {colour}"


def _grow(teller: Teller, link: str, name: str, word: str, growth: str) -> str:
    how = (
        "every cell becomes a square block, as many cells wide"
        if growth == "scaled"
        else "the grid is repeated across and down, as many times"
    )
    return f"{how} as {_number(teller, link, name, word)}"


_TALLIED = {
    "cells": "cells of it",
    "things": "things of it",
    "pieces": "pieces (joined by sides) of it",
    "largest": "cells in its largest thing",
}
_BARS_LEAD = {"up": "upwards", "down": "downwards", "right": "to the right", "left": "to the left"}


def _tally(teller: Teller, count: str, form: str, order: str) -> str:
    inks = listed([teller.ink(c) for c in order[1:]])
    return f"a chart: bars {_BARS_LEAD[form]} in {inks}, in this order, each as long as there are {_TALLIED[count]}"


CLAUSES: dict[str, Clause] = {
    "tally_fixed": _tally,
    "bars_by": _bars,
    "count_by": _count,
    "crop_chosen": _pick,
    "grow_by": _grow,
    "line_up_by": _line_up,
    "list_by": _list,
    "list_colours_by": _list_colours,
    "spell_by": _spell,
}
