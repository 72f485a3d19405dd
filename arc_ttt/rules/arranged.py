"""Grid → its things in a smaller arrangement: one cell each, moved together, or put together to a square."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from arc_ttt.rules.crowds import crowd
from arc_ttt.rules.language import LINK, OTHER, Kind, operation
from arc_ttt.rules.things import Thing, paste, things
from arc_ttt.types import MAX_SIDE, Cells


def lanes(spans: Sequence[tuple[int, int]]) -> list[int]:
    """For each span (first, last) the number of the lane it is in: spans that overlap share one."""
    lanes = [0] * len(spans)
    lane, end = -1, -1
    for i in sorted(range(len(spans)), key=lambda i: spans[i]):
        if spans[i][0] > end:
            lane += 1
        end = max(end, spans[i][1])
        lanes[i] = lane
    return lanes


def _is_wall(t: Thing, cells: Cells) -> bool:
    """Whether a thing is a full line from border to border."""
    return t.cells.shape in ((1, cells.shape[1]), (cells.shape[0], 1)) and t.size == max(t.cells.shape) > 2


@operation("objects", "blocks", link=LINK, result=OTHER, weight=1.5)
def shrink_layout(cells: Cells, link: str) -> Cells | None:
    """One cell for each thing, of its colour, in the rows and columns in which the things lie to each other; what has
    one colour and lies in the same ones is one thing. Walls from border to border are left out."""
    group = [t for t in things(cells, link) if not _is_wall(t, cells)]
    if not 2 <= len(group) <= 80:
        return None
    rows = lanes([(t.top, t.bottom) for t in group])
    columns = lanes([(t.left, t.right) for t in group])
    places = set(zip(rows, columns, strict=True))
    if len({(r, c, t.colour) for r, c, t in zip(rows, columns, group, strict=True)}) > len(places) or len(places) < 2:
        return None
    out = np.zeros((max(rows) + 1, max(columns) + 1), np.uint8)
    for t, r, c in zip(group, rows, columns, strict=True):
        out[r, c] = t.colour
    return out


@operation("objects", "blocks", link=LINK, result=OTHER, weight=1)
def gather_layout(cells: Cells, link: str) -> Cells | None:
    """The things moved together without gaps, in the rows and columns in which they lie to each other."""
    group = things(cells, link)
    if not 2 <= len(group) <= 20:
        return None
    rows = lanes([(t.top, t.bottom) for t in group])
    columns = lanes([(t.left, t.right) for t in group])
    heights = [max(t.height for t, r in zip(group, rows, strict=True) if r == n) for n in range(max(rows) + 1)]
    widths = [max(t.width for t, c in zip(group, columns, strict=True) if c == n) for n in range(max(columns) + 1)]
    if max(sum(heights), sum(widths)) > MAX_SIDE or len(set(zip(rows, columns, strict=True))) < len(group):
        return None
    out = np.zeros((sum(heights), sum(widths)), np.uint8)
    for t, r, c in zip(group, rows, columns, strict=True):
        paste(out, t.cells, sum(heights[:r]), sum(widths[:c]))
    return None if out.shape == cells.shape else out


PUT = Kind("what is put together", (*LINK.values, "colours"))


@operation("objects", "shapes", link=PUT, result=OTHER, weight=1)
def assemble_corners(cells: Cells, link: str) -> Cells | None:
    """Four things of one size become one square, each in the quarter to whose corner most of its cells lie; a thing
    is also all that has a colour."""
    group = crowd(cells, link).things if link == "colours" else things(cells, link)
    if len(group) != 4 or len({t.cells.shape for t in group}) > 1:
        return None
    height, width = group[0].cells.shape
    out = np.zeros((2 * height, 2 * width), np.uint8)
    taken = set()
    for t in group:
        r, c = np.nonzero(t.cells)
        low, right = 2 * float(r.mean()) - height + 1, 2 * float(c.mean()) - width + 1
        if abs(low) < 1e-9 or abs(right) < 1e-9:
            return None
        taken.add((low > 0, right > 0))
        paste(out, t.cells, height * (low > 0), width * (right > 0))
    return out if len(taken) == 4 and max(out.shape) <= MAX_SIDE else None


@operation("objects", "shapes", link=LINK, result=OTHER, weight=1)
def jigsaw(cells: Cells, link: str) -> Cells | None:
    """The things put together to a full square, or else a rectangle, the one way in which they fit without turning; of
    several ways the first where larger things come before smaller ones."""
    group = sorted(things(cells, link), key=lambda t: (-t.size, t.top, t.left))
    total = sum(t.size for t in group)
    if not 2 <= len(group) <= 8 or total > 100:
        return None
    tallest, widest = max(t.height for t in group), max(t.width for t in group)
    sides = [(h, total // h) for h in range(tallest, total // widest + 1) if total % h == 0]
    left = [400]
    for shape in sorted(sides, key=lambda s: abs(s[0] - s[1])):
        out = np.zeros(shape, np.uint8)
        if max(shape) <= 12 and _filled(out, group, left):
            return out
    return None


def _filled(out: Cells, group: Sequence[Thing], left: list[int]) -> bool:
    """Fill `out` with the things, the first empty cell first; `left` counts the tries that are allowed."""
    if not group:
        return True
    r, c = (int(i) for i in np.argwhere(out == 0)[0])
    for i, t in enumerate(group):
        column = c - int(np.flatnonzero(t.cells[0])[0])
        if column < 0 or r + t.height > out.shape[0] or column + t.width > out.shape[1]:
            continue
        left[0] -= 1
        if left[0] < 0:
            return False
        part = out[r : r + t.height, column : column + t.width]
        mask = t.cells != 0
        if not part[mask].any():
            part[mask] = t.cells[mask]
            if _filled(out, [*group[:i], *group[i + 1 :]], left):
                return True
            part[mask] = 0
    return False
