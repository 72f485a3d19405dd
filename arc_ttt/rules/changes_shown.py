"""What a program changes is what is shown: its new colours, the old ones, or where it is; or things that its changes
hit take their colour or vanish."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from arc_ttt.rules.language import OTHER, PROGRAM, Kind, Program, operation, run
from arc_ttt.rules.things import Thing, things, with_sides
from arc_ttt.types import Cells

_INKED = re.compile(r"(only|mark)([1-9])")
# Things that lie under what changes (cross), or beside it (meet), take its colour (ink) or vanish (gone); what has
# changed itself is seen or not (alone).
_HIT = re.compile(r"(cross|meet)(ink|gone)(alone)?")
_HITS = tuple(f"{how}{what}{rest}" for how in ("cross", "meet") for what in ("ink", "gone") for rest in ("", "alone"))
_MOST_THINGS = 40
# In its new colours or the old ones, all else empty; the box of what changes, new or old; where it is, in one colour,
# all else empty or as it was.
CHANGED = Kind(
    "how changes are shown",
    ("new", "old", "newbox", "oldbox", "only2", "mark2", *_HITS),
    lambda word: word in ("new", "old", "newbox", "oldbox", *_HITS) or _INKED.fullmatch(word) is not None,
)


@operation("any", program=PROGRAM, changed=CHANGED, result=OTHER, weight=0)
def show_changed(cells: Cells, program: Program, changed: str) -> Cells | None:
    """Of what a program of the same size makes only the cells that it changes are shown, or marked in the grid; or the
    things that these cross or meet take their colour, or vanish."""
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
    if changed in _HITS:
        return _hit(cells, made, differ, changed)
    match = _INKED.fullmatch(changed)
    if match is not None:
        return np.where(differ, np.uint8(match[2]), cells if match[1] == "mark" else np.uint8(0)).astype(np.uint8)
    out: Cells = np.where(differ, made if changed == "new" else cells, np.uint8(0))
    return out if out.any() else None


def is_hit(changed: str) -> bool:
    """Whether the word says what becomes of things that are hit."""
    return changed in _HITS


def _hit(cells: Cells, made: Cells, differ: np.ndarray, word: str) -> Cells | None:
    """The things that changed cells cross (or meet) in their colour, or gone; None where there are none."""
    match = _HIT.fullmatch(word)
    group = things(cells, "side")
    if match is None or len(group) > _MOST_THINGS:
        return None
    out = cells.copy() if match[3] else made.copy()
    hit = False
    for t in group:
        ink = _ink_on(made, differ, t) if match[1] == "cross" else _ink_beside(cells, made, differ, t)
        if ink and ink != t.colour:
            hit = True
            out[t.box][t.cells != 0] = ink if match[2] == "ink" else 0
            if match[2] == "gone" and not match[3]:
                # What goes on where a thing was is seen.
                out[t.box][(t.cells != 0) & differ[t.box]] = ink
    return out if hit else None


def _ink_on(made: Cells, differ: np.ndarray, t: Thing) -> int:
    """The one new colour of a thing's changed cells; 0 where there is none, or none stays as it was."""
    inks = set(made[t.box][(t.cells != 0) & differ[t.box]].tolist())
    return inks.pop() if len(inks) == 1 else 0


def _ink_beside(cells: Cells, made: Cells, differ: np.ndarray, t: Thing) -> int:
    """The one new colour of the changed cells, empty before, at a thing's sides."""
    rows, columns = slice(max(t.top - 1, 0), t.bottom + 2), slice(max(t.left - 1, 0), t.right + 2)
    near = differ[rows, columns] & (cells[rows, columns] == 0)
    if not near.any():
        return 0
    inks = set(made[with_sides(t.mask(cells.shape)) & differ & (cells == 0)].tolist())
    return inks.pop() if len(inks) == 1 else 0


def _words_of_hits(first: Cells, before: Cells, goal: Cells) -> list[str]:
    """Which of the words may be meant, by what becomes of the empty cells."""
    empty = before == 0
    if not (goal != before)[~empty].any():
        return []
    if (goal == before)[empty].all():
        return [w for w in _HITS if w.endswith("alone") and (not goal[~empty].all()) == ("gone" in w)]
    if (goal == first)[empty].all() and (goal != first).any():
        return [w for w in _HITS if not w.endswith("alone")]
    return []


def way_to_show(grids: Sequence[Cells], inputs: Sequence[Cells], outputs: Sequence[Cells]) -> str | None:
    """How what the grids have otherwise than the inputs is shown in the outputs; None where it is not."""
    for word in _words(grids[0], inputs[0], outputs[0]):
        for grid, cells, wanted in zip(grids, inputs, outputs, strict=False):
            made = shown_changes(cells, grid, word) if grid.shape == cells.shape else None
            if made is None or made.shape != wanted.shape or (made != wanted).any():
                break
        else:
            return word
    return None


def _words(first: Cells, before: Cells, goal: Cells) -> list[str]:
    """How the changes of one grid may be shown in what is wanted."""
    if first.shape != before.shape:
        return []
    differ = first != before
    if not differ.any():
        return []
    if goal.shape != first.shape:
        return ["newbox", "oldbox"]
    words = []
    ink = goal[differ][0] if (goal[differ] == goal[differ][0]).all() else 0
    if not goal[~differ].any():
        words = ["new", "old", *([f"only{ink}"] if ink else ())]
    elif ink and (goal == before)[~differ].all():
        words = [f"mark{ink}"]
    return [*words, *_words_of_hits(first, before, goal)]
