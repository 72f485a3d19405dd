"""Things of each colour joined by lines of it round what is in their way."""

import pytest
from rules.grids import fitted, made

WALL = "1....../..888../......./...1..."


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("route_alike(8)", "1..1/..../2.../...2", "1111/..../2222/...2"),
        ("route_alike(8)", WALL, "1....../1.888../1....../1111..."),
        # the straight way first, with which the shorter one goes on
        ("route_alike(none)", "1...../....../....../1...../.1....", "1...../1...../1...../1...../11...."),
        # a line is left at its end
        ("route_alike(none)", "11..../....../.....1", "111111/.....1/.....1"),
        # one of two has no way
        ("route_alike(none)", "1.2./..../2..1/....", "None"),
        ("route_alike(8)", "1.8.1/..8../..8..", "None"),
        ("route_alike(8)", "1.8.2/..8../..8..", "None"),
        ("route_alike(none)", "8.8/.../...", "888/.../..."),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_what_is_only_in_the_way_is_read_off() -> None:
    first = ("1...../.8888./....../.8888./1.....", "1...../18888./1...../18888./1.....")
    second = ("2.8..2/..8.../....../8.8.../......", "2.8..2/2.8..2/222222/8.8.../......")
    assert fitted("route_alike", first, second) == [(8,)]
