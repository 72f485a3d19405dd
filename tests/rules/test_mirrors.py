"""Axes of symmetry are found where they lie, and what is hidden is restored."""

import pytest
from rules.grids import made

# The first six columns mirror each other; the last two have no image.
HIDDEN = "12332176/99665467/13553128"
WHOLE = "12332176/45665467/13553128"
# Rectangles of 7 and of 8 on three times two rows.
COVERED = "123123123/477456456/177123123/456458886/123128883/456456456"


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("mend_mirrored(9)", HIDDEN, WHOLE),
        ("mend_mirrored(9)", WHOLE, "None"),
        ("mend_mirrored(9)", "12332176/99665467/13543128", "None"),
        ("mend_mirrored(9)", "12332179/45665467/13553128", "None"),
        ("lift_cover(largest)", COVERED, "645/312"),
        ("lift_cover(smallest)", COVERED, "56/23"),
        ("lift_only(largest)", COVERED, "123123123/477456456/177123123/456456456/123123123/456456456"),
        ("lift_only(smallest)", COVERED, "123123123/456456456/123123123/456458886/123128883/456456456"),
        ("lift_covers", COVERED, "/".join(["123123123", "456456456"] * 3)),
        ("lift_covers", "123123123/456456456/177123123/477456456", "None"),
        ("show_mirrored(9)", HIDDEN, "45"),
        ("show_mirrored(9)", "12332176/45665499/13553128", "None"),
        ("show_mirrored(9)", "92332176/99665467/13553128", "None"),
        ("complete_mirrored", HIDDEN.replace("9", "."), WHOLE),
        ("complete_mirrored", "1..../...1.", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
