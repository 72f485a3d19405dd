"""Pieces that are laid upon larger ones so that the marks that they share meet."""

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


def _laid(group: Sequence[Thing], turned: str) -> list[tuple[Thing, Cells, list[Thing]]] | None:
    """The things that lie on no other one, with what they are with those that are laid upon them, and these; the things
    come in the order of the group. None where one finds several places."""
    grounds: list[tuple[Thing, Cells, list[Thing]]] = []
    for t in group:
        found = [
            (ground, at, image)
            for ground in grounds
            for image in _images(t.cells, turned)
            if (at := _place(ground[1], image)) is not None
        ]
        if len(found) > 1:
            return None
        if not found:
            grounds.append((t, t.cells.copy(), []))
            continue
        (_, made, laid), (top, left), image = found[0]
        np.copyto(made[top : top + image.shape[0], left : left + image.shape[1]], image, where=image != 0)
        laid.append(t)
    return grounds


@operation("objects", "shapes", shown=LAID, turned=PIECES_TURNED, result=OTHER, weight=0)
def lay_by_marks(cells: Cells, shown: str, turned: str) -> Cells | None:
    """Things are laid upon larger ones, the larger ones first, so that their cells of colours that these have, too,
    come to lie on such cells; only what they make is shown, or the grid, where they move there or are copied."""
    group = sorted(things(cells, "mixed"), key=lambda t: -t.size)
    if not 2 <= len(group) <= _MOST_PIECES or group[-1].size < _FEWEST_CELLS:
        return None
    if sum(len(np.unique(t.cells[t.cells != 0])) > 1 for t in group) < 2:
        return None
    made = _laid(group, turned)
    if made is None or len(made) == len(group) or (shown == "alone" and len(made) > 1):
        return None
    if shown == "alone":
        return made[0][1]
    out = cells.copy()
    for _, _, laid in made if shown == "moved" else ():
        for t in laid:
            np.copyto(out[t.box], 0, where=t.cells != 0)
    for t, picture, _ in made:
        np.copyto(out[t.box], picture, where=picture != 0)
    return None if (out == cells).all() else out


tried_at_once("lay_by_marks")
