"""Things that burst."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("burst_things(star)", "...../.123./.456./.789./.....", "1.2.3/.123./44566/.789./7.8.9"),
        ("burst_things(slant)", "..../.12./.34./....", "1..2/.12./.34./3..4"),
        ("burst_things(straight)", "..../.12./.34./....", ".12./1122/3344/.34."),
        ("burst_things(cross)", "...../.123./.456./.789./.....", "..2../.123./44566/.789./..8.."),
        ("burst_things(star)", ".../.2./...", "None"),
        ("burst_things(slant)", "12/34", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
