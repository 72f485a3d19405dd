"""Cells that sort themselves, pictures completed in their panels, and what lies under patches."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("settle_cells(vertical, common_last)", "121/311/112", "322/111/111"),
        ("settle_cells(vertical, o312)", "12/31/23", "33/11/22"),
        ("settle_cells(horizontal, o12)", "212/221", "122/122"),
        ("settle_cells(horizontal, o12)", "213/221", "None"),
        ("settle_cells(vertical, common_last)", "12/12", "None"),
        ("complete_panels(panels, mirrored, part)", "11542/1.5../22555/4..5.", "None"),
        (
            "complete_panels(panels, mirrored, part)",
            "11.5..2/.115.../...5.../5555555/...5.../...5.../4..5...",
            "11.5.22/.11522./...5.../5555555/...5.../.445.../44.5...",
        ),
        ("complete_panels(panels, upright, picture)", "115../1.51./55555/..5../1.5..", "11511/1.51./55555/115../1.5.."),
        ("complete_panels(panels, upright, picture)", "115../1.5.1/55555/..5../1.5..", "None"),
        ("lift_patches(shared)", "22225../2..5.../2222...", "None"),
        (
            "lift_patches(7)",
            "2772..../2..2..../......../....3.7./....3.3./....333.",
            "2..2..../2..2..../......../....3.3./....3.3./....333.",
        ),
        (
            "lift_patches(shared)",
            "2552..../2222..../......../....3.5./....3.3./....333.",
            "2222..../2222..../......../....3.3./....3.3./....333.",
        ),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_orders_and_colours_are_read_off() -> None:
    pairs = (("12/31/23", "33/11/22"), ("12/23/31", "33/11/22"))
    assert fitted("settle_cells", *pairs) == [("vertical", "o312")]
    assert ("panels", "mirrored", "part") in fitted(
        "complete_panels",
        (
            "11.5..2/.115.../...5.../5555555/...5.../...5.../4..5...",
            "11.5.22/.11522./...5.../5555555/...5.../.445.../44.5...",
        ),
    )
    shared = (
        "2552..../2222..../......../....3.5./....3.3./....333.",
        "2222..../2222..../......../....3.3./....3.3./....333.",
    )
    assert fitted("lift_patches", shared) == [(5,)]
    other = tuple(g.replace("5", "6") for g in shared)
    assert fitted("lift_patches", shared, (other[0], other[1])) == [("shared",)]
