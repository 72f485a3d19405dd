"""Streams that fall and run along what stops them, and basins that are filled."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("pour_over(1, down, flat)", "..1../...../.55../.....", "..1../1111./1551./1..1."),
        ("pour_over(1, right, flat)", ".../1.5/...", ".11/115/.11"),
        ("pour_over(1, down, flat)", ".1../..../5..5/5555", ".1../.1../5115/5555"),
        ("pour_over(1, down, full)", ".1../..../5.5./555.", ".1../1111/5151/5551"),
        ("pour_over(1, down, flat)", "..../.55.", "None"),
        ("fill_basins(down, 4, full)", "..../1.1./1.1./111.", "..../141./141./111."),
        ("fill_basins(up, 4, full)", "..../.111/.1.1/....", "..../.111/.141/...."),
        ("fill_basins(down, 4, full)", "1...1/1...1/1.1.1/11111", "14441/14441/14141/11111"),
        ("fill_basins(down, 4, rows)", ".4..../....../1..1.1/1..1.1/111111", "....../....../1..1.1/1441.1/111111"),
        ("fill_basins(down, 4, cells)", "4.4./..../1..1/1..1/1111", "..../..../1..1/14.1/1111"),
        ("fill_basins(down, 4, cells)", ".44./..../1..1/1..1/1111", "..../..../1..1/1441/1111"),
        ("fill_basins(down, 4, leaking)", "1..1.1.1/1..1.1.1/11.1.111/........", "1.41.141/1.41.141/1141.111/..4....."),
        ("fill_basins(down, 4, full)", "...1./.1.1./.1...", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
