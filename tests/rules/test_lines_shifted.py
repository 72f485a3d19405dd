"""The rows or columns of a grid that move sideways, each by so many cells."""

import pytest
from rules.grids import cells, made

from arc_ttt.rules.language import OPERATIONS


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("shift_lines(down, second, onwards, round)", "1..2/1..2/1..2", "1..2/21../1..2"),
        ("shift_lines(down, second, onwards, off)", "..../1..2/1..2/1..2", "..../1..2/.1../1..2"),
        ("shift_lines(up, second, back, round)", "1..2/1..2", "..21/1..2"),
        ("shift_lines(right, second, onwards, off)", "121/.2./...", "1.1/.2./.2."),
        ("shift_lines(left, zigzag, back, round)", "12/../..", "../1./.2"),
        ("shift_lines(down, wave, onwards, off)", ".1./.1./.1./.1.", ".1./..1/.1./1.."),
        ("shift_lines(down, cells, onwards, round)", "1.../11../..../111.", ".1../..11/..../11.1"),
        ("shift_lines(down, rares, back, round)", "1122/.11./.112", "2211/.11./112."),
        ("shift_lines(down, rares, back, round)", "11/11", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_way_is_read_off_demonstrations() -> None:
    fit = OPERATIONS["shift_lines"].fit
    assert fit is not None
    shown = [cells("12../12../12.."), cells("3..3/3..3/3..3/3..3")]
    wanted = [cells("12../.12./12.."), cells("3..3/33../3..3/33..")]
    assert list(fit(shown, wanted)) == [("down", "second", "onwards", "round")]
    assert not list(fit(shown, [shown[1], shown[0]]))
