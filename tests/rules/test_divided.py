"""Halves and thirds of grids without lines, of which one is shown."""

import pytest
from rules.grids import cells, fitted, made

from arc_ttt.rules.crowds import crowd


@pytest.mark.parametrize(
    ("members", "grid", "parts"),
    [
        ("tiers", "12/34/56/78", [(0, 0, 2, 2), (2, 0, 2, 2)]),
        ("tiers", "12/34/../56/78", [(0, 0, 2, 2), (3, 0, 2, 2)]),
        ("tiers", "12/34/56", []),
        ("flanks", "1234/5678", [(0, 0, 2, 2), (0, 2, 2, 2)]),
        ("thirds", "123456", [(0, 0, 1, 2), (0, 2, 1, 2), (0, 4, 1, 2)]),
        ("thirds", "1/2/3/4/5/6", [(0, 0, 2, 1), (2, 0, 2, 1), (4, 0, 2, 1)]),
        ("thirds", "1234567", []),
    ],
)
def test_parts(members: str, grid: str, parts: list[tuple[int, ...]]) -> None:
    assert [(t.top, t.left, t.height, t.width) for t in crowd(cells(grid), members).things] == parts


def test_one_half_is_shown() -> None:
    assert made("take_by(tiers, symmetric, v1, box, same)", "12../3.12/1.1./.1.1") == "None"
    assert made("take_by(flanks, colours, v1, box, same)", "12.3/31.3") == ".3/.3"
    pairs = ("1.2.3/11.../.1.1./2...2", "1.2.3/11..."), ("3...3/.2.2./12.../.3..1", "12.../.3..1")
    assert any(f[0] == "tiers" for f in fitted("take_by", *pairs))
