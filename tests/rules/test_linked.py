"""Single cells of one colour, linked one after the other."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("link_cells(right, row_first, own)", "2.../..../...2", "2222/...2/...2"),
        ("link_cells(right, column_first, 3)", "2.../..../...2", "2.../3.../3332"),
        ("link_cells(down, slant_first, own)", "2..../...../....2", "2..../.2.../..222"),
        ("link_cells(down, slant_last, own)", "2..../...../....2", "222../...2./....2"),
        ("link_cells(right, row_first, own)", "2..../..2../...../.3..3", "222../..2../...../.3333"),
        ("link_cells(right, row_first, own)", "..2/.../2../..2", "..2/..2/222/..2"),
        ("link_cells(down, row_first, own)", "..2/.../2../..2", "222/2../222/..2"),
        ("link_cells(right, row_first, own)", "2.../...3", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_order_and_bend_are_read_off() -> None:
    first = "2.../..../...2", "2222/...2/...2"
    second = "..2/.../2../..2", "..2/..2/222/..2"
    assert fitted("link_cells", first, second)[0] == ("right", "row_first", "own")
    assert fitted("link_cells", first, ("2../..2", "2../222")) == []
