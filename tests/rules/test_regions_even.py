"""Arms that end together, rings by number, and the largest in a row."""

import pytest
from rules.grids import cells, made

from arc_ttt.rules.learned_views_plans import scene


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        (
            "act_by(corner, single, 1toarmsplus2)",
            "....../....../..1..3/....../......",
            "..2.../..2.../221223/..2.../..2...",
        ),
        (
            "act_by(corner, colour, 1toarmsslant2_3tosame)",
            "....3/...../..1../...../.....",
            "....3/.2.2./..1../.2.2./.....",
        ),
        (
            "act_by(corner, colour, 1toarmsstar1_3tosame)",
            "3..../...../..1../...../.....",
            "3..../.111./.111./.111./.....",
        ),
        (
            "act_by(mixed, any, 0tolayersspecks2)",
            "111111/121111/111111/111211/111111/111111",
            "222222/222222/221122/221222/222222/222222",
        ),
        ("act_by(corner, any, 0tolayersholes2)", "11111/1...1/11111", "22222/2...2/22222"),
        ("act_by(corner, any, 0todotsrightown)", "1....../......./22.....", "1.1.1.1/......./22.2.2."),
        ("act_by(corner, any, 0todotscross2)", "....../....../..1.../......", "..2.../....../2.1.2./......"),
        ("act_by(corner, any, 0todotsslants1)", "1..../...../...../...../.....", "1..../...../..1../...../....1"),
        (
            "act_by(mixed, any, 0todotsrayrarestalsosiderayrarest)",
            "....../.112../....../......",
            ".....2/.112.2/.....2/.....2",
        ),
        ("act_by(corner, any, 0tosidenear3)", "...../..1../...../.....", "33333/..1../...../....."),
        ("act_by(rowruns, largestinrow, 0toall0_1tosame)", "22.3.444/555.66.7", ".....444/555....."),
        ("act_by(columnruns, largestincolumn, 0toall0_1tosame)", "25/25/.5/36/.6", "25/25/.5/../.."),
        ("act_by(corner, smallestinrow, 0tosame_1toall8)", "22.33/2...3/.....", "22.33/2...3/....."),
        ("act_by(corner, smallestinrow, 0tosame_1toall8)", "22.33/2..../.....", "22.88/2..../....."),
    ],
)
def test_act(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


@pytest.mark.parametrize(("turn", "after"), [("g", "..3/..3/335/.../..."), ("h", ".../.../335/..3/..3")])
def test_mirrors(turn: str, after: str) -> None:
    assert made(f"travel(3, right, 5to{turn}_edgetos, own)", ".../.../3.5/.../...") == after


def test_views() -> None:
    assert scene(cells("1..2/..../2..1"))["boxescover"].max() == 2
    assert scene(cells("1..1/.2../1..1"))["boxescover"].tolist() == [[1, 1, 1, 1], [1, 2, 1, 1], [1, 1, 1, 1]]
    assert scene(cells("1..1/.2../1..1"))["rarelines"].tolist() == [[0, 1, 0, 0], [1, 0, 1, 1], [0, 1, 0, 0]]
    maze = scene(cells("5.555/5.5.5/5...5/555.5"))["deadend"]
    assert maze.tolist() == [[0] * 5, [0, 0, 0, 1, 0], [0] * 5, [0] * 5]
