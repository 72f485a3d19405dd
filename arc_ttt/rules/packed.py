"""All things set side by side along a border, in the order of a measure or as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product

import numpy as np

from arc_ttt.rules.language import DIRECTION, LINK, Argument, Kind, fits, makes, operation
from arc_ttt.rules.things import Thing, paste, things
from arc_ttt.rules.whole import facing, facing_back
from arc_ttt.types import MAX_SIDE, Cells

_MEASURES: dict[str, Callable[[Thing], int]] = {
    "left": lambda t: t.left,
    "size": lambda t: t.size,
    "height": lambda t: t.height,
    "width": lambda t: t.width,
    "top": lambda t: t.bottom,
}
PACKED_BY = Kind("order", tuple(f"{way}_{m}" for m in _MEASURES for way in ("rising", "falling")))
GAP = Kind("gap between things", ("gap0", "gap1"))
FROM = Kind("where the first one lies", ("begin", "end"))
_FEWEST, _MOST_THINGS = 2, 15


@operation("objects", link=LINK, border=DIRECTION, order=PACKED_BY, gap=GAP, start=FROM, weight=0)
def pack_things(cells: Cells, link: str, border: str, order: str, gap: str, start: str) -> Cells | None:
    """All things are set side by side along a border, the first one in a corner, in the order of a measure (seen with
    that border below; of what is as much in that of reading), none or one cell apart; what is as broad as
    the grid vanishes."""
    turned = facing(cells, border)
    group = [t for t in things(turned, link) if t.width < turned.shape[1]]
    if not _FEWEST <= len(group) <= _MOST_THINGS:
        return None
    way, _, name = order.partition("_")
    sign = 1 if way == "rising" else -1
    places = np.indices(cells.shape).astype(np.uint8)
    read = facing(places[0], border).astype(int) * MAX_SIDE + facing(places[1], border)
    row = sorted(group, key=lambda t: (sign * _MEASURES[name](t), read[t.box][t.cells != 0].min()))
    apart = int(gap[-1])
    width = sum(t.width for t in row) + apart * (len(row) - 1)
    if width > turned.shape[1]:
        return None
    out = np.zeros_like(turned)
    left = 0 if start == "begin" else turned.shape[1] - width
    for t in row if start == "begin" else row[::-1]:
        paste(out, t.cells, turned.shape[0] - t.height, left)
        left += t.width + apart
    return None if (out == turned).all() else facing_back(out, border)


@fits("pack_things")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """All ways, where the same cells, but for those of some colours, are there in other places, and one border is full
    of what had been elsewhere."""
    for s, w in zip(shown, wanted, strict=True):
        before, after = np.bincount(s.ravel(), minlength=11)[1:], np.bincount(w.ravel(), minlength=11)[1:]
        if s.shape != w.shape or ((before != after) & (after > 0)).any() or not after.any():
            return
    if all((s == w).all() for s, w in zip(shown, wanted, strict=True)):
        return
    for border in map(str, DIRECTION.values):
        line = {"down": -1, "up": 0}.get(border)
        sides = [w[line] if line is not None else w[:, 0 if border == "left" else -1] for w in wanted]
        if any(np.count_nonzero(side) < 2 for side in sides):
            continue
        kinds = (LINK.values, PACKED_BY.values, GAP.values, FROM.values)
        for link, order, gap, start in product(*(map(str, k) for k in kinds)):
            way = link, border, order, gap, start
            if makes(pack_things, way, shown, wanted):
                yield way
                return
