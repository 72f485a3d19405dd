"""Parts of a whole picture are completed, whatever they lack."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        (
            "complete_partial(never, keep)",
            "122......../1.3......../11...12..../.....1...../.....11....",
            "122......../1.3......../11...122.../.....1.3.../.....11....",
        ),
        (
            "complete_partial(any, keep)",
            "122......../1.3......../11....221../......3..../...........",
            "122......../1.3......../11....221../......3.1../.......11..",
        ),
        (
            "complete_partial(scaled, remove)",
            "122......../1.3......../11........./...11....../...11....../...11....../...11....../...1111..../...1111....",
            ".........../.........../.........../...112222../...112222../...11..33../...11..33../...1111..../...1111....",
        ),
        # Nothing is a part of something larger.
        ("complete_partial(any, keep)", "12../1.../..33", "None"),
    ],
)
def test_complete_partial(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
