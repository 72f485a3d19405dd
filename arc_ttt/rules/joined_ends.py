"""Pieces with ends of several colours, put together so that ends of one colour meet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.rules.things import Thing, paste, things
from arc_ttt.types import MAX_SIDE, Cells

MEETING = Kind("how ends meet", ("beside", "upon"))
_MOST_PIECES, _PAIR = 12, 2
_WAYS = ((0, 1), (1, 0), (0, -1), (-1, 0))
Place = tuple[int, int]


def _ends(group: Sequence[Thing]) -> dict[int, list[tuple[int, int, int]]] | None:
    """For each colour but the commonest one of all pieces its cells: piece, row and column in it; None where pieces
    differ in that, or a colour has more than two cells, or two in a piece."""
    body = group[0].colour
    if any(t.colour != body for t in group):
        return None
    ends: dict[int, list[tuple[int, int, int]]] = {}
    for i, t in enumerate(group):
        for r, c in np.argwhere((t.cells != 0) & (t.cells != body)).tolist():
            ends.setdefault(int(t.cells[r, c]), []).append((i, r, c))
    right = all(len(e) <= _PAIR and len({i for i, _, _ in e}) == len(e) for e in ends.values())
    return ends if right else None


def _free(t: Thing, row: int, column: int) -> bool:
    inside = 0 <= row < t.height and 0 <= column < t.width
    return not inside or not t.cells[row, column]


def _apart(t: Thing, o: Thing, down: int, right: int) -> bool:
    """Whether two boxes have no cell in common where the second one lies so far below and right of the first one."""
    return down >= t.height or right >= t.width or down <= -o.height or right <= -o.width


def _offset(t: Thing, a: Place, o: Thing, b: Place, meeting: str) -> Place | None:
    """How far below and right of one piece's box another one's lies where their ends meet, straight on if they can;
    None where that is not told."""
    if meeting == "upon":
        return a[0] - b[0], a[1] - b[1]
    found: list[tuple[int, Place]] = []
    for down, right in _WAYS:
        if _free(t, a[0] + down, a[1] + right) and _free(o, b[0] - down, b[1] - right):
            at = a[0] + down - b[0], a[1] + right - b[1]
            bent = _free(t, a[0] - down, a[1] - right) + _free(o, b[0] + down, b[1] + right)
            if _apart(t, o, *at):
                found.append((bent, at))
    found.sort()
    return found[0][1] if found and (len(found) == 1 or found[0][0] < found[1][0]) else None


def _places(group: Sequence[Thing], links: Sequence[tuple[int, Place, int, Place]], meeting: str) -> list[Place] | None:
    """Where each piece's box lies, the first one's at (0, 0); None where not all are linked, or two links differ."""
    places: dict[int, Place] = {0: (0, 0)}
    todo = [0]
    while todo:
        i = todo.pop()
        for k, a, n, b in (*links, *((n, b, k, a) for k, a, n, b in links)):
            if k != i:
                continue
            offset = _offset(group[k], a, group[n], b, meeting)
            if offset is None:
                return None
            at = places[i][0] + offset[0], places[i][1] + offset[1]
            if n not in places:
                todo.append(n)
            if places.setdefault(n, at) != at:
                return None
    return [places[i] for i in range(len(group))] if len(places) == len(group) else None


@operation("shapes", "objects", "spotted", meeting=MEETING, result=OTHER, weight=0)
def join_ends(cells: Cells, meeting: str) -> Cells | None:
    """Things that share one colour and have ends of others are put together so that ends of one colour lie beside each
    other, or upon each other; what they make is cropped."""
    group = things(cells, "mixed")
    if not _PAIR <= len(group) <= _MOST_PIECES:
        return None
    ends = _ends(group)
    if ends is None:
        return None
    links = [(e[0][0], e[0][1:], e[1][0], e[1][1:]) for e in ends.values() if len(e) == _PAIR]
    places = _places(group, links, meeting) if len(links) >= len(group) - 1 else None
    if places is None:
        return None
    top, left = min(r for r, _ in places), min(c for _, c in places)
    height = max(r + t.height for (r, _), t in zip(places, group, strict=True)) - top
    width = max(c + t.width for (_, c), t in zip(places, group, strict=True)) - left
    if max(height, width) > MAX_SIDE:
        return None
    out = np.zeros((height, width), np.uint8)
    for (r, c), t in zip(places, group, strict=True):
        here = out[r - top : r - top + t.height, c - left : c - left + t.width]
        both = (here != 0) & (t.cells != 0)
        if both.any() and (meeting == "beside" or (here != t.cells)[both].any()):
            return None
        paste(out, t.cells, r - top, c - left)
    return out
