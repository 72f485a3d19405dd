"""Pieces that are laid upon the largest one so that the marks that they share meet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from arc_ttt.rules.blocks import IMAGES
from arc_ttt.rules.language import OTHER, Kind, operation, tried_at_once
from arc_ttt.rules.things import Thing, things
from arc_ttt.types import COLOURS, Cells

LAID = Kind("what is shown of laid pieces", ("alone", "moved", "copied"))
PIECES_TURNED = Kind("how pieces may lie", ("as_they_are", "turned"))
_MOST_PIECES, _FEWEST_CELLS = 8, 3


def _place(ground: Cells, piece: Cells) -> tuple[int, int] | None:
    """Where the cells of the colours that a piece shares with the ground lie on such cells, and no others do; None
    where that is nowhere, or at several places."""
    h, b = piece.shape
    if h > ground.shape[0] or b > ground.shape[1]:
        return None
    shared = (np.bincount(ground.ravel(), minlength=COLOURS) > 0) & (np.bincount(piece.ravel(), minlength=COLOURS) > 0)
    shared[0] = False
    if not shared.any() or shared[piece[piece != 0]].all():
        return None
    mask = piece != 0
    marks = np.where(shared[piece], piece, 0)[mask]
    windows = np.lib.stride_tricks.sliding_window_view(np.where(shared[ground], ground, 0), (h, b))[:, :, mask]
    at = np.argwhere((windows == marks).all(axis=2))
    return (int(at[0, 0]), int(at[0, 1])) if len(at) == 1 else None


def _images(piece: Cells, turned: str) -> list[Cells]:
    images = [np.ascontiguousarray(turn(piece)) for turn in IMAGES.values()] if turned == "turned" else [piece]
    return list({(i.shape, i.tobytes()): i for i in images}.values())


def _laid(ground: Cells, pieces: Sequence[Thing], turned: str) -> Cells | None:
    """The ground with all pieces, the largest first; None where one finds no place, or several."""
    out = ground.copy()
    for t in pieces:
        found = [(at, i) for i in _images(t.cells, turned) if (at := _place(out, i)) is not None]
        if len(found) != 1:
            return None
        (top, left), image = found[0]
        np.copyto(out[top : top + image.shape[0], left : left + image.shape[1]], image, where=image != 0)
    return out


@operation("objects", "shapes", shown=LAID, turned=PIECES_TURNED, result=OTHER, weight=0)
def lay_by_marks(cells: Cells, shown: str, turned: str) -> Cells | None:
    """All things are laid upon the largest one, the larger ones first, so that their cells of a colour that it has,
    too, come to lie on these; only what they make is shown, or the grid, where they move there or are copied."""
    group = sorted(things(cells, "mixed"), key=lambda t: -t.size)
    if not 2 <= len(group) <= _MOST_PIECES or group[0].size == group[1].size or group[-1].size < _FEWEST_CELLS:
        return None
    if len({int(c) for c in np.unique(group[0].cells) if c}) < 2:
        return None
    made = _laid(group[0].cells, group[1:], turned)
    if made is None or (made == group[0].cells).all():
        return None
    if shown == "alone":
        return made
    out = cells.copy()
    for t in group[1:] if shown == "moved" else ():
        np.copyto(out[t.box], 0, where=t.cells != 0)
    np.copyto(out[group[0].box], made, where=made != 0)
    return out


tried_at_once("lay_by_marks")
