"""Panels that change places."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("move_panels(right)", "125..534/..5..5..", "345125../..5..5.."),
        ("move_panels(out_left)", "12534/..5..", "345../..5.."),
        ("move_panels(across)", "1252.5..", "..52.512"),
        ("move_panels(down)", "1.5.2/55555/..53.", "..53./55555/1.5.2"),
        ("move_panels(diagonal)", "1.5.2/55555/3.5..", "1.53./55555/.25.."),
        ("move_panels(order)", "1.5.2/55555/3.5..", "..51./55555/.253."),
        ("move_panels(right)", "1.51./..5..", "None"),
        ("move_panels(right)", "123/456", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
