"""What lies on the border, repeated along it."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # twelve cells: from the second one on, two and two
        ("repeat_along_border(own, clockwise)", ".33./..../..../....", ".33./..../3..3/3..3"),
        # round a corner, of two colours; what lies within stays
        ("repeat_along_border(own, clockwise)", "2.../3.../.5../....", "2..3/3..2/.5../.23."),
        ("repeat_along_border(none, clockwise)", "12./.../...", "121/2.2/121"),
        ("repeat_along_border(none, counter)", "123/.../...", "123/3.2/213"),
        ("repeat_along_border(cell, clockwise)", ".4./.../...", ".4./4.4/.4."),
        ("repeat_along_border(own, clockwise)", ".../.1./...", "None"),
        ("repeat_along_border(own, clockwise)", "1111/1..1/1..1", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
