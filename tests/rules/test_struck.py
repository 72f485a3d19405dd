"""Lines from edge to edge over all that lies there."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("strike_through(top, emptied)", ".2.3/222./..3./.2..", ".2.3/2.23/.233/...3"),
        ("strike_through(top, kept)", ".2.3/222./..3./.2..", ".2.3/2223/.233/.2.3"),
        ("strike_through(top, passed)", ".2.3/111./..3./.1..", ".2.3/121./..3./.2.."),
        ("strike_through(right, kept)", ".1.4/..../.1..", "4444/..../.1.."),
        ("strike_through(bottom, emptied)", "..1/5.1/..1/5..", "5.1/..1/5.1/5.."),
        ("strike_through(left, kept)", "1..1/1..1", "None"),
        ("strike_through(top, kept)", "1../.../...", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
