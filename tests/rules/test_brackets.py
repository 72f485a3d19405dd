"""Rectangles whose corners are marked by angles."""

import pytest
from rules.grids import made

TWO = "11..11...22...22/1....1...2.....2/..22.....2.33.../...2........3.../1....1...2.....2/11..11...22...22"
THREE = "11..11.22..22.33..33/1.4..1.2....2.3.3..3/.....................".replace(
    ".....................", "...................."
)
THREE += "/1....1.2..4.2.3....3/11..11.22..22.33..33"


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("take_by(brackets, colour, v2, content, trimmed)", "11..11/1....1/..22../..3.../1....1/11..11/2.....", "None"),
        (
            "take_by(brackets, colour, v1, content, trimmed)",
            "11..11/1....1/..22../..3.../1....1/11..11/2.....",
            "22/3.",
        ),
        ("take_by(brackets, holdskin, v2, content, trimmed)", THREE, "3"),
        (
            "act_by(brackets, any, 0toedges5)",
            "11..11/1....1/....../1....1/11..11",
            "115511/1....1/5....5/1....1/115511",
        ),
        ("act_by(brackets, any, 0towithin5)", "11.11/1...1/...../1...1/11.11", "11.11/15551/.555./15551/11.11"),
        # a frame with no gap, or with three corners alone, is none; nor is a corner that is full
        ("act_by(brackets, any, 0towithin5)", "1111/1..1/1..1/1111", "None"),
        ("act_by(brackets, any, 0towithin5)", "11.11/1...1/...../1..../11...", "None"),
        ("act_by(brackets, any, 0towithin5)", "11.11/11.11/...../1...1/11.11", "None"),
        # 1: with other colours, too; 2: with its own alone
        ("act_by(side, holdskin, 0tosame_1toall6_2toall5)", "333.111/3.3.1..", "333.111/3.3.1.."),
        (
            "act_by(side, holdskin, 0tosame_1toall6_2toall5)",
            "33333.44444/3...3.4...4/3.3.3.4.4.4/3...3.4.2.4/33333.44444",
            "55555.66666/5...5.6...6/5.3.5.6.4.6/5...5.6.2.6/55555.66666",
        ),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
