"""Transformations that make another task of a task: MIT's 23 augmenters."""

from __future__ import annotations

import numpy as np
import pytest

from arc_ttt.arc.extend import EXTENDED, LARGEST_GROWTH, OTHERS, SYMMETRIES
from arc_ttt.types import Grid, Pair

PAIR = Pair(Grid([[1, 2], [3, 4]]), Grid([[5, 6, 7]]))
BY_NAME = {change.name: change for change in EXTENDED}

# Worked out by hand: what becomes of the grid 12/34.
IMAGES = {
    "rotate 90": "24/13",
    "rotate 270": "31/42",
    "rotate 180": "43/21",
    "flip rows": "34/12",
    "flip columns": "21/43",
    "transpose": "13/24",
    "mirror above": "34/12/12/34",
    "mirror to the left": "2112/4334",
    "mirror below": "12/34/34/12",
    "mirror to the right": "1221/3443",
    "double": "1122/1122/3344/3344",
    "double height": "12/12/34/34",
    "double width": "1122/3344",
    "rotate 90, double": "2244/2244/1133/1133",
    "rotate 270, double": "3311/3311/4422/4422",
    "rotate 180, double": "4433/4433/2211/2211",
    "flip rows, double": "3344/3344/1122/1122",
    "flip columns, double": "2211/2211/4433/4433",
    "transpose, double": "1133/1133/2244/2244",
    "repeat down": "12/34/12/34",
    "repeat to the right": "1212/3434",
    "repeat both ways": "1212/3434/1212/3434",
    "translate": "43/21",  # by one row and one column
}


def test_there_are_23() -> None:
    """Six of them are symmetries, which views are, too."""
    assert len(EXTENDED) == len(BY_NAME) == 23
    assert (len(SYMMETRIES), len(OTHERS)) == (6, 17)
    assert set(IMAGES) == set(BY_NAME)


@pytest.mark.parametrize("name", IMAGES)
def test_what_becomes_of_a_grid(name: str) -> None:
    """As worked out by hand, inputs and outputs alike."""
    change = BY_NAME[name]
    images = change.apply([PAIR, PAIR], (1, 1) if change.moves else (0, 0))
    assert images is not None and len(images) == 2
    assert repr(images[0].input) == f"Grid({IMAGES[name]})"
    of = change.apply([Pair(PAIR.output, PAIR.input)], (1, 1) if change.moves else (0, 0))
    assert of is not None and images[0].output == of[0].input


def test_how_much_a_grid_grows() -> None:
    """What memory is planned with."""
    images = [change.apply([PAIR]) for change in EXTENDED]
    assert max(image[0].input.cells.size for image in images if image) == LARGEST_GROWTH * PAIR.input.cells.size


def test_no_grid_grows_beyond_what_a_grid_may_be() -> None:
    """Then there is no image, also where only one grid of many would be too large."""
    wide, small = Pair(Grid([[1] * 16]), Grid([[1]])), Pair(Grid([[1]]), Grid([[1]]))
    assert BY_NAME["double width"].apply([small, wide]) is None
    assert BY_NAME["double height"].apply([small, wide]) is not None
    assert BY_NAME["double width"].apply([Pair(Grid([[1] * 15]), Grid([[1]]))]) is not None


def test_all_grids_move_by_one_shift() -> None:
    """It is drawn once, below four and below the sides of the smallest grid; what is no translation draws nothing."""
    pairs = [Pair(Grid(np.arange(25).reshape(5, 5) % 10), Grid(np.arange(10).reshape(2, 5)))] * 2
    move, r = BY_NAME["translate"], np.random.default_rng(0)
    drawn = {move.draw(r, pairs) for _ in range(200)}
    assert drawn == {(dy, dx) for dy in range(2) for dx in range(4)}
    assert BY_NAME["double"].draw(r, pairs) == (0, 0)
    images = move.apply(pairs, (1, 2))
    assert images is not None
    assert images[0].input.tolist()[1][2] == pairs[0].input.tolist()[0][0]
    assert images[0].output.tolist()[1][2] == pairs[0].output.tolist()[0][0]
