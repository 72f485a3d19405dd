"""Images in the colours of marks, and rooms that are tiled."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("image_at_marks(mirrored)", "11..2/1..../...../...../3....", "11.22/1...2/...../3..../33..."),
        ("image_at_marks(moved)", "11.../1...2/...../.....", "1122./1.2.2/...../....."),
        # around the middle, where each quarter has a mark
        (
            "image_at_marks(turned)",
            "55..../5...../..12../..43../....../......",
            "11..22/1....2/..12../..43../4....3/44..33",
        ),
        ("image_at_marks(mirrored)", "11..2/1....", "None"),
        ("image_at_marks(mirrored)", "11../1.../..../....", "None"),
        (
            "tile_rooms(upper_left, vanishes)",
            "12...../......./.55555./.5...5./.55555.",
            "......./......./.55555./.51215./.55555.",
        ),
        (
            "tile_rooms(lower_right, stays)",
            "12...../......./.55555./.5...5./.55555.",
            "12...../......./.55555./.52125./.55555.",
        ),
        (
            "tile_rooms(grid, stays)",
            "12...../......./.55555./.5...5./.55555.",
            "12...../......./.55555./.51215./.55555.",
        ),
        ("tile_rooms(upper_left, stays)", "12.../...../..444/..444", "12.../...../..121/..121"),
        ("tile_rooms(upper_left, stays)", "11.../...../..444/..444", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
