"""Specks on rectangles give the colours of a pattern."""

import pytest
from rules.grids import made

TWO = "......./.55555./.52355./.55555./......."
ONE = "....../.5555./.5255./.5555./......"


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("pattern_by_specks(rim, checks, vanish)", TWO, "......./.23232./.35553./.23232./......."),
        ("pattern_by_specks(rim, checks, stay)", TWO, "......./.23232./.32353./.23232./......."),
        ("pattern_by_specks(all, columns, vanish)", TWO, "......./.23232./.23232./.23232./......."),
        ("pattern_by_specks(all, across, vanish)", TWO, "......./.23232./.23232./.23232./......."),
        ("pattern_by_specks(core, rows, vanish)", TWO, "......./.55555./.52225./.55555./......."),
        ("pattern_by_specks(around, checks, stay)", TWO, "2323232/3555553/2523552/3555553/2323232"),
        ("pattern_by_specks(all, rings, vanish)", ONE, "....../.2222./.2552./.2222./......"),
        ("pattern_by_specks(rim, checks, vanish)", ONE, "....../.2525./.5552./.2525./......"),
        ("pattern_by_specks(rim, checks, vanish)", TWO.replace("23", "55"), "None"),
        ("pattern_by_specks(rim, rings, vanish)", TWO, "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
