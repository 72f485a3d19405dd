"""What one of two parts shows where the other lets it through."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("show_through(panels, last, coloured, whole)", "1235.88/4125.8.", ".23/.1."),
        ("show_through(panels, last, coloured, cut)", "1235.88/4125.8.", "23/1."),
        ("show_through(panels, last, empty, whole)", "1235.88/4125.8.", "1../4.2"),
        ("show_through(down2, first, coloured, cut)", "..8./.88./1234/3412", ".3/41"),
        ("show_through(across2, first, empty, cut)", "8.12/8.34", "2/4"),
        ("show_through(things, first, coloured, whole)", "88.12/8..34", "12/3."),
        ("show_through(things, first, coloured, whole)", "88.11/8..11", "None"),
        ("show_through(panels, first, coloured, whole)", "12345/67891", "None"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_mask_is_inferred() -> None:
    found = fitted("show_through", ("1235.88/4125.8.", "23/1."), ("315.8/6258.", ".1/6."))
    assert found == [("panels", "last", "coloured", "cut")]
