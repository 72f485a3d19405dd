"""Two pictures side by side show what becomes of the others."""

import pytest
from rules.grids import made

MIRRORED = "11....11/12.5..21/11....11/......../34....../33....../44......"


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # mirrored; other colours stay as they are
        ("do_as_pair(alone)", MIRRORED, "43/33/44"),
        ("do_as_pair(placed)", MIRRORED, "11....11/12.5..21/11....11/......../43....../33....../44......"),
        ("do_as_pair(beside)", MIRRORED, "11....11/12.5..21/11....11/......../34....43/33....33/44....44"),
        # two colours change places
        ("do_as_pair(alone)", "112.221/121.212/......./334..../344....", "443/433"),
        # twice as large, half of it, its own mirror image beside it
        (
            "do_as_pair(alone)",
            "11..1111/12..1111/....1122/....1122/......../11....../21......",
            "1111/1111/2211/2211",
        ),
        ("do_as_pair(alone)", "1122.22./1111.11./1212.12./......../1233..../2111..../2211....", "33/11/11"),
        # one above the other
        (
            "do_as_pair(beside)",
            "11..11/12..21/....../11..../21..../......",
            "11..11/12..21/....../11..11/21..12/......",
        ),
        ("do_as_pair(beside)", "12...11/11...21/......./11...../21.....", "12...11/11...21/......./11...12/21...11"),
        # nothing says what becomes of the others
        ("do_as_pair(alone)", "123.311/111.222/......./111..../222....", "None"),
        ("do_as_pair(alone)", "11.22/11.22/...../.....", "None"),
    ],
)
def test_do_as_pair(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
