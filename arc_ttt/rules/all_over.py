"""One picture covers the whole grid, from where it lies: side by side, mirrored by turns, as bricks, or with gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import Thing, colours, things
from arc_ttt.rules.whole import bounding_box
from arc_ttt.types import Cells

# What is repeated: all that is coloured, what the one frame holds, or the one thing of several colours (largest thing).
PICTURE = Kind("picture", ("box", "framed", "motley", "largest"))
HOW = Kind("how it is repeated", ("plain", "mirrored", "bricks", "stacks", "checker"))
_GAPS = re.compile(r"gaps([0-4])([0-4])")
GAPS = Kind("gaps down and across", ("gaps00", "gaps11"), lambda word: _GAPS.fullmatch(word) is not None)
# What else was there: it vanishes, or stays on top.
REST = Kind("the rest", ("vanishes", "stays"))
# Share of the grid that the picture takes at most, cells between tiles, and one cell in so many changes at least.
_MOST_SHARE, _MOST_GAP, _LEAST_CHANGED = 0.5, 4, 6
_Box = tuple[slice, slice]


def _frame(t: Thing) -> bool:
    """Whether a thing is a frame of one colour, one cell wide, with something in it."""
    inner = t.cells[1:-1, 1:-1]
    if min(t.cells.shape) < 3 or not inner.any():
        return False
    ring = np.concatenate([t.cells[0], t.cells[-1], t.cells[:, 0], t.cells[:, -1]])
    return bool((ring == ring[0]).all() and ring[0] and (inner != ring[0]).all())


def _picture(cells: Cells, picture: str) -> tuple[_Box, _Box] | None:
    """Where the picture is, and that with its frame."""
    if picture == "box":
        box = bounding_box(cells)
        return (box, box) if box else None
    group = things(cells, "mixed")
    if picture == "framed":
        framed = [t for t in group if _frame(t)]
        if len(framed) != 1:
            return None
        rows, columns = framed[0].box
        return (slice(rows.start + 1, rows.stop - 1), slice(columns.start + 1, columns.stop - 1)), framed[0].box
    if picture == "motley":
        group = tuple(t for t in group if len(colours(t.cells)) > 1)
    sizes = [t.size for t in group]
    if not sizes or sizes.count(max(sizes)) > 1 or (picture == "motley" and len(sizes) > 1) or max(sizes) < 2:
        return None
    box = group[sizes.index(max(sizes))].box
    return box, box


def _covered(shape: tuple[int, ...], tile: Cells, at: tuple[int, int], how: str, gaps: tuple[int, int]) -> Cells:
    """A grid full of tiles, of which one lies at a place."""
    height, width = tile.shape
    high, wide = height + gaps[0], width + gaps[1]
    rows, columns = np.indices(shape)
    rows, columns = rows - at[0], columns - at[1]
    if how == "bricks":
        columns = columns + rows // high % 2 * (wide // 2)
    elif how == "stacks":
        rows = rows + columns // wide % 2 * (high // 2)
    r, c = rows % high, columns % wide
    inside = (r < height) & (c < width)
    down, across = rows // high % 2, columns // wide % 2
    if how == "checker":
        inside &= (down + across) % 2 == 0
    elif how == "mirrored":
        r, c = np.where(down == 1, height - 1 - r, r), np.where(across == 1, width - 1 - c, c)
    out: Cells = np.where(inside, tile[np.clip(r, 0, height - 1), np.clip(c, 0, width - 1)], np.uint8(0))
    return out


@operation("beginning", "pattern", picture=PICTURE, how=HOW, gaps=GAPS, rest=REST, weight=0)
def repeat_all_over(cells: Cells, picture: str, how: str, gaps: str, rest: str) -> Cells | None:
    """All that is coloured (what the one frame holds, the one thing of several colours, the largest thing) is repeated
    over the whole grid; what else there was vanishes or stays on top."""
    found = _picture(cells, picture)
    if found is None:
        return None
    (rows, columns), frame = found
    tile = cells[rows, columns]
    if tile.size < 2 or tile.size > _MOST_SHARE * cells.size:
        return None
    out = _covered(cells.shape, tile, (rows.start, columns.start), how, (int(gaps[-2]), int(gaps[-1])))
    if rest == "stays":
        others = cells.copy()
        others[frame] = 0
        out = np.where(others != 0, others, out)
    return None if (out == cells).all() else out


@fits("repeat_all_over")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """The first ways that make all outputs."""
    pairs = list(zip(shown, wanted, strict=True))
    if any(s.shape != w.shape or (s != w).sum() * _LEAST_CHANGED < s.size for s, w in pairs):
        return
    first, goal = shown[0], wanted[0]
    for picture in map(str, PICTURE.values):
        found = _picture(first, picture)
        if found is None or first[found[0]].size > _MOST_SHARE * first.size:
            continue
        tile = first[found[0]]
        if not (goal[found[0]] == tile).all() or np.count_nonzero(goal) < 2 * np.count_nonzero(tile):
            continue
        others = first.copy()
        others[found[1]] = 0
        tiled = np.isin(goal, [0, *colours(tile)])
        for rest in map(str, REST.values):
            stays = rest == "stays"
            free = others == 0 if stays else np.ones(first.shape, bool)
            # What is painted has the picture's colours; where other things stay they are still to be seen.
            if stays != bool(others.any()) and (stays or not tiled.all()):
                continue
            if not tiled[free].all() or not (goal == others)[~free].all():
                continue
            for how, gaps in _ways(tile, found[0], goal, free):
                if makes(repeat_all_over, (picture, how, gaps, rest), shown, wanted):
                    yield picture, how, gaps, rest
                    return


def _ways(tile: Cells, box: _Box, goal: Cells, free: np.ndarray) -> Iterator[tuple[str, str]]:
    """How, and with which gaps, a tile makes a grid where that is free."""
    counts = range(_MOST_GAP + 1)
    for how, down, across in product(map(str, HOW.values), counts, counts):
        made = _covered(goal.shape, tile, (box[0].start, box[1].start), how, (down, across))
        if (made == goal)[free].all():
            yield how, f"gaps{down}{across}"
