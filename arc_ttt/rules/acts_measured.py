"""Changes of a thing whose extent is measured on it: moves by as many cells as it has, or by its own size towards the
middle, to the nearest corner, to its mirror image, and quarter turns about its own middle or another thing's."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.keys import key_of
from arc_ttt.rules.places import DIRECTIONS
from arc_ttt.rules.regions_aimed import margins
from arc_ttt.rules.things import Thing
from arc_ttt.types import Cells

# What a thing becomes, and the row and column of its first cell then.
Placed = tuple[Cells, int, int]


def _by_size(way: str) -> Callable[[Crowd, int], Placed | None]:
    def by_size(c: Crowd, i: int) -> Placed:
        t = c.things[i]
        return t.cells, t.top + t.size * DIRECTIONS[way][0], t.left + t.size * DIRECTIONS[way][1]

    return by_size


def _by_specks(way: str) -> Callable[[Crowd, int], Placed | None]:
    """As many cells as it has of other colours than its most common one."""

    def by_specks(c: Crowd, i: int) -> Placed | None:
        t = c.things[i]
        n = int(np.count_nonzero((t.cells != 0) & (t.cells != ink_of(t))))
        return (t.cells, t.top + n * DIRECTIONS[way][0], t.left + n * DIRECTIONS[way][1]) if n else None

    return by_specks


def _by_key(way: str) -> Callable[[Crowd, int], Placed | None]:
    """By as many cells as the one thing at a corner of the grid has."""

    def by_key(c: Crowd, i: int) -> Placed | None:
        t, key = c.things[i], key_of(c)
        if key is None or key == i:
            return None
        n = c.things[key].size
        return t.cells, t.top + n * DIRECTIONS[way][0], t.left + n * DIRECTIONS[way][1]

    return by_key


def _inwards(c: Crowd, i: int) -> Placed:
    """Its own height and width towards the middle of the grid."""
    t, (rows, columns) = c.things[i], c.cells.shape
    down = int(np.sign(rows - 1 - t.top - t.bottom)) * t.height
    return t.cells, t.top + down, t.left + int(np.sign(columns - 1 - t.left - t.right)) * t.width


def _spun(quarters: int) -> Callable[[Crowd, int], Placed | None]:
    def spun(c: Crowd, i: int) -> Placed | None:
        t = c.things[i]
        if (t.height - t.width) % 2:
            return None
        down = (t.height - t.width) // 2
        return np.rot90(t.cells, quarters), t.top + down, t.left - down

    return spun


def _to_corner(c: Crowd, i: int) -> Placed | None:
    """To the nearest corner; nowhere where two are as near."""
    t, (rows, columns), away = c.things[i], c.cells.shape, margins(c, c.things[i])
    if away["up"] == away["down"] or away["left"] == away["right"]:
        return None
    top = 0 if away["up"] < away["down"] else rows - t.height
    return t.cells, top, 0 if away["left"] < away["right"] else columns - t.width


def _to_middle(c: Crowd, i: int) -> Placed | None:
    """Onto the middle of the grid."""
    t, (rows, columns) = c.things[i], c.cells.shape
    if (rows - t.height) % 2 or (columns - t.width) % 2:
        return None
    return t.cells, (rows - t.height) // 2, (columns - t.width) // 2


def _over(across: bool) -> Callable[[Crowd, int], Placed | None]:
    """To the place of its mirror image, left and right (across) or top and bottom, of the grid."""

    def over(c: Crowd, i: int) -> Placed:
        t, (rows, columns) = c.things[i], c.cells.shape
        return (
            (t.cells[:, ::-1], t.top, columns - 1 - t.right) if across else (t.cells[::-1], rows - 1 - t.bottom, t.left)
        )

    return over


def _shrunk(c: Crowd, i: int) -> Placed | None:
    """Only its middle cell stays, in its colour."""
    t = c.things[i]
    if not t.height % 2 or not t.width % 2 or t.size < 2:
        return None
    return np.full((1, 1), t.colour, np.uint8), t.top + t.height // 2, t.left + t.width // 2


def _scaled(place: str) -> Callable[[Crowd, int], Placed | None]:
    """Twice as high and wide, its upper left corner (or its middle) where it was."""

    def scaled(c: Crowd, i: int) -> Placed:
        t, middle = c.things[i], place == "middle"
        cells = np.kron(t.cells, np.ones((2, 2), np.uint8))
        return cells, t.top - middle * (t.height // 2), t.left - middle * (t.width // 2)

    return scaled


def _beside(c: Crowd, i: int) -> list[int]:
    """The nearest things of another colour straight beside a thing."""
    t = c.things[i]
    gaps = {
        k: int(c.gaps[i, k])
        for k, o in enumerate(c.things)
        if ink_of(o) != ink_of(t)
        and ((o.left <= t.right and o.right >= t.left) or (o.top <= t.bottom and o.bottom >= t.top))
    }
    return [k for k, gap in gaps.items() if gap == min(gaps.values())]


def _pivot(c: Crowd, i: int) -> Thing | None:
    """The nearest thing of another colour straight beside; of several that which is not the only one for another."""
    found = _beside(c, i)
    if len(found) > 1:
        kin = [_beside(c, k) for k, o in enumerate(c.things) if k != i and ink_of(o) == ink_of(c.things[i])]
        found = [k for k in found if [k] not in kin]
    return c.things[found[0]] if len(found) == 1 else None


def _swung(quarters: int) -> Callable[[Crowd, int], Placed | None]:
    """By quarter turns to the left about the middle of a thing beside it."""

    def swung(c: Crowd, i: int) -> Placed | None:
        t, o = c.things[i], _pivot(c, i)
        if o is None:
            return None
        # Twice the middles, so that all numbers are whole.
        down, right = t.top + t.bottom - o.top - o.bottom, t.left + t.right - o.left - o.right
        for _ in range(quarters):
            down, right = -right, down
        patch = np.rot90(t.cells, quarters)
        top, left = o.top + o.bottom + down - patch.shape[0] + 1, o.left + o.right + right - patch.shape[1] + 1
        return None if top % 2 or left % 2 else (patch, top // 2, left // 2)

    return swung


def _swung_inwards(c: Crowd, i: int) -> Placed | None:
    """By a quarter about a thing beside it, to that side on which it comes nearer to the middle of the grid."""
    ways = []
    for quarters in (1, 3):
        placed = _swung(quarters)(c, i)
        if placed is not None:
            patch, top, left = placed
            away = (2 * n + s - k for n, s, k in zip((top, left), patch.shape, c.cells.shape, strict=True))
            ways.append((sum(map(abs, away)), placed))
    return min(ways, key=lambda w: w[0])[1] if len(ways) == 2 and ways[0][0] != ways[1][0] else None


def _nudged(c: Crowd, i: int) -> Placed | None:
    """One cell the way in which its rarest colour, or what its box lacks, lies from its middle, perhaps aslant; that
    takes its most common colour."""
    t = c.things[i]
    inks, counts = np.unique(t.cells, return_counts=True)
    if len(inks) != 2 or counts[0] == counts[1]:
        return None
    rows, columns = np.nonzero(t.cells == inks[counts.argmin()])
    down, right = (int(np.sign(2 * k.mean() - n + 1)) for k, n in ((rows, t.height), (columns, t.width)))
    whole = np.full(t.cells.shape, ink_of(t), np.uint8)
    return (whole, t.top + down, t.left + right) if down or right else None


MEASURED: dict[str, Callable[[Crowd, int], Placed | None]] = {
    **{f"bysize{w}": _by_size(w) for w in DIRECTIONS},
    **{f"byspecks{w}": _by_specks(w) for w in DIRECTIONS},
    **{f"bykey{w}": _by_key(w) for w in DIRECTIONS},
    "inwards": _inwards,
    "spinleft": _spun(1),
    "spinright": _spun(3),
    "cornernear": _to_corner,
    "middle": _to_middle,
    "shrink": _shrunk,
    "double": _scaled("corner"),
    "swell": _scaled("middle"),
    "overacross": _over(True),
    "overdown": _over(False),
    "swingleft": _swung(1),
    "swingright": _swung(3),
    "swinginwards": _swung_inwards,
    "nudge": _nudged,
}
