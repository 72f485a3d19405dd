"""A cell's new colour by a small table over few simple views: as `learned_cells`, in a fraction of the time.

A search can afford it on many more states: it finds what an operation prepared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, operation
from arc_ttt.rules.learned_cells import belongs, flat
from arc_ttt.rules.learned_tables import View, cases_kind, learn, looked_up
from arc_ttt.rules.learned_views_parts import VIEWS, scene
from arc_ttt.types import Cells

QUICK = (
    "ink", "own", "up", "down", "left", "right", "sides", "besides", "touched", "surrounded", "enclosed",
    "rowparity", "columnparity", "checker", "rim", "rayup", "raydown", "rayleft", "rayright", "betweenacross",
    "betweenupright", "hits", "rowany", "columnany", "rowcolour", "columncolour", "leftright", "upsidedown",
    "iscommonest", "israrest", "piecelargest", "piecesmallest", "piecesingle", "piecesize", "thingbordering",
)  # fmt: skip
_KEPT, _DEAREST = 3, 14.0
# Grids with more cells in all are left to the thorough fit, as are those where most cells change.
_MOST_CELLS, _MOST_CHANGED = 2500, 0.6

QUICK_VIEWS = Kind("quick views", ("ink_enclosed", "own"), lambda word: all(n in QUICK for n in word.split("_")))
QUICK_CASES = cases_kind(lambda n: n in QUICK and VIEWS[n].colour, "0x0tosame_0x1to4_1x0tosame", "0tosame_1to2")


@operation("any", views=QUICK_VIEWS, cases=QUICK_CASES, weight=0)
def paint_seen(cells: Cells, views: str, cases: str) -> Cells | None:
    """Change each cell's colour as a small table says for what the cell sees."""
    return looked_up(views, cases, scene(cells).__getitem__, cells)


@fits("paint_seen")
def _fit(grids: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    """Tables over one to three of the simple views."""
    if any(g.shape != w.shape for g, w in zip(grids, wanted, strict=True)):
        return
    own, goal = flat(grids), flat(wanted)
    share = float((own != goal).mean())
    if not 0 < share <= _MOST_CHANGED or len(own) > _MOST_CELLS:
        return
    # What becomes of the colours that vanish or appear must be told by something: a cheap look before the dear one.
    scenes = [scene(g) for g in grids]
    views = [View(n, VIEWS[n].cost, VIEWS[n].colour) for n in QUICK]
    looks = np.stack([np.concatenate([s[n].ravel() for s in scenes]) for n in QUICK])
    for _, names, cases in learn(views, looks, goal, belongs(grids), _DEAREST, own)[:_KEPT]:
        yield names, cases
