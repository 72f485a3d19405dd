"""Marks along a border that say which half of the grid is shown."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("crop_half_marked(border)", "..3.3/11.11/1.1.1/11.11", "...../11.11"),
        ("crop_half_marked(border)", "11.11/1.1.1/11.11/1.1.1/..3.3", "1.1.1/....."),
        ("crop_half_marked(border)", "11..3/1.1.3/111../1.1..", "../../../.."),
        ("crop_half_marked(end)", "3..11/3..1./1.1.1/11.11", "...11/...1."),
        ("crop_half_marked(end)", "..33/1111/1..1/1..1", "../11/.1/.1"),
        ("crop_half_marked(quarter)", "1..3/1..3/1111/1111", "../.."),
        # a corner alone is on two borders, marks in the middle are on none
        ("crop_half_marked(border)", "3.11/1111/1111/1111", "None"),
        ("crop_half_marked(end)", "1111/1331/1111/1111", "None"),
        ("crop_half_marked(quarter)", "1331/1111/1111/1111", "None"),
        ("crop_half_marked(border)", "3333/1111/1111", "None"),
    ],
)
def test_operations(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_what_marks_say_is_read_off() -> None:
    pairs = ("3.11/3.11/1.11/1.11", "..11/..11"), ("1.1./1..1/1..1/1.33", "1./.1/.1/..")
    assert fitted("crop_half_marked", *pairs) == [("end",)]
