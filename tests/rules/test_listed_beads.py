"""Beads on a wire, listed from one end to the other."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("list_beads(rare, left_out, row)", "2535../...5../...465", "346"),
        ("list_beads(rare, listed, column)", "2535../...5../...465", "2/3/4/6"),
        ("list_beads(right, listed, row)", "5535../...5../...465", "643"),
        ("list_beads(left, left_out, row)", "5535../...5../...465", "None"),
        ("list_beads(upper, listed, row)", "5535../...5../...465", "346"),
        ("list_beads(rare, listed, row)", "5535../...5../...465", "None"),
        ("list_beads(left, listed, row)", "555/5.5/555", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
