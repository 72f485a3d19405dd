"""Pieces that are put together at their ends."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("join_ends(beside)", "112..../......./..211..", "112211"),
        ("join_ends(upon)", "112..../......./..211..", "11211"),
        # a corner, and an end that nothing meets
        ("join_ends(beside)", "11..2../.1..11./.2...13", "11../.1../.2../.2../.11./..13"),
        # two pieces that nothing joins
        ("join_ends(beside)", "112.214/......./......./113.311", "None"),
        ("join_ends(beside)", "112.213/......./......./311....", "112213311"),
        # no end
        ("join_ends(beside)", "111.111", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
