"""Rectangles with a few specks of other colours: the specks' colours make a pattern on the rectangle or around it."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import Kind, operation, tried_at_once
from arc_ttt.rules.places import within
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import Cells

WHERE = Kind("where the pattern is", ("rim", "all", "core", "around"))
PATTERN = Kind("pattern", ("checks", "rows", "columns", "rings", "across"))
SPECKS = Kind("the specks afterwards", ("vanish", "stay"))
_MOST_THINGS, _LEAST_SIDE, _MOST_SPECKS = 20, 3, 4


def _specks(t: Thing) -> tuple[int, list[int]] | None:
    """The colour of a full rectangle, and the colours of its few specks in reading order; with one speck its own is the
    other one."""
    if min(t.cells.shape) < _LEAST_SIDE or not t.cells.all():
        return None
    others = t.cells[t.cells != t.colour].tolist()
    if not 0 < len(others) <= _MOST_SPECKS or 3 * len(others) > t.size:
        return None
    inks = list(dict.fromkeys(others))
    return t.colour, inks if len(inks) > 1 else [inks[0], t.colour]


def _turn(shape: tuple[int, ...], pattern: str) -> np.ndarray:
    """Which of the colours each cell has, counted on and on."""
    rows, columns = np.arange(shape[0])[:, None], np.arange(shape[1])[None]
    if pattern == "across":  # stripes across the longer side
        pattern = "rows" if shape[0] > shape[1] else "columns"
    back, left = shape[0] - 1 - rows, shape[1] - 1 - columns
    turn: np.ndarray = {
        "checks": rows + columns,
        "rows": rows,
        "columns": columns,
        "rings": np.minimum(np.minimum(rows, back), np.minimum(columns, left)),
    }[pattern]
    return np.broadcast_to(turn, shape)


@operation("objects", "blocks", where=WHERE, pattern=PATTERN, specks=SPECKS, weight=0)
def pattern_by_specks(cells: Cells, where: str, pattern: str, specks: str) -> Cells | None:
    """Full rectangles with a few specks of other colours: these colours (or that of the one kind of specks and the
    rectangle's) take turns on its rim, on all of it, within its rim or around it, in checks, stripes or rings."""
    found = [(t, _specks(t)) for t in things(cells, "mixed")[: _MOST_THINGS + 1]]
    if len(found) > _MOST_THINGS or not any(s for _, s in found) or (where == "rim" and pattern == "rings"):
        return None
    out = cells.copy()
    more = {"around": 1, "core": -1}.get(where, 0)  # cells by which the pattern's box is larger at each side
    for t, told in found:
        if told is None:
            continue
        own, inks = told
        if specks == "vanish":
            out[t.box] = own
        shape = (t.height + 2 * more, t.width + 2 * more)
        mask = np.ones(shape, bool)
        if where in ("rim", "around"):
            mask[1:-1, 1:-1] = False
        if specks == "stay" and more <= 0:
            mask &= t.cells[-more : t.height + more, -more : t.width + more] == own
        made = np.array(inks, np.uint8)[_turn(shape, pattern) % len(inks)]
        rows, columns = np.nonzero(mask)
        r, c = rows + t.top - more, columns + t.left - more
        free = within(cells, r, c)
        if more > 0:
            free[free] = cells[r[free], c[free]] == 0
        out[r[free], c[free]] = made[rows[free], columns[free]]
    return None if (out == cells).all() else out


tried_at_once("pattern_by_specks")
