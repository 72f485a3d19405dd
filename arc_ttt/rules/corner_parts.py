"""Things laid corner to corner; panels put where their marked corners say; only the lines kept that hold a colour."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import LINK, OTHER, Kind, operation
from arc_ttt.rules.panels import panels
from arc_ttt.rules.things import paste, things
from arc_ttt.rules.whole import by_abundance
from arc_ttt.types import MAX_SIDE, Cells

STAIRS = Kind("order of stairs", ("smallest", "largest", "left", "top"))
SLOPE = Kind("slope", ("falling", "rising"))
_MOST = 8


@operation("objects", link=LINK, first=STAIRS, slope=SLOPE, result=OTHER, weight=0)
def lay_stairs(cells: Cells, link: str, first: str, slope: str) -> Cells | None:
    """All things are laid corner to corner on a falling (or rising) slope: the smallest, largest, leftmost or uppermost
    at its left end."""
    group = things(cells, link)
    keys = {
        "smallest": [t.size for t in group],
        "largest": [-t.size for t in group],
        "left": [t.left for t in group],
        "top": [t.top for t in group],
    }[first]
    if not 2 <= len(group) <= _MOST or len(set(keys)) < len(keys):
        return None
    rows, columns = sum(t.height for t in group), sum(t.width for t in group)
    if max(rows, columns) > MAX_SIDE:
        return None
    out, top, left = np.zeros((rows, columns), np.uint8), 0, 0
    for _, t in sorted(zip(keys, group, strict=True), key=lambda pair: pair[0]):
        paste(out, t.cells, top if slope == "falling" else rows - top - t.height, left)
        top, left = top + t.height, left + t.width
    return out


LINES = Kind("lines that are kept", ("rows", "columns", "both"))
HOLDING = Kind("what lines hold", ("rarest", "commonest", "any"))
KEEPING = Kind("whether they are kept", ("kept", "dropped"))


@operation("any", lines=LINES, ink=HOLDING, kept=KEEPING, result=OTHER, weight=0)
def lines_that_hold(cells: Cells, lines: str, ink: str, kept: str) -> Cells | None:
    """Only the rows (columns, or both) that hold the rarest, the commonest or any colour are kept, or these dropped."""
    colour = None if ink == "any" else by_abundance(cells, "least" if ink == "rarest" else "most")
    if ink != "any" and colour is None:
        return None
    on = cells != 0 if ink == "any" else cells == colour
    rows, columns = (on.any(axis=a) == (kept == "kept") for a in (1, 0))
    out = cells if lines == "columns" else cells[rows]
    out = out if lines == "rows" else out[:, columns]
    return np.ascontiguousarray(out) if out.size and out.shape != cells.shape else None


MARKS = Kind("marks of corners", ("stay", "vanish"))


@operation("panels", marks=MARKS, result=OTHER, weight=0)
def panels_to_corners(cells: Cells, marks: str) -> Cells | None:
    """Four panels, each with one cell of the rarest fitting colour, in a corner: each is put into the quarter of a
    square that has its cell in the outer corner; these cells stay or vanish."""
    found = panels(cells)
    if found is None or len(found.flat) != 4:
        return None
    parts = [cells[b] for b in found.flat]
    height, width = parts[0].shape
    if any(p.shape != (height, width) for p in parts) or max(height, width) * 2 > MAX_SIDE:
        return None
    for ink in range(1, 10):
        spots = [np.argwhere(p == ink).tolist() for p in parts]
        if any(len(s) != 1 for s in spots):
            continue
        places = {(r > 0, c > 0) for ((r, c),) in spots if r in (0, height - 1) and c in (0, width - 1)}
        if len(places) == 4:
            out = np.zeros((2 * height, 2 * width), np.uint8)
            for p, ((r, c),) in zip(parts, spots, strict=True):
                out[height * (r > 0) : height * (1 + (r > 0)), width * (c > 0) : width * (1 + (c > 0))] = p
            return out if marks == "stay" else np.where(out == ink, np.uint8(0), out)
    return None
