"""Keys that tell a way or a length for a colour, and strips that list colours in order."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # The sign 5 lies to the right of 1 and below 2.
        (
            "act_by(corner, any, 0tosignbeamown)",
            "15...../......./2....2./5....../......./.1...../.......",
            "15...../......./2....2./5....2./.....2./.111111/.....2.",
        ),
        (
            "act_by(corner, any, 0tosignslide)",
            "15...../......./2....2./5....../......./.1...../.......",
            "15...../......./2....../5....../......./......1/.....2.",
        ),
        (
            "act_by(corner, any, 0tosigncopy)",
            "15...../......./2....2./5....../......./.1...../.......",
            "15...../......./2....2./5....2./......./.11..../.......",
        ),
        (
            "act_by(corner, any, 0tosigntrail)",
            "15..../....../2...../5...../....../.1....",
            "15..../....../2...../5...../....../.11111",
        ),
        ("act_by(corner, signway, 0tosame_2toall7)", "15../..../25../..../.1..", "15../..../25../..../.7.."),
        # Two signs that say different things of one colour, and none.
        ("act_by(corner, any, 0tosignslide)", "15../..../51../.1..", "None"),
        ("act_by(corner, any, 0tosignslide)", "1.../.2..", "None"),
        # As long as the bar of its colour.
        ("act_by(corner, any, 0toasbarupown)", "333../...../22.../3..2.", "333../3..../22.2./3..2."),
        ("act_by(corner, any, 0toasbardown7)", "333../..3../.....", "333../..3../....."),
        ("act_by(corner, any, 0toasbarright7)", "333../...../3....", "333../...../377.."),
        ("act_by(corner, any, 0toasbarleft7)", "333../...../..3..", "333../...../773.."),
    ],
)
def test_signs(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
