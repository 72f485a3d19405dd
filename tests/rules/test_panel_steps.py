"""Panels that become each other in the same way along all rows or columns."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # Each is turned to the right.
        (
            "restore_panel_lines(rows)",
            "1.5.15../..5..5../55555555/225225.2/2.5.2522",
            "1.5.15../..5..5.1/55555555/225225.2/2.5.2522",
        ),
        # Hidden under one colour, at the beginning too.
        (
            "restore_panel_lines(rows)",
            "665.15../665..5.1/55555555/225225.2/2.5.2522",
            "1.5.15../..5..5.1/55555555/225225.2/2.5.2522",
        ),
        (
            "restore_panel_lines(columns)",
            "1.522/..52./55555/.15../..5../55555/..5.2/.1522",
            "1.522/..52./55555/.1522/..5.2/55555/..5.2/.1522",
        ),
        # The second colour is elsewhere, too.
        ("restore_panel_lines(rows)", "665.15../665..5.6/55555555/225225.2/2.5.2522", "None"),
        # No one way holds.
        ("restore_panel_lines(rows)", "1.5.15../..5..5../55555555/22522522/2.52.5.2", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
