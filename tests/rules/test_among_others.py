"""What members of one size say of each other."""

import pytest
from rules.grids import cells

from arc_ttt.rules.crowds import crowd


@pytest.mark.parametrize(
    ("name", "grid", "values"),
    [
        ("blend", "1.5.25115..", [0, 0, 1, 0]),
        ("blend", "115.252.5115.2", [1, 0, 0, 1, 0]),
        ("blend", "11.5.115.1.", [0, 0, 2]),
        ("included", "1.5.25115..", [1, 1, 0, 3]),
        ("included", "1.5.151.", [0, 0, 0]),
        ("mirrorkin", "1.5.251.", [0, 1, 0]),
        ("mirrorkin", "1.5.2511", [1, 1, 0]),
        ("mirrorkin", "1.5../..51./55555/115../..522", [2, 2, 2, 2]),
    ],
)
def test_values(name: str, grid: str, values: list[int]) -> None:
    assert crowd(cells(grid), "panels").values(name) == values
