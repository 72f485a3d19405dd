"""A tile in a corner that fills the grid."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("tile_from_corner(empty, recoloured)", "3.4../.34../444../...../.....", "3.4.3/.3.4./4.3.4/.4.3./3.4.3"),
        ("tile_from_corner(coloured, left_out)", "3.4../.34../444../...../.....", "..3../...3./3...3/.3.../..3.."),
        ("tile_from_corner(none, recoloured)", "334./.34./444./....", "3333/.3.3/3333/.3.3"),
        ("tile_from_corner(columns, recoloured)", "334./.34./444./....", "3344/.3.4/3344/.3.4"),
        # in another corner
        ("tile_from_corner(none, recoloured)", "..../444./.34./334.", ".3.3/3333/.3.3/3333"),
        # a line that has a gap, or something beyond it
        ("tile_from_corner(none, recoloured)", "334./.3../444./....", "None"),
        ("tile_from_corner(none, recoloured)", "334./.34./444./...1", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
