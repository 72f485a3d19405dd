"""Paths one cell broad take colours in turn along their bends, like a string with beads."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.fronts import cycle
from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.rails import LONGEST, Place, path_of
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import Cells

# Whose colours: of the path's own beginning, of a strip elsewhere behind what marks the path's beginning, or of a strip
# from the end that is nearer to it.
BEADS = Kind("beads", ("own", "strip", "near"))
_SHORTEST, _LONGEST_STRIP, _MOST_THINGS = 5, 9, 30


def _strip(t: Thing) -> list[int] | None:
    """The colours of a straight line of several colours."""
    if min(t.cells.shape) > 1 or not 2 <= t.size <= _LONGEST_STRIP or t.size != max(t.cells.shape):
        return None
    inks = [int(v) for v in t.cells.ravel()]
    return inks if len(set(inks)) > 1 else None


def _strung(t: Thing) -> tuple[list[Place], list[int], int] | None:
    """A path from its marked end on, the colours there, and that of the rest; from its first end where none is
    marked."""
    if not _SHORTEST <= t.size <= LONGEST:
        return None
    path = path_of(t.cells != 0)
    if path is None:
        return None
    ground = t.colour
    if t.cells[path[0]] == ground and t.cells[path[-1]] != ground:
        path = path[::-1]
    inks = [int(t.cells[p]) for p in path]
    n = next(k for k, ink in enumerate(inks) if ink == ground)
    if any(ink != ground for ink in inks[n:]) or 2 * n > len(inks):
        return None
    return [(r + t.top, q + t.left) for r, q in path], inks[:n], ground


@operation("few", "walls", beads=BEADS, weight=0)
def bead_path(cells: Cells, beads: str) -> Cells | None:
    """Paths one cell broad take, cell by cell along their bends, the colours in turn of their own beginning, or of a
    straight strip of several colours: behind the mark at one end, or from the end nearer to the strip."""
    group = things(cells, "clump")
    if not 0 < len(group) <= _MOST_THINGS:
        return None
    strips = [] if beads == "own" else [t for t in group if _strip(t) is not None]
    paths = [p for t in group if t not in strips and (p := _strung(t)) is not None]
    if beads != "own" and len(strips) != 1:
        return None
    out = cells.copy()
    for path, mark, _ in paths:
        inks = _turns(mark) if beads == "own" else _strip(strips[0]) or []
        if len(set(inks)) < 2 or (beads != "own" and bool(mark) != (beads == "strip")):
            continue
        string = path[len(mark) :]
        if beads == "near":
            ends = [_away(strips[0], p) for p in (path[0], path[-1])]
            if ends[0] == ends[1]:
                return None
            string = path if ends[0] < ends[1] else path[::-1]
        for k, at in enumerate(string):
            out[at] = inks[k % len(inks)]
    return None if (out == cells).all() else out


def _turns(mark: list[int]) -> list[int]:
    """The colours that come in turn behind a beginning, as these repeat themselves."""
    if not mark:
        return []
    n, period = len(mark), cycle(mark)
    return [mark[(n + k) % period] for k in range(period)]


def _away(t: Thing, at: Place) -> int:
    """How far a place is from a thing."""
    rows, columns = np.nonzero(t.cells)
    return int((abs(rows + t.top - at[0]) + abs(columns + t.left - at[1])).min())
