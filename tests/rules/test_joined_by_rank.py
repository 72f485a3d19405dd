"""Things are joined in the order of a measure."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("join_by_rank(1, size, ink8, across)", "11..../11..../....../....1.", "11..../11..../8...../88881."),
        (
            "join_by_rank(most, size, left, down)",
            "3...../11..../11..../....../....1.",
            "3...../11333./11..3./....3./....1.",
        ),
        ("join_by_rank(all, left, less, straight)", "1..../...../2.3..", "None"),
        ("join_by_rank(all, left, less, straight)", "1..../...../..2.3", "1..../.1.../..223"),
        ("join_by_rank(all, left, more, straight)", "1..../...../..2.3", "1..../.2.../..233"),
        # two of one size; nothing that is left
        ("join_by_rank(all, size, ink8, across)", "1...1", "None"),
        ("join_by_rank(all, left, left, across)", "1...2", "None"),
    ],
)
def test_join_by_rank(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_fit_finds_the_order_and_the_colour() -> None:
    found = fitted("join_by_rank", ("1..../...../..2.3", "1..../.1.../..223"), ("2..3/..../1...", "2223/..../1..."))
    assert found == []
    found = fitted("join_by_rank", ("1..../...../..2.3", "1..../.1.../..223"), ("..3./2.../...1", "..3./223./..31"))
    assert ("all", "left", "less", "straight") not in found
    found = fitted(
        "join_by_rank", ("1..../...../..2.3", "1..../.1.../..223"), ("1..../...../..3.4", "1..../.1.../..334")
    )
    assert ("all", "left", "less", "straight") in found
