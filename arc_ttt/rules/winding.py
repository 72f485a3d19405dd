"""Spirals that wind outwards from single cells; which way each colour winds is read off demonstrations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, keyed, operation
from arc_ttt.types import Cells

_ENTRY = re.compile(r"(\d)to([udlr])([lr])")
_WAYS = {"u": (-1, 0), "d": (1, 0), "l": (0, -1), "r": (0, 1)}
_MOST_CELLS = 8


# Entries such as 1toul: the way in which a colour sets out, and to which side it turns.
is_winding = keyed(_ENTRY)
WINDING = Kind("table of spirals", ("1toul", "1toul_2tour"), is_winding)
TURN_GAP = Kind("empty cells between turns", (1, 2))
# What a spiral does that leaves the grid: it ends, or it comes back in where it would.
LEAVING = Kind("at the border", ("ends", "cut_off"))


def _spiral(
    shape: tuple[int, ...], r: int, c: int, way: str, side: str, gap: int, leaving: str
) -> Iterator[tuple[int, int]]:
    """The cells of a spiral from (r, c) on."""
    (down, right), outside = _WAYS[way], 0
    for leg in range(4 * max(shape)):
        length = (gap + 1) * (1 + leg // 2)
        seen = False
        for _ in range(length):
            r, c = r + down, c + right
            if 0 <= r < shape[0] and 0 <= c < shape[1]:
                seen = True
                yield r, c
            elif leaving == "ends":
                return
        outside = 0 if seen else outside + 1
        if outside == 4:
            return
        down, right = (-right, down) if side == "l" else (right, -down)


@operation("few", "markers", "single", gap=TURN_GAP, leaving=LEAVING, table=WINDING, weight=0)
def wind_out(cells: Cells, gap: int, leaving: str, table: str) -> Cells | None:
    """From single cells spirals of their colour wind outwards as far as the border, to the left or to the right as a
    table says for the colour."""
    ways = {int(colour): (way, side) for colour, way, side in _ENTRY.findall(table)}
    at = np.argwhere(cells)
    if not 1 <= len(at) <= _MOST_CELLS or not any(int(cells[r, c]) in ways for r, c in at):
        return None
    out = cells.copy()
    for r, c in at.tolist():
        if int(cells[r, c]) in ways:
            for place in _spiral(cells.shape, r, c, *ways[int(cells[r, c])], gap, leaving):
                out[place] = cells[r, c]
    return out


@fits("wind_out")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    starts = [np.argwhere(s).tolist() for s in shown]
    if any(a.shape != b.shape for a, b in zip(shown, wanted, strict=True)):
        return
    if not all(1 <= len(at) <= _MOST_CELLS for at in starts):
        return
    for gap, leaving in product(TURN_GAP.values, LEAVING.values):
        table: dict[int, str] = {}
        for colour in sorted({int(s[r, c]) for s, at in zip(shown, starts, strict=True) for r, c in at}):
            mine = [
                (w, r, c) for s, w, at in zip(shown, wanted, starts, strict=True) for r, c in at if s[r, c] == colour
            ]
            for way, side in product(_WAYS, "lr"):
                paths = ((w, _spiral(w.shape, r, c, way, side, int(gap), str(leaving))) for w, r, c in mine)
                if all(w[place] == colour for w, path in paths for place in path):
                    table[colour] = way + side
                    break
        if table:
            yield gap, leaving, "_".join(f"{colour}to{entry}" for colour, entry in table.items())
