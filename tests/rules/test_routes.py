"""Ways from one thing to another: they turn where they are blocked, or wherever it saves turns."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("route(3, 2, 3, blocked)", "33..8/...../...../...2.", "33338/...3./...3./...2."),
        ("route(3, 2, 4, anywhere)", "33..8/...../...../...2.", "33448/...4./...4./...2."),
        ("route(3, 2, 4, anywhere)", "3..../...../...../...2.", "3444./...4./...4./...2."),
        ("route(3, 2, 4, blocked)", "33.../...../...../.2...", "33444/....4/....4/.2444"),
        ("route(3, 2, 4, anywhere)", "3.8../888../...../...2.", "None"),
        ("route(3, 2, 4, anywhere)", "3.3/.../2..", "None"),
        ("route(3, 2, 4, anywhere)", "32/..", "None"),
        ("route(2, 2, 4, shortest)", "2.8../8.8../..8../8..2.", "248../848../.48../8442."),
        ("route(2, 2, 4, shortest)", "2../.8./..2", "None"),
        ("route(2, 3, 4, shortest)", "2.8/.83", "None"),
        ("route(2, 2, 3, anywhere)", "2..../...../....2", "23333/....3/....2"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_where_it_leads_and_turns_is_read_off() -> None:
    first = ("33..8/...../...../...2.", "33338/...3./...3./...2.")
    second = ("..3../..3../...../8.8.2", "..3../..3../..333/8.8.2")
    assert (3, 2, 3, "blocked") in fitted("route", first, second)
    assert fitted("route", first, ("33..8/...../...../...2.", "33448/...4./...4./...2.")) == []


def test_the_shortest_way_between_two_cells_of_one_colour() -> None:
    first = ("2.8../8.8../..8../8..2.", "248../848../.48../8442.")
    second = ("8.2/..8/2.8", "842/.48/2.8")
    third = ("8.2/8.8/2.8", "842/848/248")
    assert (2, 2, 4, "shortest") in fitted("route", first, third)
    assert fitted("route", first, second) == []
