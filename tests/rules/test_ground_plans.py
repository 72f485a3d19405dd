"""Plans of noisy rectangles."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("plan_of_bands(one)", "118333/111333/222444/282444/222448", "13/24"),
        ("plan_of_bands(one)", "11.333/111333/222444/2.2444/22244.", "13/24"),
        ("plan_of_bands(any)", "111333/121333/111333/222444/232441/222444", "13/24"),
        ("plan_of_bands(one)", "111333/111333/222444/222444", "None"),
        ("plan_of_bands(one)", "1.../..../..../....", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
