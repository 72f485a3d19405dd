"""A picture that is cut out of a pattern beside it."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("show_in_pattern(coloured, repeated)", "5.5.12/555.21/5...../.5....", "1.1/212/1../.1."),
        (
            "show_in_pattern(empty, repeated)",
            "5.5.12/555.21/5...../.5....",
            "525/555/521/252",
        ),
        ("show_in_pattern(coloured, scaled)", "5.55../555512/55.543/.555..", "1.22/1122/44.3/.433"),
        # the lowest line of the pattern says the colour of the rest
        ("show_in_pattern(coloured, repeated)", "5.5./.55./5.../..../121./777.", "171/721/177"),
        ("show_in_pattern(empty, repeated)", "5.5./.55./5.../..../121./777.", "727/177/721"),
        ("show_in_pattern(coloured, repeated)", "5.5./.55./5.../..../111.", "None"),
        ("show_in_pattern(coloured, repeated)", "555.12/555.21", "None"),
        ("show_in_pattern(coloured, repeated)", "5.5.12/.5..2.", "None"),
    ],
)
def test_operations(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_way_is_read_off() -> None:
    pairs = (
        ("5.5.12/555.21/5...../.5....", "1.1/212/1../.1."),
        ("34...../...66.6/...6.66", "34.4/3.34"),
    )
    assert fitted("show_in_pattern", *pairs) == [("coloured", "repeated")]
