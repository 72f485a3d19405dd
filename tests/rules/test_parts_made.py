"""Pieces that a program makes of each part, put together."""

import numpy as np
import pytest
from rules.grids import cells, made, text

from arc_ttt.rules.parts_made import parts_for, pieces_of


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("make_of_each(rows, nothing, [half(left)])", "12534/12534/55555/67589/67589", "12/12/67/67"),
        ("make_of_each(rows, lines, [half(right)])", "12534/12534/55555/67589/67589", "34/34/55/89/89"),
        ("make_of_each(panels, empty, [half(left)])", "12534/12534/55555/67589/67589", "1.3/1.3/.../6.8/6.8"),
        ("make_of_each(across, nothing, [flip(vertical)])", "1.22/..2./1.../11..", "None"),
        ("make_of_each(across, nothing, [flip(vertical)])", "1..22/11.2.", "112./1.22"),
        ("make_of_each(down, nothing, [half(left)])", "12/../34", "1/3"),
        ("make_of_each(rows, nothing, [half(left)])", "1234/1234", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_a_grid_is_cut_into_pieces() -> None:
    found = pieces_of(cells("12534/55555/67589"), (2, 2), "lines", 5)
    assert found is not None
    assert [[text(p) for p in row] for row in found] == [["12", "34"], ["67", "89"]]
    assert pieces_of(cells("12534/55555/67589"), (2, 2), "lines", 4) is None
    assert pieces_of(cells("123"), (1, 2), "nothing", 0) is None


def test_parts_are_none_where_there_is_one() -> None:
    assert parts_for(np.ones((3, 3), np.uint8), "panels") is None
