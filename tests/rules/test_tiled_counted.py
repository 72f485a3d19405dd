"""A picture again and again, as often as two counts say."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("tile_counted(grid, colours, n1, ii_ii)", "12/11", "12/11/12/11"),
        ("tile_counted(grid, colours, colours, ih_ih)", "12/11", "1221/1111/1221/1111"),
        ("tile_counted(grid, n1, colours, ih_vr)", "123", "123321123"),
        ("tile_counted(largest, singles, n1, ii_vv)", "12.5/11../...6", "12/11/11/12"),
        ("tile_counted(grid, n1, n1, ii_ii)", "12/11", "None"),
        ("tile_counted(grid, n2, n2, tt_tt)", "121", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_counts_and_poses_are_inferred() -> None:
    found = fitted("tile_counted", ("12/11", "1221/1111/1221/1111"), ("34/35", "344334/355335/" * 2 + "344334/355335"))
    assert ("grid", "colours", "colours", "ih_ih") in found
