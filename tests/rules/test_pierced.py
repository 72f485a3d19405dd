"""What is thin falls through a line, what is broad lies on it."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("drop_through(down, torn)", "1.11/..../2222/..../....", "..../..11/.222/..../1..."),
        ("drop_through(down, mended)", "1.11/..../2222/..../....", "..../..11/2222/..../1..."),
        ("drop_through(down, torn)", ".11./.1../..../2222/..../....", "..../..../.11./2122/..../...."),
        ("drop_through(up, torn)", "..../2222/..../1.11", "1.../.222/..11/...."),
        ("drop_through(right, mended)", "..5../115../..5../1.5..", "..5../..511/..5../..5.1"),
        ("drop_through(down, torn)", "11/../22/..", "None"),
        ("drop_through(down, torn)", "1./../..", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_way_is_read_off() -> None:
    pairs = ("1.11/..../2222/..../....", "..../..11/2222/..../1..."), (".3./.../444/...", ".../.../444/.3.")
    assert fitted("drop_through", *pairs) == [("down", "mended")]
