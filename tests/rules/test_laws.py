"""Mosaics obey a law, and what they hide is restored by it."""

from collections.abc import Callable

import numpy as np
import pytest

from arc_ttt.rules.laws import mend_by_law, show_by_law
from arc_ttt.types import Cells

LAWS: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "slope": lambda r, c: (2 * r + c) % 7,
    "product": lambda r, c: r * c % 6,
    "squares": lambda r, c: (r * r + c * c) % 5,
    "diamonds": lambda r, c: (abs(r - 5) + abs(c - 8)) % 5,
    "rings": lambda r, c: np.maximum(abs(r - 5), abs(c - 8)) % 4,
    "widening": lambda r, c: c // (r + 1) % 3,
    "rows": lambda r, c: c % (2 + r % 3) + r % 3,
    "shifted": lambda r, c: (r % 4 * 3 + (c + r // 4 * 2) % 5) % 8,
}


def _mosaic(law: str) -> Cells:
    made: Cells = (LAWS[law](*np.indices((14, 15))) + 1).astype(np.uint8)
    return made


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("cover", [0, 9])
def test_hidden_cells_are_restored(law: str, cover: int) -> None:
    whole = _mosaic(law)
    hidden = whole.copy()
    hidden[4:7, 6:9] = cover
    hidden[10:12, 2:5] = cover
    made = mend_by_law(hidden)
    assert made is not None and (made == whole).all()
    assert show_by_law(hidden) is None  # two rectangles
    hidden[10:12, 2:5] = whole[10:12, 2:5]
    shown = show_by_law(hidden)
    assert shown is not None and (shown == whole[4:7, 6:9]).all()


def test_symmetry_about_a_middle_elsewhere() -> None:
    part = np.random.default_rng(3).integers(1, 9, (9, 9)).astype(np.uint8)
    whole = np.block([[part, part[:, ::-1]], [part[::-1], part[::-1, ::-1]]])[2:, :-3]
    hidden = whole.copy()
    hidden[3:6, 9:13] = 0
    made = mend_by_law(hidden)
    assert made is not None and (made == whole).all()


def test_no_law() -> None:
    cells = np.random.default_rng(3).integers(1, 9, (12, 12)).astype(np.uint8)
    cells[3:6, 4:8] = 0
    assert mend_by_law(cells) is None
    assert mend_by_law(np.zeros((12, 12), np.uint8)) is None
    assert mend_by_law(_mosaic("slope")) is None


def test_rectangles_that_overlap_and_leave_the_grid() -> None:
    part = np.random.default_rng(4).integers(1, 9, (9, 9)).astype(np.uint8)
    whole = np.block([[part, part[:, ::-1]], [part[::-1], part[::-1, ::-1]]])
    hidden = whole.copy()
    hidden[2:6, 1:5] = hidden[4:8, 3:7] = hidden[0, 12:15] = 9
    made = mend_by_law(hidden)
    assert made is not None and (made == whole).all()
