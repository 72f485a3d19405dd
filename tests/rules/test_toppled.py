"""Bars that fall over, and knock over the next ones."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # the second is reached, the third is not
        ("topple(1, right, knocks)", "1.2..2./1.2..2.", ".....2./1122.2."),
        ("topple(1, right, knocks)", "1.2..2./1.22.2.", "None"),
        ("topple(1, right, passes)", "1..2../1..2../1..2..", "...2../...2../1112.."),
        # over the border; a bar that another covers
        ("topple(1, right, knocks)", "..1../..12./..12.", "...../...../..122"),
        (
            "topple(1, left, knocks)",
            "2..2..1/2..2..1/2..2..1",
            "......./......./2222111",
        ),
        ("topple(3, right, knocks)", "1.2/1.2", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
