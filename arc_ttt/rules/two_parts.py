"""What two parts of a grid, its only two panels or its halves, say of each other: features of the grid."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from arc_ttt.rules.blocks import IMAGES
from arc_ttt.rules.panels import panels
from arc_ttt.types import Cells

# No number of this kind: there are no two parts.
_NONE = 999
_MOST_PANELS = 30


def _two(cells: Cells) -> tuple[Cells, Cells] | None:
    """What lies on either side of a line through the middle, of the longer sides; else two panels of one size; else the
    halves."""
    across = cells.shape[1] > cells.shape[0]
    lying = cells if across else cells.T
    middle = lying.shape[1] // 2
    line = lying[:, middle]
    if lying.shape[1] > 2 and lying.shape[1] % 2 and bool((line == line[0]).all()):
        one, other = lying[:, :middle], lying[:, middle + 1 :]
        return (one, other) if across else (one.T, other.T)
    found = panels(cells)
    if found is not None and len(found.flat) == 2:
        one, other = (cells[b] for b in found.flat)
        return (one, other) if one.shape == other.shape else None
    if lying.shape[1] % 2 or lying.shape[0] == lying.shape[1]:
        return None
    one, other = lying[:, :middle], lying[:, middle:]
    return (one, other) if across else (one.T, other.T)


SAME_CELLS, FIRST_IMAGE, COMPLETING, INCLUDING, INCLUDED, APART = 1, 2, 10, 11, 12, 13


def _relation(cells: Cells) -> int:
    two = _two(cells)
    return _NONE if two is None else _related(two[0].tobytes(), two[1].tobytes(), two[0].shape[1])


@lru_cache(maxsize=1024)
def _related(first: bytes, second: bytes, width: int) -> int:
    """0 for parts of which nothing is found: 1 the same, 2 the same but for colours, 3 to 9 mirrored or turned, 10
    coloured where the other is not, 11 and 12 one includes the other, 13 nowhere both coloured."""
    if first == second:
        return SAME_CELLS
    one, other = (np.frombuffer(raw, np.uint8).reshape(-1, width) != 0 for raw in (first, second))
    for n, image in enumerate(IMAGES.values()):
        turned = image(one)
        if turned.shape == other.shape and bool((turned == other).all()):
            return FIRST_IMAGE + n
    both = one & other
    tests = ((one ^ other).all(), (both == other).all(), (both == one).all(), not both.any())
    return next((COMPLETING + n for n, yes in enumerate(tests) if yes), 0)


def _more(cells: Cells) -> int:
    """0 where the second part has more coloured cells, 1 where both have as many, 2 where the first has more."""
    two = _two(cells)
    if two is None:
        return _NONE
    return int(np.sign(np.count_nonzero(two[0]) - np.count_nonzero(two[1]))) + 1


def _kinds(cells: Cells) -> int:
    """How many different panels there are."""
    found = panels(cells)
    if found is None or len(found.flat) > _MOST_PANELS:
        return _NONE
    return len({(cells[b].shape, cells[b].tobytes()) for b in found.flat})


FEATURES_OF_TWO: dict[str, Callable[[Cells], int]] = {"relation": _relation, "more": _more, "kinds": _kinds}
