"""Regions that are drawn: hatchings, ropes, stairs, lines behind, what is spanned; sides and sight."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # only in the area that it lies in
        (
            "act_by(side, single, 0tosame_1tohatchrows3)",
            "55555/5...5/5.3.5/5...5/55555",
            "55555/5...5/53335/5...5/55555",
        ),
        (
            "act_by(side, single, 0tosame_1tohatchcolumnsown)",
            "555555/53...5/5....5/555555",
            "555555/53.3.5/53.3.5/555555",
        ),
        ("act_by(side, any, 0tohatchbothown)", "3..../...../...../.....", "33333/3.3.3/33333/3.3.3"),
        ("act_by(side, single, 0tosame_1tohatchallown)", "22222/23..2/2...2/22222", "22222/23332/23332/22222"),
        ("act_by(side, any, 0tohatchringsown)", "3..../...../...../.....", "3.3.3/..3.3/333.3/....3"),
        ("act_by(side, any, 0tohatchchecksown)", "3.../..../....", "3.3./.3.3/3.3."),
        # two areas beside it: none is meant
        ("act_by(side, single, 0tosame_1tohatchrows3)", "..5../..3../..5..", "..5../..3../..5.."),
        # ropes, also over an even gap; what is in the way of one, or too low a grid
        ("act_by(side, any, 0tosagdownown)", "1...2/...../.....", "1...2/.1.1./..1.."),
        ("act_by(side, any, 0tosagupown)", "..../1..2", ".11./1..2"),
        ("act_by(side, any, 0tosagrightown)", "1../.../.../2..", "1../.1./.1./2.."),
        ("act_by(side, any, 0tosagdownown)", "1...2/.....", "1...2/....."),
        # stairs up to the border, up to what is in the way
        ("act_by(side, any, 0tostairsuprightown)", ".../.../3..", ".33/33./3.."),
        ("act_by(side, single, 0tosame_1tostairsrightdownown)", "3..5/...5/...5/...5", "33.5/.335/..35/...5"),
        # the side on which the larger one of its colour lies
        (
            "act_by(side, largerkin, 0tosame_3tostairsupleftown_4tostairsuprightown)",
            "1....2/1....2/1..2.2",
            "1...22/1..222/1..2.2",
        ),
        # behind what it touches, up to the next or the border
        ("act_by(corner, single, 0tosame_1tothroughown)", "..5...5./.35...5./..5...5.", "..5...5./.353335./..5...5."),
        ("act_by(corner, single, 0tosame_1tothroughown)", ".5.../35.../.5...", ".5.../35333/.5..."),
        # the triangle of three cells
        ("act_by(colours, any, 0tospannedown)", "2.../..../..../2..2", "2.../22../222./2222"),
        ("act_by(colours, any, 0tospannedown)", "..2../...../2...2/...../..2..", "..2../.222./22222/.222./..2.."),
        # groups of cells with no more than two others between, framed in the colour of the odd one
        (
            "act_by(groups, any, 0toframerarest)",
            "........./.1..2..../........./.1..1..../........./.........",
            "222222.../21..22.../2....2.../21..12.../222222.../.........",
        ),
        # as long as itself
        ("act_by(side, any, 0tostemrightself5)", "22......./22.......", "2255...../2255....."),
    ],
)
def test_regions(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_sees_out() -> None:
    program = "act_by(corner, seesout, 0tosame_1toall4)"
    assert made(program, "555.../5..5../5.3.../5555..") == "444.../4..4../4.3.../4444.."
    assert made(program, "555.../5..5../53.5../55.5..") == "555.../5..5../53.5../55.5.."


def test_a_fit_reads_the_hatching() -> None:
    small = "55555/5...5/5.3.5/5...5/55555", "55555/5...5/53335/5...5/55555"
    large = (
        "555555/5....5/5.3..5/5....5/5....5/555555",
        "555555/5....5/53333/5....5/53333/555555".replace("53333", "533335"),
    )
    assert any("hatchrows" in str(word) for _, _, word in fitted("act_by", small, large))
