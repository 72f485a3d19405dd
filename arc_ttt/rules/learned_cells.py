"""A cell's new colour as a function of what it sees: a table over one to three views, learned from demonstrations.

`paint_by_views(ink_enclosed, 0x0tosame_0x1to4_1x0tosame)`: a background cell that is enclosed becomes 4. A grid with a
combination that the table lacks is not changed by guess: the operation does not apply.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import Argument, fits, operation
from arc_ttt.rules.learned_tables import View, cases_kind, learn, looked_up, views_kind
from arc_ttt.rules.learned_views import Scene
from arc_ttt.rules.learned_views_runs import VIEWS, scene
from arc_ttt.rules.work import worked
from arc_ttt.types import Cells

_KEPT = 4  # tables that a fit yields
_DEAREST = 18.0  # a table that costs more is rather learnt by heart than understood
_WORK, _CELL_WORK = 0.6, 0.001  # of a view on average, and for each cell


def _is_colour(name: str) -> bool:
    return name in VIEWS and VIEWS[name].colour


VIEW_NAMES = views_kind(VIEWS.__contains__, "ink_enclosed", "own")
CASES = cases_kind(_is_colour, "0x0tosame_0x1to4_1x0tosame", "0tosame_1to2_2toown")


@operation("any", views=VIEW_NAMES, cases=CASES, weight=0)
def paint_by_views(cells: Cells, views: str, cases: str) -> Cells | None:
    """Change each cell's colour as a table says for what the cell sees."""
    return looked_up(views, cases, scene(cells).__getitem__, cells)


@fits("paint_by_views")
def _fit(grids: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(g.shape != w.shape for g, w in zip(grids, wanted, strict=True)):
        return
    own, goal = flat(grids), flat(wanted)
    if (own == goal).all():
        return
    scenes = [scene(g) for g in grids]
    views = [View(v.name, v.cost, v.colour) for v in VIEWS.values()]
    looks = np.stack([np.concatenate([_seen(s, v.name) for s in scenes]) for v in views])
    for _, names, cases in learn(views, looks, goal, belongs(grids), _DEAREST, own)[:_KEPT]:
        yield names, cases


def _seen(scene: Scene, name: str) -> np.ndarray:
    worked(_WORK + _CELL_WORK * scene.cells.size)
    return scene[name].ravel()


def flat(grids: Sequence[np.ndarray]) -> np.ndarray:
    """All cells in a row."""
    return np.concatenate([g.ravel() for g in grids])


def belongs(grids: Sequence[np.ndarray]) -> np.ndarray:
    """For each of `flat`'s cells the number of its grid."""
    return np.repeat(np.arange(len(grids)), [g.size for g in grids])
