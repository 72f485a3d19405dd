"""Rows of panels are series, or all have the same panels."""

import pytest
from rules.grids import made

LINE = "5" * 8


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # Bars that grow by one, and bars that shrink.
        (
            "continue_panel_lines(rows)",
            "1...511..5111.5..../....5....5....5..../5555555555555555555/22225222.522..5..../....5....5....5....",
            "1...511..5111.51111/....5....5....5..../5555555555555555555/22225222.522..52.../....5....5....5....",
        ),
        ("continue_panel_lines(columns)", "1..5.../...5.../5555555/1..5.../...5...", "None"),
        # A Latin square of three signs, two of which are hidden.
        (
            "fill_sets(rows)",
            f"1.5.2533/{LINE}/.253351./{LINE}/335..5.2",
            "1.5.2533/55555555/.253351./55555555/3351.5.2",
        ),
        (
            "fill_sets(both)",
            f"..5.2533/{LINE}/.253351./{LINE}/335..5.2",
            "1.5.2533/55555555/.253351./55555555/3351.5.2",
        ),
        ("fill_sets(rows)", f"..5..533/{LINE}/.253351./{LINE}/3351.5.2", "None"),
        (
            "fill_sets(both)",
            f"..5..533/{LINE}/.253351./{LINE}/3351.5.2",
            "1.5.2533/55555555/.253351./55555555/3351.5.2",
        ),
        ("fill_sets(rows)", f"1.5.1533/{LINE}/.253351./{LINE}/335..5.2", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
