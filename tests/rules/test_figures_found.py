"""A figure that is found in noise and painted."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("mark_figures(f010r111r010, 1, 2, upright, any)", ".1..1/111.1/.1.11/..1..", ".2..1/222.1/.2.11/..1.."),
        ("mark_figures(f11r11, 1, 2, upright, any)", "111/11./..1", "221/22./..1"),
        ("mark_figures(f111r101r111, 1, 2, upright, other)", "1111/1.11/1111", "2221/2.21/2221"),
        ("mark_figures(f111r101r111, 1, 2, upright, other)", "1111/1111/1111", "None"),
        ("mark_figures(f10r11, 0, 3, turned, any)", "1.1/..1/111", "131/331/111"),
        ("mark_figures(f10r11, 0, 3, upright, any)", "1.1/..1/111", "None"),
        ("mark_figures(f11r11, 1, 1, upright, any)", "11/11", "None"),
        ("mark_shown(upright, any)", "3..../33.1./.1.1./.11.1/11.11", "3..../33.1./.3.1./.33.1/11.11"),
        ("mark_shown(turned, other)", "3..../33.../..11./...1./11111", "3..../33.../..33./...3./11333"),
        ("mark_shown(upright, any)", "33.3./33.1./11111", "None"),
        ("mark_shown(upright, any)", "33.../3..../1.1.1/1.1.1", "None"),
        ("mark_figures(f1111, 1, 2, upright, any)", "111/111", "None"),
    ],
)
def test_operations(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_figure_is_read_off() -> None:
    pairs = (
        (".1..1/111.1/.1.1./..1..", ".2..1/222.1/.2.1./..1.."),
        ("11..1./.1.111/11..1./.1...1", "11..2./.1.222/11..2./.1...1"),
    )
    assert fitted("mark_figures", *pairs) == [("f010r111r010", 1, 2, "upright", "any")]
    pairs = ("1.1./1.../1111/..11", "1.1./1.../1111/..11"), ("11../.111/..11/....", "11../.111/..11/....")
    assert fitted("mark_figures", *pairs) == []
