"""What two parts of a grid say of each other."""

import pytest
from rules.grids import cells, fitted

from arc_ttt.rules.features import feature


@pytest.mark.parametrize(
    ("grid", "relation", "more"),
    [
        ("1.5 1.".replace(" ", ""), 1, 1),
        ("1.52.", 2, 1),
        ("1.5.1", 3, 1),
        ("1.5..", 11, 2),
        ("11.522.", 2, 1),
        ("11.5..2", 10, 2),
        ("1..5..2", 3, 1),
        ("1.../....", 11, 2),
        ("1.22", 12, 0),
        ("1", 999, 999),
        ("151", 1, 1),
        ("1/5/2", 2, 1),
        ("15.5.51/15.5.51", 3, 1),
    ],
)
def test_relation(grid: str, relation: int, more: int) -> None:
    assert (feature(cells(grid), "relation"), feature(cells(grid), "more")) == (relation, more)


def test_kinds_of_panels() -> None:
    assert feature(cells("1.5.151."), "kinds") == 2
    assert feature(cells("1"), "kinds") == 999


def test_an_answer_goes_by_it() -> None:
    # Neither is a mirror image as a whole: the parts have other colours.
    pairs = ("1.5.2/11522", "2"), ("2.51./22511", "3"), ("33544/.354.", "2"), ("66577/6.57.", "3")
    assert ("relation", "2to3_3to2") in fitted("answer_by", *pairs)
    assert all(name != "relation" for name, _ in fitted("answer_by", *pairs, ("1.5.2/11522", "3")))
