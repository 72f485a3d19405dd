"""What comes next after panels that become each other."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # a dot that goes round
        ("panels_in_turn(next)", ".1.5..15.../...5...5..1/...5...5...", ".../.../..1"),
        # a quarter turn
        ("panels_in_turn(filled)", "125415.45../4.5.25215..", "125415.452./4.5.2521514"),
        # colours that take turns
        ("panels_in_turn(next)", "1.52.51./..5..5..", "2./.."),
        ("panels_in_turn(filled)", "1.52.51.5../..5..5..5..", "1.52.51.52./..5..5..5.."),
        # dots that bounce, each at steps of its own
        ("panels_in_turn(drifted)", "1.5..5..5../..5.15..5../..5..51.5..", "1.5..5..5../..5.15..5.1/..5..51.5.."),
        ("panels_in_turn(drifting)", "12.5.2.5.21/...5.1.5...", ".2./.1."),
        ("panels_in_turn(drifted)", "1.5..5..5../..5.25..5../..5..51.5..", "None"),
        ("panels_in_turn(next)", "1.51.51./..5..5..", "None"),
        ("panels_in_turn(next)", "1.51./..5..", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
