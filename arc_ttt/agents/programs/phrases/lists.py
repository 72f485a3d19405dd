"""Clauses of the operations that choose, order, list or count parts of a grid by measures that were read off."""

from __future__ import annotations

import re

from arc_ttt.agents.programs.phrases.members import NOUNS, best, which
from arc_ttt.agents.programs.phrases.teller import SETS, Clause, Teller, counted


def _pick(teller: Teller, parts: str, rank: str) -> str:
    return f"only the {NOUNS[parts][0]} {best(teller, rank)} is kept"


def _line_up(teller: Teller, parts: str, rank: str, axis: str) -> str:
    return f"the {NOUNS[parts][1]} are put {SETS['row'][axis]}, the one {best(teller, rank)} first"


def _list_colours(teller: Teller, parts: str, rank: str, axis: str) -> str:
    return _as_list(teller, f"the {NOUNS[parts][1]}", rank, f"a {SETS['line'][axis]}")


def _as_list(teller: Teller, what: str, rank: str, form: str) -> str:
    return f"the grid becomes {form} of the colours of {what}, that of the one {best(teller, rank)} first"


def _list(teller: Teller, link: str, name: str, word: str, rank: str, form: str) -> str:
    kind, *sides = re.findall(r"[a-z]{3,}|\d+", form)
    if kind == "pad":
        shape = (
            f"{counted(int(sides[0]), 'row')} of {counted(int(sides[1]), 'cell')}, filled in reading order with cells"
        )
    else:
        thick = {"row": "high", "column": "wide"}[kind]
        shape = f"a {kind}" + (f", {sides[0]} cells {thick}," if sides[0] != "1" else "")
    return _as_list(teller, _those(teller, link, name, word), rank, shape)


def _those(teller: Teller, link: str, name: str, word: str) -> str:
    return f"the {NOUNS[link][1] if name == 'any' else which(teller, link, name, word)}"


_LENGTHS = {
    "size": "it has cells", "pieces": "it has pieces", "parts": "it has parts", "height": "it is high",
    "width": "it is wide", "holes": "it has holes",
}  # fmt: skip


def _bars(teller: Teller, link: str, name: str, word: str, rank: str, length: str, width: str) -> str:
    bars = "columns" if width.startswith("columns") else "rows"
    return (
        f"the grid becomes a chart with one bar for each of {_those(teller, link, name, word)}, of its colour and as "
        f"long as {_LENGTHS[length]}, that of the one {best(teller, rank)} first; the bars are {bars}"
    )


def _count(teller: Teller, link: str, name: str, word: str, form: str, ink: str) -> str:
    those = f"there are {which(teller, link, name, word)}"
    colour = "in their colour" if ink == "own" else f"in {teller.ink(ink[-1])}"
    if form.startswith("pad"):
        rows, columns = re.findall(r"\d+", form)
        order = "column by column" if "columns" in form else "in reading order"
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
    return f"{how} as there are {which(teller, link, name, word)}"


CLAUSES: dict[str, Clause] = {
    "bars_by": _bars,
    "count_by": _count,
    "crop_chosen": _pick,
    "grow_by": _grow,
    "line_up_by": _line_up,
    "list_by": _list,
    "list_colours_by": _list_colours,
}
