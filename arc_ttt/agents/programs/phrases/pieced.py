"""Clauses of the operations that put pictures together of pieces, draw pieces apart, find figures, or write out
numbers."""

from __future__ import annotations

from arc_ttt.agents.programs.phrases.made import layout_told
from arc_ttt.agents.programs.phrases.teller import Clause, Teller
from arc_ttt.rules.language import Program

PHRASES: dict[str, str] = {
    "stitch_parts": "the {members:panels=panels|slices=equal parts of the grid|lumps=things} "
    "become one picture: {plan:columns=its left part|rows=its upper part|quarters=its upper left quarter|rings=its "
    "outermost ring|falling=what lies above its falling diagonal|rising=what lies above its rising diagonal|"
    "columns_by_turns=every column in turn|rows_by_turns=every row in turn|checks=every cell in turn, as on a "
    "chessboard,|things=the leftmost thing} is taken from the {first} one, "
    "{plan:columns=the one beside it|rows=the one below it|quarters=the next quarter|rings=the next one inwards|"
    "falling=what lies below it|rising=what lies below it|columns_by_turns=the next|rows_by_turns=the next|"
    "checks=the next|things=the second thing from the left} from the next one, and so on",
    "mark_shown": "wherever cells of the commonest colour are of the shape of the one thing of the rarest colour, "
    "{turned:upright=as it is|turned=or turned or mirrored}{rest:any=|other=, and no others lie in its box}, they take "
    "its colour",
    "draw_apart": "the {pieces:upper_lower=upper and lower half|left_right=left and right half|quarters=four quarters} "
    "are moved {gap/cells} apart{slide:p0=|p1=, the second one a cell aslant|p2=, the second one two cells aslant|m1=, "
    "the first one a cell aslant|m2=, the first one two cells aslant|beyond=, the second one wholly beyond the first|"
    "before=, the first one wholly beyond the second}; what is between becomes {ground}",
    "squares_in_row": "each colour becomes a full square, {side:root=of as many cells as it has|cells=as wide as it "
    "has cells|things=as wide as it has things|largest=as wide as its largest thing is long}; they stand side by side, "
    "{gap:gap0=without gaps|gap1=a cell apart}, {order:rising=the smallest first|falling=the largest first|left=as the "
    "colours begin from the left}, level at {level:bottom=the bottom|top=the top|middle=their middles}",
    "write_runs": "the bar is written out in runs of its colour, an empty cell between, whose lengths "
    "{course:up=rise from one to its length|down=fall from its length to one|up_down=rise from one to its length and "
    "fall again|down_up=fall from its length to one and rise again}, in reading order {room:rows=in as many rows as "
    "they need|grid=from the first cell of the grid on|line=in one row}",
    "lay_by_marks": "things (of any colours) are laid upon larger ones, "
    "{turned:as_they_are=as they are,|turned=turned or mirrored where they must be,} so that their cells of colours "
    "that these have, too, come to lie on such cells{shown:alone=; only what they make is shown|moved=|copied=, and "
    "stay where they were as well}",
    "drop_through": "things fall {direction/ways} to the border or onto each other; through the one full line across "
    "only those parts of them go that are one cell broad, and {hole:torn=tear it|mended=it closes behind them}",
    "exchange_sides": "what lies on either side of the one full line of a colour changes places, {how:mirrored="
    "mirrored over the line|moved=as it is}",
}


def _lattice(teller: Teller, layout: str, lines: str) -> str:
    inks = [int(c) for c in lines if c.isdecimal()]
    where = "between and around" if lines.startswith("around") else "between"
    crossed = f" ({teller.ink(inks[1])} where they cross or end)" if len(inks) > 1 else ""
    return f"{layout_told(teller, layout)}; with lines of {teller.ink(inks[0])}{crossed} {where}"


_CHANGED = {
    "new": "only the cells that this changes are shown, as they are then",
    "old": "only the cells that this changes are shown, as they were before",
    "newbox": "only the box of the cells that this changes is shown, as it is then",
    "oldbox": "only the box of the cells that this changes is shown, as it was before",
    "only": "only the cells that this changes are shown, in {}",
    "mark": "the cells that this changes take {} instead",
    "crossink": "things that the changed cells cross take their colour",
    "crossinkalone": "things that the changed cells cross take their colour, and nothing else changes",
    "crossgone": "things that the changed cells cross vanish",
    "crossgonealone": "things that the changed cells would cross vanish, and nothing else changes",
    "meetink": "things that the changed cells touch take their colour",
    "meetinkalone": "things that the changed cells would touch take their colour, and nothing else changes",
    "meetgone": "things that the changed cells touch vanish",
    "meetgonealone": "things that the changed cells would touch vanish, and nothing else changes",
}


def _changed(teller: Teller, program: Program, changed: str) -> str:
    way = changed.rstrip("0123456789")
    said = _CHANGED[way].format(teller.ink(changed.removeprefix(way)) if way != changed else "")
    return f"{said}: {teller.program(program)}"


_FIGURES = {"f010r111r010": "a plus of five", "f101r010r101": "a saltire of five", "f111r101r111": "a ring of eight"}


def _figures(teller: Teller, figure: str, of: int, becomes: int, turned: str, rest: str) -> str:
    rows = figure[1:].split("r")
    plain = f"a rectangle of {len(rows)} by {len(rows[0])}"
    shape = _FIGURES.get(figure, plain if "0" not in figure else f"a certain figure of {figure.count('1')}")
    ways = ", also turned or mirrored," if turned == "turned" else ""
    alone = " in whose box there are no others" if rest == "other" else ""
    return f"cells of {teller.ink(of)} that are part of {shape} of them{alone}{ways} become {teller.ink(becomes)}"


CLAUSES: dict[str, Clause] = {"lay_in_lattice": _lattice, "mark_figures": _figures, "show_changed": _changed}
