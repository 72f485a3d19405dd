"""Sections with a ground each, and bars that are as long as there are others of their colour."""

import pytest
from rules.grids import made

TWO = "......../1......./......../2......./33333333/31133333/33333133/33333133/32233333"


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("on_grounds([erase_colour(1)])", TWO, TWO.replace("1.", "..").replace("11", "33").replace("313", "333")),
        (
            "on_grounds([act_by(side, speckkin, 0tosame_1tosame_2tostemrightrestown_3tosame)])",
            TWO,
            TWO.replace("1.......", "11......"),
        ),
        # three sections side by side; black is no ground but a colour in one of them
        ("on_grounds([erase_colour(1)])", "111222333/111222333/1.1222333/111222333", "111222333/" * 3 + "111222333"),
        ("on_grounds([erase_colour(4)])", "....2222/.4..2242/....2222/....2222", "....2222/....2222/....2222/....2222"),
        ("on_grounds([erase_colour(4)])", "......../.4....4./......../........", "None"),
        ("change_sections([gravity(down)])", "1.../..2./..../4443/4444/3444", "..../..../1.2./4444/4444/3443"),
        ("change_sections([gravity(down)])", "1.../..2./..../4...", "None"),
        ("act_by(side, speckkin, 0toall5_1tosame_2tosame_3toall6)", "1..11.22.3", "1..11.55.6"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
