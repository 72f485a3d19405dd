"""Slanting lines that are thrown back."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("throw_lines(down, right, own)", "2../.../.../.../...", "2../.2./..2/.2./2.."),
        ("throw_lines(down, left, 4)", ".2./.../.../...", ".2./4../.4./..4"),
        ("throw_lines(down, both, own)", ".2./.../...", ".2./2.2/.2."),
        ("throw_lines(down, farther, own)", "...3/..../.55./....", "...3/..3./.553/..3."),
        ("throw_lines(up, right, own)", ".../.../3..", "..3/.3./3.."),
        ("throw_lines(right, right, 1)", "5.../..../....", "5.../.1.1/..1."),
        ("throw_lines(down, right, own)", "22/..", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_direction_and_colour_are_read_off() -> None:
    first = "2../.../.../.../...", "2../.2./..2/.2./2.."
    second = "3.../..../....", "3.../.3../..3."
    assert ("down", "right", "own") in fitted("throw_lines", first, second)
    assert fitted("throw_lines", first, ("3.../..../....", "3.../3.../3...")) == []
