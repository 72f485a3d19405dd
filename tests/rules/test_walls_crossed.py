"""Regions of the background by the walls that lie between them and a corner or the border."""

import pytest
from rules.grids import fitted, made

TWO_LINES = "..2../..222/2..../22.../.2..."
RINGS = "......./.33333./.3...3./.3.3.3./.3...3./.33333./......."


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("act_by(rooms, wallsll, 0toall5_1toall3)", TWO_LINES, "33255/33222/23333/22333/52333"),
        ("act_by(rooms, wallsul, 0toall5_1toall3)", TWO_LINES, "55233/55222/25555/22555/32555"),
        ("act_by(rooms, wallsout, 0tosame_1toall5)", RINGS, RINGS.replace("3...3", "35553").replace("3.3.3", "35353")),
        # three rooms that all touch: no way to take turns
        ("act_by(rooms, wallsul, 0toall5_1toall3)", "..2../..2../22222/.....", "55255/55255/22222/55555"),
        # rooms have no colour that they could take along
        ("act_by(rooms, any, 0tomovep1p0)", TWO_LINES, "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_corner_is_read_off() -> None:
    pairs = [
        (TWO_LINES, "33255/33222/23333/22333/52333"),
        (".2..../.2..../.22222/......", "523333/523333/522222/555555"),
        ("..2.../..2.../222.../......", "332555/332555/222555/555555"),
    ]
    assert ("rooms", "wallsll", "0toall5_1toall3") in fitted("act_by", *pairs)
