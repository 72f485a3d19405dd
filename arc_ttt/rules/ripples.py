"""Ripples: rings around single cells, each of the colour that comes after that of the ring within."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import Argument, Kind, fits, operation, table_word
from arc_ttt.rules.learned_colours import TABLE, table_of
from arc_ttt.types import Cells

FORM = Kind("form of ripples", ("square", "diamond", "across", "down", "slanting"))
_MOST_SOURCES = 8


def _away(cells: Cells, form: str) -> tuple[np.ndarray, np.ndarray] | None:
    """How far each cell is from the nearest source, and the colour of that one; None where two are as near that differ
    in colour, or there are too many."""
    at = np.argwhere(cells)
    if not 1 <= len(at) <= _MOST_SOURCES:
        return None
    places = np.indices(cells.shape)
    down = np.abs(places[0] - at[:, 0].reshape(-1, 1, 1))
    across = np.abs(places[1] - at[:, 1].reshape(-1, 1, 1))
    steps: np.ndarray = {
        "square": np.maximum(down, across), "diamond": down + across, "across": across, "down": down,
        "slanting": np.abs(down - across),
    }[form]  # fmt: skip
    nearest = steps.min(axis=0)
    inks = cells[tuple(at.T)][:, None, None]
    first, last = (fold(np.where(steps == nearest, inks, other), axis=0) for fold, other in ((np.max, 0), (np.min, 10)))
    return (nearest, first) if (first == last).all() else None


@operation("few", "markers", "single", form=FORM, table=TABLE, weight=0)
def ripple(cells: Cells, form: str, table: str) -> Cells | None:
    """Around each coloured cell go rings as far as the grid; the colour of each comes after that of the ring within it,
    in an order that was learned."""
    found = _away(cells, form)
    if found is None:
        return None
    away, inks = found
    after = table_of(table)
    lists = np.zeros((10, int(away.max()) + 1), np.uint8)
    for ink in np.unique(inks).tolist():
        colour: int | None = ink
        for n in range(int(away[inks == ink].max()) + 1):
            if colour is None:
                return None
            lists[ink, n] = colour
            colour = after.get(colour)
    out: Cells = lists[inks, away]
    return out


@fits("ripple")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(a.shape != b.shape for a, b in zip(shown, wanted, strict=True)):
        return
    for form in FORM.values:
        after: dict[int, int] = {}
        for cells, goal in zip(shown, wanted, strict=True):
            if not _read(cells, goal, str(form), after):
                break
        else:
            if len(after) > 1:
                yield form, table_word(after)


def _read(cells: Cells, goal: Cells, form: str, after: dict[int, int]) -> bool:
    """Enter which colour comes after which; whether all rings are of one colour and nothing speaks against it."""
    found = _away(cells, form)
    if found is None:
        return False
    away, inks = found
    for ink in np.unique(inks).tolist():
        last = -1
        for n in range(int(away[inks == ink].max()) + 1):
            ring = goal[(inks == ink) & (away == n)]
            if not len(ring):
                break
            if (ring != ring[0]).any() or (n == 0 and ring[0] != ink):
                return False
            if n and after.setdefault(last, int(ring[0])) != ring[0]:
                return False
            last = int(ring[0])
    return True
