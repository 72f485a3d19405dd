"""Things filled with the pattern that a swatch shows for their colour."""

import pytest
from rules.grids import made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("fill_by_swatch(cells, thing)", "134...../..43..../......../.1111.../.1111...", "None"),
        (
            "fill_by_swatch(cells, thing)",
            "134...../143...../......../.1111.../.1111...",
            "134...../143...../......../.3434.../.4343...",
        ),
        (
            "fill_by_swatch(cells, grid)",
            "134...../143...../......../.1111.../.1111...",
            "134...../143...../......../.3434.../.4343...",
        ),
        (
            "fill_by_swatch(cells, grid)",
            "134..../143..../......./...11../...11..",
            "134..../143..../......./...34../...43..",
        ),
        (
            "fill_by_swatch(within, thing)",
            "11.../34.../...../1111./1..1./1..1./1111.",
            "11.../34.../...../1111./1341./1341./1111.",
        ),
        ("fill_by_swatch(cells, thing)", "11/..", "None"),
    ],
)
def test_fill_by_swatch(program: str, before: str, after: str) -> None:
    assert made(program, before) == after
