"""Rings that go on in a learned order."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("ripple(square, 3to4_4to5)", "...../...../..3../...../.....", "55555/54445/54345/54445/55555"),
        ("ripple(diamond, 3to4_4to3)", ".../.3./...", "343/434/343"),
        # it may end, and each cell has rings of its own
        ("ripple(across, 0to0_3to4_4to0_5to0)", "3..5", "34.5"),
        ("ripple(down, 1to2_2to3)", "1/./.", "1/2/3"),
        ("ripple(slanting, 1to2_2to1)", "1../.../...", "121/212/121"),
        ("ripple(square, 3to4)", "3..", "None"),
        # two as near
        ("ripple(across, 3to4_5to4)", "3.5", "None"),
        ("ripple(across, 3to4)", "3.3", "343"),
        ("ripple(square, 3to4)", "...", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_order_is_read_off() -> None:
    assert ("diamond", "1to2_2to1") in fitted("ripple", ("1..", "121"), ("./1/.", "2/1/2"))
    assert fitted("ripple", ("1..", "122"), ("./1/.", "2/1/1")) == []
