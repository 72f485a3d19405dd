"""Squares as large as colours are often, and runs as long as a bar, written out."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("squares_in_row(root, rising, gap1, bottom)", "1.22/..22", "..22/1.22"),
        ("squares_in_row(root, falling, gap0, top)", "1.22/..22", "221/22."),
        ("squares_in_row(root, rising, gap0, bottom)", "1.22/...2", "None"),
        ("squares_in_row(cells, rising, gap0, bottom)", "1.22/...2", ".222/.222/1222"),
        ("squares_in_row(things, left, gap0, middle)", "2.1.1/...../2..1.", "None"),
        ("squares_in_row(things, falling, gap0, middle)", "2.1.1/...../....1", "111./1112/111."),
        ("squares_in_row(largest, rising, gap1, bottom)", "222.1", "..222/..222/1.222"),
        ("squares_in_row(root, rising, gap0, bottom)", "1.2", "None"),
        ("write_runs(up, rows)", "333..", "3.33./333.."),
        ("write_runs(up_down, rows)", "22.", "2.2/2.2"),
        ("write_runs(down, grid)", "22../..../....", "22.2/..../...."),
        ("write_runs(down_up, line)", "22.", "22.2.22"),
        ("write_runs(up, rows)", "2.2", "None"),
        ("write_runs(up, grid)", "333", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_values_are_tried() -> None:
    pairs = ("1.22/..22", "..22/1.22"), ("44.3/44..", "..44/3.44")
    assert fitted("squares_in_row", *pairs) == [("root", "rising", "gap1", "bottom")]
    assert fitted("write_runs", ("333..", "3.33./333.."), ("22...", "2.22.")) == [("up", "rows")]
