"""Things that pass on their colours and shapes."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("pass_along(horizontal, corner, colours, next)", "1..../1.2../1.2.3", "3..../3.1../3.1.2"),
        ("pass_along(horizontal, corner, shapes, next)", "1..../1.2../1.2.3", "..2../..2.3/1.2.3"),
        ("pass_along(horizontal, corner, crosswise, previous)", "1..../1.2../1.2.3", "..3../..3.1/2.3.1"),
        ("pass_along(vertical, corner, colours, previous)", "11./.../2../.../33.", "22./.../3../.../11."),
        # hanging from the top
        ("pass_along(horizontal, corner, shapes, next)", "1.2.3/1.2../1....", "1.2.3/..2.3/..2.."),
        ("pass_along(horizontal, corner, colours, next)", "1.2/1.2", "None"),
        ("pass_along(horizontal, corner, colours, next)", "1.2/.../3.2", "None"),
    ],
)
def test_operation(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
