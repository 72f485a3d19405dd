"""A cell for each thing, where they lie to each other, as a property says."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("layout_by(corner, single, 0toown_1to0)", "11..2/...../3.44.", "1../.4."),
        ("layout_by(corner, single, 0toown_1to0)", "11..2/...../3..44", "1./.4"),
        ("layout_by(corner, single, 0to8_1toown)", "11..2/...../3..44", "82/38"),
        ("layout_by(corner, single, 1toown)", "11..2/...../3..44", "None"),
        ("layout_by(corner, any, 0toown)", "111", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_property_is_inferred() -> None:
    found = fitted(
        "layout_by",
        ("11..2.5/......./3..44.6", "1../.4."),
        ("7.33.55/......./88.4..9", ".35/8.."),
    )
    assert ("corner", "single", "0toown_1to0") in found
