"""What is around a thing, how it lies in a pile, what a strip says of it, and regions that symmetry gives."""

import pytest
from rules.grids import cells, fitted, made

from arc_ttt.rules.overlapping import piled
from arc_ttt.rules.things import things


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # the left fence is closed, the right one has a gap
        (
            "act_by(corner, holed_shut, 0tosame_1toallfence_10tosame)",
            "1111.1111/12.1.12../1..1.1..1/1111.1111",
            "1111.1111/11.1.12../1..1.1..1/1111.1111",
        ),
        # one cell apart is close, two are not
        ("act_by(corner, close, 0toall0_1toallnear)", "1.2..3", "2.1..."),
        # the most holes; where all have as many none has the most
        ("act_by(corner, mostholes, 0tosame_1toall5)", "111.222/1.1.222/111.222", "555.222/5.5.222/555.222"),
        ("act_by(corner, mostholes, 0tosame_1toall5)", "111.222/1.1.2.2/111.222", "111.222/1.1.2.2/111.222"),
        ("act_by(corner, fewestholes, 0tosame_1toall5)", "111.222/1.1.222/111.222", "111.555/1.1.555/111.555"),
        ("act_by(corner, wide, 0tosame_1toall5)", "11.2.33/.....33", "55.2.33/.....33"),
        ("act_by(corner, upright, 0tosame_1toall5)", "1.22/1...", "5.22/5..."),
        # the strip above: the largest takes its first colour
        ("act_by(corner, single, 0toallstripsize_1tosame)", "67..../....../111.44", "67..../....../666.77"),
        ("act_by(corner, single, 0toallstripsizeup_1tosame)", "67..../....../111.44", "67..../....../777.66"),
        ("act_by(corner, single, 0toallstripcells_1tosame)", "678.../....../111.44", "678.../....../888.77"),
        ("act_by(corner, single, 0toallstripleft_1tosame)", "678.../....../111.44", "678.../....../666.77"),
        (
            "act_by(corner, holed, 0tosame_1toallstripholes)",
            "67...../......./11111../1.1.1../11111..",
            "67...../......./77777../7.7.7../77777..",
        ),
        (
            "act_by(corner, holed, 0tosame_1toallstripheld)",
            "67......./........./1111.1111/12.1.1221/1111.1111",
            "67......./........./6666.6666/62.6.6226/6666.6666",
        ),
        # a line of one colour is no strip
        ("act_by(corner, single, 0toallstripsize_1tosame)", "66..../....../111.44", "None"),
    ],
)
def test_what_is_said_of_things(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("act_by(corner, any, 0toheart5)", "111/1.1/111", "111/151/111"),
        ("act_by(corner, any, 0toheart5)", "1111/1..1/1111", "1111/1551/1111"),
        (
            "act_by(quads, any, 0toheartplusown)",
            "1...1/...../...../...../1...1",
            "1...1/..1../.111./..1../1...1",
        ),
        ("act_by(quads, any, 0toinaxes5)", "1.1/.../1.1", "151/555/151"),
        ("act_by(quads, any, 0toinslants5)", "1.1/.../1.1", "1.1/.5./1.1"),
        ("act_by(corner, any, 0tolacksboth5)", "111/1.1/11.", "111/1.1/115"),
        ("act_by(corner, any, 0tolacksacross5)", "11./111", "115/111"),
        ("act_by(corner, any, 0tolacksdown5)", "11./111", "115/111"),
        ("act_by(corner, any, 0tolacksturning5)", ".1./111/.1.", ".1./111/.1."),
        ("act_by(corner, any, 0tolacksturning5)", ".1./111/.11", "515/111/511"),
        # over the bar beside it, and over the line from border to border
        ("act_by(corner, colour, 1toovernext5_2tosame)", "..12..", "..125."),
        ("act_by(corner, colour, 1toovernext5_2tosame)", ".1.22....", ".1.22.5.."),
        (
            "act_by(corner, colour, 1tooverlineline_2tosame_3tosame)",
            ".11./.1../.3../2222/..../..../....",
            ".11./.1../.3../2222/..../.2../.22.",
        ),
        ("act_by(corner, colour, 1tooverline5_2tosame)", "1.2../..2..", "1.2.5/..2.."),
    ],
)
def test_what_symmetry_gives(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_a_thing_in_front_bites_others() -> None:
    """2 lies upon 1, 3 upon 2; two that lie apart are in no order."""
    group = sorted(things(cells("111..../11222../11222../..22333/....333"), "corner"), key=lambda t: t.colour)
    assert piled(group) == [0, 1, 2]
    assert piled(things(cells("11.22"), "corner")) == [0, 0]
    assert made("list_by(corner, any, is0, most_pile, column1)", "111..../11222../11222../..22333/....333") == "3/2/1"


def test_a_figure_goes_into_each_frame_that_it_fits() -> None:
    """The frame of another size stays empty."""
    program = "copy_by(corner, anyv0, corner, anyv0, inside, middle, middle, target, stays, covered)"
    before = "11....../......../2222.333/2..2.3.3/2222.3.3/.....333"
    assert made(program, before) == before.replace("2..2", "2222")


def test_what_is_shown_has_another_ground() -> None:
    before = "333..4/3.3.../333..."
    assert made("take_by(corner, holed, v1, cells, fillspeck)", before) == "333/343/333"
    found = fitted("take_by", (before, "333/343/333"), ("..222./7.2.2./..222.", "222/272/222"))
    assert any(arguments[-1].startswith("fill") for arguments in found)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # bars on a floor, with something above
        (
            "6......../........./......2../1.3...2../1.3.4.2../555555555",
            "6......../........./......2../..1.3.2../4.1.3.2../555555555",
        ),
        # bars hang from a ceiling, more of them than lie below
        ("5555555/1.2.3.4/1...3../1....../......./6.6...6", "5555555/2.4.3.1/....3.1/......1/......./6.6...6"),
        # two bars alone are too few
        ("6..../1.3../1..../55555", "None"),
    ],
)
def test_what_stands_in_a_line_is_sorted(before: str, after: str) -> None:
    assert made("sort_things(height, rising, horizontal, side)", before) == after
