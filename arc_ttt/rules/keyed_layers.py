"""Parts of one colour each are laid upon each other in the order in which a key lists their colours."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from arc_ttt.rules.chosen import parts_of
from arc_ttt.rules.language import OTHER, Kind, operation
from arc_ttt.rules.panels import panels
from arc_ttt.rules.things import colours, things
from arc_ttt.types import Cells

UPPERMOST = Kind("end of the key that is on top", ("first", "last"))
_MOST_LAYERS = 6


def _order(cells: Cells) -> list[int]:
    """The colours of a key in reading order; none where a colour is there twice."""
    order = [int(c) for c in cells[cells != 0].tolist()]
    return order if 2 <= len(order) <= _MOST_LAYERS and len(set(order)) == len(order) else []


def _split(cells: Cells) -> Iterator[tuple[list[int], list[Cells]]]:
    """The order of a key, and the parts: in a panel of its own and the panels of the rest, or a line and things."""
    found = panels(cells)
    if found is not None and len(found.flat) == 2:
        small, large = sorted((cells[b] for b in found.flat), key=lambda c: c.size)
        rest = np.ascontiguousarray(large)
        yield _order(small), [p.cells for p in parts_of(rest, "panels") or parts_of(rest, "slices")]
    for link in ("mixed", "corner"):
        keys = [t for t in things(cells, "mixed") if min(t.cells.shape) == 1 and t.size > 1 and _order(t.cells)]
        if len(keys) == 1:
            rest = cells.copy()
            rest[keys[0].box] = 0
            yield _order(keys[0].cells), [t.cells for t in things(rest, link)]


@operation("panels", "objects", top=UPPERMOST, result=OTHER, weight=0)
def lay_by_key(cells: Cells, top: str) -> Cells | None:
    """Parts of one colour each (panels or things of one size) are laid upon each other in the order in which a line of
    cells lists their colours."""
    for order, parts in _split(cells):
        if not order or len({p.shape for p in parts}) != 1 or len(parts) != len(order):
            continue
        layers = {colours(p)[0]: p for p in parts if len(colours(p)) == 1}
        if sorted(layers) != sorted(order):
            continue
        out = np.zeros_like(parts[0])
        for colour in order if top == "last" else order[::-1]:
            out = np.where(layers[colour] != 0, layers[colour], out)
        return out
    return None
