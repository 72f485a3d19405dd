"""Grid → a list of the beads on its wire: the cells of other colours on a path, from one end to the other."""

from __future__ import annotations

from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.rules.rails import path_of
from arc_ttt.rules.things import things
from arc_ttt.rules.uncoiled import LINE, START, lined
from arc_ttt.types import Cells

ENDS = Kind("mark at the beginning of a path", ("listed", "left_out"))
_FEWEST_CELLS = 5


@operation("objects", start=START, mark=ENDS, line=LINE, result=OTHER, weight=0)
def list_beads(cells: Cells, start: str, mark: str, line: str) -> Cells | None:
    """The largest thing is a bent path with cells of other colours on it: these are listed from one end to the other,
    in a row or a column. It begins at the end of a colour of which it has no other cell, or at the end that lies
    further to one side; a coloured cell at its beginning is listed or left out."""
    group = sorted(things(cells, "mixed"), key=lambda t: -t.size)
    if not group or group[0].size < _FEWEST_CELLS or (len(group) > 1 and group[1].size == group[0].size):
        return None
    t = group[0]
    path = path_of(t.cells != 0) if 2 * t.size <= t.height * t.width + max(t.cells.shape) else None
    if path is None:
        return None
    inks = [int(t.cells[p]) for p in path]
    wire = t.colour
    (r0, c0), (r1, c1) = path[0], path[-1]
    if start == "rare":
        marked = [i not in (wire, 0) and inks.count(i) == 1 for i in (inks[0], inks[-1])]
        off = marked[0] - marked[1]
    else:
        off = {"left": c1 - c0, "right": c0 - c1, "upper": r1 - r0, "lower": r0 - r1}[start]
    if off == 0:
        return None
    ordered = inks if off > 0 else inks[::-1]
    if mark == "left_out":
        if ordered[0] == wire:
            return None
        ordered = ordered[1:]
    beads = [i for i in ordered if i != wire]
    return lined(beads, line)
