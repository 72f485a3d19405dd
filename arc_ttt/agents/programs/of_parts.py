"""A task → tasks of its parts: each row of panels, panel or thing is a demonstration that becomes a piece of an
output."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from arc_ttt.agents.programs.targets import Grids, key
from arc_ttt.rules.parts_made import BETWEEN, EACH, line_ink, parts_for, pieces_of
from arc_ttt.types import Cells

# Parts that are looked at as demonstrations or as tests, at most.
MOST_SHOWN, MOST_TESTED = 12, 10
Parts = list[list[Cells]]


@dataclass(frozen=True)
class Parted:
    """The settings of `make_of_each`; the parts, those of tests last, and the pieces that they become."""

    each: str
    between: str
    inputs: Grids
    outputs: Grids


def parted(inputs: Grids, outputs: Grids) -> Iterator[Parted]:
    """The ways to see the outputs as pieces, one for each part of an input; where sizes stay, other operations do."""
    if all(a.shape == b.shape for a, b in zip(inputs, outputs, strict=False)):
        return
    for each in map(str, EACH.values):
        parts = [p for i in inputs if (p := parts_for(i, each)) is not None]
        for between in map(str, BETWEEN.values) if len(parts) == len(inputs) else ():
            pairs = _pairs(parts, inputs, outputs, between)
            if pairs and _says_something(pairs, each):
                tests = {key((p,)): p for rows in parts[len(outputs) :] for row in rows for p in row}
                grids = (*(a for a, _ in pairs), *list(tests.values())[:MOST_TESTED])
                yield Parted(each, between, tuple(map(np.ascontiguousarray, grids)), tuple(b for _, b in pairs))
                break


def _pairs(parts: list[Parts], inputs: Grids, outputs: Grids, between: str) -> list[tuple[Cells, Cells]]:
    """Each different part of a demonstration with its piece, the largest first; none where one has two, or an output is
    not made of pieces."""
    found: dict[bytes, tuple[Cells, Cells]] = {}
    for rows, given, output in zip(parts, inputs, outputs, strict=False):
        ink = line_ink(given, between)
        pieces = None if between == "lines" and not ink else pieces_of(output, (len(rows), len(rows[0])), between, ink)
        if pieces is None:
            return []
        for row, made in zip(rows, pieces, strict=True):
            for part, piece in zip(row, made, strict=True):
                known = found.setdefault(key((part,)), (part, piece))[1]
                if not np.array_equal(known, piece):
                    return []
    return sorted(found.values(), key=lambda p: -p[0].size)[:MOST_SHOWN]


def _says_something(pairs: list[tuple[Cells, Cells]], each: str) -> bool:
    """Whether pieces are more than single cells of panels, which other operations sum up, and not all the same."""
    cells = all(piece.size == 1 for _, piece in pairs)
    alike = all(np.array_equal(piece, pairs[0][1]) for _, piece in pairs)
    return len(pairs) > 1 and not alike and not (cells and each == "panels")
