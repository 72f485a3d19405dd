"""Parts of one size that show together what most, all or one of them have."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("show_agreed(panels, most)", "12512514/31532531", "12/31"),
        ("show_agreed(panels, all)", "12512514/31532531", "1./3."),
        ("show_agreed(panels, lone)", "12512514/31532531", ".4/.2"),
        ("show_agreed(panels, most)", "12512/31532", "None"),
        ("show_agreed(panels, most)", "12513514/31532531", "None"),
        ("show_agreed(panels, all)", "12512512/31531531", "None"),
        ("show_agreed(slices, all)", "123212/131313", ".2/13"),
        ("show_agreed(slices, all)", "121212/131413", "12/1."),
        ("show_agreed(lumps, most)", "12.12/13.13/...../.14../.13..", "12/13"),
        (
            "show_agreed(insides, all)",
            "5555.5555/5115.5115/51.5.5115/5555.5555/........./5555...../5115...../51.5...../5555.....",
            "11/1.",
        ),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
