"""Phrases of the operations on patterns: paths, spirals, images, tables of panels."""

from __future__ import annotations

import re

from arc_ttt.agents.programs.phrases.teller import Clause, Teller, listed

PHRASES: dict[str, str] = {
    "continue_along": "what is coloured at the beginning of a path, {path:border=around the border|spiral=winding "
    "inwards|spiral_gap=winding inwards one cell from its last turn|snake=to and fro over all rows (or columns)|"
    "snake_gap=to and fro over every second row (or column)}, goes on along it, "
    "{change:cells=its colours again and again|stretches=each straight stretch in the next of its colours}",
}

_SIDES = {"u": "upwards", "d": "downwards", "l": "to the left", "r": "to the right"}


def _spirals(teller: Teller, gap: str, leaving: str, table: str) -> str:
    ways = [
        f"of {teller.ink(c)} {_SIDES[way]} at first and then {'against' if side == 'l' else 'with'} the clock"
        for c, way, side in re.findall(r"(\d)to(\w)(\w)", table)
    ]
    apart = {"1": "one empty cell", "2": "two empty cells"}[str(gap)]
    end = "as far as the border" if leaving == "ends" else "cut off at the border"
    return f"from single cells spirals wind outwards, {apart} between their turns, {end}: {listed(ways)}"


CLAUSES: dict[str, Clause] = {"wind_out": _spirals}
