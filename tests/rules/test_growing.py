"""Things that change by the same from one to the next."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # bars that grow, colours in turn; the first one's predecessor would have no cells
        (
            "continue_growing(corner, cut)",
            "......./......./......./....1../..2.1../1.2.1..",
            "......./......./......2/....1.2/..2.1.2/1.2.1.2",
        ),
        # the same thing further on, both ways
        ("continue_growing(corner, cut)", "......./..1.1.1/......./.......", "......./1.1.1.1/......./......."),
        # each a step down and longer: the top goes 0, 1, 3 and is no series; 0, 1, 2 is one, cut off or left out
        (
            "continue_growing(corner, cut)",
            "1....../..1..../..1.1../....1../....1..",
            "1....../..1..../..1.1../....1.1/....1.1",
        ),
        ("continue_growing(corner, left_out)", "1....../..1..../..1.1../....1../....1..", "None"),
        # no series
        ("continue_growing(corner, cut)", "1...1.1/.......", "None"),
        ("continue_growing(corner, cut)", "1.2.3../.......", "None"),
    ],
)
def test_series(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
