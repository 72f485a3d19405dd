"""Things that push before them what is in their way."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("push_on(2, right, cell)", "2.8..8./2...8../.8.....", "....288/....28./.8....."),
        ("push_on(2, across, cell)", "2.8..8./2...8../.8.....", "....288/....28./.8....."),
        ("push_on(2, across, piled)", "2.8..8./2...8../.8.....", "....288/....2.8/.8....."),
        ("push_on(2, left, thing)", ".33..2/.3..../......", "332.../3...../......"),
        ("push_on(2, down, cell)", "2/8/./.", "././2/8"),
        ("push_pointing(rare, none)", "223.8./.....9", "..2238/.....9"),
        ("push_pointing(ink3, ink9)", "23.8..9/......./8..32..", "...2389/......./832...."),
        ("push_pointing(ink3, none)", ".8./.../.3./.2.", ".8./.3./.2./..."),
        ("push_pointing(ink3, ink9)", "23.8...", "None"),
        ("push_on(2, right, cell)", "..28", "None"),
        ("push_on(2, right, piled)", "8..2", "None"),
        ("push_on(2, right, cell)", "2.2.", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_what_pushes_and_where_is_read_off() -> None:
    pairs = ("2.8..8./2......", "....288/....2.."), (".8..8.2/......2", "882..../..2....")
    assert fitted("push_on", *pairs)[0] == (2, "across", "cell")


def test_what_heads_and_what_is_fixed_is_read_off() -> None:
    pairs = ("23.8..9./........", "...2389./........"), ("..8..32/...9...", "832..../...9...")
    assert ("ink3", "ink9") in fitted("push_pointing", *pairs)
