"""A tile in a corner of the grid, cut off by an angled line, that fills the grid."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.types import Cells

# Which of the tiles take the line's colour, by their row and column and the tile itself.
_OTHERS: dict[str, Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]] = {
    "empty": lambda r, c, t: t[r % t.shape[0], c % t.shape[1]] == 0,
    "coloured": lambda r, c, t: t[r % t.shape[0], c % t.shape[1]] != 0,
    "checker": lambda r, c, t: (r + c) % 2 == 1,
    "rows": lambda r, c, t: r % 2 == 1,
    "columns": lambda r, c, t: c % 2 == 1,
    "none": lambda r, c, t: (r + c) < 0,
}
OTHERS = Kind("tiles in the other colour", tuple(_OTHERS))
AS = Kind("what other tiles are", ("recoloured", "left_out"))


def _tile(cells: Cells) -> tuple[Cells, int] | None:
    """The tile in the upper left corner and the colour of the line around it; None where something else is there."""
    rows, columns = (np.flatnonzero(cells.any(axis=k)) for k in (1, 0))
    if not len(rows) or rows[-1] < 2 or columns[-1] < 2:
        return None
    h, w = int(rows[-1]), int(columns[-1])
    line = np.concatenate([cells[h, : w + 1], cells[:h, w]])
    ink, tile = int(line[0]), cells[:h, :w]
    if not ink or (line != ink).any() or (tile == ink).any() or not tile.any():
        return None
    return tile, ink


@operation("patterns", "beginning", others=OTHERS, form=AS, weight=0)
def tile_from_corner(cells: Cells, others: str, form: str) -> Cells | None:
    """The tile that an angled line cuts off in a corner fills the grid; every tile that lies as an empty (or coloured)
    cell lies in the tile itself, or every second one, is in the colour of the line, or is left out."""
    for down in (1, -1):
        for across in (1, -1):
            found = _tile(cells[::down, ::across])
            if found is not None:
                tile, ink = found
                h, w = tile.shape
                rows, columns = np.indices(cells.shape)
                out = tile[rows % h, columns % w]
                other = _OTHERS[others](rows // h, columns // w, tile)
                new = np.where(out != 0, np.uint8(ink if form == "recoloured" else 0), np.uint8(0))
                made: Cells = np.where(other, new, out)[::down, ::across]
                return np.ascontiguousarray(made)
    return None
