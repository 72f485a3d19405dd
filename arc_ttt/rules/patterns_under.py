"""A picture with a period or a symmetry on which a thing of a colour of its own lies: what the thing hides, as its
shape cut out, or in its box."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation, tried_at_once
from arc_ttt.rules.mirrors import mend_mirrored
from arc_ttt.rules.patterns import repair_period, repair_symmetry
from arc_ttt.rules.things import Thing, colours, things
from arc_ttt.types import Cells

CUT = Kind("how what is hidden is shown", ("shape", "box"))
_LEAST_HIDDEN, _LEAST_FULL, _MOST_HIDDEN = 3, 0.7, 0.5


@lru_cache(maxsize=64)
def _found(raw: bytes, width: int) -> tuple[Thing, Cells] | None:
    """The one thing that lies on a picture, and the whole picture."""
    cells = np.frombuffer(raw, np.uint8).reshape(-1, width)
    found: list[tuple[Thing, Cells]] = []
    for ink in colours(cells):
        hidden = cells == ink
        if not _LEAST_HIDDEN <= np.count_nonzero(hidden) <= _MOST_HIDDEN * cells.size:
            continue
        parts = things(hidden.astype(np.uint8), "corner")
        if len(parts) != 1:
            continue
        for mend in (repair_period, repair_symmetry, mend_mirrored):
            whole = mend(cells, ink)
            if whole is not None and not (whole == ink).any():
                found.append((parts[0], whole))
                break
    return found[0] if len(found) == 1 else None


@operation("masked", "symmetric", cut=CUT, result=OTHER, weight=0)
def show_under(cells: Cells, cut: str) -> Cells | None:
    """On a picture with a period or a symmetry lies a thing of a colour that is nowhere else: what it hides is shown,
    as its shape cut out of the picture, or all in its box."""
    if np.count_nonzero(cells) < _LEAST_FULL * cells.size:
        return None
    found = _found(cells.tobytes(), cells.shape[1])
    if found is None:
        return None
    thing, whole = found
    part = whole[thing.box]
    return np.where(thing.cells != 0, part, np.uint8(0)) if cut == "shape" else np.ascontiguousarray(part)


tried_at_once("show_under")
