"""Cells that face each other across a wall."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("meet_across(kept, stays)", "1..3..2/...3.../1..3...", "..132../...3.../1..3..."),
        ("meet_across(changed, goes)", "1..3..2/...3.../1..3...", "..231../...3.../...3..."),
        # a wall that is bent, as broad as it may be
        ("meet_across(kept, stays)", "1.../..../.33./3333/..../2..5", "..../..../133./3333/2.../...5"),
        # a line without the wall stays
        ("meet_across(changed, goes)", "1..2../..3.../1.32../..3...", "1..2../..3.../.231../..3..."),
        # two on one side
        ("meet_across(kept, stays)", "1.1.3.2/....3../....3..", "None"),
        # no wall; two walls
        ("meet_across(kept, stays)", "1.3.2/...../1.3.2", "None"),
        ("meet_across(kept, stays)", "1.3.4.2/..3.4../1.3.4.2", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
