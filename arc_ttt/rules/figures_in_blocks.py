"""Solid rectangles become the one figure, scaled or stretched to their size, or repeated over it."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.things import Thing, colours, things
from arc_ttt.types import Cells

HOW = Kind("figure in a block", ("scaled", "tiled"))
FIGURE_INK = Kind("ink of a figure in a block", ("own", "block", "gaps"))
FIGURE_AFTER = Kind("the figure afterwards", ("stays", "vanishes"))
_MOST_BLOCKS = 20


def _is_block(t: Thing) -> bool:
    return bool(t.cells.all()) and len(colours(t.cells)) == 1


def _split(cells: Cells) -> tuple[Thing, list[Thing]] | None:
    """The one thing that is no solid rectangle, and the solid rectangles."""
    found = [t for t in things(cells, "mixed") if not _is_block(t)]
    if len(found) != 1:
        return None
    figure, rest = found[0], cells.copy()
    rest[figure.box][figure.cells != 0] = 0
    blocks = [t for t in things(rest, "side") if t.size > 1]
    return (figure, blocks) if 1 <= len(blocks) <= _MOST_BLOCKS and all(map(_is_block, blocks)) else None


@operation("shapes", "blocks", how=HOW, ink=FIGURE_INK, after=FIGURE_AFTER, weight=0)
def figure_into_blocks(cells: Cells, how: str, ink: str, after: str) -> Cells | None:
    """Each solid rectangle that is a whole number of times as high and wide as the one other thing becomes this,
    stretched to that size or repeated over it, in its own colours or that of the rectangle, or only its gaps do."""
    split = _split(cells)
    if split is None:
        return None
    figure, blocks = split
    out, done = cells.copy(), False
    for t in blocks:
        if t.height % figure.height or t.width % figure.width:
            continue
        times = t.height // figure.height, t.width // figure.width
        image = np.kron(figure.cells, np.ones(times, np.uint8)) if how == "scaled" else np.tile(figure.cells, times)
        if ink != "own":
            image = ((image != 0) == (ink == "block")).astype(np.uint8) * np.uint8(t.colour)
        out[t.box] = image
        done = True
    if after == "vanishes":
        out[figure.box][figure.cells != 0] = 0
    return out if done else None
