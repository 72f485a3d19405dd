"""A small picture is repeated in all rooms: the empty insides of frames, or solid rectangles."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.things import Thing, colours, enclosed, things
from arc_ttt.types import Cells

# Where the first tile lies in each room, and what becomes of the picture.
FROM = Kind("corner of the first tile", ("upper_left", "lower_right", "grid"))
TILE = Kind("the tile afterwards", ("vanishes", "stays"))
_MOST_TILE = 30


def _rooms(cells: Cells) -> list[Thing]:
    """Enclosed rectangles without a colour; solid rectangles of one colour where there are none."""
    rooms = [t for t in things(enclosed(cells).astype(np.uint8), "side") if t.cells.all()]
    if rooms:
        return rooms
    solid = [t for t in things(cells, "side") if t.cells.all() and t.size > 3 and len(colours(t.cells)) == 1]
    sizes = [t.size for t in solid]
    return [t for t in solid if 2 * t.size >= max(sizes)]


def _tile(cells: Cells, rooms: list[Thing]) -> Thing | None:
    """The one thing of several colours that touches no room."""
    near = np.zeros((cells.shape[0] + 2, cells.shape[1] + 2), bool)
    for t in rooms:
        near[t.top : t.bottom + 3, t.left : t.right + 3] = True
    found = []
    for t in things(cells, "mixed"):
        mine = near[1:-1, 1:-1][t.box] & (t.cells != 0)
        if not mine.any() and len(colours(t.cells)) > 1 and t.height * t.width <= _MOST_TILE:
            found.append(t)
    return found[0] if len(found) == 1 else None


@operation("objects", "frames", first=FROM, after=TILE, weight=0)
def tile_rooms(cells: Cells, first: str, after: str) -> Cells | None:
    """The one small picture of several colours is repeated in each empty inside of a frame (or each solid rectangle),
    from a corner of it or of the grid on."""
    rooms = _rooms(cells)
    tile = _tile(cells, rooms) if 0 < len(rooms) <= 20 else None
    if tile is None:
        return None
    out = cells.copy()
    for t in rooms:
        rows, columns = np.indices(t.cells.shape)
        if first == "lower_right":
            rows, columns = rows - t.height, columns - t.width
        elif first == "grid":
            rows, columns = rows + t.top, columns + t.left
        out[t.box] = tile.cells[rows % tile.height, columns % tile.width]
    if after == "vanishes":
        out[tile.box][tile.cells != 0] = 0
    return out
