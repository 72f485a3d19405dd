"""Loose cells that are poured into what has room for them."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # room for three in the left thing, for one in the right one
        (
            "pour_into(exact)",
            "4..4.4.../......2.2/1..1..222/1.11...../1111.....",
            "........./......2.2/1441..222/1411...../1111.....",
        ),
        # from the bottom up, and from the left
        ("pour_into(roomiest)", "..4.../.4..../1...1./1...1./11111.", "....../....../1...1./144.1./11111."),
        # each takes what is above it
        ("pour_into(each)", ".4...../.4...4./1.1.2.2/1.1.2.2/111.222", "......./......./141.2.2/141.242/111.222"),
        # nothing with a floor
        ("pour_into(roomiest)", "4..../1.1../1.1..", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
