"""A picture of one colour and a small pattern beside it: the picture is shown as cut out of the pattern, which is
repeated or scaled as far as it reaches."""

from __future__ import annotations

import numpy as np

from arc_ttt.rules.language import OTHER, Kind, operation, tried_at_once
from arc_ttt.rules.things import colours
from arc_ttt.rules.whole import bounding_box
from arc_ttt.types import Cells

WHERE = Kind("where the pattern is seen", ("coloured", "empty"))
HOW = Kind("how the pattern reaches over a picture", ("repeated", "scaled"))
_FEWEST_INKS, _LEAST_SIDE, _LEAST_CELLS = 3, 2, 6


def _parts(cells: Cells) -> tuple[Cells, Cells] | None:
    """The box of the one colour that lies in it alone, with gaps, and the full box of several colours that is all else;
    None where these are not told apart."""
    inks = colours(cells)
    found = []
    for ink in inks if len(inks) >= _FEWEST_INKS else ():
        mine = np.where(cells == ink, cells, np.uint8(0))
        rest = np.where(cells == ink, np.uint8(0), cells)
        box, other = bounding_box(mine), bounding_box(rest)
        if box is None or other is None or rest[box].any() or mine[box].all() or not rest[other].all():
            continue
        picture, pattern = mine[box], rest[other]
        if min(picture.shape) >= _LEAST_SIDE and picture.size >= _LEAST_CELLS and pattern.size < picture.size:
            found.append((picture, pattern))
    return found[0] if len(found) == 1 else None


def _without_rest(pattern: Cells) -> tuple[Cells, int]:
    """The pattern without the one outer line that has a colour of its own, and this colour; 0 where there is none."""
    found = []
    for turns in range(4):
        turned = np.rot90(pattern, turns)
        if len(turned) > 1 and (turned[0] == turned[0, 0]).all() and not (turned[1:] == turned[0, 0]).any():
            found.append((np.rot90(turned[1:], -turns), int(turned[0, 0])))
    return found[0] if len(found) == 1 else (pattern, 0)


@operation("objects", "shapes", where=WHERE, how=HOW, result=OTHER, weight=0)
def show_in_pattern(cells: Cells, where: str, how: str) -> Cells | None:
    """Only the picture of one colour is shown: where it is coloured (or empty) the pattern of all other colours is
    seen, repeated from the upper left on or scaled; the rest has the colour of an outer line of the pattern."""
    found = _parts(cells)
    if found is None:
        return None
    picture, (pattern, rest) = found[0], _without_rest(found[1])
    (height, width), (rows, columns) = picture.shape, pattern.shape
    if how == "scaled":
        if height % rows or width % columns or len(colours(pattern)) < _FEWEST_INKS - 1:
            return None
        seen = np.kron(pattern, np.ones((height // rows, width // columns), np.uint8))
    else:
        seen = np.tile(pattern, (-(-height // rows), -(-width // columns)))[:height, :width]
    if where == "empty":
        return np.where(picture == 0, seen, np.uint8(rest) if rest else picture)
    return np.where(picture != 0, seen, np.uint8(rest))


tried_at_once("show_in_pattern")
