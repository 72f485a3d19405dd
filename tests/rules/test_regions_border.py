"""Lines that lead to a border and on along it."""

import pytest
from rules.grids import fitted, made

BEFORE = "...../...../..2../...../....."


@pytest.mark.parametrize(
    ("act", "after"),
    [
        ("hookupleft3", "333../..3../..2../...../....."),
        ("hookupboth3", "33333/..3../..2../...../....."),
        ("hookdownrightown", "...../...../..2../..2../..222"),
        ("hookleftdown3", "...../...../332../3..../3...."),
        ("hookrightup3", "....3/....3/..233/...../....."),
        ("crankleft3", "333../..3../..2../..3../..333"),
        ("crankup3", "3..../3..../33233/....3/....3"),
    ],
)
def test_region(act: str, after: str) -> None:
    assert made(f"act_by(corner, any, 0to{act})", BEFORE) == after


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("act_by(corner, any, 0tocoastown)", "...../..2../...../...../.....", "22222/..2../...../...../....."),
        ("act_by(corner, any, 0tocoastown)", "...../.2.../...../...../.....", "...../.2.../...../...../....."),
        ("act_by(corner, any, 0tocoastown)", "5..../..2../...../...../.....", "52222/..2../...../...../....."),
        ("act_by(corner, any, 0tocoastaim4)", "...../.1.../111../...../.....", "44444/.1.../111../...../....."),
        ("act_by(mixed, any, 0tocoastrarerarest)", "....../..223./....../......", ".....3/..2233/.....3/.....3"),
    ],
)
def test_whole_borders(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_many_things_have_none() -> None:
    before = "1.1.1.1.1.1/.........../1.1.1.1.1.1"
    assert made("act_by(corner, any, 0tohookupleft3)", before) in (before, "None")


def test_turned_line_is_read_off() -> None:
    pairs = (BEFORE, "333../..3../..2../..3../..333"), ("....../.4..../......", "33..../.4..../.33333")
    assert ("corner", "any", "0tocrankleft3") in fitted("act_by", *pairs)
