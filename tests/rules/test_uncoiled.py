"""Paths and rings as lines of their colours, and lines of panels summed up."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("uncoil_path(rare, row)", "8.22./1.1../121..", "81121122"),
        ("uncoil_path(right, column)", "..../812./..22", "2/2/2/1/8"),
        ("uncoil_path(left, row)", "..../812./..22", "81222"),
        ("uncoil_path(rare, row)", "11../11..", "None"),
        ("uncoil_path(upper, row)", "1122", "None"),
        ("list_rings(inwards, row)", "1111.55/1221.55/1221.../1111...", "12"),
        ("list_rings(outwards, column)", "11111/12221/12321/12221/11111", "3/2/1"),
        ("list_rings(inwards, row)", "111.222/131.242/111.222", "None"),
        ("sum_up_panel_lines(row, common)", "1.5.2/.25.2/55555/3.5.3/4.53.", "2/3"),
        ("sum_up_panel_lines(row, lone)", "2.512/.25.2/55555/3.5.3/4.53.", "1/4"),
        ("sum_up_panel_lines(column, most)", "2.512/.25.2/55555/3.5.2/..5..", "22"),
        ("sum_up_panel_lines(row, common)", "1.51./.25.2/55555/3.5.3/4.53.", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
