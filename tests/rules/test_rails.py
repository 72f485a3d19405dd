"""Things that ride along paths, and openings of walls."""

import numpy as np
import pytest
from rules.grids import made

from arc_ttt.rules.rails import path_of


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # straight on, beyond the end; the path stays
        (
            "act_by(corner, colour, 5tosame_elsetoridebeyond)",
            "222......./2225555.../222.......",
            ".......222/...5555222/.......222",
        ),
        # round a bend
        (
            "act_by(corner, colour, 5tosame_elsetoridebeyond)",
            "........./..35555../......5../......5../........./.........",
            "........./...5555../......5../......5../......3../.........",
        ),
        # a single cell goes onto the last cell
        ("act_by(corner, colour, 5tosame_elsetorideonto)", "2555./...5.", ".555./...2."),
        # the path vanishes, also one of a single cell, and leaves its end to what comes there
        ("act_by(corner, colour, 2torideonto_elsetogiveway)", "2555./...5.", "...../...2."),
        ("act_by(corner, colour, 2torideonto_elsetogiveway)", "25.../...../.2555", ".2.../...../....2"),
        ("act_by(corner, colour, 2toridebeyond_elsetogiveway)", "...25../.5...../.2.....", ".2...2./......./......."),
        # what touches no path, or a path that branches, cannot ride
        ("act_by(corner, colour, 5tosame_elsetoridebeyond)", "2.55", "None"),
        ("act_by(corner, colour, 5tosame_elsetoridebeyond)", "2555./..5..", "None"),
        # one opening, two openings
        (
            "act_by(loose, doors, 0tosame_1towithin3_2towithin4)",
            "111...11.1/1.1...1..1/111...1..1/......1111",
            "111...11.1/1.1...1331/111...1331/......1111",
        ),
        (
            "act_by(loose, doors, 1towithin3_2towithin4)",
            "11.1..../1..1..../1..1..../1.11..../......../......../......../........",
            "11.1..../1441..../1441..../1.11..../......../......../......../........",
        ),
    ],
)
def test_act(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_paths() -> None:
    assert path_of(np.array([[1, 1, 0], [0, 1, 1]], bool)) == [(0, 0), (0, 1), (1, 1), (1, 2)]
    assert path_of(np.ones((2, 2), bool)) is None
    assert path_of(np.array([[1, 1, 1], [0, 1, 0]], bool)) is None
