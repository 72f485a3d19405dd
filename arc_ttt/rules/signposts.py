"""A way that goes over signs, colours that say where it goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import DIRECTION, MARK, Argument, Kind, fits, keyed, operation, table_word
from arc_ttt.rules.places import DIRECTIONS
from arc_ttt.types import Cells

_SIGN = re.compile(r"([1-9])to(up|down|left|right)")
_MOST_SIGNS, _MOST_STEPS, _MOST_SOURCES = 4, 400, 3


SIGNS = Kind("signs", ("3toup_2todown", "8toleft"), keyed(_SIGN))


def _walk(
    cells: Cells, at: tuple[int, int], way: str, table: dict[int, str]
) -> tuple[list[tuple[int, int]], int, tuple[int, int]] | None:
    """The empty cells from a place on until the border, the colour of a sign that the table lacks (0 for the border),
    and where that is; None for a way that does not end."""
    path: list[tuple[int, int]] = []
    r, c = at
    for _ in range(_MOST_STEPS):
        r, c = r + DIRECTIONS[way][0], c + DIRECTIONS[way][1]
        if not (0 <= r < cells.shape[0] and 0 <= c < cells.shape[1]):
            return path, 0, (r, c)
        ink = int(cells[r, c])
        if not ink:
            path.append((r, c))
        elif ink != cells[at]:
            if ink not in table:
                return path, ink, (r, c)
            way = table[ink]
    return None


@operation("few", "markers", source=MARK, direction=DIRECTION, signs=SIGNS, weight=0)
def follow_signs(cells: Cells, source: int, direction: str, signs: str) -> Cells | None:
    """From each cell of a colour a line of it runs in a direction; on each cell of a colour that is a sign it goes on
    in the direction of that sign, until the border."""
    table = {int(ink): way for ink, way in _SIGN.findall(signs)}
    starts = np.argwhere(cells == source).tolist()
    if not 0 < len(starts) <= _MOST_SOURCES:
        return None
    out = cells.copy()
    for r, c in starts:
        found = _walk(cells, (r, c), direction, table)
        if found is None or found[1]:
            return None
        for at in found[0]:
            out[at] = source
    return None if (out == cells).all() else out


@fits("follow_signs")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(s.shape != w.shape or (w[s != 0] != s[s != 0]).any() for s, w in zip(shown, wanted, strict=True)):
        return
    new = {int(ink) for s, w in zip(shown, wanted, strict=True) for ink in np.unique(w[s != w])}
    if len(new) != 1 or not all(0 < np.count_nonzero(s == max(new)) <= _MOST_SOURCES for s in shown):
        return
    source = new.pop()
    starts = [(n, r, c) for n, s in enumerate(shown) for r, c in np.argwhere(s == source).tolist()]
    for direction in map(str, DIRECTION.values):
        for table in _tables(shown, wanted, starts, direction, {}):
            word = table_word(table)
            made = [follow_signs(s, source, direction, word) for s in shown] if table else [None]
            if all(m is not None and (m == w).all() for m, w in zip(made, wanted, strict=False)):
                yield source, direction, word
                return


def _tables(
    shown: Sequence[Cells],
    wanted: Sequence[Cells],
    starts: Sequence[tuple[int, int, int]],
    direction: str,
    table: dict[int, str],
) -> Iterator[dict[int, str]]:
    """Tables of signs with which no line paints what is not wanted."""
    for n, r, c in starts:
        found = _walk(shown[n], (r, c), direction, table)
        if found is None or any(wanted[n][at] != shown[n][r, c] for at in found[0]):
            return
        if found[1]:
            if len(table) < _MOST_SIGNS:
                for way in DIRECTIONS:
                    yield from _tables(shown, wanted, starts, direction, table | {found[1]: way})
            return
    yield table
