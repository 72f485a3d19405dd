"""Views of plans, and sheets that overlap."""

import numpy as np
import pytest
from rules.grids import cells, fitted, made, text

from arc_ttt.rules.learned_views_plans import scene

PLAN = "5.555555/5..5...5/5..5.2.5/5555555./5......."


@pytest.mark.parametrize(
    ("view", "before", "seen"),
    [
        ("gap", PLAN, ".1....../......../......../......../........"),
        ("gaproom", PLAN, "......../.11.111./.11.111./......../........"),
        ("gaproomowner", PLAN, "......../....222./....222./......../........"),
        ("nearcrossing", "..1../..1../11111/..1..", "...../.111./.121./.111."),
        ("nearcrossing", ".2..../3....3/....../.2....", "111.../121.../111.../......"),
        ("endscross", ".12./1.../2..2/....", "..../.1../..2./...."),
        ("planrole", PLAN, "14111111/15515551/15515251/1111111./1......."),
        ("rowend", "1../2.1/..3", "111/.../333"),
    ],
)  # fmt: skip
def test_views_of_plans(view: str, before: str, seen: str) -> None:
    assert text(np.ascontiguousarray(scene(cells(before))[view])) == seen


SHEETS = "111.../18822./18822./.2222."


def test_overlaps_are_given_to_a_sheet() -> None:
    assert made("settle_overlap(8, most_area)", SHEETS) == "111.../12222./12222./.2222."
    assert made("settle_overlap(8, least_area)", SHEETS) == "111.../11122./11122./.2222."
    assert made("settle_overlap(3, most_area)", SHEETS) == "None"
    assert fitted("settle_overlap", (SHEETS, "111.../11122./11122./.2222."))[0] == (8, "least_area")
