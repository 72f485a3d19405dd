"""Things that become images of what touches them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from arc_ttt.rules.language import MARK, Kind, operation
from arc_ttt.rules.things import Thing, paste, things
from arc_ttt.types import Cells

TURNED = Kind("how an image lies", ("mirrored", "same", "turned"))
INKED = Kind("ink of an image", ("own", "other"))
_MOST_THINGS = 30


def _touching(t: Thing, others: list[Thing]) -> Iterator[tuple[Thing, int, int]]:
    """The others whose boxes lie close beside a thing's, with the way from them to it, down and right."""
    for o in others:
        beside, above = o.top <= t.bottom and t.top <= o.bottom, o.left <= t.right and t.left <= o.right
        down = int(t.top == o.bottom + 1) - int(o.top == t.bottom + 1)
        right = int(t.left == o.right + 1) - int(o.left == t.right + 1)
        if (above and down) or (beside and right):
            yield o, (down if above else 0), (right if beside else 0)


@operation("objects", "shapes", mark=MARK, turned=TURNED, ink=INKED, weight=0)
def become_image(cells: Cells, mark: int, turned: str, ink: str) -> Cells | None:
    """Each thing of colour `mark` becomes the image, mirrored, as it is or by half a turn, of the one thing of another
    colour that it touches, beyond the side at which they touch, in its own colour or that thing's."""
    group = things(cells, "corner")
    mine = [t for t in group if t.colour == mark]
    others = [t for t in group if t.colour != mark]
    if not mine or not others or len(group) > _MOST_THINGS:
        return None
    out = np.where(cells == mark, np.uint8(0), cells)
    some = False
    for t in mine:
        found = list(_touching(t, others))
        if len(found) != 1:
            paste(out, t.cells, t.top, t.left)
            continue
        o, down, right = found[0]
        patch = o.cells if ink == "other" else np.where(o.cells != 0, np.uint8(mark), np.uint8(0))
        if turned == "turned":
            patch = patch[::-1, ::-1]
        elif turned == "mirrored":
            patch = patch[::-1] if down else patch[:, ::-1]
        paste(out, patch, o.top + down * o.height, o.left + right * o.width)
        some = True
    return out if some and (out != cells).any() else None
