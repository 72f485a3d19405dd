"""Things that take turns in order."""

import pytest
from rules.grids import made

from arc_ttt.rules.properties import PROPERTIES


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # from the top, though the order from the left is another
        ("act_by(corner, turnoftwo, 0toall3_1toall4)", "....1/1..../..1..", "....3/4..../..3.."),
        # two begin in one row: from the left
        ("act_by(corner, turnofthree, 0toall3_1toall4_2toall5)", "..1..1/....../1...1.", "..4..3/....../3...5."),
        # two begin in one row and two in one column: in reading order
        ("act_by(corner, turnoftwo, 0tosame_1toall0)", "1.1/.../1.1", "1../.../1.."),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_names_of_properties_are_letters_alone() -> None:
    assert all(name.isalpha() for name in PROPERTIES)
