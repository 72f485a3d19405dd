"""The things with the most and with the least of a measure."""

import pytest
from rules.grids import cells, fitted, made

from arc_ttt.rules.crowds import crowd


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("sizeends", [1, 0, 2]),
        ("heightends", [1, 2, 2]),
        ("widthends", [1, 1, 2]),
        ("acrossends", [2, 0, 1]),
        ("downends", [0, 1, 2]),
    ],
)
def test_values(name: str, values: list[int]) -> None:
    c = crowd(cells("......5/33...../33...../......./...44.."), "corner")
    found = dict(zip((t.colour for t in c.things), c.values(name), strict=True))
    assert [found[3], found[4], found[5]] == values


def test_none_has_more_than_another() -> None:
    assert crowd(cells("1.2.3"), "corner").values("sizeends") == [0, 0, 0]


def test_the_most_and_the_least_are_read_off() -> None:
    pairs = (
        ("5....../5...5../5.5.5..", "1....../1...5../1.2.5.."),
        ("....5../....5../5.5.5.5", "....1../....1../2.2.1.2"),
        ("..5...5/5.5...5/5.5.5.5/5.5.5.5", "..1...1/5.1...1/5.1.2.1/5.1.2.1"),
    )
    assert any(str(a[1]).endswith("ends") for a in fitted("act_by", *pairs))
    program = "act_by(corner, acrossends, 0tosame_1toall1_2toall2)"
    assert made(program, "5..5..5") == "2..5..1"


def test_what_vanishes_is_not_said_to_move_onto_what_takes_its_colour() -> None:
    pairs = (
        ("5....../5...5../5.5.5..", "1....../1....../1.2...."),
        ("....5../....5../5.5.5.5", "....1../....1../2.2.1.2"),
        ("..5...5/5.5...5/5.5.5.5/5.5.5.5", "..1...1/..1...1/..1.2.1/..1.2.1"),
    )
    assert any(str(a[1]).endswith("ends") and a[2] == "0toall0_1toall1_2toall2" for a in fitted("act_by", *pairs))
