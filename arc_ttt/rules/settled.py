"""Cells of each row or column sort themselves, within their panel, as heavier and lighter stuff does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from arc_ttt.rules.language import AXIS, Argument, Kind, fits, makes, operation
from arc_ttt.rules.panels import panels
from arc_ttt.types import COLOURS, Cells

_ORDER = re.compile(r"o\d{2,10}")
_BY_COUNT = ("common_first", "common_last")


def _is_order(word: str) -> bool:
    return word in _BY_COUNT or (_ORDER.fullmatch(word) is not None and len(set(word)) == len(word))


SETTLED = Kind("order of colours", (*_BY_COUNT, "o012"), _is_order)


def _ranks(cells: Cells, order: str) -> np.ndarray | None:
    """(10,) the place of each colour; None where two are as common, or one has no place."""
    counts = np.bincount(cells.ravel(), minlength=COLOURS)
    present = np.flatnonzero(counts)
    ranks = np.zeros(COLOURS, int)
    if order in _BY_COUNT:
        if len(set(counts[present].tolist())) < len(present):
            return None
        return counts if order == "common_last" else -counts
    for place, colour in enumerate(order[1:]):
        ranks[int(colour)] = place
    return ranks if set(present.tolist()) <= {int(c) for c in order[1:]} else None


def _boxes(cells: Cells) -> list[tuple[slice, slice]]:
    found = panels(cells)
    return found.flat if found else [(slice(None), slice(None))]


@operation("noisy", "bars", "cells", axis=AXIS, order=SETTLED, weight=0)
def settle_cells(cells: Cells, axis: str, order: str) -> Cells | None:
    """The cells of each row (horizontal) or column, within its panel, are sorted by their colours: by how common these
    are, or in an order that is always the same."""
    boxes = _boxes(cells)
    inner = np.concatenate([cells[b].ravel() for b in boxes])
    ranks = _ranks(inner, order)
    if ranks is None or (inner == inner[0]).all():
        return None
    out = cells.copy()
    along = int(axis == "horizontal")
    for box in boxes:
        places = np.argsort(ranks[cells[box]], axis=along, kind="stable")
        out[box] = np.take_along_axis(cells[box], places, axis=along)
    return None if (out == cells).all() else out


@fits("settle_cells")
def _fit(shown: Sequence[Cells], wanted: Sequence[Cells]) -> Iterator[tuple[Argument, ...]]:
    if any(
        s.shape != w.shape
        or (np.bincount(s.ravel(), minlength=COLOURS) != np.bincount(w.ravel(), minlength=COLOURS)).any()
        for s, w in zip(shown, wanted, strict=True)
    ):
        return
    for axis in map(str, AXIS.values):
        for order in (*_BY_COUNT, _learned(shown, wanted, axis)):
            if order and makes(settle_cells, (axis, order), shown, wanted):
                yield axis, order
                break


def _learned(shown: Sequence[Cells], wanted: Sequence[Cells], axis: str) -> str:
    """The order in which colours follow each other in all lines of the outputs; nothing where there is more than one
    that does, or none."""
    before: set[tuple[int, int]] = set()
    inks: set[int] = set()
    for s, w in zip(shown, wanted, strict=True):
        for box in _boxes(s):
            part = w[box] if axis == "vertical" else w[box].T
            inks |= set(part.ravel().tolist())
            step = part[1:] != part[:-1]
            before |= set(zip(part[:-1][step].tolist(), part[1:][step].tolist(), strict=True))
    order: list[int] = []
    left = set(inks)
    while left:
        first = [c for c in left if not any(b == c and a in left for a, b in before)]
        if len(first) != 1:
            return ""
        order += first
        left -= set(first)
    return "o" + "".join(map(str, order)) if len(order) > 1 else ""
