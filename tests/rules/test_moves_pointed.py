"""Moves and copies towards the rarest colour of a thing, chains of things that touch, colours within."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("act_by(mixed, any, 0tosteppointing)", "112....../........./......211", "...112.../........./...211..."),
        ("act_by(corner, any, 0togoon)", "1..1......", "1..1..1..1"),
        ("act_by(corner, any, 0togoon)", "...22.22..", "22.22.22.2"),
        ("act_by(corner, any, 0togoonwhole)", "...22.22..", "22.22.22.."),
        ("act_by(corner, any, 0togoonce)", "....1../..1..../......./.......", "....1../..1..../1....../......."),
        ("act_by(corner, single, 0tobydots_1tosame)", "1.2..../.33..../.3.....", "1.2..../...33../...3..."),
        ("act_by(corner, single, 0tobydotsback_1tosame)", "1.2..../...33../...3...", "1.2..../.33..../.3....."),
        ("act_by(corner, single, 0tocopybydots_1tosame)", "1.2..../33.....", "1.2..../3333..."),
        ("act_by(mixed, any, 0tostep2pointing)", "112....../........./......211", "..112..../........./....211.."),
        ("act_by(mixed, any, 0tocopypointing)", "112....", "112112."),
        ("act_by(mixed, any, 0tocopygappointing)", "112....", "112.112"),
        ("act_by(mixed, any, 0totrailpointing)", "112....", "1121121"),
        ("act_by(mixed, any, 0torowpointing)", "./././././2/1/1", "./2/1/1/./2/1/1"),
        # as often as it has cells of its rarest colour
        ("act_by(mixed, any, 0tocopiespointing)", "1112....../1112......", "1112111211/1112111211"),
        ("act_by(mixed, any, 0torowcountpointing)", "112........", "112.112...."),
        # a chain from the one with the rarest colour on; what it does not reach stays
        (
            "act_by(mixed, hopsparity, 0toall3_1toall4_99tosame)",
            "21.11......./.....11...../........11..",
            "33.44......./.....44...../........11..",
        ),
        # the colour of most cells within
        ("act_by(side, holed, 0toall0_1toallinnermost)", "11111/15.61/15..1/11111", "55555/5...5/5...5/55555"),
        ("act_by(side, holed, 0toall0_1toallinnerleast)", "11111/15.61/15..1/11111", "66666/6...6/6...6/66666"),
    ],
)
def test_act(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
