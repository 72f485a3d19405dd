"""Layers in the order of a key."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("lay_by_key(first)", "12.../55555/1.522/1.5.2", "12/12"),
        ("lay_by_key(last)", "12.../55555/1.522/1.5.2", "22/12"),
        # a line and things of one size
        ("lay_by_key(first)", "12...../......./11...../1..22../...2...", "11/1."),
        ("lay_by_key(last)", "12...../......./11...../1..22../...2...", "22/2."),
        ("lay_by_key(first)", "13.../55555/1.522/1.5.2", "None"),
        ("lay_by_key(first)", "1..../55555/1.522/1.5.2", "None"),
    ],
)
def test_lay_by_key(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
