"""Views of what is most common in a line, of what is seen in all four directions, and of the boxes around colours."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.learned_views import Scene, view
from arc_ttt.rules.learned_views_far import FAR
from arc_ttt.rules.learned_views_images import VIEWS, scene
from arc_ttt.rules.places import DIRECTIONS
from arc_ttt.rules.things import border, rarest_ink
from arc_ttt.types import COLOURS, Cells

__all__ = ["VIEWS", "scene"]


def _commonest(cells: Cells) -> np.ndarray:
    """(rows, 1): the commonest colour of each row but the background, of those that are as common the first; 0 where
    there is none."""
    counts = np.stack([(cells == c).sum(axis=1) for c in range(COLOURS)])
    counts[0] = 0
    mine = np.take_along_axis(counts.T, cells.astype(np.intp), axis=1)  # how common the colour of each cell is
    return np.take_along_axis(cells, mine.argmax(axis=1)[:, None], axis=1)


view("rowink", 5, colour=True)(lambda s: _commonest(s.cells))
view("columnink", 5, colour=True)(lambda s: _commonest(np.ascontiguousarray(s.cells.T)).T)
view("crossink", 5.5, colour=True)(lambda s: np.where(s["rowink"] == s["columnink"], s["rowink"], 0))
view("headsink", 5.5, colour=True)(lambda s: np.where(s["rowfirst"] == s["columnfirst"], s["rowfirst"], 0))


def _twins(cells: Cells) -> np.ndarray:
    """(rows, 1): whether a row with colours is there again."""
    lines = [row.tobytes() for row in cells]
    again = np.array([lines.count(line) > 1 for line in lines], bool)[:, None]
    twins: np.ndarray = np.logical_and(again, (cells != 0).any(axis=1, keepdims=True))
    return twins


view("rowtwin", 5)(lambda s: _twins(s.cells))
view("columntwin", 5)(lambda s: _twins(s.cells.T).T)
view("isrowink", 5)(lambda s: s.cells == s["rowink"])
view("iscolumnink", 5)(lambda s: s.cells == s["columnink"])


@view("evenlines", 5.5)
def _even_lines(s: Scene) -> np.ndarray:
    """The steps to the next coloured cell where these are as many in all four directions, with another coloured cell
    behind each, else 0."""
    steps = np.stack([s[f"steps{way}"] for way in DIRECTIONS])
    least = steps.min(axis=0)
    out = np.zeros(s.cells.shape, np.uint8)
    for r, c in np.argwhere((least == steps.max(axis=0)) & (least < FAR) & ~s.ink).tolist():
        n = int(least[r, c]) + 1
        ends = [(r + n * down, c + n * right) for down, right in DIRECTIONS.values()]
        if all(0 <= y < s.ink.shape[0] and 0 <= x < s.ink.shape[1] and s.ink[y, x] for y, x in ends):
            out[r, c] = n - 1
    return out


_LEAST_LINE = 3


@view("fan", 5)
def _fan(s: Scene) -> np.ndarray:
    """2 on straight lines that lead from the border to an end with nothing beside them, 1 beside these in the triangle
    that widens from this end to the border, else 0."""
    out = np.zeros(s.cells.shape, np.uint8)
    for turns in range(4):
        cells, fan = np.rot90(s.cells, turns), np.rot90(out, turns)
        rows, columns = np.indices(cells.shape)
        for c in np.flatnonzero(cells[-1]).tolist():
            other = np.flatnonzero(cells[:, c] != cells[-1, c])
            if not len(other):
                continue
            first = int(other[-1]) + 1
            beside = cells[first:, [k for k in (c - 1, c + 1) if 0 <= k < cells.shape[1]]]
            if len(cells) - first < _LEAST_LINE or cells[first - 1, c] or beside.any():
                continue
            away = np.abs(columns - c)
            fan[(away <= rows - first) & (fan == 0)] = 1
            fan[(away == 0) & (rows >= first)] = 2
    return out


@view("boxescover", 5)
def _boxes_cover(s: Scene) -> np.ndarray:
    """Of how many colours the box around all their cells has the cell."""
    out = np.zeros(s.cells.shape, np.uint8)
    for colour in np.flatnonzero(np.bincount(s.cells.ravel(), minlength=COLOURS)[1:]) + 1:
        rows, columns = np.nonzero(s.cells == colour)
        out[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1] += 1
    return out


@view("rarelines", 5)
def _rare_lines(s: Scene) -> np.ndarray:
    """In how many of four directions the first colour that is seen is the grid's rarest one."""
    rarest = rarest_ink(s.cells)
    out = np.zeros(s.cells.shape, np.uint8)
    if rarest:
        for way in DIRECTIONS:
            out += s[f"ray{way}"] == rarest
    return out


@view("deadend", 5)
def _dead_ends(s: Scene) -> np.ndarray:
    """Empty cells on no way from one opening at the border to another, nor on one that leads back to where it begins:
    what is left of the others goes on where it lies at the border or beside two others at least."""
    free = ~s.ink
    height, width = free.shape
    outermost = border(free.shape)
    live = free.copy()
    for _ in range(height * width):
        padded = np.pad(live, 1)
        near = padded[:-2, 1:-1].astype(int) + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]
        kept = live & ((near > 1) | (outermost & (near > 0)))
        if (kept == live).all():
            break
        live = kept
    dead: np.ndarray = free & ~live
    return dead
