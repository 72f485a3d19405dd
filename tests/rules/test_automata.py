"""Rows that follow from each other."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # below gaps of one cell
        ("follow_rows(down, 1, on5, 1to2_2to1)", "1.1.1/...../.....", "1.1.1/.2.2./..1.."),
        ("follow_rows(down, 2, on5, 1to1)", "1.1.1/...../...../...../.....", "1.1.1/...../.1.1./...../..1.."),
        # ever broader, and on
        ("follow_rows(down, 1, on1234567, 3to3)", "..3../...../.....", "..3../.333./33333"),
        ("follow_rows(up, 1, on4, 3to3)", "..../..../.3..", "...3/..3./.3.."),
        ("follow_rows(right, 1, on25, 3to3)", "3.../..../3...", "33../.3../33.."),
        ("follow_rows(left, 1, on4, 3to3)", "..3/.../...", "..3/.3./3.."),
        ("follow_rows(down, 1, on5, 1to2)", "1.1.1/...../.....", "None"),
        ("follow_rows(down, 1, on7, 1to2)", "1.1/...", "None"),
        ("follow_rows(down, 1, on5, 1to2)", "1.1/1..", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_rows_are_read_off() -> None:
    pair = ("1.1.1/...../.....", "1.1.1/.2.2./..1..")
    assert ("down", 1, "on5", "1to2_2to1") in fitted("follow_rows", pair, ("1.11/..../....", "1.11/.2../...."))
    assert fitted("follow_rows", pair, ("1.11/..../....", "1.11/..2./....")) == []
