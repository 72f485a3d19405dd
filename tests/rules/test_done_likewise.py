"""What one thing has got already, the others get too."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("do_likewise(corner, lines, all)", "1.2../...../.1333", "13233/...../.1333"),
        (
            "do_likewise(corner, lines, all)",
            "111..../1113333/111..../......./..1....",
            "111..../1113333/111..../......./..13333",
        ),
        ("do_likewise(corner, lines, colour)", "1..../..133/2....", "13333/..133/2...."),
        (
            "do_likewise(corner, borders, all)",
            ".333.../.313.../.333.../....11./.......",
            ".333.../.313.../.333333/...3113/...3333",
        ),
        ("do_likewise(corner, borders, size)", "313...1..11/...........", "313..313.11/..........."),
        (
            "do_likewise(corner, borders, colour)",
            ".414.....525/..........5./............/............/............/...1.....2../............",
            ".414.....525/..........5./............/............/.........5../..414...525./.........5..",
        ),
        ("do_likewise(corner, parts, all)", "111.111/131.111/111.111", "111.111/131.131/111.111"),
        (
            "do_likewise(corner, copies, all)",
            "111333........./.........11..1.",
            "111333........./.........113313",
        ),
        ("do_likewise(corner, lines, all)", "1....../......1/...22..", "None"),
    ],
)
def test_do_likewise(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_each_grid_shows_what_is_done_in_it() -> None:
    across = ("1333/..../.1../....", "1333/..../.133/....")
    upwards = ("...4/...4/.2.2/....", ".4.4/.4.4/.2.2/....")
    assert fitted("do_likewise", across, upwards) == [("corner", "lines", "all")]
    assert fitted("do_likewise", across, ("...4/...4/.2.2/....", "...4/.4.4/.2.2/....")) == []
