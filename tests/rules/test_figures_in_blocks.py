"""Blocks that become a figure, rings that turn."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        (
            "figure_into_blocks(scaled, block, stays)",
            "1...3333/11..3333/....3333/....3333",
            "1...33../11..33../....3333/....3333",
        ),
        ("figure_into_blocks(tiled, block, vanishes)", "1...3333/11..3333", "....3.3./....3333"),
        ("figure_into_blocks(scaled, own, stays)", "12..3333/2...3333", "12..1122/2...22.."),
        ("figure_into_blocks(scaled, gaps, stays)", "1..33/11.33", "1...3/11..."),
        ("figure_into_blocks(scaled, own, stays)", "1..333/11.333", "None"),
        ("figure_into_blocks(scaled, own, stays)", "33.33", "None"),
        ("turn_frames(clockwise, held)", "...../.1112/.1..1/.14.1/.1111", "...../.1111/.1..2/.14.1/.1111"),
        ("turn_frames(backwards, rare)", "1122/1..1/1..1/1111", "2211/1..1/1..1/1111"),
        ("turn_frames(clockwise, one)", "111/1.1/111", "None"),
        ("turn_rings(outer, clockwise, one)", "123/894/765", "812/793/654"),
        ("turn_rings(outer, backwards, two)", "123/894/765", "345/296/187"),
        ("turn_rings(all, clockwise, side)", "12/34", "31/42"),
        ("turn_rings(by_turns, clockwise, one)", "1234/1562/1782/4321", "1123/1684/4572/3212"),
        ("turn_frames(clockwise, held)", "...../.1112/.1..1/.14.1/.1111", "...../.1111/.1..2/.14.1/.1111"),
        ("turn_frames(backwards, rare)", "1122/1..1/1..1/1111", "2211/1..1/1..1/1111"),
        ("turn_frames(clockwise, one)", "111/1.1/111", "None"),
        ("turn_rings(outer, clockwise, one)", "12", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
