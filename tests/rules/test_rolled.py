"""The grid rolled round, and things copied where a part of a copy shows the way."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("roll_by(p1, m1)", "1../.2./..3", ".3./..1/2.."),
        ("roll_by(half, p0)", "12/34/56/78", "56/78/12/34"),
        ("roll_by(p0, half)", "123", "None"),
        ("echo_apart(to_border, mark)", "11..2..../1......../.........", "11..22..2/1...2...2/........."),
        ("echo_apart(once, own)", "11.2.../1......", "11.11../1..1..."),
        ("echo_apart(once, mark)", "11.../1.1../...../...../..4..", "None"),
        ("echo_apart(once, mark)", "111./1.1./111./..../.4../..../....", "111./1.1./111./..../444./4.4./444."),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_roll_is_read_off() -> None:
    assert fitted("roll_by", ("1...2.", ".2.1.."), ("3.4...", "...3.4")) == [("p0", "half"), ("p0", "m3")]
    assert fitted("roll_by", ("1....", "...1."), ("3.4..", "...3.")) == []
    assert fitted("roll_by", ("1.../..../....", "..../..../.1.."), ("2..2/..../....", "..../..../22..")) == [
        ("m1", "p1")
    ]
