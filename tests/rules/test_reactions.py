"""Things that set off others within a reach of their own."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("chain_on(2, 1, side, nothing, 3, stays)", "...1....1/...1....1/2..1..1.1", "...3....1/...3....1/2..3..3.1"),
        ("chain_on(2, any, size, nothing, own, stays)", "2.11.4...5", "2.22.2...5"),
        ("chain_on(4, 2, rays2, rays, 7, alike)", "42..2..../....2...2", "77772..../.7..2...2"),
        ("chain_on(4, 2, rays30, nothing, gone, gone)", "42..2.5.2", "......5.2"),
        ("chain_on(4, 2, star1, rays, 7, stays)", "4...../.2..../..2..3/......", "477.../7777../7777.3/.777.."),
        ("chain_on(4, 2, rays1, nothing, 7, stays)", "....2", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_reach_is_read_off() -> None:
    pairs = ("...1....1/...1....1/2..1..1.1", "...3....1/...3....1/2..3..3.1"), ("2.1...1", "2.3...1")
    assert fitted("chain_on", *pairs) == [(2, 1, "side", "nothing", 3, "stays")]
