"""Where a thing points: to its tip, its open side or the corner that it lacks; regions before it and behind it, regions
that it sweeps on its way aslant, and those beside and above its box."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.places import SLANTS, Places, none, places_of
from arc_ttt.rules.things import Thing

# Where a thing may point, in the order of the property's values from 1 on.
AIMS = ((-1, 0), (0, 1), (1, 0), (0, -1), *SLANTS.values())


def aim(t: Thing) -> tuple[int, int] | None:
    """The way (down, right) to the lighter side of a thing with one axis of symmetry: the tip of an arrow, the open
    side of a cup, the corner that an angle lacks. None of what has more axes, or none."""
    return _aim((t.cells != 0).tobytes(), t.width) if 3 <= t.size <= 200 and min(t.cells.shape) > 1 else None


@lru_cache(maxsize=4096)
def _aim(raw: bytes, width: int) -> tuple[int, int] | None:
    mask = np.frombuffer(raw, bool).reshape(-1, width)
    flat, upright = bool((mask == mask[::-1]).all()), bool((mask == mask[:, ::-1]).all())
    down, right = (
        -int(np.sign((mask.sum(axis=1 - k) * (2 * np.arange(mask.shape[k]) - mask.shape[k] + 1)).sum())) for k in (0, 1)
    )
    if flat != upright:
        return ((0, right) if right else None) if flat else ((down, 0) if down else None)
    if flat or mask.shape[0] != mask.shape[1] or not (down and right):
        return None
    diagonal = mask.T if down == right else mask[::-1, ::-1].T
    return (down, right) if bool((mask == diagonal).all()) else None


def aimed(c: Crowd) -> list[int]:
    """The number of the way in which each thing points, 0 for none."""
    ways = [aim(t) for t in c.things]
    return [0 if way is None else 1 + AIMS.index(way) for way in ways]


def _line(c: Crowd, t: Thing, way: tuple[int, int]) -> Places:
    """The empty cells of the middle of a thing (of its diagonal) behind its last own cell in a direction and on, to the
    border or what is in the way."""
    (down, right), (rows, columns) = way, c.cells.shape
    starts = [(t.top if down > 0 else t.bottom, t.left if right > 0 else t.right)]
    if not right:
        starts = [(starts[0][0], k) for k in range(t.left + (t.width - 1) // 2, t.left + t.width // 2 + 1)]
    elif not down:
        starts = [(k, starts[0][1]) for k in range(t.top + (t.height - 1) // 2, t.top + t.height // 2 + 1)]
    found: list[tuple[int, int]] = []
    for start in starts:
        path: list[tuple[int, int]] = []
        row, column = start
        while 0 <= row < rows and 0 <= column < columns:
            own = t.top <= row <= t.bottom and t.left <= column <= t.right
            if own and t.cells[row - t.top, column - t.left]:
                path = []
            elif c.cells[row, column] == 0:
                path.append((row, column))
            else:
                break
            row, column = row + down, column + right
        found += path
    return (np.array([p[0] for p in found]), np.array([p[1] for p in found])) if found else none()


def _pointed(sign: int) -> Callable[[Crowd, int], Places]:
    def pointed(c: Crowd, i: int) -> Places:
        way = aim(c.things[i])
        return none() if way is None else _line(c, c.things[i], (sign * way[0], sign * way[1]))

    return pointed


def _smear(down: int, right: int) -> Callable[[Crowd, int], Places]:
    """The empty cells that a thing sweeps on its way aslant out of the grid."""

    def smear(c: Crowd, i: int) -> Places:
        t, (rows, columns) = c.things[i], c.cells.shape
        own = t.mask((rows, columns))
        swept = own.copy()
        for _ in range(max(rows, columns)):
            moved = np.zeros_like(own)
            moved[max(0, down) : rows + min(0, down), max(0, right) : columns + min(0, right)] = own[
                max(0, -down) : rows - max(0, down), max(0, -right) : columns - max(0, right)
            ]
            own = moved
            if not own.any():
                break
            swept |= own
        return places_of(swept & (c.cells == 0))

    return smear


def _flaps(c: Crowd, i: int) -> Places:
    """The empty cells beside the four sides of a thing's box, half as far as it is high or wide, whichever is less."""
    t = c.things[i]
    reach = min(t.height, t.width) // 2
    mask = np.zeros(c.cells.shape, bool)
    mask[max(0, t.top - reach) : t.bottom + 1 + reach, t.left : t.right + 1] = True
    mask[t.top : t.bottom + 1, max(0, t.left - reach) : t.right + 1 + reach] = True
    return places_of(mask & (c.cells == 0))


def _spill(c: Crowd, i: int) -> Places:
    """The empty cells of the box of a thing with gaps in a side, and of the line beyond that side, as long as it."""
    t, (rows, columns) = c.things[i], c.cells.shape
    if min(t.cells.shape) < 3 or t.size < 5:
        return none()
    mask = np.zeros((rows + 2, columns + 2), bool)
    across, along = slice(t.left + 1, t.right + 2), slice(t.top + 1, t.bottom + 2)
    for line, beyond in (
        (t.cells[0], (t.top, across)),
        (t.cells[-1], (t.bottom + 2, across)),
        (t.cells[:, 0], (along, t.left)),
        (t.cells[:, -1], (along, t.right + 2)),
    ):
        if line[0] and line[-1] and not line.all():
            mask[beyond] = True
    if mask.any():
        mask[along, across] = True
    return places_of(mask[1:-1, 1:-1] & (c.cells == 0))


def _to_kin(c: Crowd, i: int) -> Places:
    """The empty cells between a thing and the largest one of its colour straight beside it, as broad as both are."""
    t = c.things[i]
    kin = [o for o in c.things if ink_of(o) == ink_of(t)]
    most = max(o.size for o in kin)
    rows, columns = np.zeros(c.cells.shape, bool), np.zeros(c.cells.shape, bool)
    rows[t.top : t.bottom + 1], columns[:, t.left : t.right + 1] = True, True
    best: tuple[int, np.ndarray] | None = None
    for o in kin:
        if not t.size < o.size == most:
            continue
        goal = np.zeros(c.cells.shape, bool)
        goal[o.box] = o.cells != 0
        for turns, line in enumerate((columns, rows, columns, rows)):
            # Turned so that the other one lies below.
            free, ends, own = (np.rot90(m, turns) for m in (c.cells == 0, goal & line, line & (rows & columns)))
            below = np.logical_or.accumulate(own, axis=0) & ~own
            path = below & np.logical_or.accumulate(ends[::-1], axis=0)[::-1]
            first = np.logical_or.accumulate(ends & below, axis=0)
            path &= ~first
            away = int(path.any(axis=1).sum())
            if path.any() and (best is None or away < best[0]):
                best = away, np.rot90(path & free, -turns)
    if best is None:
        return none()
    return places_of(best[1])


AROUND: dict[str, Callable[[Crowd, int], Places]] = {
    "aimbeam": _pointed(1),
    "aimback": _pointed(-1),
    **{f"smear{name}": _smear(*way) for name, way in SLANTS.items()},
    "flaps": _flaps,
    "spill": _spill,
    "tokin": _to_kin,
}
