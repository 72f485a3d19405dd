"""One panel (or inside of a frame) has the whole picture, others a part of it, turned or in another colour: they are
completed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from arc_ttt.rules.chosen import parts_of
from arc_ttt.rules.language import Kind, operation, same, tried_at_once
from arc_ttt.types import Cells

PLACE = Kind("places of pictures", ("panels", "insides"))
POSES = Kind("poses of pictures", ("upright", "mirrored", "turned", "any"))
COLOUR = Kind("colour of a completed picture", ("picture", "part"))
_LEAST, _MOST_PANELS = 3, 30


def poses(picture: Cells, which: str) -> Iterator[Cells]:
    """The picture as it is, its mirror images, its turns, or all of these; those alone that have its size."""
    if which in ("upright", "mirrored"):
        made = [picture, picture[:, ::-1], picture[::-1], picture[::-1, ::-1]][: 1 if which == "upright" else 4]
    else:
        made = [np.rot90(m, k) for m in (picture, picture.T)[: 1 if which == "turned" else 2] for k in range(4)]
    seen: list[Cells] = []
    for image in made:
        if image.shape == picture.shape and not any(same(image, s) for s in seen):
            seen.append(image)
            yield image


def completed(part: Cells, picture: Cells, which: str, colour: str) -> Cells | None:
    """The one image of the picture that all of the part's cells belong to; None where there is none, or two differ."""
    mask = part != 0
    ink = int(part[mask][0])
    found: Cells | None = None
    for image in poses(picture, which):
        made = np.where(image != 0, np.uint8(ink), image) if colour == "part" else image
        if (made[mask] == part[mask]).all():
            if found is not None and not same(found, made):
                return None
            found = made
    return found


@operation("panels", "copies", place=PLACE, which=POSES, colour=COLOUR, weight=0)
def complete_panels(cells: Cells, place: str, which: str, colour: str) -> Cells | None:
    """Of all panels (or insides of frames) of one size one has the whole picture and others a part of it, perhaps
    mirrored or turned: these are completed, in their own colour or as it is."""
    group = parts_of(cells, place)
    if not 2 <= len(group) <= _MOST_PANELS or len({t.cells.shape for t in group}) > 1:
        return None
    picture = max(group, key=lambda t: t.size).cells
    size = int(np.count_nonzero(picture))
    if size < _LEAST:
        return None
    out = cells.copy()
    for t in group:
        if not t.size or t.cells is picture:
            continue
        if t.size == size and any(same(t.cells != 0, p != 0) for p in poses(picture, which)):
            continue
        made = completed(t.cells, picture, which, colour)
        if made is None:
            return None
        out[t.box] = made
    return None if same(out, cells) else out


tried_at_once("complete_panels")
