"""Stencils for a small picture, and walls that are cropped to."""

import pytest
from rules.grids import made

WITH = "1111..../1111.34./..11.56./..11..../........"
NEAR = ".4..4./344443/.4..4./.43.4./344443"


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("look_through(covered)", WITH, "34/.6"),
        ("look_through(open)", WITH, "../5."),
        ("colour_blocks", WITH, "3344..../3344..../..66..../..66..../........"),
        ("look_through(covered)", "111..../1.1.345/111.672", "None"),
        ("crop_to_walls(kept)", NEAR, "4444/4..4/43.4/4444"),
        ("crop_to_walls(dropped)", NEAR, "../3."),
        ("crossings(cells)", ".4.4./42434/.4.4./44424/.4.4.", "23/.2"),
        ("crossings(fields)", ".4.4./42424/.4.4./42444/.4.4.", "."),
        ("crossings(fields)", ".4.4.4./4242434/.4.4.4./4242434/.4.4.4.", "2."),
        ("crop_to_walls(kept)", "11../..../....", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
