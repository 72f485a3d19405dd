"""Whole lines that vanish or are sorted, and parts joined at what they share."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("clear_full(down)", "1../222/.1./333", ".../.../1../.1."),
        ("clear_full(left)", "12./.3./.4.", "1../.../..."),
        ("clear_full(down)", "1../.1.", "None"),
        ("sort_filled(down)", "222/.../1../.../33.", "1../.../33./.../222"),
        ("sort_filled(up)", "1../.../33./.../222", "222/.../33./.../1.."),
        ("sort_filled(down)", "1../.../33.", "None"),
        ("join_shared(panels)", "123..5.3..4/456..5.6..7", "123..4/456..7"),
        ("join_shared(mixed)", "123...1/456..23", "None"),
        ("join_shared(mixed)", "123...314/456...625", "12314/45625"),
        ("join_shared(mixed)", "12./34./.../34./56.", "12/34/56"),
        ("join_shared(panels)", "12.21/34.43", "121/343"),
    ],
)
def test_lines(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
