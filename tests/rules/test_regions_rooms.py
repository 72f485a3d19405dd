"""Regions that rooms bound: beside marks in walls, and behind doors."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # the room below a mark in a wall, the one aslant behind its corner and a wall, and no room at all
        ("act_by(side, single, 0tosame_1toroomdownown)", "55355/5...5/5...5/55555", "55355/53335/53335/55555"),
        ("act_by(side, single, 0tosame_1toroomlrown)", "3..../.555./.5.5./.555.", "3..../.555./.535./.555."),
        ("act_by(side, single, 0tosame_1toroomupown)", "5...5/5...5/55355", "53335/53335/55355"),
        (
            "act_by(side, single, 0tosame_1toroomdownown)",
            "3......./......../......../........",
            "3......./......../......../........",
        ),
        # through a door, not through a wall
        (
            "act_by(side, any, 0toflowown)",
            "............/.5555555555./.5..5..5..5./.53....5..5./.5..5..5..5./.5555555555./............",
            "............/.5555555555./.5335335..5./.5333335..5./.5335335..5./.5555555555./............",
        ),
        # out of a door: to the one that faces it, or on as far as the border
        (
            "act_by(corner, any, 0toflowown)",
            "............./.5555...5555./.53.5...5..5./.53.....5..5./.53.5...5..5./.53.5...5..5./.53.5......5./.53.5...5..5./"
            ".5555...5555./.............",
            "............./.5555...5555./.5335...5335./.5333333"
            "5335./.5335333"
            "5335./.5335333"
            "5335./.5335333"
            "3335./.5335...5335./"
            ".5555...5555./.............",
        ),
        (
            "act_by(corner, any, 0toflowown)",
            "......../......../.5555.../.53.5.../.53...../.53.5.../.5555.../......../......../........",
            "......../......../.5555.../.5335.../.5333333/.5335.../.5555.../......../......../........",
        ),
        # a gap at the border is no door
        ("act_by(corner, any, 0toflowown)", "5.5...../535...../555.....", "5.5...../535...../555....."),
    ],
)
def test_regions(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
