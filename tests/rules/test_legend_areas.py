"""Areas with a ground that a legend tells."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        (
            "ground_by_legend(around, second, goes)",
            "12..../....../..1.1./....../..1...",
            "....../.22222/.21212/.22222/.21222",
        ),
        (
            "ground_by_legend(box, second, stays)",
            "12..../....../..1.1./....../..1...",
            "12..../....../..121./..222./..122.",
        ),
        ("ground_by_legend(frame, first, stays)", "45..../....../..5.../......", "45..../.444../.454../.444.."),
        # the first of the legend lies on top
        (
            "ground_by_legend(box, second, goes)",
            "12...../34...../......./..1.3../....3../..1.13.",
            "......./......./......./..1224./..2224./..1213.",
        ),
        (
            "ground_by_legend(box, second, goes)",
            "12..../34..../....../..1.1./.3.3../..1.1.",
            "....../....../....../..121./.3222./..121.",
        ),
        # read down
        ("ground_by_legend(box, second, goes)", "1....1/2...../...1.1", "...221/...222/...121"),
        ("ground_by_legend(box, second, goes)", "12../....", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
