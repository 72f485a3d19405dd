"""The one empty panel is computed from the others: where all of them, one, some or none are coloured."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, operation
from arc_ttt.rules.panels import panels
from arc_ttt.types import Cells

_MOST_PANELS = 9
# (panels, rows, columns) which are coloured → (rows, columns) where the empty one is.
_WAYS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "all": lambda on: on.sum(axis=0) == len(on),
    "some": lambda on: on.sum(axis=0) > 0,
    "one": lambda on: on.sum(axis=0) == 1,
    "none": lambda on: on.sum(axis=0) == 0,
    "first": lambda on: on[0] & (on.sum(axis=0) == 1),
    "last": lambda on: on[-1] & (on.sum(axis=0) == 1),
}
COMPUTED = Kind("how panels are computed", tuple(_WAYS))
# The colour, or that of the first panel that is coloured there.
COMPUTED_INK = Kind("ink of a computed panel", ("own", *(f"ink{i}" for i in range(1, 10))))


def _split(cells: Cells) -> tuple[tuple[slice, slice], np.ndarray] | None:
    """The box of the one empty panel, and the others (panels, rows, columns)."""
    found = panels(cells)
    if found is None or not 2 < len(found.flat) <= _MOST_PANELS or len({cells[b].shape for b in found.flat}) > 1:
        return None
    empty = [b for b in found.flat if not cells[b].any()]
    return (empty[0], np.stack([cells[b] for b in found.flat if b is not empty[0]])) if len(empty) == 1 else None


@operation("panels", way=COMPUTED, ink=COMPUTED_INK, weight=0)
def compute_panel(cells: Cells, way: str, ink: str) -> Cells | None:
    """The one empty panel is coloured where all of the others, some, one, none, only the first or only the last are."""
    split = _split(cells)
    if split is None or (way == "none" and ink == "own"):
        return None
    box, others = split
    first = np.take_along_axis(others, (others != 0).argmax(axis=0)[None], axis=0)[0]
    out = cells.copy()
    out[box] = np.where(_WAYS[way](others != 0), first if ink == "own" else np.uint8(ink[-1]), np.uint8(0))
    return out


@fits("compute_panel")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    goals = []
    for s, w in zip(shown, wanted, strict=True):
        split = _split(s) if s.shape == w.shape else None
        if split is None:
            return
        goals.append(w[split[0]])
    inks = np.unique(np.concatenate([g[g != 0] for g in goals]))
    for ink in ("own", *((f"ink{inks[0]}",) if len(inks) == 1 else ())):
        for way in _WAYS:
            made = [compute_panel(s, way, ink) for s in shown]
            if all(m is not None and bool((m == w).all()) for m, w in zip(made, wanted, strict=True)):
                yield way, ink
