"""Strips of colours that say an order, shapes that spell a picture, and where things lie about the largest one."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # 2 lies on top of 1, or below it
        ("stack_by_strip(first)", "21.../11522/11522", "22/22"),
        ("stack_by_strip(last)", "21.../11522/1.522", "11/12"),
        ("stack_by_strip(first)", "11522/11522", "None"),
        # things in the order of the strip at the left border
        ("line_up_by_strip(horizontal)", "3..11/1...1/...../.33../..3..", "3311/.3.1"),
        ("line_up_by_strip(vertical)", "31...../......./.11.33./.1..3..", "33/3./11/1."),
        # letters
        ("spell_with_shapes", "11.22/1..22/...../12.../21...", "1122/1.22/2211/221."),
        ("spell_with_shapes", "11.22/1..22/...../13.../21...", "None"),
        # below and to the right of the large one, and beside it
        ("sum_up_places", ".11.../.11.../....../2..3..", ".../.1./2.3"),
        ("sum_up_places", "11..../11..2./....../....3.", ".../.12/..3"),
    ],
)
def test_strips(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
