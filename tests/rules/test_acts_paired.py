"""Acts that share a thing out: two parts of it take each a colour, or go."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        (
            "act_by(corner, single, 0tocoreincolumnalsoriminrow_1tosame)",
            "...3.../......./..555../2.555../..555..",
            "...3.../......./..222../2.232../..222..",
        ),
        (
            "act_by(mixed, colours, 1tosame_2toshell0alsokernelown)",
            "11111.22/11111.22/31111.../11111.../11111...",
            "......22/.111..22/.111..../.111..../........",
        ),
        (
            "act_by(mixed, any, 0toshell0alsokernelown)",
            "333333/311113/333333/343333/333333",
            "....../....../....../....../......",
        ),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_two_parts_are_read_off() -> None:
    pairs = (
        ("...3.../......./..555../2.555../..555..", "...3.../......./..222../2.232../..222.."),
        ("..4..../......./.5555../.5555.6/.5555..", "..4..../......./.6666../.6446.6/.6666.."),
    )
    assert ("corner", "single", "0tocoreincolumnalsoriminrow_1tosame") in fitted("act_by", *pairs)


def test_rings_go_as_marks_say() -> None:
    pairs = (
        ("11111.22/11111.22/31111.../11111.../11111...", "......22/.111..22/.111..../.111..../........"),
        ("4444444/4444444/4454454/4444444/4444444", "......./......./..444../......./......."),
    )
    assert ("mixed", "colours", "1tosame_2toshell0alsokernelown") in fitted("act_by", *pairs)
