"""Numbers that say one thing about a grid."""

import pytest
from rules.grids import cells

from arc_ttt.rules.features import NOTHING, feature


@pytest.mark.parametrize(
    ("name", "grid", "value"),
    [
        ("rareplace", "3.11/..11/...1", 0),
        ("rareplace", "..11/.11./..3.", 8),
        ("rareplace", "111/131/111", 4),
        ("rareplace", "1.3/1.3", NOTHING),
        ("cornerplace", "..2/.../...", 2),
        ("cornerplace", ".../.../1..", 3),
        ("cornerplace", "1../.../1..", 0),
        ("oddwidth", "123", 1),
        ("oddcoloured", "12./3..", 1),
        ("largestlying", "11../..../.222", 2),
        ("largestlying", "11../..../..22", NOTHING),
        ("largestholes", "111.4/1.1../111..", 1),
    ],
)
def test_features(name: str, grid: str, value: int) -> None:
    assert feature(cells(grid), name) == value
