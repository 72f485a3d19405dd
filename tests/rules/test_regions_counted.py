"""Regions as long as a number says; lines that go on as they begin."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("act_by(side, holed, 0tosame_1totallytop5)", "111111/1.22.1/1..2.1/111111", "155511/1.22.1/1..2.1/111111"),
        ("act_by(side, holed, 0tosame_1totallyleft5)", "1111/1..1/1.21/1111", "1111/5..1/1.21/1111"),
        ("act_by(side, any, 0tostemrightsize3)", "11...../......./2......", "1133.../......./23....."),
        ("act_by(side, any, 0tostemupkin3)", "...../...../1.1.2", "3.3../3.3.3/1.1.2"),
        (
            "act_by(corner, holed, 0tosame_1tostemdownholes3)",
            "111../1.1../111../...../.....",
            "111../1.1../111../333../.....",
        ),
        # a line as long as the thing is high; bars as long as the place in the order says
        ("act_by(corner, any, 0tothreadupself4)", "...../...../222../222..", ".4.../.4.../222../222.."),
        ("act_by(side, any, 0toorderdownown)", "1.2.1/...../.....", "1.2.1/1.2.1/..2.1"),
        ("act_by(side, any, 0tobackorderright5)", "1.../..../2...", "155./..../25.."),
        ("act_by(side, any, 0toorderright5)", "1..1/....", "1..1/...."),
        ("continue_lines(rows, period)", "12.12.1..../......33.33/..4....4...", "12.12.12.12/33.33.33.33/..4....4..."),
        ("continue_lines(columns, period)", "1./2./1./2./../..", "1./2./1./2./1./2."),
        ("continue_lines(rows, mirrored)", "123......", "123212321"),
        ("continue_lines(rows, period)", "1......", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
