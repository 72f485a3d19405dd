"""Lattices whose lines have gaps."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        (
            "mend_lattice",
            "..3..../33.3333/..3..../......./..3..2./3333.33/..3....",
            "..3..../3333333/..3..../..3..../..3..2./3333333/..3....",
        ),
        # Nothing is missing.
        ("mend_lattice", "..3..../3333333/..3..../..3..../..3..2./3333333/..3....", "None"),
        # A line and what may be one.
        ("mend_lattice", "......./3333333/......./......./333..../......./.......", "None"),
        ("mend_lattice", "..3./333./..3.", "None"),
        # A broad line is none.
        ("mend_lattice", "......./3333333/33.3333/......./......./3333333/.......", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
