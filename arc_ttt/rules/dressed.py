"""A thing of one colour that has the shape of one of several colours, perhaps scaled, turned or mirrored, takes its
colours."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from arc_ttt.rules.acts_measured import Placed
from arc_ttt.rules.crowds import Crowd
from arc_ttt.rules.things import Thing, colours, things
from arc_ttt.types import Cells

_MOST_THINGS, _LEAST_MODEL = 40, 3
# The identity comes first: a symmetric shape fits in several ways.
_POSES: tuple[Callable[[Cells], Cells], ...] = (
    lambda c: c,
    lambda c: c[:, ::-1],
    lambda c: c[::-1],
    lambda c: c[::-1, ::-1],
    lambda c: c.T,
    lambda c: c[::-1, ::-1].T,
    np.rot90,
    lambda c: np.rot90(c, 3),
)


@lru_cache(maxsize=64)
def _models(c: Crowd) -> tuple[Thing, ...]:
    """The things of several colours."""
    group = things(c.cells, "mixed")
    if len(group) > _MOST_THINGS:
        return ()
    return tuple(t for t in group if t.size >= _LEAST_MODEL and len(colours(t.cells)) > 1)


def _fitted(t: Thing, model: Thing) -> Cells | None:
    """The model as large as a thing, in the first pose that has its shape."""
    high, wide = sorted((t.height, t.width)), sorted((model.height, model.width))
    scale, rest = divmod(high[0], wide[0])
    if not scale or rest or high[1] != scale * wide[1] or t.size != scale * scale * model.size:
        return None
    for pose in _POSES:
        image = pose(model.cells)
        if (image.shape[0] * scale, image.shape[1] * scale) == t.cells.shape:
            large = np.kron(image, np.ones((scale, scale), np.uint8))
            if bool(((large != 0) == (t.cells != 0)).all()):
                return large
    return None


def _dress(c: Crowd, i: int) -> Placed | None:
    t = c.things[i]
    if t.size < _LEAST_MODEL or len(colours(t.cells)) > 1:
        return None
    for model in _models(c):
        if (model.top, model.left) != (t.top, t.left):
            made = _fitted(t, model)
            if made is not None:
                return made, t.top, t.left
    return None


DRESSED: dict[str, Callable[[Crowd, int], Placed | None]] = {"dress": _dress}
