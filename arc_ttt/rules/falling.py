"""Things that fall towards lines at the border: each to the line of its own colour."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.places import DIRECTIONS
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import Cells

FALLING = Kind("what falls", ("corner", "side", "cell"))
_MOST_THINGS = 80


def walls(cells: Cells) -> dict[int, str]:
    """The colours that fill one border of the grid, all but its corners at least, with the direction of it."""
    found: dict[int, str] = {}
    for way, line in (("up", cells[0]), ("down", cells[-1]), ("left", cells[:, 0]), ("right", cells[:, -1])):
        inner = line[1:-1]
        if len(inner) and inner[0] and (inner == inner[0]).all():
            if int(inner[0]) in found:
                return {}
            found[int(inner[0])] = way
    return found


def _parts(cells: Cells, link: str) -> list[Thing]:
    if link != "cell":
        return list(things(cells, link))
    return [Thing(int(r), int(c), cells[r : r + 1, c : c + 1]) for r, c in np.argwhere(cells)]


@operation("objects", "beginning", weight=0)
def step_home(cells: Cells) -> Cells | None:
    """Cells of the colour of a line at the border move one cell towards it, all at once, where that is empty then."""
    borders = walls(cells)
    if not borders or min(cells.shape) < 3:
        return None
    moving = {
        (r, c): (r + DIRECTIONS[way][0], c + DIRECTIONS[way][1])
        for colour, way in borders.items()
        for r, c in (np.argwhere(cells[1:-1, 1:-1] == colour) + 1).tolist()
    }
    while stuck := [a for a, b in moving.items() if cells[b] and b not in moving]:
        for a in stuck:
            del moving[a]
    out = cells.copy()
    for a in moving:
        out[a] = 0
    for a, b in moving.items():
        if out[b]:
            return None
        out[b] = cells[a]
    return None if (out == cells).all() else out


@operation("objects", "beginning", link=FALLING, weight=0)
def fall_home(cells: Cells, link: str) -> Cells | None:
    """Things (or cells) fall to the border that is a line of their own colour, until they meet it or another thing."""
    borders = walls(cells)
    if not borders or min(cells.shape) < 3:
        return None
    rest = cells.copy()
    for colour, way in borders.items():
        line = {"up": rest[0], "down": rest[-1], "left": rest[:, 0], "right": rest[:, -1]}[way]
        line[line == colour] = 0
    group = _parts(rest, link)
    if len(group) > (_MOST_THINGS if link != "cell" else cells.size):
        return None
    out = cells.copy()
    for colour, way in borders.items():
        down, right = DIRECTIONS[way]
        mine = [t for t in group if t.colour == colour]
        # Those nearest to the line fall first.
        mine.sort(key=lambda t: -down * (t.bottom if down > 0 else t.top) - right * (t.right if right > 0 else t.left))
        for t in mine:
            rows, columns = np.nonzero(t.cells)
            rows, columns = rows + t.top, columns + t.left
            out[rows, columns] = 0
            while True:
                r, c = rows + down, columns + right
                if r.min() < 0 or c.min() < 0 or r.max() >= out.shape[0] or c.max() >= out.shape[1] or out[r, c].any():
                    break
                rows, columns = r, c
            out[rows, columns] = colour
    return None if (out == cells).all() else out
