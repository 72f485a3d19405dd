"""Rectangles from their corners."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("join_corners(two, frame, smaller)", "3.../..../...3", "3333/3..3/3333"),
        ("join_corners(two, full, smaller)", "..3/.../3..", "333/333/333"),
        ("join_corners(two, inside, smaller)", "..3/.../3..", "..3/.3./3.."),
        (
            "join_corners(two, rings, smaller)",
            "4..../...../...../...../....4",
            "44444/4...4/4.4.4/4...4/44444",
        ),
        ("join_corners(two, diagonals, smaller)", "4..../...../...../...../....4", "4...4/.4.4./..4../.4.4./4...4"),
        # the smaller one lies on top, or the larger one
        (
            "join_corners(four, full, smaller)",
            "1...1./...2.2/....../....../1..212",
            "11111./111222/111222/111222/111222",
        ),
        (
            "join_corners(four, frame, larger)",
            "1..1./.2..2/...../.2..2/1..1.",
            "1111./12212/12.12/12212/1111.",
        ),
        ("join_corners(four, frame, smaller)", "1..1/..../....", "None"),
        ("join_corners(two, frame, smaller)", "3..3/..../....", "None"),
    ],
)
def test_join_corners(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
