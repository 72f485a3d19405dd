"""Rectangles joined across a line."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("join_across(image, line)", "22.1.4./22.1.../...1.4.", "2211122/2211122/...1.4."),
        ("join_across(line, own)", "22.1.../22.1.../...1...", "2221.../2221.../...1..."),
        ("join_across(border, line)", "...1.22/...1.22/4..1...", "1111122/1111122/4..1..."),
        # across a row; the image is cut off by the border
        ("join_across(image, line)", "..33./..33./...../11111/.....", "..33./..33./..11./11111/..11."),
        ("join_across(line, line)", "1111/..../.55./.55.", "1111/.11./.55./.55."),
        # none that is broad enough; two lines
        ("join_across(image, line)", "22.1.../...1...", "None"),
        ("join_across(image, line)", "22.1.1./22.1.1.", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
