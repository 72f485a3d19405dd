"""Copies of one thing of which some lack cells or have too many."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("mend_odd(corner, never, 2, stay)", "11.11.11/11.1..11", "11.11.11/11.12.11"),
        ("mend_odd(corner, never, own, stay)", "11.33.11/11.3..11", "11.33.11/11.33.11"),
        # a lost middle leaves parts; a cell too many goes
        (
            "mend_odd(corner, never, own, 0)",
            ".1...1...1...1../111.111.1.1.1111/.1...1...1...1..",
            ".1...1...1...1../111.111.111.111./.1...1...1...1..",
        ),
        # turned
        ("mend_odd(corner, any, 4, stay)", "111.1.111/1...1.1../1.111....", "111.1.111/1...1.1../1.111.4.."),
        # a wrong colour in things of several
        ("mend_odd(mixed, never, stay, own)", "12.12.12/21.21.23", "12.12.12/21.21.21"),
        # no thing is there twice; all are alike
        ("mend_odd(corner, never, 2, stay)", "11.33/11.3./.....", "None"),
        ("mend_odd(corner, never, 2, stay)", "11.33.11/11.33.11", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_fit() -> None:
    pairs = (("11.11.11/11.1..11", "11.11.11/11.13.11"), ("1..11.11/11.11.11", "13.11.11/11.11.11"))
    assert ("corner", "never", 3, "stay") in fitted("mend_odd", *pairs)
