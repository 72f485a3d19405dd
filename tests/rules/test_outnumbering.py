"""The colour of which there is more, as large as it has more."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("outnumber(things, more, square)", "1.1.1/...../2....", "11/11"),
        ("outnumber(things, less, row)", "1.1.1/...../2....", "22"),
        ("outnumber(things, times, diagonal)", "1.1.1/...../2....", "1../.1./..1"),
        ("outnumber(cells, more, column)", "1122/22..", "2/2"),
        ("outnumber(cells, more, frame)", "1.222.2/.......", "222/2.2/222"),
        ("outnumber(things, more, square)", "1.2", "None"),
        ("outnumber(things, times, row)", "1.1.1/...../2..2.", "None"),
        ("outnumber(holes, more, row)", "111.222/1.1.2.2/111.222/....2.2/....222", "2"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_what_is_counted_is_inferred() -> None:
    found = fitted("outnumber", ("1.1.1/...../22...", "11/11"), ("3.3.3/..4../3....", "333/333/333"))
    assert found == [("things", "more", "square")]
