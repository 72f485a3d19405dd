"""What falls to a wall, a thing repeated as often as something is counted, and all that is coloured as one thing."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("fall_to_wall(cells, towards, own)", "3.../..../5555/..../.4..", "..../3.../5555/.4../...."),
        ("fall_to_wall(cells, towards, wall)", "3.5..4/.35...", ".555../.55..."),
        ("fall_to_wall(cells, away, own)", ".35..4/..54..", "3.5..4/..5..4"),
        ("fall_to_wall(things, towards, own)", "3..../33.../...../55555", "...../3..../33.../55555"),
        ("fall_to_wall(cells, towards, own)", "3.../....", "None"),
        ("fall_to_wall(cells, towards, own)", ".5./555/.5.", "None"),
        (
            "repeat_counted(singles, right, gap1, more, stay)",
            "11......./........./3.4......",
            "11.11.11./........./3.4......",
        ),
        ("repeat_counted(singles, right, gap0, in_all, vanish)", "11.../3.4..", "1111./....."),
        ("repeat_counted(size, down, gap0, in_all, stay)", "11/../..", "11/11/.."),
        ("act_by(everything, any, 0toframe3)", "...../.1.../...2./.....", "33333/31..3/3..23/33333"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_count_is_read_off() -> None:
    pairs = ("22....../3.4.....", "222222../3.4....."), ("22....../3.......", "2222..../3.......")
    assert fitted("repeat_counted", *pairs) == [("singles", "right", "gap0", "more", "stay")]
    assert fitted(
        "act_by", ("...../.1.../...2./.....", "33333/31..3/3..23/33333"), ("..../.11./.2../....", "3333/3113/32.3/3333")
    ) == [("everything", "any", "0toframe3")]
