"""Parts of one size become one picture, each of them showing its own piece of it."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("stitch_parts(panels, columns, first)", "11152225333/11152225334", "123/124"),
        ("stitch_parts(slices, rows, first)", "1122/3344", "11/44"),
        ("stitch_parts(slices, rows, last)", "1122/3344", "22/33"),
        ("stitch_parts(slices, checks, first)", "1122/3344", "12/43"),
        ("stitch_parts(slices, rows_by_turns, first)", "1122/3344", "11/44"),
        ("stitch_parts(slices, columns_by_turns, last)", "1122/3344", "21/43"),
        ("stitch_parts(slices, rings, first)", "111222/111222/111222", "111/121/111"),
        ("stitch_parts(slices, falling, first)", "111122/111222/112222", "None"),
        ("stitch_parts(slices, falling, first)", "411422/141242/114224", "411/241/224"),
        ("stitch_parts(slices, quarters, first)", "1122/1122/3344/3344", "12/34"),
        ("stitch_parts(slices, columns, first)", "111222/111222/111222", "None"),
        ("stitch_parts(slices, things, first)", "1.24.3/1.24.3/1.24.3", "1.3/1.3/1.3"),
        ("stitch_parts(slices, things, last)", "1.24.3/1.24.3/1.24.3", "4.2/4.2/4.2"),
        ("stitch_parts(slices, things, first)", "1.24../1.24../1.24..", "None"),
        ("stitch_parts(slices, rows, first)", "123/456", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_way_is_read_off() -> None:
    assert fitted("stitch_parts", ("1122/3344", "12/43"), ("6677/8899", "67/98")) == [("slices", "checks", "first")]
    # Things fill their strips: both are said, the things first.
    pairs = ("1.24.3/1.24.3/1.24.3", "1.3/1.3/1.3"), ("5.67.8/5.67.8/5.67.8", "5.8/5.8/5.8")
    assert fitted("stitch_parts", *pairs) == [("slices", "things", "first")]
    assert fitted("stitch_parts", ("1122/3344", "55/55")) == []
