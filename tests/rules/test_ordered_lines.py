"""Single cells joined in the order of a strip."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("join_in_order(ink5, straight)", "123../...../1..2./...../...3.", "123../...../1552./...5./...3."),
        ("join_in_order(from, across)", "123../...../1..../...2./.3...", "123../...../1111./.222./.3..."),
        ("join_in_order(to, down)", "123../...../1..../...2./.3...", "123../...../1..../2222./.333."),
        ("join_in_order(ink5, straight)", "1.../2.../3..1/..../.2../...3", "None"),
        ("join_in_order(ink5, straight)", "12../..../1..2", "None"),
    ],
)
def test_join_in_order(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_fit() -> None:
    before = "123../...../1..2./...../...3."
    assert ("from", "straight") in fitted("join_in_order", (before, "123../...../1112./...2./...3."))
