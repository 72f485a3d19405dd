"""Panels that go on as those before."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("next_panel(alone)", "1..5.1.5..1", "None"),
        ("next_panel(alone)", "1...5.1..5..1.", "...1"),
        ("next_panel(alone)", "1../.../555/.1./.../555/..1/...", "None"),
        # laid down, and what grows
        ("next_panel(alone)", "1.../..../5555/11../..../5555/111./....", "1111/...."),
        ("next_panel(walled)", "5555555555555/52..5.2.5..25/5555555555555", "None"),
        ("next_panel(walled)", "5555555555555555/52...5.2..5..2.5/5555555555555555", "555555/5...25/555555"),
        ("next_panel(appended)", "1...5.1..5..1.", "1...5.1..5..1.5...1"),
        ("next_panel(appended)", "51...5.1..5..1.5", "51...5.1..5..1.5...15"),
        # squares without walls, turned
        ("next_panel(alone)", "1..1..", "None"),
        ("next_panel(alone)", "12.2..../..1.12.1", "None"),
        ("next_panel(alone)", "1...../..1..1", ".1/.."),
        ("next_panel(alone)", "1.../..../.1../..../..1./....", "None"),
        ("continue_panels", "2....5.2...5..2..5.....", "2....5.2...5..2..5...2."),
        ("continue_panels", "2...5..../....5..../555555555/..2.5..../....5....", "None"),
        (
            "continue_panels",
            "2...5.2../....5..../555555555/..2.5..../....5....",
            "2...5.2../....5..../555555555/..2.5...2/....5....",
        ),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
