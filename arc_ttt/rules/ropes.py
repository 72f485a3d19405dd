"""Things on a rope, a line of their colour that leads away from them: they are pulled along it, and it vanishes."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import Kind, operation
from arc_ttt.rules.things import Thing, paste, things
from arc_ttt.types import Cells

PULLED = Kind("pulled", ("along", "back"))
_MOST_THINGS = 20


def _split(t: Thing) -> tuple[np.ndarray, tuple[int, int]] | None:
    """The body of a thing, what lies in squares of two by two, and how far down and right its straight rope leads."""
    mask = np.pad(t.cells != 0, 1)
    square = mask[1:, 1:] & mask[:-1, 1:] & mask[1:, :-1] & mask[:-1, :-1]
    body = (square[1:, 1:] | square[:-1, 1:] | square[1:, :-1] | square[:-1, :-1]) & (t.cells != 0)
    rope = np.argwhere((t.cells != 0) & ~body)
    if not len(rope) or not body.any():
        return None
    (top, left), (bottom, right) = rope.min(axis=0).tolist(), rope.max(axis=0).tolist()
    if min(bottom - top, right - left) or max(bottom - top, right - left) + 1 != len(rope):
        return None
    at = np.argwhere(body)
    (first, start), (last, end) = at.min(axis=0).tolist(), at.max(axis=0).tolist()
    n = len(rope)
    if start <= left == right <= end and (top > last or bottom < first):
        return body, (n if top > last else -n, 0)
    if first <= top == bottom <= last and (left > end or right < start):
        return body, (0, n if left > end else -n)
    return None


@operation("objects", "connected", pulled=PULLED, weight=0)
def pull_ropes(cells: Cells, pulled: str) -> Cells | None:
    """Each thing on a rope, a straight line of its colour that leads away from it, moves along the rope as far as that
    reaches (or as far the other way), and the rope vanishes."""
    group = things(cells, "side")
    if not 0 < len(group) <= _MOST_THINGS:
        return None
    out, moved = cells.copy(), []
    for t in group:
        split = _split(t)
        if split is not None:
            out[t.box][t.cells != 0] = 0
            moved.append((t, *split))
    for t, body, (down, right) in moved:
        sign = 1 if pulled == "along" else -1
        paste(out, np.where(body, t.cells, 0).astype(np.uint8), t.top + sign * down, t.left + sign * right)
    return out if moved else None
