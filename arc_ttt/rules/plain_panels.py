"""Grid → what its plain panels say: those of a single colour, between others that only hide them."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import OTHER, operation
from arc_ttt.rules.panels import panels
from arc_ttt.types import Cells


@operation("panels", "noise", result=OTHER, weight=0)
def list_plain_panels(cells: Cells) -> Cells | None:
    """One cell for each panel of a single colour, as they lie to each other; panels of several colours count for
    nothing."""
    found = panels(cells)
    if found is None:
        return None
    parts = [[cells[box] for box in row] for row in found.boxes]
    plain = np.array([[bool((p == p[0, 0]).all()) for p in row] for row in parts])
    if plain.all() or plain.sum() < 2:
        return None
    rows, columns = np.flatnonzero(plain.any(axis=1)), np.flatnonzero(plain.any(axis=0))
    inks = np.array([[p[0, 0] for p in row] for row in parts], np.uint8) * plain
    out: Cells = inks[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.uint8)
    return out
