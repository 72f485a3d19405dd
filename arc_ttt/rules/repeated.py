"""The one large thing repeated as many times as something is counted: single cells, other things, colours, holes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.language import DIRECTION, OTHER, Argument, Kind, fits, makes, operation
from arc_ttt.rules.places import DIRECTIONS
from arc_ttt.rules.things import Thing, colours, holes, paste, things
from arc_ttt.types import Cells

_MOST_THINGS, _MOST_GAP, _MOST_TIMES = 30, 3, 15
_GAP = re.compile(r"gap[0-3]")


def _rare(cells: Cells, t: Thing) -> int:
    """How many cells the rarest colour has."""
    counts = np.bincount(cells.ravel(), minlength=10)[1:]
    return int(counts[counts > 0].min())


_COUNTS: dict[str, Callable[[Cells, Thing], int]] = {
    "singles": lambda cells, t: sum(o.size == 1 for o in things(cells, "corner")),
    "others": lambda cells, t: len(things(cells, "corner")) - 1,
    "rare": _rare,
    "colours": lambda cells, t: len(colours(cells)),
    "holes": lambda cells, t: holes(t),
    "size": lambda cells, t: t.size,
}
COUNTED = Kind("what is counted", tuple(_COUNTS))
GAP = Kind("gap between copies", ("gap0", "gap1"), lambda word: _GAP.fullmatch(word) is not None)
# Whether there are so many copies besides the thing itself, or with it.
TIMES = Kind("copies", ("more", "in_all"))
OTHERS = Kind("other things", ("stay", "vanish"))


def _largest(cells: Cells) -> Thing | None:
    group = things(cells, "corner")
    if not 0 < len(group) <= _MOST_THINGS:
        return None
    sizes = [t.size for t in group]
    largest = group[sizes.index(max(sizes))]
    return largest if largest.size > 1 and sizes.count(largest.size) == 1 else None


@operation("objects", "spotted", counted=COUNTED, direction=DIRECTION, gap=GAP, times=TIMES, others=OTHERS, weight=0)
def repeat_counted(cells: Cells, counted: str, direction: str, gap: str, times: str, others: str) -> Cells | None:
    """The largest thing is repeated in a direction as many times as there are single cells, other things, colours or
    the like; other things stay or vanish."""
    t = _largest(cells)
    n = 0 if t is None else _COUNTS[counted](cells, t) - (times == "in_all")
    if t is None or not 0 <= n <= _MOST_TIMES:
        return None
    out = np.zeros_like(cells) if others == "vanish" else cells.copy()
    down, right = DIRECTIONS[direction]
    apart = int(gap[-1])
    for k in range(n + 1):
        paste(out, t.cells, t.top + k * down * (t.height + apart), t.left + k * right * (t.width + apart))
    return out


GROWN = Kind("how a thing is enlarged", ("scaled", "tiled", "across", "down"))


@operation("objects", "spotted", counted=COUNTED, grown=GROWN, result=OTHER, weight=0)
def enlarge_counted(cells: Cells, counted: str, grown: str) -> Cells | None:
    """Only the largest thing, of any colours, enlarged or repeated as many times as there are single cells, other
    things, colours or the like."""
    group = things(cells, "mixed")
    sizes = [t.size for t in group]
    if not 2 <= len(group) <= _MOST_THINGS or sizes.count(max(sizes)) > 1 or max(sizes) == 1:
        return None
    t = group[sizes.index(max(sizes))]
    # Cells of the thing itself are no single cells.
    n = {"others": len(group) - 1, "singles": sizes.count(1)}.get(counted) or _COUNTS[counted](cells, t)
    if not 1 <= n <= _MOST_TIMES:
        return None
    if grown == "scaled":
        return np.kron(t.cells, np.ones((n, n), np.uint8))
    return np.tile(t.cells, (1 if grown == "across" else n, 1 if grown == "down" else n))


@fits("repeat_counted")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    largest = [_largest(s) for s in shown]
    if any(t is None or s.shape != w.shape or (s == w).all() for t, s, w in zip(largest, shown, wanted, strict=True)):
        return
    group = [t for t in largest if t is not None]
    if any((w[t.box] != t.cells)[t.cells != 0].any() for t, w in zip(group, wanted, strict=True)):
        return
    if any(set(colours(w)) - set(colours(s)) for s, w in zip(shown, wanted, strict=True)):
        return
    for direction in map(str, DIRECTION.values):
        for gap in range(_MOST_GAP + 1):
            for counted, times, others in product(_COUNTS, map(str, TIMES.values), map(str, OTHERS.values)):
                way = counted, direction, f"gap{gap}", times, others
                if makes(repeat_counted, way, shown, wanted):
                    yield way
                    return
