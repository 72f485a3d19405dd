"""Members with a property, close together in the order in which they lie."""

import pytest
from rules.grids import fitted, made


@pytest.mark.parametrize(
    ("program", "before", "after"),
    [
        ("gather_by(corner, colour, v2, cells, horizontal)", "22.1.2./2..1.22", "222./2.22"),
        ("gather_by(corner, colour, v2, cells, vertical)", "22.1.2./2..1.22", "None"),
        ("gather_by(corner, colour, v2, cells, vertical)", "22.1./2..../...22/.1.2.", "22/2./22/2."),
        ("gather_by(corner, colour, v1, cells, horizontal)", "22.1/2...", "None"),
        ("gather_by(panels, alone, v1, box, vertical)", "1.51.5.1/55555555/.15.15.1", "None"),
        ("gather_by(corner, holed, v1, within, horizontal)", "111.2222/141.2332/111.2222", "433"),
    ],
)
def test_example(program: str, before: str, after: str) -> None:
    assert made(program, before) == after


def test_the_property_is_inferred() -> None:
    found = fitted("gather_by", ("22.1.2./2..1.22", "222./2.22"), ("3.44.4./3.4..44", "444./4.44"))
    assert found
    assert all(way[4] == "horizontal" for way in found)


def test_colours_of_one_panel() -> None:
    assert made("list_by(colours, onlypanel, is1, most_size, row1)", "3115.2/3415.4") == "13"
