"""What a program changes is what is shown: its new colours, the old ones, or where it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from arc_ttt.rules.language import OTHER, PROGRAM, Kind, Program, operation, run
from arc_ttt.types import Cells

_INKED = re.compile(r"(only|mark)([1-9])")
# In its new colours or the old ones, all else empty; the box of what changes, new or old; where it is, in one colour,
# all else empty or as it was.
CHANGED = Kind(
    "how changes are shown",
    ("new", "old", "newbox", "oldbox", "only2", "mark2"),
    lambda word: word in ("new", "old", "newbox", "oldbox") or _INKED.fullmatch(word) is not None,
)


@operation("any", program=PROGRAM, changed=CHANGED, result=OTHER, weight=0)
def show_changed(cells: Cells, program: Program, changed: str) -> Cells | None:
    """Of what a program of the same size makes only the cells that it changes are shown, or marked in the grid."""
    made = run(program, cells)
    return None if made is None or made.shape != cells.shape else shown_changes(cells, made, changed)


def shown_changes(cells: Cells, made: Cells, changed: str) -> Cells | None:
    """The cells of a grid that another one of its size has otherwise, shown as `changed` says; None where there are
    none, or none is left."""
    differ = made != cells
    if not differ.any():
        return None
    if changed in ("newbox", "oldbox"):
        rows, columns = np.flatnonzero(differ.any(axis=1)), np.flatnonzero(differ.any(axis=0))
        box = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
        return (made if changed == "newbox" else cells)[box].copy()
    match = _INKED.fullmatch(changed)
    if match is not None:
        return np.where(differ, np.uint8(match[2]), cells if match[1] == "mark" else np.uint8(0)).astype(np.uint8)
    out: Cells = np.where(differ, made if changed == "new" else cells, np.uint8(0))
    return out if out.any() else None


def way_to_show(grids: Sequence[Cells], inputs: Sequence[Cells], outputs: Sequence[Cells]) -> str | None:
    """How what the grids have otherwise than the inputs is shown in the outputs; None where it is not."""
    first, before, goal = grids[0], inputs[0], outputs[0]
    if first.shape != before.shape:
        return None
    differ = first != before
    if not differ.any():
        return None
    words = []
    if goal.shape != first.shape:
        words = ["newbox", "oldbox"]
    elif not goal[~differ].any():
        words = ["new", "old"]
        if goal[differ][0] and (goal[differ] == goal[differ][0]).all():
            words.append(f"only{goal[differ][0]}")
    elif goal[differ][0] and (goal[differ] == goal[differ][0]).all() and (goal == before)[~differ].all():
        words.append(f"mark{goal[differ][0]}")
    for word in words:
        for grid, cells, wanted in zip(grids, inputs, outputs, strict=False):
            made = shown_changes(cells, grid, word) if grid.shape == cells.shape else None
            if made is None or made.shape != wanted.shape or (made != wanted).any():
                break
        else:
            return word
    return None
