"""Series and things that go on, lines that are aligned, things enlarged as is counted."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("continue_series(free)", "1.2......", "1.2.1.2.1"),
        ("continue_series(both)", "...1.2...", ".2.1.2.1."),
        ("continue_series(free)", "1...../.2..../....../......", "1...../.2..../..1.../...2.."),
        (
            "continue_series(free)",
            ".....1.2.3",
            ".2.3.1.2.3",
        ),
        ("continue_series(free)", "1.1......", "None"),
        # stairs, up to what is in their way
        (
            "continue_thing(free)",
            "1...../11..../.11.../..1.../....../......",
            "1...../11..../.11.../..11../...11./....11",
        ),
        (
            "continue_thing(free)",
            "1...../11..../.11.../..1.../...9../......",
            "1...../11..../.11.../..11../...9../......",
        ),
        ("continue_thing(both)", "...../.1.1./..1../.....", "None"),
        ("continue_thing(free)", "......../..1.1.../.1.1.1../........", "......../1.1.1.1./.1.1.1.1/........"),
        ("align_lines(2, first, horizontal, come_back)", "12../..21/11..", "12../.21./11.."),
        ("align_lines(2, end, horizontal, are_lost)", "12.3/..21", "..12/...2"),
        ("align_lines(2, common, vertical, come_back)", "1.3/222/...", "None"),
        ("align_lines(2, common, vertical, come_back)", "1.2/223/..1", "1.1/222/..3"),
        ("align_lines(2, start, horizontal, come_back)", "22./2..", "None"),
        ("enlarge_counted(singles, scaled)", "12..5/.1.../...5.", "1122/1122/..11/..11"),
        ("enlarge_counted(singles, across)", "12..5/.1.../...5.", "1212/.1.1"),
        ("enlarge_counted(others, down)", "11..5", "11"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
