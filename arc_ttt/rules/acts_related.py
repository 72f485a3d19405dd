"""Changes of a thing that others tell: into a frame that it fills, to the shape that most others have; and what a line
or a colour in it tells: its halves move apart, its two colours change places, it flies from its rarest colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from arc_ttt.rules.acts_measured import Placed
from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.regions import direction_of, straight_way
from arc_ttt.rules.things import Thing, rarest_ink, things
from arc_ttt.types import Cells

# Things of one shape, at least, to which another one conforms, and things at most.
_FEWEST_MATES, _MOST_THINGS = 2, 40
# Pieces of one that is cut, at most.
_MOST_PIECES = 6


def hollow(t: Thing) -> bool:
    """Whether a thing is a rectangular frame, one cell broad, with nothing in it."""
    return min(t.cells.shape) > 2 and t.size == 2 * (t.height + t.width) - 4 and not t.cells[1:-1, 1:-1].any()


@lru_cache(maxsize=32)
def _all_frames(c: Crowd) -> tuple[Thing, ...]:
    """The frames in which nothing lies."""
    return tuple(
        o
        for o in (c.things if len(c.things) <= _MOST_THINGS else ())
        if hollow(o) and not c.cells[o.top + 1 : o.bottom, o.left + 1 : o.right].any()
    )


def _frames(c: Crowd, i: int) -> list[Thing]:
    """The empty frames for a thing that is none: those of its colour, or, where there is none, all."""
    t, found = c.things[i], _all_frames(c)
    if not found or any(o is t for o in found) or hollow(t):
        return []
    return [o for o in found if ink_of(o) == ink_of(t)] or list(found)


def _into_frame(c: Crowd, i: int) -> Placed | None:
    """Scaled by a whole number so that its box is the inside of the one frame where that is possible."""
    t = c.things[i]
    ways = []
    for o in _frames(c, i):
        k, rest = divmod(o.height - 2, t.height)
        if k and not rest and o.width - 2 == k * t.width:
            ways.append((o, k))
    if len(ways) != 1:
        return None
    o, k = ways[0]
    return np.kron(t.cells, np.ones((k, k), np.uint8)), o.top + 1, o.left + 1


def _middle_of_frame(c: Crowd, i: int) -> Placed | None:
    """As it is into the middle of the one frame with room for it."""
    t = c.things[i]
    ways = [
        o
        for o in _frames(c, i)
        if o.height - t.height >= 2
        and o.width - t.width >= 2
        and (o.height - t.height) % 2 == (o.width - t.width) % 2 == 0
    ]
    if len(ways) != 1:
        return None
    o = ways[0]
    return t.cells, o.top + (o.height - t.height) // 2, o.left + (o.width - t.width) // 2


@lru_cache(maxsize=64)
def _commonest(c: Crowd, along: str) -> dict[tuple[int, tuple[int, ...]], np.ndarray]:
    """The one most common shape, by the row or column (0 of all together) and the size of the box."""
    groups: dict[tuple[int, tuple[int, ...]], list[bytes]] = {}
    for t in c.things if len(c.things) <= _MOST_THINGS else ():
        groups.setdefault((_line(t, along), t.cells.shape), []).append((t.cells != 0).tobytes())
    found = {}
    for key, group in groups.items():
        shapes = Counter(group).most_common(2)
        if len(shapes) > 1 and shapes[0][1] > max(shapes[1][1], _FEWEST_MATES - 1):
            found[key] = np.frombuffer(shapes[0][0], bool).reshape(key[1])
    return found


def _line(t: Thing, along: str) -> int:
    return t.top if along == "row" else t.left if along == "column" else 0


def _conform(along: str) -> Callable[[Crowd, int], Placed | None]:
    """In its own colour, the shape of most others (in its row or column) whose boxes are as large."""

    def conform(c: Crowd, i: int) -> Placed | None:
        t, common = c.things[i], _commonest(c, along)
        if not common:
            return None
        mask = common.get((_line(t, along), t.cells.shape))
        if mask is None or (mask == (t.cells != 0)).all():
            return t.cells, t.top, t.left
        return mask.astype(np.uint8) * np.uint8(ink_of(t)), t.top, t.left

    return conform


def _parted(gap: int, gone: bool = False) -> Callable[[Crowd, int], Placed | None]:
    """What lies on both sides of the one line of its rarest colour moves away from that line; likewise all pieces into
    which a cut that winds, slants or crosses itself divides it. The cut may vanish."""

    def parted(c: Crowd, i: int) -> Placed | None:
        t = c.things[i]
        inks, counts = np.unique(t.cells[t.cells != 0], return_counts=True)
        if len(inks) < 2 or (counts == counts.min()).sum() > 1:
            return None
        cut = t.cells == inks[counts.argmin()]
        out = _pieces_apart(t, cut, gap)
        if out is None:
            return None
        if not gone:
            out[gap:-gap, gap:-gap][cut] = t.cells[cut]
        return out, t.top - gap, t.left - gap

    return parted


def _severs(cells: Cells, cut: np.ndarray) -> bool:
    """Whether a cut leads from the first column to the last one, or is all that an inner row has."""
    if cut[:, 0].any() and cut[:, -1].any():
        return True
    at = np.flatnonzero(cut.any(axis=1))
    k = int(at[0])
    return len(at) == 1 and 0 < k < len(cells) - 1 and int(cut[k].sum()) == np.count_nonzero(cells[k])


def _pieces_apart(t: Thing, cut: np.ndarray, gap: int) -> Cells | None:
    """The pieces that a cut leaves, each moved away from it: up or down where the cut goes from the left to the right
    side of the box (or is the whole of an inner row), to the left or right where it goes from top to bottom, aslant
    where it does both."""
    across, along = _severs(t.cells, cut), _severs(t.cells.T, cut.T)
    pieces = things(np.where(cut, np.uint8(0), t.cells), "clump") if across or along else ()
    if not 2 <= len(pieces) <= _MOST_PIECES:
        return None
    rows, columns = np.nonzero(cut)
    down, right = (int(at.min() + at.max()) for at in (rows, columns))
    out = np.zeros((t.height + 2 * gap, t.width + 2 * gap), np.uint8)
    for piece in pieces:
        way = (
            int(np.sign(piece.top + piece.bottom - down)) * across,
            int(np.sign(piece.left + piece.right - right)) * along,
        )
        place = out[gap * (1 + way[0]) + piece.top :, gap * (1 + way[1]) + piece.left :]
        place = place[: piece.height, : piece.width]
        on = piece.cells != 0
        if way == (0, 0) or place[on].any():
            return None
        place[on] = piece.cells[on]
    return out


def _nearest_beside(c: Crowd, i: int) -> tuple[str, Thing] | None:
    """The one nearest thing of another colour straight beside a thing, and on which side it lies."""
    t = c.things[i]
    found: list[tuple[int, str, Thing]] = []
    for o in c.things if len(c.things) <= _MOST_THINGS else ():
        if ink_of(o) == ink_of(t):
            continue
        if o.left <= t.right and o.right >= t.left:
            gap, side = (o.top - t.bottom, "down") if o.top > t.bottom else (t.top - o.bottom, "up")
        elif o.top <= t.bottom and o.bottom >= t.top:
            gap, side = (o.left - t.right, "right") if o.left > t.right else (t.left - o.right, "left")
        else:
            continue
        if gap > 0:
            found.append((gap, side, o))
    nearest = [f for f in found if f[0] == min(found, key=lambda e: e[0])[0]]
    return nearest[0][1:] if len(nearest) == 1 else None


def _likened(mirrored: bool) -> Callable[[Crowd, int], Placed | None]:
    """In its own colour the shape (mirrored: the mirror image) of the nearest one of another colour straight beside it,
    level with that one and from its own near side on."""

    def likened(c: Crowd, i: int) -> Placed | None:
        t, found = c.things[i], _nearest_beside(c, i)
        if found is None:
            return None
        side, o = found
        upright = side in ("up", "down")
        shape = (o.cells != 0).astype(np.uint8) * np.uint8(ink_of(t))
        if mirrored:
            shape = shape[::-1] if upright else shape[:, ::-1]
        top = {"up": t.top, "down": t.bottom - o.height + 1}.get(side, o.top)
        left = {"left": t.left, "right": t.right - o.width + 1}.get(side, o.left)
        return shape, top, left

    return likened


def _exchanged(c: Crowd, i: int) -> Placed | None:
    """Its two most common colours change places."""
    t = c.things[i]
    inks, counts = np.unique(t.cells[t.cells != 0], return_counts=True)
    order = np.argsort(-counts, kind="stable")
    if len(inks) < 2 or (len(inks) > 2 and counts[order[1]] == counts[order[2]]):
        return None
    a, b = inks[order[0]], inks[order[1]]
    new = t.cells.copy()
    new[t.cells == a], new[t.cells == b] = b, a
    return new, t.top, t.left


def _halved(down: bool, right: bool) -> Callable[[Crowd, int], Placed | None]:
    """To its place in the other half of the grid, below or above, left or right, or both; a line in the middle of an
    odd side belongs to none."""

    def halved(c: Crowd, i: int) -> Placed | None:
        t = c.things[i]
        place = [t.top, t.left]
        for axis, (moved, last) in enumerate(((down, t.bottom), (right, t.right))):
            side = c.cells.shape[axis]
            far, near = (side + 1) // 2, side // 2
            if not moved:
                continue
            if last < near:
                place[axis] += far
            elif place[axis] >= far:
                place[axis] -= far
            else:
                return None
        return t.cells, place[0], place[1]

    return halved


# The directions, each a quarter turn to the left of the one before.
_TURNED = ("up", "left", "down", "right")


def _facing_kin(c: Crowd, i: int) -> Placed | None:
    """A square thing turned until the colour that it has fewest cells of lies towards the one other nearest thing of
    that colour."""
    t = c.things[i]
    ink = rarest_ink(t.cells)
    if t.height != t.width or not ink:
        return None
    kin = sorted((int(c.gaps[i, k]), k) for k, o in enumerate(c.things) if k != i and ink_of(o) == ink)
    if not kin or (len(kin) > 1 and kin[0][0] == kin[1][0]):
        return None
    o = c.things[kin[0][1]]
    own, goal = (
        direction_of(t, ink),
        straight_way(o.top + o.bottom - t.top - t.bottom, o.left + o.right - t.left - t.right),
    )
    if own is None or goal is None:
        return None
    turns = (_TURNED.index(goal) - _TURNED.index(own)) % 4
    return np.ascontiguousarray(np.rot90(t.cells, turns)), t.top, t.left


# Changes that a thing goes through, and those that leave it where it is.
RELATED: dict[str, Callable[[Crowd, int], Placed | None]] = {
    "exchange": _exchanged,
    "intoframe": _into_frame,
    "middleframe": _middle_of_frame,
    "conform": _conform("all"),
    "conformrow": _conform("row"),
    "conformcolumn": _conform("column"),
    "halfacross": _halved(False, True),
    "halfdown": _halved(True, False),
    "halfboth": _halved(True, True),
    "part1": _parted(1),
    "part2": _parted(2),
    "break1": _parted(1, gone=True),
    "break2": _parted(2, gone=True),
    "reflectnear": _likened(mirrored=True),
    "imitatenear": _likened(mirrored=False),
    "facekin": _facing_kin,
}
COPIED: dict[str, Callable[[Crowd, int], Placed | None]] = {"copyintoframe": _into_frame}
