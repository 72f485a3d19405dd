"""Properties of things by what lies aslant of them, and by how far the largest one or the rarest colour is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of


def _slants(t_top: int, t_left: int, mask: np.ndarray) -> tuple[set[int], set[int]]:
    """The falling and the rising diagonals of the grid on which the cells of a mask lie."""
    rows, columns = np.nonzero(mask)
    rows, columns = rows + t_top, columns + t_left
    return set((rows - columns).tolist()), set((rows + columns).tolist())


def _slant_of_rare(c: Crowd) -> Sequence[int]:
    """1 for the other things that lie aslant of a cell of the rarest colour, 2 for those that have one."""
    ink = c.inks("rare")[0] if c.things else 0
    if not ink:
        return [0] * len(c.things)
    falling, rising = _slants(0, 0, c.cells == ink)
    found = []
    for t in c.things:
        mine = _slants(t.top, t.left, t.cells != 0)
        has = bool((t.cells == ink).any())
        found.append(2 if has else int(bool(mine[0] & falling or mine[1] & rising)))
    return found


def _slant_of_kin(c: Crowd) -> Sequence[int]:
    """Whether another thing of its colour lies aslant of a thing."""
    known = [_slants(t.top, t.left, t.cells != 0) for t in c.things]
    inks = [ink_of(t) for t in c.things]
    return [
        int(
            any(
                k != i and inks[k] == inks[i] and (known[k][0] & known[i][0] or known[k][1] & known[i][1])
                for k in range(len(known))
            )
        )
        for i in range(len(known))
    ]


def _away(c: Crowd, goals: Sequence[int]) -> list[int] | None:
    """How far each thing is from the nearest of some, -1 for these; None where there are none, or all are."""
    if not 0 < len(goals) < len(c.things):
        return None
    away = c.gaps[:, list(goals)].min(axis=1)
    return [-1 if i in goals else int(a) for i, a in enumerate(away)]


def _largest(c: Crowd) -> list[int]:
    sizes = [t.size for t in c.things]
    found = [i for i, n in enumerate(sizes) if n == max(sizes)]
    return found if len(found) == 1 else []


def _with_rare(c: Crowd) -> list[int]:
    return [i for i, has in enumerate(c.values("hasrare")) if has]


def _nearest_largest(c: Crowd) -> Sequence[int]:
    """1 for the other things that are nearest to the one largest, 2 for that itself."""
    away = _away(c, _largest(c))
    if away is None:
        return [0] * len(c.things)
    least = min(a for a in away if a >= 0)
    return [2 if a < 0 else int(a == least) for a in away]


def _farthest(goals: Callable[[Crowd], list[int]]) -> Callable[[Crowd], Sequence[int]]:
    """1 for the things that are farthest from some."""

    def farthest(c: Crowd) -> Sequence[int]:
        away = _away(c, goals(c))
        return [0] * len(c.things) if away is None else [int(a == max(away)) for a in away]

    return farthest


# By name: what is measured, and its cost in bits.
AFAR: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "nearlarge": (_nearest_largest, 4.0),
    "farlarge": (_farthest(_largest), 4.5),
    "farrare": (_farthest(_with_rare), 4.5),
    "slantrare": (_slant_of_rare, 4.5),
    "slantkin": (_slant_of_kin, 4.5),
}
