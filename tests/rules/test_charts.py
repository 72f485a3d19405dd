"""Charts of the colours in a strip, or of those in a constant order."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("chart_by_strip(cells, up, with)", "1..2./...../..11./3..../123..", "1../1../123/123"),
        ("chart_by_strip(things, right, without)", "1..2./...../..11./3..../123..", "11/2./3."),
        ("chart_by_strip(cells, row, without)", "12.../...../..22./1....", "122"),
        ("tally_fixed(things, up, c213)", "1..2/1.../3.11", ".1./213"),
        ("tally_fixed(cells, left, c312)", "1..2/1.../..11", "..../1111/...2"),
        ("tally_fixed(things, up, c213)", "1..2/4...", "None"),
        ("table_by_strip(present)", ".5..5.3/15..521/35..5../.51.5.2", "11/.3"),
        ("table_by_strip(absent)", ".5..5.3/15..521/35..5../.51.5.2", "../3."),
        ("table_by_strip(present)", "1.3/555/.1./555/33.", "1./.3"),
        ("table_by_strip(present)", "1.1/555/.1./555/33.", "None"),
        ("chart_by_strip(cells, row, without)", "1.2../...../..22./11...", "None"),
        ("chart_by_strip(cells, row, without)", "...../...../..22./1....", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_fit() -> None:
    ups = ("1..2./...../..11./3..../123..", "1../1../123"), ("12.../...../..22./1....", ".2/12")
    assert ("cells", "up", "without") in fitted("chart_by_strip", *ups)
    assert fitted("chart_by_strip", ("1..2./...../123..", "111")) == []


def test_a_constant_order_is_read_off() -> None:
    ups = ("1..2/1.../..11", "1./12"), ("..2/2.2/3..", ".2./.23")
    assert fitted("tally_fixed", *ups) == []
    ups = ("1..2/1.../..11", "1../12."), ("..2./..../2.23", ".2./.2./.23")
    assert fitted("tally_fixed", *ups)[0] == ("things", "up", "c123")
