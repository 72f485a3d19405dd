"""Tables of shapes and colours."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "...1..3./......../55....../.5....../......../55......",
            "...1..3./......../55.11.33/.5..1..3/......../55.11.33",
        ),
        ("..55.55./......../1......./......../3.......", "..55.55./......../1.11.11./......../3.33.33."),
        ("...1..3/......./......5", "None"),
        ("55.1..2./........", "None"),
        ("...12../......./55.....", "None"),
    ],
)
def test_example(before: str, after: str) -> None:
    assert made("cross_table", before) == after
