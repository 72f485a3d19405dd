"""Colours that fall in directions of their own, things that panels share, colours that a row lacks, counted threads."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("fall_by_colour(1toleft_2toright)", ".2.1.2/1.2.1.", "1...22/11...2"),
        # what has no direction stays and is in the way
        ("fall_by_colour(1todown_2toup)", "1./32/../.2", "12/32/../.."),
        ("fall_by_colour(1toleft)", ".2./...", "None"),
        ("things_of_panels(first, shared, cells)", "22..5..22/...35....", "22../...."),
        ("things_of_panels(first, alone, cells)", "22..5..22/...35....", "..../...3"),
        ("things_of_panels(last, shared, shape)", "22..5.33./....5...4", ".33./...."),
        ("things_of_panels(last, alone, shape)", "2...5.33./....5....", "None"),
        (
            "act_by(corner, colour, 5toalllackinginrow_elsetosame)",
            "1.2.3/...../3.5.1/...../5.2.1",
            "1.2.3/...../3.2.1/...../3.2.1",
        ),
        (
            "act_by(corner, holed, 0tosame_1tothreadrightsize4)",
            "111....../1.1....../111......",
            "111....../1.1444444/111......",
        ),
        ("act_by(corner, holed, 0tosame_1tothreaddownholes4)", "111/1.1/111/.../...", "111/1.1/111/.4./..."),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
