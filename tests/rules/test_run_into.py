"""Things into which thin lines of another colour run."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # short of it
        (
            "act_by(corner, struck, 0tosame_1toallstriker)",
            "4444.11../.....11../......222",
            "4444.11../.....11../......222",
        ),
        (
            "act_by(corner, struck, 0tosame_1toallstriker)",
            "444411.../....11.22/.......22",
            "444444.../....44.22/.......22",
        ),
        # aslant, and on the other side
        (
            "act_by(corner, struck, 0tosame_1toallstriker)",
            "3....../.3...../..11.../..113../.....3./11....3",
            "3....../.3...../..33.../..333../.....3./11....3",
        ),
        # what is broad is no line
        ("act_by(corner, struck, 0tosame_1toallstriker)", "4411/4411/....", "4411/4411/...."),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
