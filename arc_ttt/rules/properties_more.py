"""Further properties of things: where they point, what they touch and hold, how full their box is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from arc_ttt.rules.crowds import Crowd, ink_of
from arc_ttt.rules.moves_aimed import contacts
from arc_ttt.rules.panels import panels
from arc_ttt.rules.regions_aimed import margins
from arc_ttt.rules.regions_pointed import aimed
from arc_ttt.rules.sources import inside, scaled_twins
from arc_ttt.rules.things import Thing, grown, numbered

_MOST_PANELS = 4


def _dense(c: Crowd) -> Sequence[int]:
    return [int(2 * t.size > t.height * t.width) for t in c.things]


def _contacts(c: Crowd) -> Sequence[int]:
    """How many other things touch a thing, by sides or corners."""
    labels = np.pad(numbered(c.things, c.cells.shape), 1)
    found = []
    for n, t in enumerate(c.things, 1):
        mask = grown(np.pad(t.cells != 0, 1))
        near = np.unique(labels[t.top : t.bottom + 3, t.left : t.right + 3][mask])
        found.append(int(((near != 0) & (near != n)).sum()))
    return found


def _touches_rare(c: Crowd) -> Sequence[int]:
    """1 for the other things that touch one with the rarest colour, 2 for such a one itself."""
    rare = np.array(c.values("hasrare"), bool)
    touching = contacts(c)
    return [2 if r else int(touching[i, rare].any()) for i, r in enumerate(rare)]


def _spun_twins(c: Crowd) -> Sequence[int]:
    """How many things have a thing's shape, turned but not mirrored."""
    keys = []
    for t in c.things:
        views = [np.rot90(t.cells != 0, k) for k in range(4)]
        keys.append(min(bytes(v.shape) + v.tobytes() for v in views))
    return [keys.count(k) for k in keys]


def _borders(c: Crowd) -> Sequence[int]:
    """How many borders of the grid a thing touches."""
    rows, columns = c.cells.shape
    return [(t.top == 0) + (t.left == 0) + (t.bottom == rows - 1) + (t.right == columns - 1) for t in c.things]


def _near_side(c: Crowd) -> Sequence[int]:
    """Which border is nearest: 1 for the upper, 2 for the lower, 3 for the left, 4 for the right one; 0 for several."""
    found = []
    for t in c.things:
        away = list(margins(c, t).values())
        found.append(0 if away.count(min(away)) > 1 else 1 + away.index(min(away)))
    return found


def _contents(c: Crowd) -> Sequence[int]:
    """How many others lie in a thing's box."""
    return [int(n) for n in inside(c).sum(axis=1)]


def _most(count: str) -> Callable[[Crowd], Sequence[int]]:
    def most(c: Crowd) -> Sequence[int]:
        values = c.values(count)
        return [int(v == max(values) and v > 0) for v in values]

    return most


def _free(down: int, right: int) -> Callable[[Crowd], Sequence[int]]:
    """Whether nothing lies straight beside a thing in a direction."""

    def free(c: Crowd) -> Sequence[int]:
        found = []
        for t in c.things:
            rows = (
                slice(t.top, t.bottom + 1) if not down else slice(0, t.top) if down < 0 else slice(t.bottom + 1, None)
            )
            columns = (
                slice(t.left, t.right + 1) if not right else slice(0, t.left) if right < 0 else slice(t.right + 1, None)
            )
            found.append(int(not c.cells[rows, columns].any()))
        return found

    return free


def _only_panel(c: Crowd) -> Sequence[int]:
    """Which panel alone has a thing's colour: 1 for the first one; 0 where several have, or there are none."""
    found = panels(c.cells)
    boxes = found.flat if found else []
    if not 2 <= len(boxes) <= _MOST_PANELS:
        return [0] * len(c.things)
    inks = [set(np.unique(c.cells[b]).tolist()) for b in boxes]
    homes = ([i for i, has in enumerate(inks, 1) if ink_of(t) in has] for t in c.things)
    return [h[0] if len(h) == 1 else 0 for h in homes]


def _slant(t: Thing) -> int:
    """The cells of its longest diagonal run."""
    mask = t.cells != 0
    longest = 1
    for image in (mask, mask[:, ::-1]) if t.size > 1 else ():
        # The cells from which so many lie aslant.
        run, length = image, 1
        while min(run.shape) > 1 and (run := run[:-1, :-1] & image[length:, length:]).any():
            length += 1
        longest = max(longest, length)
    return longest


def _speck_kin(c: Crowd) -> Sequence[int]:
    """0 for things of several cells of whose colour there is no single cell, 1 where there is one; 2 for single cells
    of whose colour there is a larger thing, 3 for others."""
    specks = {ink_of(t) for t in c.things if t.size == 1}
    larger = {ink_of(t) for t in c.things if t.size > 1}
    return [3 - (ink_of(t) in larger) if t.size == 1 else int(ink_of(t) in specks) for t in c.things]


# By name: what is measured, and its cost in bits.
MORE: dict[str, tuple[Callable[[Crowd], Sequence[int]], float]] = {
    "dense": (_dense, 4.5),
    "speckkin": (_speck_kin, 4.0),
    "slant": (lambda c: [_slant(t) for t in c.things], 4.0),
    "onlypanel": (_only_panel, 4.0),
    "aim": (aimed, 4.0),
    "contacts": (_contacts, 4.0),
    "mostcontacts": (_most("contacts"), 4.0),
    "borders": (_borders, 4.0),
    "nearside": (_near_side, 4.0),
    "touchesrare": (_touches_rare, 4.0),
    "spintwins": (_spun_twins, 4.0),
    "hasscaled": (scaled_twins, 4.5),
    "freeup": (_free(-1, 0), 4.0),
    "freedown": (_free(1, 0), 4.0),
    "freeleft": (_free(0, -1), 4.0),
    "freeright": (_free(0, 1), 4.0),
    "contents": (_contents, 4.0),
    "holders": (lambda c: [int(n) for n in inside(c).sum(axis=0)], 4.0),
    "mostcontents": (_most("contents"), 4.0),
}
