"""Things move to a goal, reach for it, and templates are copied."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("pull_close(2)", "1..../...../..22./..22.", "...../.1.../..22./..22."),
        ("pull_close(2)", "1..2", "..12"),
        ("step_to(2)", "1..2/....", ".1.2/...."),
        ("step_to(2)", "1.2.2", "None"),
        ("reach_to(2)", "1..2/....", "1112/...."),
        ("reach_to(2)", "1.../...2", "1.../...2"),
        ("reach_in(2, 3)", "1..2", "1332"),
        ("reach_to_one(largest)", "1..22/...22", "11122/...22"),
        ("paint_like_closest(3)", "1.3..2", "1.1..2"),
        ("paint_like_closest(3)", "1.3.2", "1.3.2"),
        ("copy_into_blocks(keep)", "12.55", "12.12"),
        ("copy_into_blocks(remove)", "12.55", "...12"),
        ("copy_into_blocks(keep)", "12.5", "None"),
        ("stamp_template(5, keep)", "121..../....5../.......", "121..../...121./......."),
        ("stamp_template(5, remove)", "121..../....5../.......", "......./...121./......."),
        ("centre_of_pair(side)", "1...1", "1.1.1"),
        ("centre_of_pair(side)", "1...2", "1...2"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
