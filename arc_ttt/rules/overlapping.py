"""Which of several things lie in front of which: one is bitten where the other has cells within its box."""

from __future__ import annotations

from collections.abc import Sequence

from arc_ttt.rules.things import Thing

_MOST = 16


def _over(a: Thing, b: Thing) -> bool:
    """Whether the first of two things has cells in the box of the second, and this has none in the box of the first."""
    top, bottom = max(a.top, b.top), min(a.bottom, b.bottom)
    left, right = max(a.left, b.left), min(a.right, b.right)
    if top > bottom or left > right:
        return False
    here, there = (t.cells[top - t.top : bottom - t.top + 1, left - t.left : right - t.left + 1] for t in (a, b))
    return bool(here.any()) and not there.any()


def piled(parts: Sequence[Thing]) -> list[int]:
    """How many things lie upon each other from each one on down, itself not counted: the more, the farther in front;
    0 for all where two lie in front of each other, or there are too many."""
    n = len(parts)
    if not 2 <= n <= _MOST:
        return [0] * n
    under = [[k for k in range(n) if k != i and _over(parts[i], parts[k])] for i in range(n)]
    depth = [0] * n
    for _ in range(n):
        new = [max((depth[k] + 1 for k in row), default=0) for row in under]
        if new == depth:
            return depth
        depth = new
    return [0] * n
