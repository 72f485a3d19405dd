"""A small picture that says something of each place in the rest of the grid."""

import numpy as np
import pytest
from rules.grids import made

from arc_ttt.rules.plans import places, plan_of

# Two by two places without walls, and beside them the plan.
FREE = "5...5.../.5...5../.......3/......../......../5...5.../.5..5.../......../32....../22......"


def test_places_without_walls() -> None:
    cells = np.array([[int(c) if c != "." else 0 for c in row] for row in FREE.split("/")], np.uint8)
    cells[2, 7] = 0
    plan = plan_of(cells)
    assert plan is not None
    assert plan.odd == 3
    assert len(places(cells)) == 4


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        (
            "act_by(side, colour, 5toallplanned_elsetosame)",
            "5..8.5./...8.../8888888/...8.../.5.8..5/......./12...../21.....",
            "1..8.2./...8.../8888888/...8.../.2.8..1/......./12...../21.....",
        ),
        (
            "act_by(side, planodd, 0tosame_1toall7_2toall0)",
            "5..8.5./...8.../8888888/...8.../.5.8..5/......./11...../21.....",
            "...8.../...8.../8888888/...8.../.7.8.../......./11...../21.....",
        ),
        (
            "take_by(places, planodd, v1, cells, inkplanned)",
            "5..8.5./...8.../8888888/...8.../.5.8..5/......./11...../21.....",
            ".../.2.",
        ),
        (
            "paint_by_views(own_planned, 0x0tosame_0x1to1_0x2to2_1x0tosame_2x0tosame_8x0tosame_8x1tosame_8x2tosame)",
            "..8../..8../88888/..8../..8../...../12.../21...",
            "11822/11822/88888/22811/22811/...../12.../21...",
        ),
    ],
)
def test_plan(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_no_plan() -> None:
    assert plan_of(np.zeros((5, 5), np.uint8)) is None
    assert places(np.eye(6, dtype=np.uint8)) == ()


def test_what_other_panels_have() -> None:
    before = "88..5..../8...52.../....5..../..885..../...85...3"
    after = "22..5..../2...52.../....5..../..335..../...35...3"
    assert made("act_by(corner, colour, 8toallpeer_elsetosame)", before) == after
    recoloured = "11..5..../1...52.../....5..../..885..../...85...3"
    assert made("act_by(corner, peer, 0tosame_2toall1_3tosame_8tosame)", before) == recoloured
