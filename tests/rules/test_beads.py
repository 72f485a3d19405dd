"""Paths that take colours in turn along their bends."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("beads", "before", "after"),
    [
        # its own beginning, at either end, round the bends
        ("own", "12555/....5/.5555/.5...", "12121/....2/.2121/.1..."),
        ("own", "5.325/5...5/55555", "3.323/2...2/32323"),
        ("own", "5....../5....../5555532", "2....../3....../2323232"),
        # as far as it has come already
        ("own", "12155/....5/.5555", "12121/....2/.2121"),
        # a strip elsewhere, behind the mark; without a mark nothing is known
        ("strip", "34....../......../2555555./......5.", "34....../......../2343434./......3."),
        ("strip", "34....../......../5555555./......5.", "None"),
        ("near", "34......./........./5555555../......5..", "34......./........./3434343../......4.."),
        # what branches is no path; two strips
        ("strip", "34......./........./2555555../...5..5..", "None"),
        ("strip", "34....34./........./2555555../......5..", "None"),
    ],
)
def test_beads(beads: str, before: str, after: str) -> None:
    assert made(f"bead_path({beads})", before) == after
