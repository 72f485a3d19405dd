"""Colours that are associated with a thing: its own, that of what is near it, in it or of its shape; 0 for none."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import gcd
from zlib import crc32

import numpy as np

from arc_ttt.rules.companions import INKS
from arc_ttt.rules.contents import CONTENT, SHORE, shore_ink
from arc_ttt.rules.crowds import ROOM, SOURCES, Crowd, ink_of
from arc_ttt.rules.enclosures import FENCES
from arc_ttt.rules.held_like import TWIN_HOLDER
from arc_ttt.rules.keys import KEY_SOURCES
from arc_ttt.rules.legend_sources import partners
from arc_ttt.rules.moves_pointed import INNER
from arc_ttt.rules.partners import PARTNER_SOURCES
from arc_ttt.rules.partners_more import VIA_SOURCES
from arc_ttt.rules.plans import planned
from arc_ttt.rules.regions_symmetric import line_ink
from arc_ttt.rules.related import RELATED
from arc_ttt.rules.run_into import STRIKERS
from arc_ttt.rules.shot_at import SHOOTERS
from arc_ttt.rules.sources_faced import FACED
from arc_ttt.rules.sources_more import MORE, rim
from arc_ttt.rules.strips_said import STRIP_SOURCES
from arc_ttt.rules.things import Thing, holes, rarest_ink, things
from arc_ttt.types import Cells

__all__ = ["SOURCES"]

# Cells of a straight thing that is no wall, at most.
_LONG = 6


def _among(c: Crowd, chosen: np.ndarray) -> list[int]:
    """The one colour of the things, of another colour than its own, that are `chosen` (things, things) for a thing."""
    colour = np.array([ink_of(t) for t in c.things])
    found = []
    for i, at in enumerate(chosen):
        inks = np.unique(colour[at & (colour != colour[i])])
        found.append(int(inks[0]) if len(inks) == 1 else 0)
    return found


def _nearest(c: Crowd) -> list[int]:
    colour = np.array([ink_of(t) for t in c.things])
    found = []
    for i in range(len(c.things)):
        gaps = np.where(colour == colour[i], 999, c.gaps[i])
        inks = np.unique(colour[gaps == gaps.min()])
        found.append(int(inks[0]) if gaps.min() < 999 and len(inks) == 1 else 0)
    return found


def inside(c: Crowd) -> np.ndarray:
    """(things, things) whether the second one's box lies in the first one's."""
    top, left, bottom, right = (
        np.array([getattr(t, side) for t in c.things]) for side in ("top", "left", "bottom", "right")
    )
    within: np.ndarray = (
        (top[:, None] <= top[None])
        & (left[:, None] <= left[None])
        & (bottom[:, None] >= bottom[None])
        & (right[:, None] >= right[None])
    )
    np.fill_diagonal(within, False)
    return within


def _of_twin(key: Callable[[Thing], object]) -> Callable[[Crowd], list[int]]:
    """The one other colour of the things that have a thing's shape."""

    def inks(c: Crowd) -> list[int]:
        keys = [key(t) for t in c.things]
        groups: dict[object, set[int]] = {}
        for t, k in zip(c.things, keys, strict=True):
            groups.setdefault(k, set()).add(ink_of(t))
        found = []
        for t, k in zip(c.things, keys, strict=True):
            others = groups[k] - {ink_of(t)}
            found.append(others.pop() if len(others) == 1 else 0)
        return found

    return inks


def _holes_or_wall(t: Thing) -> int:
    """The number of holes; long straight lines are walls, which have none as no thing has."""
    return -1 if min(t.cells.shape) == 1 and t.size > _LONG else holes(t)


def mask_of(t: Thing) -> int:
    return crc32(bytes(t.cells.shape) + (t.cells != 0).tobytes()) % 99991


def turned_mask_of(t: Thing) -> int:
    return _turned((t.cells != 0).tobytes(), t.width)


@lru_cache(maxsize=4096)
def _turned(raw: bytes, width: int) -> int:
    """The same number for all turns and mirror images of a mask."""
    mask = np.frombuffer(raw, bool).reshape(-1, width)
    views = [m[::a, ::b] for m in (mask, mask.T) for a in (1, -1) for b in (1, -1)]
    return min(crc32(bytes(v.shape) + v.tobytes()) for v in views) % 99991


def _unscaled(t: Thing) -> np.ndarray:
    """The smallest mask of which a thing's is a scaling."""
    mask: np.ndarray = t.cells != 0
    rows = np.flatnonzero((mask[1:] != mask[:-1]).any(axis=1)) + 1
    columns = np.flatnonzero((mask[:, 1:] != mask[:, :-1]).any(axis=0)) + 1
    scale = gcd(*mask.shape, *rows.tolist(), *columns.tolist())
    return mask[::scale, ::scale]


def scaled_mask_of(t: Thing) -> int:
    """The same number for all scalings of a mask."""
    mask = _unscaled(t)
    return crc32(bytes(mask.shape) + mask.tobytes()) % 99991


def scaled_turned_mask_of(t: Thing) -> int:
    """The same number for all scalings, turns and mirror images of a mask."""
    mask = _unscaled(t)
    return _turned(mask.tobytes(), mask.shape[1])


def _scaled_keys(c: Crowd) -> list[int]:
    """The shapes of things but for scale and turns; a full rectangle is like no other thing."""
    full = [t.size == t.height * t.width for t in c.things]
    return [-1 - i if full[i] else scaled_turned_mask_of(t) for i, t in enumerate(c.things)]


def scaled_twins(c: Crowd) -> list[int]:
    """1 for things of whose shape a smaller one is there, 2 where only a larger one is, 0 where there is none."""
    keys = _scaled_keys(c)
    found = []
    for t, key in zip(c.things, keys, strict=True):
        sizes = [o.size for o, k in zip(c.things, keys, strict=True) if k == key and o.size != t.size]
        found.append(0 if not sizes else 1 if min(sizes) < t.size else 2)
    return found


def _largest_ink(c: Crowd) -> list[int]:
    size = [t.size for t in c.things]
    best = {ink_of(t) for t in c.things if t.size == max(size)}
    return [best.pop()] * len(size) if len(best) == 1 else [0] * len(size)


def _single_in_line(across: bool) -> Callable[[Crowd], list[int]]:
    """The colour of the nearest thing that has cells in a thing's rows (across) or columns."""

    def inks(c: Crowd) -> list[int]:
        found = []
        for i, t in enumerate(c.things):
            best, ink = 999, 0
            for k, o in enumerate(c.things):
                shared = o.top <= t.bottom and o.bottom >= t.top if across else o.left <= t.right and o.right >= t.left
                if k != i and shared and ink_of(o) != ink_of(t) and c.gaps[i, k] < best:
                    best, ink = int(c.gaps[i, k]), ink_of(o)
            found.append(ink)
        return found

    return inks


def _for_all(ink: Callable[[Cells], int]) -> Callable[[Crowd], list[int]]:
    """The same colour for all things."""

    def inks(c: Crowd) -> list[int]:
        return [ink(c.cells)] * len(c.things) if c.things else []

    return inks


def _commonest_ink(cells: Cells) -> int:
    """The colour of the most cells; 0 where two have as many, or there is one only."""
    counts = np.bincount(cells.ravel(), minlength=ROOM)[1:]
    if (counts > 0).sum() < 2 or (counts == counts.max()).sum() > 1:
        return 0
    return int(counts.argmax()) + 1


def _speck(cells: Cells) -> int:
    """The colour of the only thing of one cell."""
    specks = [t for t in things(cells, "corner") if t.size == 1]
    return specks[0].colour if len(specks) == 1 else 0


def _rest(c: Crowd) -> list[int]:
    """The colour that is not a thing's own, in a grid of two."""
    inks = np.flatnonzero(np.bincount(c.cells.ravel(), minlength=ROOM)[1:]) + 1
    if len(inks) != 2:
        return [0] * len(c.things)
    return [int(inks.sum()) - ink_of(t) if ink_of(t) in inks else 0 for t in c.things]


SOURCES |= {
    "own": lambda c: [ink_of(t) % ROOM for t in c.things],
    "near": _nearest,
    "touching": shore_ink,
    "inner": lambda c: _among(c, inside(c)),
    "outer": lambda c: _among(c, inside(c).T),
    # Before the rarest colour, which is another one where a thing holds much.
    **CONTENT,
    "rarest": lambda c: [rarest_ink(t.cells) for t in c.things],
    "twin": _of_twin(mask_of),
    "turnedtwin": _of_twin(turned_mask_of),
    "inrow": _single_in_line(True),
    "incolumn": _single_in_line(False),
    "largest": _largest_ink,
    "rare": _for_all(rarest_ink),
    "most": _for_all(_commonest_ink),
    "speck": _for_all(_speck),
    "origin": _for_all(lambda cells: int(cells[0, 0])),
    "rest": _rest,
    "legend": partners,
    "sizetwin": _of_twin(lambda t: t.size),
    "holetwin": _of_twin(_holes_or_wall),
    "scaledtwin": _of_twin(scaled_mask_of),
    "scaledturnedtwin": _of_twin(scaled_turned_mask_of),
    **MORE,
    **RELATED,
    **INKS,
    **INNER,
    **TWIN_HOLDER,
    **KEY_SOURCES,
    "rim": rim,
    **FENCES,
    "line": line_ink,
    **STRIP_SOURCES,
    **SHOOTERS,
    **SHORE,
    **FACED,
    "planned": lambda c: planned(c.cells, c.things),
    **PARTNER_SOURCES,
    **VIA_SOURCES,
    **STRIKERS,
}
