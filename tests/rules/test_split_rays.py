"""Rays that split before what is in their way, or flow round it."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        # to both sides before the wall, and there again before another
        ("shoot_splitting(3, line, split)", "..8../...../33..8/...../.....", "..83./...3./33338/...3./...3."),
        ("shoot_splitting(3, line, split)", "...8./...../33..8/...../.....", "...8./33333/33338/...3./...3."),
        ("shoot_splitting(3, line, left)", "...../...../33..8/...../.....", "...3./...3./33338/...../....."),
        ("shoot_splitting(3, line, right)", "...../...../33..8/...../.....", "...../...../33338/...3./...3."),
        # round a stone, then on in its way
        ("shoot_splitting(4, down, flow)", "..4../...../.888./...../.....", "..4../44444/48884/4...4/4...4"),
        ("shoot_splitting(4, right, split)", "...../4..8./.....", "..4../4448./..4.."),
        # a single cell is no line
        ("shoot_splitting(3, line, split)", "...../3..8./.....", "None"),
        ("shoot_splitting(3, up, split)", "33/8.", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
