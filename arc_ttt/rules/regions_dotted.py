"""Regions that are every second cell of a beam (those straight beyond a thing are in `regions_lines`), and the sides of
the grid to which a thing points or is nearest."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.places import Places, free, none

# The beams of which every second cell makes a region, by the names of these.
_BEAMS = {
    "dotsslants": "slants",
    "dotsray": "rayon",
    "dotsaim": "aimbeam",
    "dotsbridge": "bridgeany",
}


def _every_second(beam: Callable[[Crowd, int], Places]) -> Callable[[Crowd, int], Places]:
    """The cells of a beam that are two, four, … steps from the thing."""

    def dots(c: Crowd, i: int) -> Places:
        t, (rows, columns) = c.things[i], beam(c, i)
        if not len(rows):
            return none()
        down = np.maximum(np.maximum(t.top - rows, rows - t.bottom), 0)
        right = np.maximum(np.maximum(t.left - columns, columns - t.right), 0)
        far = np.maximum(down, right)
        kept = (far > 0) & (far % 2 == 0)
        return rows[kept], columns[kept]

    return dots


def dotted(beams: Mapping[str, Callable[[Crowd, int], Places]]) -> dict[str, Callable[[Crowd, int], Places]]:
    """The dotted regions of `beams`."""
    return {name: _every_second(beams[beam]) for name, beam in _BEAMS.items()}


def _side(way_of: Callable[[Crowd, int], str | None]) -> Callable[[Crowd, int], Places]:
    """The empty cells of the line of the grid's border that a direction names."""

    def side(c: Crowd, i: int) -> Places:
        way, (rows, columns) = way_of(c, i), c.cells.shape
        if way is None:
            return none()
        if way in ("up", "down"):
            return free(c.cells, np.full(columns, 0 if way == "up" else rows - 1), np.arange(columns))
        return free(c.cells, np.arange(rows), np.full(rows, 0 if way == "left" else columns - 1))

    return side


def _nearest(c: Crowd, i: int) -> str | None:
    t, (rows, columns) = c.things[i], c.cells.shape
    gaps = {"up": t.top, "down": rows - 1 - t.bottom, "left": t.left, "right": columns - 1 - t.right}
    near = [way for way, gap in gaps.items() if gap == min(gaps.values())]
    return near[0] if len(near) == 1 else None


def sides(pointing: Callable[[Crowd, int], str | None]) -> dict[str, Callable[[Crowd, int], Places]]:
    """The regions of the grid's sides, by where a thing points and which is nearest."""
    return {"sideray": _side(pointing), "sidenear": _side(_nearest)}
