"""Things that catch a colour from what is near or in line, and pass it on."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("catch(2, 4, corner, nothing)", "24../..4./5..4/.4..", "22../..2./5..2/.4.."),
        ("catch(2, 4, side, nothing)", "24../..4.", "22../..4."),
        ("catch(2, any, corner, nothing)", "24../..1.", "22../..2."),
        ("catch(2, 1, near2, nothing)", "2.1.1..1", "2.2.2..1"),
        ("catch(2, 1, near3, nothing)", "2.1.1..1", "2.2.2..2"),
        ("catch(2, 1, sight, cross)", "..../.2.1/..../1...", ".2.2/2222/.2.2/12.2"),
        ("catch(2, 1, line, links)", "2..1/..../...1/1..3", "2222/2..2/2..2/2..3"),
        ("catch(2, 1, sight, nothing)", "2.3.1/....1", "None"),
        ("catch(2, 1, line, nothing)", "2.3.1/....1", "2.3.2/....2"),
        ("catch(2, 4, corner, nothing)", "4...", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_what_catches_it_and_how_near_is_read_off() -> None:
    pairs = ("2.1.1..1", "2.2.2..1"), ("1..1.2", "1..2.2")
    assert fitted("catch", *pairs) == [(2, 1, "near2", "nothing")]
