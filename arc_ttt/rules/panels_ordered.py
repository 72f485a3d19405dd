"""Panels (or sections that have each one ground colour) change places: in the order of a measure, or always in the
same way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arc_ttt.rules.chosen import RANK, parts_of, ranked_values
from arc_ttt.rules.divided import sections
from arc_ttt.rules.language import Argument, Kind, fits, is_order, operation
from arc_ttt.rules.things import Thing
from arc_ttt.types import Cells

_MOST_PANELS = 9


PLACES = Kind("places of panels", ("o10", "o120"), lambda word: is_order(word, _MOST_PANELS))


def _parts(cells: Cells) -> Sequence[Thing]:
    """A few panels of one size, or else such sections; none where there are others."""
    for parts in (parts_of(cells, "panels"), sections(cells)):
        if 2 <= len(parts) <= _MOST_PANELS and len({p.cells.shape for p in parts}) == 1:
            return parts
    return ()


def _placed(cells: Cells, parts: Sequence[Thing], order: Sequence[int]) -> Cells:
    """The panels in the places of each other, the first place for the first of the order."""
    out = cells.copy()
    for place, k in zip(parts, order, strict=True):
        out[place.box] = parts[k].cells
    return out


@operation("panels", rank=RANK, weight=0)
def sort_panels(cells: Cells, rank: str) -> Cells | None:
    """The panels change places, in reading order, that with the most (or the least) of a measure first."""
    parts = _parts(cells)
    if not parts:
        return None
    values = ranked_values(parts, rank)
    out = _placed(cells, parts, sorted(range(len(parts)), key=lambda i: -values[i]))
    return None if (out == cells).all() else out


@operation("panels", order=PLACES, weight=0)
def permute_panels(cells: Cells, order: str) -> Cells | None:
    """The panels change places, always in the same way."""
    parts = _parts(cells)
    return _placed(cells, parts, [int(k) for k in order[1:]]) if len(parts) == len(order) - 1 else None


def _goals(shown: Sequence[Cells], wanted: Sequence[Cells]) -> list[list[list[int]]] | None:
    """For each place of each demonstration the panels that may come to lie there; None where panels do not change
    places."""
    found = []
    for s, w in zip(shown, wanted, strict=True):
        parts = _parts(s) if s.shape == w.shape else ()
        if not parts:
            return None
        found.append([[k for k, p in enumerate(parts) if (p.cells == w[b.box]).all()] for b in parts])
    return found if all(all(places) for places in found) else None


@fits("sort_panels")
def _fit_order(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if _goals(shown, wanted) is None:
        return
    for rank in RANK.values:
        made = (sort_panels(s, str(rank)) for s in shown)
        if all(m is not None and bool((m == w).all()) for m, w in zip(made, wanted, strict=True)):
            yield (rank,)


@fits("permute_panels")
def _fit_places(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    goals = _goals(shown, wanted)
    if goals is None or len({len(g) for g in goals}) > 1:
        return
    common = [set.intersection(*map(set, places)) for places in zip(*goals, strict=True)]
    if all(len(c) == 1 for c in common):
        word = "o" + "".join(str(next(iter(c))) for c in common)
        if is_order(word, _MOST_PANELS):
            yield (word,)
