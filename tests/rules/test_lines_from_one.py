"""Lines that are all made of one."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("lines_from_one(on1)", "123/.../...", "123/312/231"),
        ("lines_from_one(back2)", "..../..../12.4", "12.4/.412/12.4"),
        ("lines_from_one(ongrowing)", "1.../..../..../....", "1.../.1../...1/..1."),
        ("lines_from_one(mirrored)", "...3/...2/...1", "1313/2222/3131"),
        ("lines_from_one(turn)", "1221/..../....", "1221/2112/1221"),
        # above and below a full line in the middle; not of one that is not full, nor of one colour
        ("lines_from_one(back1)", ".../123/...", "312/123/231"),
        ("lines_from_one(back1)", ".../12./...", "None"),
        ("lines_from_one(back1)", "111/.../...", "None"),
        ("square_from_line(on1)", "123", "123/312/231"),
        ("square_from_line(mirrored)", "1/2", "12/21"),
        ("square_from_line(on1)", "12/12", "None"),
    ],
)
def test_lines_from_one(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_change_is_read_off() -> None:
    pairs = [("123/.../...", "123/231/312"), ("13../..../....", "13../3..1/..13")]
    assert fitted("lines_from_one", *pairs) == [("back1",)]
