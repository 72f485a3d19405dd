"""Things of one shape that lost cells."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("share_shape(colours)", "222.333/2.2.3../.22.333", "222.333/2.2.3.3/222.333"),
        # of different size, the smaller one's place is where it agrees
        ("share_shape(corner)", "222...../2.2.33../222.3.../....333.", "222...../2.2.333./222.3.3./....333."),
        ("share_shape(colours)", "222.3.3/2.2..../222.333", "222.333/2.2.3.3/222.333"),
        # what takes cells of another thing is no part of it, nor what leaves the grid
        ("share_shape(corner)", "2225333/2.2535./2225333", "None"),
        ("share_shape(corner)", "222.33/2.2.3./222.33", "None"),
        ("share_shape(corner)", "222.333/2.2.3.3/222.333", "None"),
        ("share_shape(corner)", "222.333/2.2..../222....", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
