"""Paths that go on, and spirals."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("continue_along(border, cells)", "12../..../....", "1212/2..1/1212"),
        # the other way round, from another corner
        ("continue_along(border, cells)", "..../...2/...1", "2121/1..2/2121"),
        ("continue_along(border, cells)", "123.../....../......", "123123/2....1/132132"),
        ("continue_along(border, stretches)", "123./..../....", "1111/1..2/3332"),
        ("continue_along(spiral, stretches)", "12../..../..../....", "1111/2112/2122/1112"),
        ("continue_along(spiral, cells)", "12./.../...", "121/212/121"),
        ("continue_along(spiral_gap, cells)", "44.../...../...../...../.....", "44444/....4/444.4/4...4/44444"),
        ("continue_along(snake, cells)", "123./..../....", "1231/2132/3123"),
        ("continue_along(snake_gap, cells)", "123./..../....", "1231/...2/3213"),
        # free cells may have a colour
        ("continue_along(border, cells)", "1255/5..5/5555", "1212/2..1/1212"),
        # nothing begins in a corner, or there is no period
        ("continue_along(border, cells)", ".12./..../....", "None"),
        ("continue_along(border, cells)", "12../...3/....", "None"),
    ],
)
def test_continue_along(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("wind_out(1, ends, 3toul)", "...../...../..3../...../.....", "333.3/3.3.3/3.3.3/3...3/33333"),
        ("wind_out(1, ends, 3tour)", "...../...../..3../...../.....", "3.333/3.3.3/3.3.3/3...3/33333"),
        ("wind_out(2, ends, 3toul)", "....../....../....../...3../......", "3333../3..3../3..3../3..3../3....."),
        ("wind_out(1, ends, 4toul)", "..3..", "None"),
    ],
)
def test_wind_out(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_way_of_each_colour_is_read_off() -> None:
    pairs = (
        ("...../...../..3../...../.....", "333.3/3.3.3/3.3.3/3...3/33333"),
        ("...../...../..4../...../.....", "4.444/4.4.4/4.4.4/4...4/44444"),
    )
    assert (1, "ends", "3toul_4tour") in fitted("wind_out", *pairs)
