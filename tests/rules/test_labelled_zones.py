"""What happens in a zone is what its label says."""

import pytest
from rules.grids import cells, fitted, made, text

from arc_ttt.rules.language import parse_program, run

BANDS = "13..../1..3../555555/2..4../2...4./555555/...66."


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        (
            "act_in_zones(edge, 0tosame_1toacross_2toempty)",
            BANDS,
            "1....3/1..3../555555/2...../2...../555555/...66.",
        ),
        (
            "act_in_zones(edge, 0tosame_xtocountright)",
            BANDS,
            "1..3../1....3/555555/2....4/2...../555555/...66.",
        ),
        ("act_in_zones(edge, 1toacross_2toempty)", BANDS, "None"),  # a label that the table lacks
        # Without lines between the bands: each run of colours in the first column is a label.
        ("act_in_zones(edge, xtopaint)", "1.3./1..3/2.4./2..4", "1.1./1..1/2.2./2..2"),
        ("act_in_zones(edge, xtofalldown)", "1122/3..3/..3./....", "1122/..../..../3.33"),
        ("act_in_zones(head, xtoraysright)", "153../154../55555/25.../2566.", "15333/15444/55555/25.../25666"),
        ("act_in_zones(lone, 0tosame_2tofill)", "33.5.../2..544./3..5...", "3325.../222544./3225..."),
        (
            "act_in_zones(frame, 1toacross_2toempty)",
            "1111.2222/13.1.2.42/1111.2222",
            "1111.2222/1.31.2..2/1111.2222",
        ),
    ],
)
def test_labels_say_what_happens(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_what_labels_mean_is_read_off() -> None:
    one = ("13..../1..3../555555/2..4../2...4.", "1....3/1..3../555555/2...../2.....")
    two = ("23..../2..3../555555/1..4../14....", "2...../2...../555555/1..4../1....4")
    assert fitted("act_in_zones", one, two) == [("edge", "1toacross_2toempty")]
    assert fitted("act_in_zones", one) == []  # a case for each zone explains nothing


def test_zones_as_broad_as_the_grid_leave_it_as_it_is() -> None:
    """What is done to a zone is done to a copy of it."""
    before = cells(".2../..../5555/..4./....")
    before.flags.writeable = False
    assert text(run(parse_program("act_in_zones(lone, 0tosame_xtofill)"), before)) == "2222/2222/5555/4444/4444"
