"""Members with a property, in an order, side by side with equal gaps."""

import pytest
from rules.grids import fitted, made

_THINGS = "2.333.44/2.....44/2.66..../2.66...5"


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("arrange_by(corner, line, v1, least_size, cells, horizontal, near, g0)", _THINGS, "53332/....2/....2/....2"),
        (
            "arrange_by(corner, square, v0, most_size, cells, horizontal, near, g1c0)",
            _THINGS,
            "2.333/2..../2..../2....",
        ),
        ("arrange_by(corner, square, v0, most_size, cells, horizontal, far, g1c7)", _THINGS, "27.../27.../27.../27333"),
        ("arrange_by(corner, any, v0, strip, cells, vertical, near, g1c0)", "32../..../3322/3322", "33/33/../22/22"),
        ("arrange_by(panels, any, v0, most_size, cells, horizontal, near, g1cwall)", "1.522/1.522", "2251./2251."),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_order_and_gap_are_inferred() -> None:
    found = fitted(
        "arrange_by",
        ("11.2.33/11.2..3/.......", "11.33.2/11..3.2"),
        ("3.11.44/3.1..44/.......", "44.11.3/44.1..3"),
    )
    assert ("corner", "any", "v0", "most_size", "cells", "horizontal", "near", "g1c0") in [
        (*way[:6], "near", way[7]) for way in found
    ]
